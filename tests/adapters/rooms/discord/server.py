"""A Discord server that runs in this process (simcord), with our room on it, and everything by the server's clock."""

import asyncio
from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import discord
import simcord
from pydantic import SecretStr
from simcord.actors import MemberActor
from simcord.builders import ChannelHandle, GuildHandle

from adapters.connections.discord import Make, least_intents
from adapters.rooms.discord.greeting import greeting
from adapters.rooms.discord.pressing import Signer
from adapters.rooms.discord.room import DiscordRoom
from bot.nouns.team import Place, Team
from bot.nouns.time import Now
from bot.ports import Clock, Member
from bot.screens.shapes import Answer, Gesture
from tests.adapters.rooms.discord.strict import Strict
from tests.adapters.rooms.discord.world import SEES, SEES_NOT, World
from tests.fakes.desk import FakeDesk

SECRET = b"a secret of the tests, 32 bytes."


class Client(discord.Client):
    """The room's client without a socket: simcord feeds it by another way."""

    async def connect(self, *, reconnect: bool = True) -> None:
        """Until cancelled."""
        del reconnect
        await asyncio.get_running_loop().create_future()

    async def close(self) -> None:
        """The server shuts it down."""


def make(intents: discord.Intents, trace: aiohttp.TraceConfig | None = None) -> Client:
    """A client like the room's own."""
    del trace
    return Client(intents=intents, max_messages=None, allowed_mentions=discord.AllowedMentions.none())


class ServerClock:
    """The port Clock over the server's virtual time."""

    def __init__(self, env: simcord.Env) -> None:
        self._env = env
        self._start = env.now()

    async def now(self) -> Now:
        """All clocks agree."""
        at = self._env.now()
        return Now(wall=at, store=at, elapsed=1_000 + (at - self._start).total_seconds(), boot="boot")

    def bear_witness(self, at: object) -> None:
        """Nobody asks."""

    async def sleep(self, seconds: float) -> None:
        """Until the test has advanced that far, where the bot waits."""
        await asyncio.sleep(seconds)


@dataclass
class FakeHealth:
    """What does not work, by part."""

    reasons: dict[str, str] = field(default_factory=dict)

    def trouble(self, part: str, because: str) -> None:
        """Something does not work."""
        self.reasons[part] = because

    def well(self, part: str) -> None:
        """It works again."""
        self.reasons.pop(part, None)


class Server(World):
    """The same with our room on it, attended. Its desk answers from a script, as fast as the test wants it."""

    def __init__(self, env: simcord.Env) -> None:
        super().__init__(env)
        self.health = FakeHealth()
        self.desk = FakeDesk()
        self.clock = ServerClock(env)
        self.places: list[Place] = [place(self.text)]
        self.listed: list[str] = []
        self.strict = Strict(env).install(env.bot)
        self.room = self.new_room(env.bot)
        self._delay = 0.0
        self._error: Exception | None = None
        self._attending: asyncio.Task[None]

    def new_room(self, client: discord.Client, clock: Clock | None = None) -> DiscordRoom:
        """Another room of ours, as after a restart: it remembers nothing."""
        return DiscordRoom(
            token=SecretStr("token"),
            clock=clock or self.clock,
            secret=SECRET,
            places=self._places,
            team=self._team,
            health=self.health,
            listed=self._listed,
            client=always(client),
        )

    async def _places(self) -> Sequence[Place]:
        return self.places

    async def _team(self) -> Team:
        return Team(places=tuple(self.places))

    async def _listed(self) -> Collection[str]:
        return self.listed

    async def _hear(self, gesture: Gesture) -> Answer:
        """The desk, as slow and as broken as the test wants it."""
        if self._delay:
            await asyncio.sleep(self._delay)
        if self._error is not None:
            raise self._error
        return await self.desk.hear(gesture)

    def slow(self, seconds: float) -> None:
        """From now on the desk takes so long."""
        self._delay = seconds

    def fails(self, error: Exception) -> None:
        """From now on the desk falls over."""
        self._error = error

    @property
    def failing(self) -> bool:
        """Whether the desk is meant to fall over."""
        return self._error is not None

    @asynccontextmanager
    async def attending(self) -> AsyncIterator[None]:
        """The room attends until the end of the block."""
        self._attending = asyncio.create_task(self.room.attend(self._hear))
        await _turn()
        try:
            yield
        finally:
            await self._stop()

    async def forgets(self) -> None:
        """The process was ended and another one started, which remembers nothing."""
        await self._stop()
        client = make(least_intents())
        await self.env.restart_bot(client)
        self.strict.install(client)
        self.room = self.new_room(client)
        self._attending = asyncio.create_task(self.room.attend(self._hear))
        await _turn()

    async def _stop(self) -> None:
        self._attending.cancel()
        await asyncio.gather(self._attending, return_exceptions=True)

    @asynccontextmanager
    async def hearing_twice(self) -> AsyncIterator[None]:
        """Discord tells every interaction again."""
        feed = self.env.backend.subscribers[-1]

        def again(event: str, payload: Any) -> None:
            feed(event, payload)
            if event == "INTERACTION_CREATE":
                feed(event, payload)

        self.env.backend.subscribers[-1] = again
        try:
            yield
        finally:
            self.env.backend.subscribers[-1] = feed

    async def greets(self, channel: ChannelHandle) -> discord.Message:
        """The greeting as it would stand in that channel."""
        there = self.env.bot.get_partial_messageable(channel.id)
        return await there.send(view=greeting(Signer(SECRET), str(channel.id)))

    async def invited_to_another(self) -> tuple[GuildHandle, ChannelHandle, ChannelHandle]:
        """A server with an open and a private channel invites us."""
        guild = self.env.create_guild("Another")
        opened = guild.create_text_channel("lobby")
        ours = next(role for role in guild.roles.values() if role.name == self.env.backend.bot_user.name)
        private = guild.create_text_channel("desk", overwrites={guild.default_role: SEES_NOT, ours: SEES})
        self.env.bot.dispatch("guild_join", self.env.bot.get_guild(guild.id))
        await self.env.settle()
        return guild, opened, private

    @asynccontextmanager
    async def attended(self, room: DiscordRoom) -> AsyncIterator[None]:
        """Another room attends until the end of the block."""
        attending = asyncio.create_task(room.attend(self._hear))
        await _turn()
        try:
            yield
        finally:
            attending.cancel()
            await asyncio.gather(attending, return_exceptions=True)

    async def who(self, person: MemberActor) -> Member:
        """Somebody who is on the server."""
        found = await self.room.who(self.handle(person))
        assert isinstance(found, Member)
        return found


def always(client: discord.Client) -> Make:
    """A maker that hands out the one client which is there."""

    def made(intents: discord.Intents, trace: aiohttp.TraceConfig) -> discord.Client:
        del intents, trace
        return client

    return made


def place(channel: ChannelHandle) -> Place:
    """A channel as the team's place."""
    return Place(room="discord", id=str(channel.id), name=channel.name or "")


async def _turn() -> None:
    """Let whoever was just started come as far as it can."""
    for _ in range(10):
        await asyncio.sleep(0)


@asynccontextmanager
async def serving() -> AsyncIterator[Server]:
    """A server with the room on it, attended."""
    env = simcord.Env(make(least_intents()), settle_timeout=1.0)
    await env.start()
    try:
        server = Server(env)
        await env.settle()
        async with server.attending():
            yield server
    finally:
        await env.shutdown()
    env.raise_errors()
    assert server.failing or "discord presses" not in server.health.reasons, "a press fell over"
