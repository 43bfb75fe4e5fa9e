"""Who somebody is on the server, asked anew each time: a role that was taken away counts at once."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from functools import partial

import discord

from adapters.connections.discord import Connection
from adapters.connections.discord_calls import Problem
from adapters.rooms.discord import codes
from adapters.rooms.discord.broken import broken
from adapters.rooms.discord.grounds import Grounds
from adapters.rooms.discord.text import one_line
from adapters.rooms.discord.wheres import ROOM, number
from bot.nouns.team import Place
from bot.ports import Broken, Clock, Member

_NOBODY = Broken(because="Nobody of that name is on the server.")


class People:
    """Members of the servers in which the team has its places; without a place yet, of every server we are on."""

    def __init__(
        self,
        connection: Connection,
        clock: Clock,
        grounds: Grounds,
        places: Callable[[], Awaitable[Sequence[Place]]],
    ) -> None:
        self._connection = connection
        self._grounds = grounds
        self._clock = clock
        self._places = places
        self._asking: dict[int, asyncio.Task[Member | Broken]] = {}

    async def who(self, id: str) -> Member | Broken:
        """Those who ask for the same person at the same time share one answer."""
        person = number(id)
        if person is None:
            return _NOBODY
        asking = self._asking.get(person)
        if asking is None:
            asking = self._asking[person] = asyncio.ensure_future(self._ask(person))
            asking.add_done_callback(lambda _: self._asking.pop(person, None))
        return await asyncio.shield(asking)

    async def _ask(self, person: int) -> Member | Broken:
        client = await self._connection.ready()
        now = (await self._clock.now()).wall
        if isinstance(client, Problem):
            return broken(client, "the server", now)
        channels = await self._channels(client)
        if not channels and await self._untold():
            return await self._grounds.untold()
        for guild in dict.fromkeys(channel.guild for channel in channels) or client.guilds:
            found = await self._connection.call(partial(_member_of, guild=guild, person=person))
            if isinstance(found, discord.Member):
                return member(found, [each for each in channels if each.guild == guild], now)
            if isinstance(found, Problem) and found.code not in codes.NOBODY:
                return broken(found, "the server", now)
        return _NOBODY

    async def _ours(self) -> Sequence[int]:
        return [number(place.id) or 0 for place in await self._places() if place.room == ROOM]

    async def _untold(self) -> bool:
        """Whether one of the team's channels is there all the same, on a server that Discord tells us nothing of."""
        for id in await self._ours():
            found = await self._connection.call(partial(_channel_of, id=id))
            if isinstance(found, discord.abc.GuildChannel) and found.guild.unavailable:
                return True
        return False

    async def _channels(self, client: discord.Client) -> Sequence[discord.abc.GuildChannel]:
        found = [client.get_channel(id) for id in await self._ours()]
        return [channel for channel in found if isinstance(channel, discord.abc.GuildChannel)]


def member(found: discord.Member, channels: Sequence[discord.abc.GuildChannel], now: datetime) -> Member:
    """A person as the team knows them. Whoever sees none of the team's channels, or is timed out, is a guest.

    `channels` are the team's on that server; where it has none yet, those who manage the server are no guests.
    """
    out = found.bot or (found.timed_out_until is not None and found.timed_out_until > now)
    sees = [channel.permissions_for(found).view_channel for channel in channels]
    belongs = any(sees) if sees else found.guild_permissions.manage_guild
    roles = [role for role in found.roles if not role.is_default()]
    groups = tuple(dict.fromkeys(name for role in roles for name in (str(role.id), role.name)))
    return Member(name=one_line(found.display_name) or str(found.id), guest=out or not belongs, groups=groups)


async def _channel_of(client: discord.Client, id: int) -> object:
    return await client.fetch_channel(id)


async def _member_of(client: discord.Client, guild: discord.Guild, person: int) -> discord.Member:
    del client  # the guild has its own hold of it
    return await guild.fetch_member(person)
