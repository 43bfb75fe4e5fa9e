"""The signature under the record."""

from datetime import UTC, datetime, timedelta

import pytest

from adapters.notary import genuine, signer
from bot.review.anchors import Anchor

SEED = bytes(range(32))
HEAD = Anchor(incident="i1", version=7, hash="ab" * 32, at=datetime(2026, 3, 2, 10, tzinfo=UTC))


def signed(head: Anchor = HEAD, seed: bytes = SEED) -> Anchor:
    """The head with its signature."""
    key, signature = signer(seed)(head.covered())
    return head.model_copy(update={"key": key, "signature": signature})


def test_what_we_signed_is_genuine() -> None:
    """After writing and reading it again too."""
    assert genuine(Anchor.model_validate_json(signed().model_dump_json()))


def test_every_replica_signs_alike() -> None:
    """The key follows from the seed and Ed25519 rolls no dice; another seed has another key."""
    assert signed() == signed()
    assert signed(seed=bytes(32)).key != signed().key


@pytest.mark.parametrize(
    "change",
    [
        {"incident": "i2"},
        {"incident": None},
        {"version": 8},
        {"hash": "ac" * 32},
        {"at": HEAD.at + timedelta(microseconds=1)},
        {"key": signed(seed=bytes(32)).key},
        {"key": ""},
        {"key": "zz"},
        {"key": "ab"},
        {"signature": "00" * 64},
        {"signature": "é"},
        {"signature": ""},
    ],
    ids=str,
)
def test_nothing_else_is(change: dict[str, object]) -> None:
    """Whatever is changed in it, and whatever stands where key and signature should."""
    assert not genuine(signed().model_copy(update=change))


def test_a_seed_of_the_wrong_length_is_refused() -> None:
    """A key is never made of too little."""
    with pytest.raises(ValueError, match="32"):
        signer(b"short")
