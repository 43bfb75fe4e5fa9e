"""Socket Mode where it is hard: refreshed, dropped, delivered twice, switched off."""

import asyncio
import functools
from collections.abc import AsyncIterator, Mapping
from contextlib import suppress
from typing import Any

import pytest
from pydantic import SecretStr

from adapters.connections.slack import Slack
from adapters.rooms.slack import sockets as module
from adapters.rooms.slack.sockets import Sockets
from bot.errors import StoreAway
from tests.adapters.rooms.slack.house import FakeHealth, house, real_clock
from tests.adapters.rooms.slack.peers import APP_TOKEN, TOKEN
from tests.adapters.rooms.slack.socket_stub import SocketStub, socket_stub, until

DISCONNECT = {"type": "disconnect", "debug_info": {}}


class _Listener:
    """Sockets under test, and what they heard."""

    def __init__(self, stub: SocketStub) -> None:
        self.stub = stub
        self.health = FakeHealth()
        self.heard: list[tuple[str, Mapping[str, Any]]] = []
        self.ups = 0
        self.away = False
        self.fault: Exception | None = None
        self.turned_away = 0
        self.answer: Mapping[str, Any] | None = None
        self.slack = Slack(token=SecretStr(TOKEN), clock=real_clock(), api_url=f"{stub.url}api/")
        self.sockets = Sockets(self.slack, SecretStr(APP_TOKEN), self.take, self.up, self.health)

    async def take(self, kind: str, payload: Mapping[str, Any], envelope: str) -> Mapping[str, Any] | None:
        """Remember it."""
        if self.away:
            self.turned_away += 1
            raise StoreAway("The store does not answer.")
        if self.fault is not None:
            self.turned_away += 1
            raise self.fault
        self.heard.append((kind, payload))
        return self.answer

    async def up(self) -> None:
        """A socket is there after a time without."""
        self.ups += 1
        if self.fault is not None:
            raise self.fault


def _turned_away(listener: _Listener, times: int) -> bool:
    return listener.turned_away == times


