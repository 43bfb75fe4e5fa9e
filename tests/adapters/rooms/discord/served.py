"""simcord behind real sockets: its REST and its gateway on a free port, in real time, so that a program of its own can be
its app, be killed, and come back. What Discord answers, refuses and tells is simcord's and `Strict`'s; here it only travels.

The app is pointed here by `point_at(url)`, called in its process before it begins. An event loop holds one simcord, so
several apps share it: each is told of the one guild that `guilds` names for its token.
"""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count
from typing import Any

import discord
import simcord
import yarl
from aiohttp import WSMsgType, web
from discord.gateway import DiscordWebSocket
from discord.http import Route
from simcord._clock import Clock
from simcord.backend import serializers
from simcord.gateway import FakeGateway

from adapters.connections import discord as connections
from adapters.connections.discord import least_intents
from tests.adapters.rooms.discord.server import make
from tests.adapters.rooms.discord.strict import Strict
from tests.adapters.rooms.discord.wire import quickly


class RealClock(Clock):
    """simcord's clock, moved by nobody: an answer has its real three seconds."""

    def __init__(self) -> None:
        self._epoch, self._began = datetime.now(UTC), time.monotonic()

    @property
    def elapsed(self) -> float:  # type: ignore[override]  # simcord only reads it
        """Seconds since it began."""
        return time.monotonic() - self._began

    def now(self) -> datetime:
        """The time."""
        return self._epoch + timedelta(seconds=self.elapsed)

    def advance(self, seconds: float) -> None:
        """Time passes by itself."""


@dataclass
class _Session:
    """One connection of the app. It is what simcord's gateway takes for discord.py's state: told everything that the
    intents allow, it hands it on."""

    socket: web.WebSocketResponse
    guild: int
    intents: discord.Intents
    told: "asyncio.Queue[tuple[str, Any]]" = field(default_factory=asyncio.Queue)

    @property
    def parsers(self) -> "_Session":
        """By an event's name, who takes it."""
        return self

    def __getitem__(self, event: str) -> Callable[[Any], None]:
        return lambda data: self.told.put_nowait((event, data))

    async def send(self) -> None:
        """Until the socket is gone."""
        for number in count(1):
            event, data = await self.told.get()
            await self.socket.send_json({"op": 0, "t": event, "s": number, "d": data})


@dataclass
class Served:
    """`env` is the server itself; `sessions` are the apps' connections. `turn`: simcord does one thing at a time."""

    env: simcord.Env
    guilds: dict[str, int] = field(default_factory=dict)
    sessions: list[_Session] = field(default_factory=list)
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    port: int = 0

    def listening(self, guild: int) -> list[_Session]:
        """Who listens to that guild."""
        return [each for each in self.sessions if each.guild == guild]

    @property
    def url(self) -> str:
        """For `point_at`."""
        return f"http://127.0.0.1:{self.port}"

    def app(self) -> web.Application:
        """Its routes."""
        made = web.Application()
        made.router.add_get("/gateway/", self._gateway)
        made.router.add_route("*", "/api/v10/{path:.*}", self._asked)
        return made

    async def _asked(self, request: web.Request) -> web.Response:
        route = Route(request.method, f"/{request.match_info['path']}")
        route.url = f"https://discord.com/api/v10/{request.match_info['path']}"
        given = {"json": await request.json()} if request.can_read_body else {}
        try:
            made = await self.env.bot.http.request(route, params=dict(request.query), **given)
        except discord.HTTPException as error:
            return _json({"code": error.code, "message": error.text}, status=error.status)
        return web.Response(status=204) if made is None else _json(made)

    async def _gateway(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        sending: asyncio.Task[None] | None = None
        try:
            await socket.prepare(request)
            await socket.send_json({"op": 10, "d": {"heartbeat_interval": 41_250}})
            async for message in socket:
                op: dict[str, Any] = json.loads(message.data) if message.type is WSMsgType.TEXT else {"op": 0}
                match op["op"]:
                    case 1:
                        await socket.send_json({"op": 11})
                    case 2:
                        sending = asyncio.create_task(self._begin(socket, op["d"]).send())
                    case 6:  # no session outlives its socket here: the app begins anew
                        await socket.send_json({"op": 9, "d": False})
        except ConnectionError:
            pass  # it died in the middle of it
        finally:
            self.sessions = [each for each in self.sessions if each.socket is not socket]
            if sending is not None:
                sending.cancel()
                await asyncio.gather(sending, return_exceptions=True)
        return socket

    def _begin(self, socket: web.WebSocketResponse, identify: Mapping[str, Any]) -> _Session:
        """READY and every server, then all that happens."""
        here = self.guilds[identify["token"]]
        session = _Session(socket, here, discord.Intents._from_value(identify["intents"]))
        backend = self.env.backend
        gateway = FakeGateway(backend, session)
        session["READY"](
            {
                "v": 10,
                "user": dict(serializers.user_payload(backend.bot_user)),
                "guilds": [],
                "session_id": f"s{id(session)}",
                "resume_gateway_url": f"ws://127.0.0.1:{self.port}/gateway/",
                "shard": [0, 1],
                "application": {"id": str(backend.application_id), "flags": 0},
            }
        )
        gateway.feed("GUILD_CREATE", serializers.guild_create_payload(backend, backend.guilds[here]))

        def feed(event: str, payload: Mapping[str, Any]) -> None:
            if session in self.sessions and payload.get("guild_id") in (None, str(here)):
                gateway.feed(event, payload)

        backend.subscribers.append(feed)
        self.sessions.append(session)
        return session


def _json(body: Any, *, status: int = 200) -> web.Response:
    """As Discord writes it: without a charset."""
    return web.Response(body=json.dumps(body).encode(), status=status, headers={"Content-Type": "application/json"})


def point_at(url: str) -> None:
    """discord.py of this process speaks to that server from now on, and does not wait for servers that never come."""
    made = partial(quickly, patience=0.5)
    connections.Connection = partial(connections.Connection, make=made)  # type: ignore[misc,assignment]  # as it is called
    Route.BASE = f"{url}/api/v10"
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(f"{url.replace('http', 'ws', 1)}/gateway/")


@asynccontextmanager
async def served() -> AsyncIterator[Served]:
    """One, gone afterwards."""
    env = simcord.Env(make(least_intents()), settle_timeout=30.0)
    env.backend.clock = RealClock()
    await asyncio.create_task(env.start())  # whoever starts it lives in its time from then on
    Strict(env).install(env.bot)
    one = Served(env)
    runner = web.AppRunner(one.app(), access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        one.port = runner.addresses[0][1]
        yield one
    finally:
        await runner.cleanup()
        await env.shutdown()
    env.raise_errors()
