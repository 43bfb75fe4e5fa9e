"""Who somebody is on the server, asked anew each time: a role that was taken away counts at once."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime

import discord

from adapters.connections.discord import Connection
from adapters.connections.discord_calls import Problem
from adapters.rooms.discord import codes
from adapters.rooms.discord.broken import broken
from adapters.rooms.discord.grounds import Grounds
from adapters.rooms.discord.servers import Asked, Servers, Told
from adapters.rooms.discord.text import one_line
from adapters.rooms.discord.wheres import ROOM, number
from bot.nouns.team import Place
from bot.ports import Broken, Clock, Member, Stranger

_NOBODY = Stranger(because="Nobody of that name is on the server.")
_NOWHERE = Broken(because="We are on no server.")


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
        self._homes: set[int] = set()
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
        ours = await self._ours()
        told = self._connection.told
        if told is not None:
            return await self._among(Told(self._connection, told, self._grounds, ours), person, ours)
        # Nobody attends here, or the gateway has not told us yet: whoever sends from here is to be known all the same.
        async with self._connection.borrowed() as client:
            if isinstance(client, Problem):
                return await self._broken(client)
            asked = Asked(self._connection, client, self._grounds, self._clock, ours, self._homes)
            await asked.look()
            return await self._among(asked, person, ours)

    async def _among(self, servers: Servers, person: int, ours: Sequence[int]) -> Member | Broken:
        hidden = await servers.hidden() if ours and not servers.channels else None
        if hidden is not None:
            return hidden
        guilds = list(dict.fromkeys(channel.guild for channel in servers.channels) or servers.guilds)
        for guild in guilds:
            found = await servers.member(guild, person)
            if isinstance(found, discord.Member):
                now = (await self._clock.now()).wall
                return member(found, [each for each in servers.channels if each.guild == guild], now)
            if found.code not in codes.NOBODY:
                return await self._broken(found)
        return await servers.hidden() or (_NOBODY if guilds else _NOWHERE)

    async def _broken(self, problem: Problem) -> Broken:
        return broken(problem, "the server", (await self._clock.now()).wall)

    async def _ours(self) -> Sequence[int]:
        found = [number(place.id) for place in await self._places() if place.room == ROOM]
        return list(dict.fromkeys(id for id in found if id is not None))


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
