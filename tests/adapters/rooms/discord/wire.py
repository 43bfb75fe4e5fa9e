"""Discord on a free port: as much of its REST and its gateway as shows how failures are met. simcord has no sockets.

Answers can be scripted: `next` gives what the next requests to a path get instead of success, and whether they take
effect all the same. `tell` sends an event to whoever is connected; `ops` are what they sent. `token`: the only one that
is good any more; '' takes every one.
"""

import asyncio
import itertools
import json
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import discord
import pytest
import yarl
from aiohttp import WSMsgType, web
from discord.gateway import DiscordWebSocket
from discord.http import Route

from adapters.connections.discord import make_client

USER = {"id": "1", "username": "coolhead", "discriminator": "0", "avatar": None, "bot": True, "global_name": None}


def _thousands() -> Iterator[int]:
    return itertools.count(1_000)


@dataclass(frozen=True, slots=True)
class Failing:
    """One answer. `effect`: it happened all the same."""

    status: int
    retry_after: float = 0.0
    scope: str = "user"
    is_global: bool = False
    code: int = 0
    effect: bool = False


@dataclass
class Wire:
    """One Discord. `messages` are what was made, by channel; `asked` every request."""

    next: dict[str, list[Failing]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    messages: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    ops: list[dict[str, Any]] = field(default_factory=list)
    sessions: int = 0
    closes_with: int = 0
    token_refused: bool = False
    token: str = ""
    url: str = ""
    _sockets: list[web.WebSocketResponse] = field(default_factory=list)
    _ids: Iterator[int] = field(default_factory=_thousands)
    _seq: Iterator[int] = field(default_factory=itertools.count)

    def app(self) -> web.Application:
        """Its routes."""
        made = web.Application()
        made.router.add_get("/gateway/", self._gateway)
        made.router.add_route("*", "/api/v10/{path:.*}", self._rest)
        return made

    async def _rest(self, request: web.Request) -> web.Response:
        path = f"{request.method} /{request.match_info['path']}"
        self.asked.append(path)
        if self.token and request.headers.get("Authorization") != f"Bot {self.token}":
            return _json({"code": 0, "message": "401: Unauthorized"}, status=401)
        body = await request.json() if request.can_read_body else {}
        failing = self.next.get(path) or []
        if failing:
            now = failing.pop(0)
            if now.effect:
                self._done(request, body)
            return _failed(now)
        return self._done(request, body)

    def _done(self, request: web.Request, body: Any) -> web.Response:
        parts = request.match_info["path"].split("/")
        match request.method, parts:
            case "GET", ["users", "@me"]:
                return _json(USER, status=401 if self.token_refused else 200)
            case "GET", ["oauth2", "applications", "@me"]:
                return _json(_application())
            case "PUT", ["applications", _, "commands"]:
                return _json([])
            case "POST", ["channels", channel, "messages"]:
                return _json(self._message(channel, body))
            case "POST", ["interactions", *_]:
                return _json({"interaction": {"id": "9", "type": 2}, "resource": None})
            case _:
                return _json({"code": 10003, "message": "Unknown Channel"}, status=404)

    def _message(self, channel: str, body: dict[str, Any]) -> dict[str, Any]:
        made = self.messages.setdefault(channel, [])
        known = next((each for each in made if body.get("enforce_nonce") and each["nonce"] == body["nonce"]), None)
        if known is not None:
            return known
        new = {
            "id": str(next(self._ids)), "channel_id": channel, "author": USER, "content": "", "type": 0, "flags": 0,
            "timestamp": "2026-03-02T12:00:00+00:00", "edited_timestamp": None, "tts": False, "mention_everyone": False,
            "mentions": [], "mention_roles": [], "attachments": [], "embeds": [], "pinned": False,
            "components": body.get("components", []), "nonce": body.get("nonce"),
        }  # fmt: skip
        made.append(new)
        return new

    async def _gateway(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        self._sockets.append(socket)
        await socket.send_json({"op": 10, "d": {"heartbeat_interval": 60_000}})
        async for message in socket:
            if message.type is WSMsgType.TEXT:
                await self._op(socket, json.loads(message.data))
        self._sockets.remove(socket)
        return socket

    async def _op(self, socket: web.WebSocketResponse, op: dict[str, Any]) -> None:
        match op["op"]:
            case 1:
                await socket.send_json({"op": 11})
            case 2:
                self.ops.append(op)
                if self.token and op["d"]["token"] != self.token:
                    await socket.close(code=4004)
                    return
                if self.closes_with:
                    await socket.close(code=self.closes_with)
                    return
                self.sessions += 1
                await self._dispatch(socket, "READY", self._ready())
            case 6:
                self.ops.append(op)
                await self._dispatch(socket, "RESUMED", {})
            case _:
                self.ops.append(op)

    def _ready(self) -> dict[str, Any]:
        return {
            "v": 10, "user": USER, "guilds": [], "session_id": f"s{self.sessions}",
            "resume_gateway_url": self.url, "application": {"id": "1", "flags": 0}, "shard": [0, 1],
        }  # fmt: skip

    async def _dispatch(self, socket: web.WebSocketResponse, event: str, data: dict[str, Any]) -> None:
        await socket.send_json({"op": 0, "t": event, "s": next(self._seq), "d": data})

    async def tell(self, event: str, data: dict[str, Any]) -> None:
        """Everybody who is connected hears of it."""
        for socket in list(self._sockets):
            await self._dispatch(socket, event, data)

    async def send_op(self, op: int, data: Any = None) -> None:
        """7: connect again; 9: the session is no longer good (`data` False: and cannot be resumed)."""
        for socket in list(self._sockets):
            await socket.send_json({"op": op, "d": data})

    async def hang_up(self, code: int = 1001) -> None:
        """Every socket is closed without a word."""
        for socket in list(self._sockets):
            await socket.close(code=code)

    async def until(self, found: Any) -> None:
        """Wait until `found()` holds."""
        for _ in range(2_000):
            if found():
                return
            await asyncio.sleep(0.005)
        raise AssertionError("it never came to that")


def _json(body: Any, *, status: int = 200, headers: Mapping[str, str] | None = None) -> web.Response:
    """As Discord writes it: without a charset."""
    given = {"Content-Type": "application/json", **(headers or {})}
    return web.Response(body=json.dumps(body).encode(), status=status, headers=given)


def _failed(now: Failing) -> web.Response:
    if now.status != 429:
        return _json({"code": now.code, "message": "no"}, status=now.status)
    headers = {"X-RateLimit-Scope": now.scope, "Retry-After": str(now.retry_after), "Via": "1.1 here"}
    body = {"message": "slow down", "retry_after": now.retry_after, "global": now.is_global}
    return _json(body, status=429, headers=headers)


def _application() -> dict[str, Any]:
    return {
        "id": "1", "name": "coolhead", "icon": None, "description": "", "summary": "", "bot_public": False,
        "bot_require_code_grant": False, "verify_key": "0" * 64, "owner": USER, "flags": 0, "team": None, "bot": USER,
    }  # fmt: skip


def quickly(intents: discord.Intents, trace: aiohttp.TraceConfig, patience: float = 0.01) -> discord.Client:
    """The room's own client, which does not wait for servers that never come: `patience` seconds instead of two."""
    client = make_client(intents, trace)
    client._connection.guild_ready_timeout = patience
    return client


@asynccontextmanager
async def wired(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Wire]:
    """A Discord on a free port, to which discord.py speaks until the end of the block."""
    wire = Wire()
    runner = web.AppRunner(wire.app(), access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    wire.url = f"ws://127.0.0.1:{port}/gateway/"
    monkeypatch.setattr(Route, "BASE", f"http://127.0.0.1:{port}/api/v10")
    monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", yarl.URL(wire.url))
    try:
        yield wire
    finally:
        await runner.cleanup()
