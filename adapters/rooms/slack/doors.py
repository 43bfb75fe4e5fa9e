"""Signed HTTP: what happens in Slack comes in by three doors. Nothing of a body is read before its signature fits.

The signature is v0 of docs.slack.dev/authentication/verifying-requests-from-slack: an HMAC over the time and the raw
body, good for 300 seconds.
"""

import hashlib
import hmac
import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Final
from urllib.parse import parse_qsl

from adapters.connections.slack import Secret, reveal
from bot.errors import StoreAway
from bot.ports import Clock, Door, Knock, Response

#: What a delivery is answered with; raises StoreAway where it should come again.
Take = Callable[[str, Mapping[str, Any], str], Awaitable[Mapping[str, Any] | None]]

#: Seconds a signature is good for, either way.
GOOD_FOR: Final = 300
EVENTS, INTERACTIONS, COMMANDS = "/hooks/slack/events", "/hooks/slack/interactions", "/hooks/slack/commands"
_OK: Final[Response] = (200, {}, b"")
_NO: Final[Response] = (401, {"content-type": "text/plain"}, b"Not signed by Slack, or too late.\n")
_UNREADABLE: Final[Response] = (400, {"content-type": "text/plain", "x-slack-no-retry": "1"}, b"Not readable.\n")
_AWAY: Final[Response] = (503, {"retry-after": "5"}, b"")


class Doors:
    """The doors under one signing secret."""

    def __init__(self, secret: Secret, clock: Clock, take: Take) -> None:
        self._secret = secret
        self._clock = clock
        self._take = take

    def all(self) -> Sequence[Door]:
        """Events, presses and forms, and commands."""
        return (
            Door("POST", EVENTS, self.events),
            Door("POST", INTERACTIONS, self.interactions),
            Door("POST", COMMANDS, self.commands),
        )

    async def events(self, knock: Knock) -> Response:
        """A JSON body: an event, or Slack asking whether this address is ours."""
        return await self._opened(knock, "events_api", _json)

    async def interactions(self, knock: Knock) -> Response:
        """A form with one field, `payload`. All kinds may be sent to one address: Slack allows a manifest to say so."""
        return await self._opened(knock, "interactive", _payload)

    async def commands(self, knock: Knock) -> Response:
        """A plain form."""
        return await self._opened(knock, "slash_commands", _fields)

    async def _opened(self, knock: Knock, kind: str, read: Callable[[bytes], Mapping[str, Any] | None]) -> Response:
        try:
            if not await self._signed(knock):
                return _NO
            told = read(knock.body)
            if told is None:
                return _UNREADABLE
            if kind == "events_api" and told.get("type") == "url_verification":
                return 200, {"content-type": "text/plain"}, str(told.get("challenge", "")).encode()
            answer = await self._take(kind, told, "")
        except StoreAway:
            return _AWAY
        return _OK if not answer else (200, {"content-type": "application/json"}, json.dumps(answer).encode())

    async def _signed(self, knock: Knock) -> bool:
        at, given = knock.headers.get("x-slack-request-timestamp", ""), knock.headers.get("x-slack-signature", "")
        if not (at.isascii() and at.isdigit() and len(at) < 12):
            return False
        if abs((await self._clock.now()).wall.timestamp() - int(at)) > GOOD_FOR:
            return False
        return hmac.compare_digest(
            signature(reveal(self._secret), at, knock.body).encode(), given.encode("utf-8", "replace")
        )


def signature(secret: str, at: str, body: bytes) -> str:
    """As Slack signs: `at` is Unix time in whole seconds."""
    return f"v0={hmac.new(secret.encode(), b'v0:' + at.encode() + b':' + body, hashlib.sha256).hexdigest()}"


def _json(body: bytes) -> Mapping[str, Any] | None:
    try:
        told = json.loads(body)
    except ValueError:
        return None
    return told if isinstance(told, dict) else None


def _payload(body: bytes) -> Mapping[str, Any] | None:
    fields = _fields(body)
    return _json(str(fields.get("payload", "")).encode("utf-8", "replace")) if fields is not None else None


def _fields(body: bytes) -> Mapping[str, Any] | None:
    try:
        return dict(parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=100))
    except ValueError:
        return None