@pytest.fixture
async def listener(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[_Listener]:
    """Running, with its first socket open."""
    monkeypatch.setattr(module, "SHORTEST", 0.02)
    monkeypatch.setattr(module, "LINGER", 0.3)
    async with socket_stub() as stub:
        made = _Listener(stub)
        task = asyncio.ensure_future(made.sockets.run())
        try:
            await stub.until(1)
            yield made
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
            await made.slack.close()


@pytest.mark.parametrize("reason", ["warning", "refresh_requested"])
async def test_the_second_socket_is_open_before_the_first_is_let_go(listener: _Listener, reason: str) -> None:
    """Slack warns before it closes a socket: another is opened at once, both are listened to, and nothing is a gap."""
    stub = listener.stub
    await stub.send(0, {**DISCONNECT, "reason": reason})
    await stub.opening(2)
    assert stub.most == 2
    await stub.deliver(0, "e-old", {"event_id": "Ev1"})
    await stub.deliver(1, "e-new", {"event_id": "Ev2"})
    await stub.receipt("e-old")
    await stub.receipt("e-new")
    await stub.until(1)
    assert list(stub.sockets) == [1]
    assert listener.ups == 1
    assert listener.sockets.connected


async def test_two_sockets_each_get_some(listener: _Listener) -> None:
    """Whichever socket an envelope comes by, it is taken there and confirmed there."""
    stub = listener.stub
    await stub.send(0, {**DISCONNECT, "reason": "warning"})
    await stub.opening(2)
    for number in range(4):
        await stub.deliver(number % 2, f"e{number}", {"event_id": f"Ev{number}"})
        await stub.receipt(f"e{number}")
    assert {told["event_id"] for _, told in listener.heard} == {"Ev0", "Ev1", "Ev2", "Ev3"}
    assert [number for number, _ in stub.receipts] == [0, 1, 0, 1]


async def test_a_broken_line_is_opened_again_and_the_gap_read(listener: _Listener) -> None:
    """Without a warning there is a gap: health says so meanwhile, and it is caught up on afterwards."""
    await listener.stub.drop(0)
    await listener.stub.opening(2)
    await listener.stub.until(1)
    await until(lambda: listener.ups == 2)
    assert "slack socket" in {part for part, _ in listener.health.said}
    assert listener.health.reasons == {}


async def test_a_receipt_carries_what_a_form_is_answered_with(listener: _Listener) -> None:
    """A payload goes back inside the receipt; where there is none the receipt is bare."""
    await listener.stub.deliver(0, "e1", {"type": "block_actions"}, "interactive")
    assert await listener.stub.receipt("e1") == {"envelope_id": "e1"}
    listener.answer = {"response_action": "clear"}
    await listener.stub.deliver(0, "e2", {"type": "view_submission"}, "interactive")
    assert await listener.stub.receipt("e2") == {"envelope_id": "e2", "payload": {"response_action": "clear"}}


async def test_no_receipt_while_the_store_is_away(listener: _Listener) -> None:
    """What could not be kept is not confirmed, so Slack delivers it again."""
    listener.away = True
    for turn in (1, 2):
        await listener.stub.deliver(0, "e1", {"event_id": "Ev1"})
        await until(functools.partial(_turned_away, listener, turn))
    listener.away = False
    await listener.stub.deliver(0, "e2", {"event_id": "Ev2"})
    await listener.stub.receipt("e2")
    assert [told for _, told in listener.stub.receipts if told["envelope_id"] == "e1"] == []


async def test_what_nobody_foresaw(listener: _Listener, caplog: pytest.LogCaptureFixture) -> None:
    """What falls over is not confirmed as if it were done: Slack delivers it again, and says so to who pressed. The log has
    the kind of the fault, and no word that anybody wrote."""
    listener.fault = ValueError("secret words")
    await listener.stub.deliver(0, "e1", {"type": "view_submission"}, "interactive")
    await until(functools.partial(_turned_away, listener, 1))
    await listener.stub.drop(0)
    await until(lambda: listener.ups == 2)
    await listener.stub.until(1)
    assert listener.stub.receipts == []
    listener.fault = None
    await listener.stub.deliver(1, "e1", {"type": "view_submission"}, "interactive")
    await listener.stub.receipt("e1")
    assert "secret words" not in caplog.text
    assert caplog.text.count("ValueError") == 2


async def test_switched_off_is_named(listener: _Listener) -> None:
    """An app whose Socket Mode was switched off says what to press, and comes back when it is on again."""
    listener.stub.refusals = ["invalid_auth", "internal_error"]
    await listener.stub.send(0, {**DISCONNECT, "reason": "link_disabled"})
    await listener.stub.drop(0)
    await listener.stub.opening(2)
    said = " ".join(because for _, because in listener.health.said)
    assert "Switch it on" in said
    assert "COOLHEAD_SLACK_APP_TOKEN" in said


async def test_garbage_is_no_harm(listener: _Listener) -> None:
    """What cannot be read is passed over."""
    for text in ("", "[]", "{", '{"type": 7}', '{"envelope_id": null}'):
        await listener.stub.sockets[0].send_str(text)
    await listener.stub.deliver(0, "e1", {"event_id": "Ev1"})
    await listener.stub.receipt("e1")


async def test_delivered_again_is_done_once_and_confirmed_each_time() -> None:
    """A room that gets an envelope twice acts on it once, and both deliveries have their receipt."""
    async with socket_stub() as stub, house(f"{stub.url}api/") as made:
        task = asyncio.ensure_future(made.room.attend(made.desk.hear))
        await stub.until(1)
        payload = {"user_id": "U0ANA", "channel_id": "C1", "command": "/coolhead", "text": "status", "trigger_id": "t1"}
        await stub.deliver(0, "e1", payload, "slash_commands")
        await stub.receipt("e1")
        await stub.deliver(0, "e1", payload, "slash_commands")
        await stub.receipt("e1", 2)
        await until(lambda: bool(made.desk.asked))
        assert [gesture.act for gesture in made.desk.asked] == ["now"]
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


def test_tries_come_slower_and_slower() -> None:
    """From about a second up to a minute, never in step with others."""
    for failures, longest in ((1, 1.0), (2, 2.0), (5, 16.0), (40, 60.0)):
        assert longest / 2 <= module.backoff(failures) <= longest
