"""Standard Webhooks signatures: forged, stale and replayed ones; and the specification's own example."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest
from pydantic import SecretStr

from adapters.platforms.inbox import Inbox
from adapters.platforms.signatures import Lock
from bot.errors import WrongSettings
from tests.adapters.platforms.knocks import WHSEC, signed
from tests.fakes.clock import START, FakeClock

BODY = b'{"id": "1", "text": "a"}'


def opens(
    sent: bytes = BODY, at: datetime = START, now: datetime = START, changed: Mapping[str, str] | None = None
) -> bool:
    """Whether a request signed at `at` is let in at `now`, with headers `changed` afterwards."""
    headers = dict(signed(BODY, at).headers) | dict(changed or {})
    return Lock(WHSEC).opens(headers, sent, now)


def test_the_example_of_the_specification_is_let_in() -> None:
    """The vector that the reference libraries test with."""
    headers = {
        "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "webhook-timestamp": "1614265330",
        "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    }
    lock = Lock("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    assert lock.opens(headers, b'{"test": 2432232314}', datetime.fromtimestamp(1614265330, UTC))


def test_a_good_signature_is_let_in_among_others() -> None:
    """While secrets are exchanged a sender signs with both; one good one is enough."""
    good = signed(BODY, START).headers["webhook-signature"]
    assert opens()
    assert opens(changed={"webhook-signature": f"v1,AAAA v1a,xyz {good}"})


@pytest.mark.parametrize("seconds", [-300, 300])
def test_the_window_is_five_minutes(seconds: int) -> None:
    """At its edge it is let in, beyond it not, whichever clock is ahead."""
    beyond = seconds + (1 if seconds > 0 else -1)
    assert opens(now=START + timedelta(seconds=seconds))
    assert not opens(now=START + timedelta(seconds=beyond))


@pytest.mark.parametrize(
    "changed",
    [
        {"webhook-signature": ""},
        {"webhook-signature": "v1,"},
        {"webhook-signature": "v1,AAAA"},
        {"webhook-signature": "v2,AAAA"},
        {"webhook-signature": "v1,\udcff"},
        {"webhook-id": "msg_2"},
        {"webhook-id": ""},
        {"webhook-timestamp": ""},
        {"webhook-timestamp": "1772442001"},
        {"webhook-timestamp": "-1"},
        {"webhook-timestamp": "²"},
        {"webhook-timestamp": "9" * 400},
    ],
)
def test_a_forged_one_is_not(changed: dict[str, str]) -> None:
    """A signature holds for one id, one time and one body."""
    assert not opens(changed=changed)


def test_another_body_is_not() -> None:
    """Not a byte may change."""
    assert not opens(sent=BODY + b" ")


def test_a_secret_that_cannot_be_used_is_a_wrong_setting() -> None:
    """It is said at the start, by source, without the secret."""
    for secret in ("whsec_***", "whsec_c2hvcnQ="):
        with pytest.raises(WrongSettings) as caught:
            Inbox({"shop": SecretStr(secret)}, FakeClock())
        assert "shop" in str(caught.value)
        assert secret not in str(caught.value)
