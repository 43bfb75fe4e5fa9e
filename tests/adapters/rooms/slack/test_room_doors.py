"""Signed HTTP: only what Slack signed, only in time, once."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import SecretStr

from adapters.rooms.slack.doors import COMMANDS, EVENTS, INTERACTIONS, Doors
from bot.errors import StoreAway
from bot.ports import Knock, Response
from tests.fakes.clock import FakeClock

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"


class _House:
    """Doors and what came through them."""

    def __init__(self) -> None:
        self.clock = FakeClock()
        self.heard: list[tuple[str, Mapping[str, Any]]] = []
        self.answer: Mapping[str, Any] | None = None
        self.away = False
        self.doors = {door.path: door.open for door in Doors(SecretStr(SECRET), self.clock, self._take).all()}

    async def _take(self, kind: str, payload: Mapping[str, Any], envelope: str) -> Mapping[str, Any] | None:
        assert envelope == ""
        if self.away:
            raise StoreAway("The store does not answer.")
        self.heard.append((kind, payload))
        return self.answer

    async def knock(
        self, path: str, body: bytes, *, late: float = 0, secret: str = SECRET, headers: Mapping[str, str] | None = None
    ) -> Response:
        """A request as Slack would sign it `late` seconds ago."""
        at = str(int(self.clock.wall.timestamp() - late))
        signed = f"v0={hmac.new(secret.encode(), f'v0:{at}:'.encode() + body, hashlib.sha256).hexdigest()}"
        given = {"x-slack-request-timestamp": at, "x-slack-signature": signed} if headers is None else headers
        return await self.doors[path](Knock("POST", path, {}, {}, given, body))


def _event(**more: Any) -> bytes:
    return json.dumps({"type": "event_callback", "event_id": "Ev1", "event": {"type": "app_mention"}} | more).encode()


async def test_an_event_comes_in() -> None:
    """Signed and in time: handed on, answered 200 with nothing in it."""
    house = _House()
    assert await house.knock(EVENTS, _event()) == (200, {}, b"")
    assert [kind for kind, _ in house.heard] == ["events_api"]


async def test_slack_asks_whether_the_address_is_ours() -> None:
    """The challenge goes back, once it is known that Slack asked."""
    house = _House()
    body = json.dumps({"type": "url_verification", "challenge": "3eZbrw1aB"}).encode()
    status, _, said = await house.knock(EVENTS, body)
    assert (status, said) == (200, b"3eZbrw1aB")
    assert (await house.knock(EVENTS, body, secret="another"))[0] == 401
    assert house.heard == []


@pytest.mark.parametrize("path", [EVENTS, INTERACTIONS, COMMANDS])
async def test_a_wrong_signature_opens_no_door(path: str) -> None:
    """Another secret, another body, no signature, too old, from the future: 401, and nothing is read."""
    house = _House()
    good = {"x-slack-request-timestamp": str(int(house.clock.wall.timestamp())), "x-slack-signature": "v0=" + "0" * 64}
    answers = [
        await house.knock(path, _event(), secret="another"),
        await house.knock(path, _event(), late=301),
        await house.knock(path, _event(), late=-301),
        await house.knock(path, _event(), headers={}),
        await house.knock(path, _event(), headers=good),
        await house.knock(path, _event(), headers={**good, "x-slack-signature": "v0=\udcffé"}),
        await house.knock(path, _event(), headers={**good, "x-slack-request-timestamp": "１２３"}),
    ]
    assert {status for status, _, _ in answers} == {401}
    assert house.heard == []


async def test_five_minutes_are_in_time() -> None:
    """Exactly 300 seconds either way still count."""
    house = _House()
    for late in (300, -300):
        assert (await house.knock(EVENTS, _event(), late=late))[0] == 200


async def test_a_changed_body_is_another_body() -> None:
    """The signature holds for the bytes as they came."""
    house = _House()
    at = str(int(house.clock.wall.timestamp()))
    signed = f"v0={hmac.new(SECRET.encode(), f'v0:{at}:'.encode() + _event(), hashlib.sha256).hexdigest()}"
    headers = {"x-slack-request-timestamp": at, "x-slack-signature": signed}
    assert (await house.knock(EVENTS, _event() + b" ", headers=headers))[0] == 401


async def test_presses_and_commands_are_forms() -> None:
    """A press comes as a field that holds JSON, a command as plain fields; a receipt goes back as JSON."""
    house = _House()
    house.answer = {"response_action": "clear"}
    status, headers, body = await house.knock(
        INTERACTIONS, urlencode({"payload": '{"type":"view_submission"}'}).encode()
    )
    assert (status, headers["content-type"], body) == (200, "application/json", b'{"response_action": "clear"}')
    house.answer = None
    await house.knock(COMMANDS, urlencode({"command": "/coolhead", "text": "find  gas smell"}).encode())
    assert house.heard == [
        ("interactive", {"type": "view_submission"}),
        ("slash_commands", {"command": "/coolhead", "text": "find  gas smell"}),
    ]


async def test_the_store_away_is_said_so_that_it_comes_again() -> None:
    """503 with a hint when; Slack's three retries then have a chance."""
    house = _House()
    house.away = True
    status, headers, body = await house.knock(EVENTS, _event())
    assert (status, body) == (503, b"")
    assert "retry-after" in headers


@pytest.mark.parametrize("path", [EVENTS, INTERACTIONS, COMMANDS])
@given(body=st.binary(max_size=300) | st.sampled_from([b"payload=[]", b"[]", b"null", b"payload=%ff", b"\xff\xfe"]))
@settings(max_examples=150, deadline=None)
async def test_signed_garbage_is_answered_calmly(path: str, body: bytes) -> None:
    """Whatever is in it: 200, or 400 that asks Slack not to come again; never an error of ours."""
    house = _House()
    status, _, _ = await house.knock(path, body)
    assert status in {200, 400}
