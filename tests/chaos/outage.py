"""A community on Discord (simcord) that fails for minutes, in virtual time, with a team's outbox before it.

While an outage lasts, each request meets what the dice say: it is refused, hangs, loses its answer, is done after everybody
has given up, or is tried again by discord.py itself, as it does after a 500.
"""

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from enum import Enum
from typing import Any

import aiohttp
import discord
import simcord
from discord.http import Route
from simcord._clock import Clock

from adapters.connections.discord import community_intents, least_intents
from tests.adapters.platforms.discord_community import Town
from tests.adapters.rooms.discord.server import make
from tests.adapters.rooms.discord.strict import Strict, refuse

#: discord.py's own tries.
_TRIES = 5
#: What is done late is done so many seconds after it was asked at most; words settle after 28.
_LATE = 20.0
Request = Callable[..., Awaitable[Any]]


class Fault(Enum):
    """What a request meets."""

    NONE = "none"
    REFUSED = "refused"
    HANGS = "hangs"
    DROPPED = "dropped"
    LATE = "late"
    BROKEN = "broken"
    LIMITED = "limited"


class LoopClock(Clock):
    """simcord's clock, by the running loop's."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._epoch = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

    @property
    def elapsed(self) -> float:  # type: ignore[override]  # simcord only reads it
        """Seconds since the loop began."""
        return self._loop.time()

    def now(self) -> datetime:
        """The time."""
        return self._epoch + timedelta(seconds=self.elapsed)

    def advance(self, seconds: float) -> None:
        """The loop's time goes on by itself."""


class Outage:
    """Between the client and simcord."""

    def __init__(self, dice: random.Random) -> None:
        self.dice = dice
        self.until = 0.0
        self._armed = 0.0
        self._passes = 0
        self._late: set[asyncio.Task[None]] = set()

    def install(self, client: discord.Client) -> "Outage":
        """Before everything that was installed until now."""
        inner: Request = client.http.request

        async def request(route: Route, **given: Any) -> Any:
            if self._armed and route.method == "POST" and route.path.endswith("/messages"):
                self.begins(self._armed)
            return await self._met(self._now(), lambda: inner(route, **given))

        client.http.request = request  # type: ignore[method-assign]
        return self

    def begins(self, seconds: float) -> None:
        """It lasts so long. In some few requests come through, in others half of them."""
        self.until, self._armed = asyncio.get_running_loop().time() + seconds, 0.0
        self._passes = self.dice.choice((15, 100))

    def begins_with_the_next_post(self, seconds: float) -> None:
        """The request that makes a message is the first to meet it."""
        self._armed = seconds

    async def calm(self) -> None:
        """It is over, and whatever was to be done late is done."""
        await asyncio.sleep(max(0.0, self.until - asyncio.get_running_loop().time()) + _LATE)

    def _now(self) -> Fault:
        if asyncio.get_running_loop().time() >= self.until:
            return Fault.NONE
        return self.dice.choices(tuple(Fault), (self._passes, 15, 20, 20, 15, 10, 5))[0]

    async def _met(self, fault: Fault, ask: Callable[[], Awaitable[Any]]) -> Any:
        await asyncio.sleep(self.dice.uniform(0.02, 0.2))
        match fault:
            case Fault.NONE:
                return await ask()
            case Fault.REFUSED:
                raise aiohttp.ClientConnectionError("refused")
            case Fault.HANGS:
                await asyncio.sleep(3_600)
            case Fault.DROPPED:
                await ask()
                raise aiohttp.ServerDisconnectedError
            case Fault.LATE:
                self._afterwards(ask)
                await asyncio.sleep(3_600)
            case Fault.BROKEN:
                return await self._again(ask)
            case Fault.LIMITED:
                raise discord.RateLimited(self.dice.uniform(31, 600))
        raise AssertionError("it went on for an hour")

    async def _again(self, ask: Callable[[], Awaitable[Any]]) -> Any:
        """500 again and again, done or not; perhaps it comes through in the end."""
        for tried in range(_TRIES):
            if self.dice.random() < 0.4:
                await ask()
            if self.dice.random() < 0.2:
                return await ask()
            await asyncio.sleep(1 + tried * 2)
        raise refuse(500, 0)

    def _afterwards(self, ask: Callable[[], Awaitable[Any]]) -> None:
        async def later() -> None:
            await asyncio.sleep(self.dice.uniform(0.0, _LATE))
            await ask()

        task = asyncio.create_task(later())
        self._late.add(task)
        task.add_done_callback(self._late.discard)


@asynccontextmanager
async def community(seed: int) -> AsyncIterator[tuple[Town, Outage]]:
    """One that is listened to, and where the bot posts itself."""
    env = simcord.Env(make(least_intents() | community_intents()), settle_timeout=600.0)
    env.backend.clock = LoopClock()
    await asyncio.create_task(env.start())  # whoever starts it lives in its time from then on
    try:
        town = Town(env, post_as_bot=True)
        Strict(env).install(env.bot)
        outage = Outage(random.Random(seed)).install(env.bot)
        async with town.listening():
            yield town, outage
    finally:
        await env.shutdown()
    env.raise_errors()
