"""One call to Slack over a real line: whatever the network does, a value comes back, and nothing is asked twice unasked."""

import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from pydantic import SecretStr

from adapters.connections import slack as module
from adapters.connections.slack import Slack
from adapters.connections.slack_answers import Answered, Lost, Refused
from tests.adapters.rooms.slack.faults import Fault, Faults, faults
from tests.adapters.rooms.slack.house import real_clock
from tests.adapters.rooms.slack.peers import CARE, TOKEN, LocalSlack, local_slack

POST = {"channel": CARE, "text": "Hello", "blocks": [], "unfurl_links": False, "thread_ts": None}


@dataclass
class _Line:
    slack: Slack
    proxy: Faults
    peer: LocalSlack
    token: str = TOKEN

    def secret(self) -> SecretStr:
        """As it is now."""
        return SecretStr(self.token)


@pytest.fixture
async def line() -> AsyncIterator[_Line]:
    """A connection through a fault proxy to local-slack."""
    async with local_slack() as peer, faults(peer.api_url) as proxy:
        made = _Line(Slack(token=SecretStr("?"), clock=real_clock(), api_url=proxy.url), proxy, peer)
        made.slack._token = made.secret
        try:
            yield made
        finally:
            await made.slack.close()


async def _stands(line: _Line) -> int:
    return len(await line.peer.messages(CARE))


async def test_it_is_done(line: _Line) -> None:
    """Slack's answer comes back with what our token may do."""
    line.proxy.headers = {"X-OAuth-Scopes": "chat:write,commands"}
    answer = await line.slack.call("chat.postMessage", POST, channel=CARE)
    assert isinstance(answer, Answered)
    assert answer.scopes == {"chat:write", "commands"}
    assert await _stands(line) == 1


@pytest.mark.parametrize(
    ("fault", "stands"),
    [
        (("drop", None), 0),
        (("drop_after", None), 1),
        (("status", 500), 0),
        (("status", 503), 0),
        (("garbage", None), 0),
        (("error", "internal_error"), 0),
        (("error", "fatal_error"), 0),
    ],
    ids=str,
)
async def test_nobody_knows(line: _Line, fault: Fault, stands: int) -> None:
    """A broken line, a server error, what cannot be read, Slack's own doubt: lost, after one attempt."""
    line.proxy.next("chat.postMessage", fault)
    assert isinstance(await line.slack.call("chat.postMessage", POST, channel=CARE), Lost)
    assert line.proxy.calls["chat.postMessage"] == 1
    assert await _stands(line) == stands


async def test_no_answer_in_time(line: _Line, monkeypatch: pytest.MonkeyPatch) -> None:
    """A call has a deadline."""
    monkeypatch.setattr(module, "DEADLINE", 0.3)
    line.proxy.next("chat.postMessage", ("stall", None))
    answer = await line.slack.call("chat.postMessage", POST, channel=CARE)
    assert answer == Lost("Slack did not answer in time.")
    assert line.proxy.calls["chat.postMessage"] == 1


async def test_no_means_no(line: _Line) -> None:
    """Slack's name for why comes back, after one attempt."""
    line.proxy.next("chat.postMessage", ("error", "is_archived"))
    answer = await line.slack.call("chat.postMessage", POST, channel=CARE)
    assert isinstance(answer, Refused)
    assert (answer.error, line.proxy.calls["chat.postMessage"]) == ("is_archived", 1)


async def test_not_now_is_obeyed(line: _Line) -> None:
    """After 429 it is asked again when Slack said, and no more often than three times."""
    line.proxy.next("chat.postMessage", ("limited", 1))
    began = await line.slack.ticks.now()
    assert isinstance(await line.slack.call("chat.postMessage", POST, channel=CARE), Answered)
    assert await line.slack.ticks.now() - began >= 1
    line.proxy.next("chat.postMessage", *[("limited", 0)] * 5)
    refused = await line.slack.call("chat.postMessage", POST, channel=CARE)
    assert isinstance(refused, Refused)
    assert line.proxy.calls["chat.postMessage"] == 2 + 3


async def test_whoever_cannot_wait_is_told_how_long(line: _Line) -> None:
    """A parked method refuses at once, without a call."""
    line.proxy.next("views.open", ("limited", 60))
    refused = await line.slack.call("views.open", {"trigger_id": "1", "view": {}}, patience=2.0)
    assert isinstance(refused, Refused)
    assert refused.wait is not None
    assert 50 < refused.wait <= 61
    assert line.proxy.calls["views.open"] == 1


async def test_a_dead_token_stops_all_but_the_question_whether_it_lives(line: _Line) -> None:
    """Another token, or the same one working again, ends it."""
    line.proxy.next("users.info", ("error", "token_revoked"))
    await line.slack.call("users.info", {"user": "U0ANA"})
    assert line.slack.dead == "token_revoked"
    assert await line.slack.call("chat.postMessage", POST, channel=CARE) == Refused("token_revoked")
    assert line.proxy.calls["chat.postMessage"] == 0
    assert isinstance(await line.slack.call("auth.test", {}), Answered)
    assert line.slack.dead == ""
    line.slack.died("token_expired")
    line.token = "xoxb-the-next"
    assert line.slack.dead == ""


async def test_words_and_tokens_stay_out_of_the_log(line: _Line, caplog: pytest.LogCaptureFixture) -> None:
    """Even at level DEBUG, and where it goes wrong."""
    caplog.set_level(logging.DEBUG)
    for fault in (("", None), ("error", "is_archived"), ("garbage", None), ("drop", None)):
        line.proxy.next("chat.postMessage", fault)
        await line.slack.call("chat.postMessage", {**POST, "text": "Mara is angry"}, channel=CARE)
    assert "Mara" not in caplog.text
    assert TOKEN not in caplog.text


async def test_only_slack_s_own_addresses_are_answered(line: _Line) -> None:
    """A response_url of anybody else is not asked at all."""
    base = line.proxy.url.removesuffix("/api/")
    assert not await line.slack.respond(f"{base.replace('127.0.0.1', '127.0.0.2')}/_hooks/response/1", {"text": "x"})
    assert not await line.slack.respond("https://hooks.slack.com.evil.example/commands/1", {"text": "x"})
    assert not await line.slack.respond("http://hooks.slack.com/commands/1", {"text": "x"})
    assert not await line.slack.respond("file:///etc/passwd", {"text": "x"})
    assert not await line.slack.respond(f"{base}/_hooks/response/1", {"text": "x"})  # it is asked, and says 404


async def test_local_slack_is_heard_on_this_machine_alone(line: _Line) -> None:
    """The stand-in is told to listen on 127.0.0.1 and nowhere else."""
    wanted = f"{line.peer.port:04X}"
    rows = [row.split() for row in Path("/proc/net/tcp").read_text(encoding="ascii").splitlines()[1:]]
    listening = {row[1] for row in rows if row[3] == "0A"}
    assert {address for address in listening if address.endswith(f":{wanted}")} == {f"0100007F:{wanted}"}
