"""A Discord server that runs in this process (simcord), with our room on it, and everything by the server's clock."""

import asyncio
from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import aiohttp
import discord
import simcord
from pydantic import SecretStr
from simcord.actors import MemberActor
from simcord.backend.models import Overwrite
from simcord.builders import ChannelHandle, GuildHandle, RoleHandle
from simcord.enums import OverwriteType
from simcord.results import InteractionResult

from adapters.connections.discord import Make, least_intents
from adapters.rooms.discord.greeting import greeting
from adapters.rooms.discord.pressing import Signer
from adapters.rooms.discord.room import DiscordRoom
from bot.nouns.team import Handle, Place, Team
from bot.nouns.time import Now
from bot.ports import Member
from bot.screens.shapes import Answer, Gesture
from tests.adapters.rooms.discord.strict import Strict
from tests.fakes.desk import FakeDesk

SECRET = b"a secret of the tests, 32 bytes."
#: What our role is invited with.
_TEAM = discord.PermissionOverwrite(view_channel=True)
_NOT = discord.PermissionOverwrite(view_channel=False)


Target = (
    RoleHandle | MemberActor | simcord.UserHandle | discord.Role | discord.Member | discord.User | discord.ClientUser
)


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


class Server:
    """One server with a role `Mods`, a private text channel and a private forum, and three people.

    `ana` is a moderator, `gil` a member without a role, `kim` another moderator; `zoe` is on no server of ours.
    """

    def __init__(self, env: simcord.Env) -> None:
        self.env = env
        self.guild: GuildHandle = env.create_guild("Kestrel")
        self.mods: RoleHandle = self.guild.create_role("Mods")
        self.lobby = self.guild.create_text_channel("lobby")
        self.text = self.private("mod-desk")
        self.forum = self.private_forum("cases", tags=("Waiting", "Cooling", "Ready", "Settled", "Storm", "Offline"))
        self.ana: MemberActor = self.guild.add_member(env.create_user("ana"), roles=[self.mods])
        self.kim: MemberActor = self.guild.add_member(env.create_user("kim"), roles=[self.mods])
        self.gil: MemberActor = self.guild.add_member(env.create_user("gil"))
        self.zoe = env.create_user("zoe")
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

    def new_room(self, client: discord.Client) -> DiscordRoom:
        """Another room of ours, as after a restart: it remembers nothing."""
        return DiscordRoom(
            token=SecretStr("token"),
            clock=self.clock,
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

    def private(self, name: str) -> ChannelHandle:
        """A text channel that only moderators and we see."""
        return self.guild.create_text_channel(name, overwrites=self._overwrites())

    def _overwrites(self) -> dict[Target, discord.PermissionOverwrite]:
        return {self.guild.default_role: _NOT, self.mods: _TEAM, self.our_role(): _TEAM}

    def our_role(self) -> RoleHandle:
        """The role that came with us."""
        return next(role for role in self.guild.roles.values() if role.name == self.env.backend.bot_user.name)

    def private_forum(self, name: str, tags: Sequence[str] = ()) -> ChannelHandle:
        """A forum that only moderators and we see, with these tags."""
        forum = self.guild.create_forum_channel(name)
        kept = self.env.backend.channels[self.text.id].overwrites
        bare = {"moderated": False, "emoji_id": None, "emoji_name": None}
        given = [{"id": str(self.env.backend.snowflake()), "name": tag, **bare} for tag in tags]
        self.env.backend.edit_channel(forum.id, {"available_tags": given}, overwrites=list(kept))
        return forum

    def handle(self, person: MemberActor | simcord.UserHandle) -> Handle:
        """As the core names them."""
        return Handle(room="discord", id=str(person.id))

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

    async def gil_writes(self, text: str) -> discord.Message:
        """A member writes where everyone may."""
        return await self.gil.send(self.lobby, text)

    def closes_messages(self) -> None:
        """Nobody takes direct messages from us any more."""
        for person in (self.ana, self.kim, self.gil):
            path = f"/channels/{person.user.dm_channel.id}/messages"
            self.env.inject_error("POST", path, status=403, code=50007, times=None)

    async def greets(self, channel: ChannelHandle) -> discord.Message:
        """The greeting as it would stand in that channel."""
        there = self.env.bot.get_partial_messageable(channel.id)
        return await there.send(view=greeting(Signer(SECRET), str(channel.id)))

    async def invited_to_another(self) -> tuple[GuildHandle, ChannelHandle, ChannelHandle]:
        """A server with an open and a private channel invites us."""
        guild = self.env.create_guild("Another")
        opened = guild.create_text_channel("lobby")
        ours = next(role for role in guild.roles.values() if role.name == self.env.backend.bot_user.name)
        private = guild.create_text_channel("desk", overwrites={guild.default_role: _NOT, ours: _TEAM})
        self.env.bot.dispatch("guild_join", self.env.bot.get_guild(guild.id))
        await self.env.settle()
        return guild, opened, private

    def minutes(self, count: float) -> timedelta:
        """So long."""
        return timedelta(minutes=count)

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

    async def kim_deletes(self, message: discord.Message) -> None:
        """A moderator takes a message away."""
        self.env.backend.delete_message(message.channel.id, message.id)
        await self.env.settle()

    async def archives(self, thread: ChannelHandle, *, locked: bool = False) -> None:
        """A thread is put out of sight, and locked."""
        self.env.backend.edit_channel(thread.id, {}, thread_metadata={"archived": True, "locked": locked})
        await self.env.settle()

    def times_out_bot(self, seconds: float) -> None:
        """A moderator silences us."""
        us = self.guild._guild.members[self.env.backend.bot_user.id]
        us.timed_out_until = (self.env.now() + timedelta(seconds=seconds)).isoformat()

    def tags_of(self, thread: ChannelHandle) -> list[str]:
        """The tags of a post, by name."""
        names = {int(tag["id"]): tag["name"] for tag in self.env.backend.channels[self.forum.id].available_tags}
        return [names[tag] for tag in self.env.backend.channels[thread.id].applied_tags]

    def adds_tag(self, thread: ChannelHandle, name: str) -> None:
        """A moderator gives a post a tag of their own."""
        backend = self.env.backend
        id = backend.snowflake()
        made = {"id": str(id), "name": name, "moderated": False, "emoji_id": None, "emoji_name": None}
        backend.edit_channel(self.forum.id, {"available_tags": [*backend.channels[self.forum.id].available_tags, made]})
        backend.edit_channel(thread.id, {"applied_tags": [*backend.channels[thread.id].applied_tags, id]})

    def may_delete_threads(self, may: bool) -> None:
        """Our role with or without the permission to delete threads, which Discord calls managing them."""
        role = self.our_role()._role
        both = discord.Permissions(manage_threads=True, manage_channels=True).value
        role.permissions = role.permissions | both if may else role.permissions & ~both

    def message(self, result: InteractionResult) -> discord.Message:
        """The last message of an answer, as it stands now."""
        assert result.response is not None, "nothing was answered"
        return [result.response, *result.followups][-1].message

    async def who(self, person: MemberActor) -> Member:
        """Somebody who is on the server."""
        found = await self.room.who(self.handle(person))
        assert isinstance(found, Member)
        return found

    def takes_role(self, person: MemberActor) -> None:
        """The owner takes the moderators' role away from somebody."""
        self.guild._guild.members[person.id].role_ids.remove(self.mods.id)

    def times_out(self, person: MemberActor, seconds: float) -> None:
        """Somebody may only read for a while."""
        until = self.env.now() + timedelta(seconds=seconds)
        self.guild._guild.members[person.id].timed_out_until = until.isoformat()

    def lacks(self, channel: ChannelHandle, permission: str) -> None:
        """Our role is denied something in a channel."""
        denied = discord.PermissionOverwrite(**{"view_channel": True, permission: False})
        self._overwrite(channel, self.our_role(), denied)

    def lets_see(self, channel: ChannelHandle, role: RoleHandle) -> None:
        """Another role may see a channel."""
        self._overwrite(channel, role, _TEAM)

    def _overwrite(self, channel: ChannelHandle, role: RoleHandle, given: discord.PermissionOverwrite) -> None:
        allow, deny = given.pair()
        made = Overwrite(target_id=role.id, type=OverwriteType.ROLE, allow=allow.value, deny=deny.value)
        self.env.backend.set_overwrite(channel.id, made)

    def becomes_administrator(self) -> None:
        """Our role is given everything."""
        self.our_role()._role.permissions |= discord.Permissions(administrator=True).value

    def only(self, permissions: discord.Permissions) -> None:
        """Our role is given these, and everybody else nothing."""
        self.our_role()._role.permissions = permissions.value
        self.guild.default_role._role.permissions = 0

    def room_changed(self) -> None:
        """Discord tells that roles changed."""
        self.env.bot.dispatch("guild_role_update", None, None)

    def sent(self, method: str, path: str) -> int:
        """How many requests of that kind went out; `path` is how it ends."""
        return sum(each.method == method and each.path.endswith(path) for each in self.env.http_requests)


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
