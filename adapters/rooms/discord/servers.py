"""Our servers, as far as it takes to say who somebody is: as the gateway told us of them, or by requests alone.

One replica attends, and any may be the one that sends: that one asks who somebody is, too.
"""

from collections.abc import Collection, Sequence
from functools import partial
from typing import Protocol

import discord

from adapters.connections.discord import Connection
from adapters.connections.discord_calls import Problem
from adapters.rooms.discord.broken import broken
from adapters.rooms.discord.grounds import Grounds
from bot.ports import Broken, Clock

Channel = discord.abc.GuildChannel
#: Stands for every server, where it is not told on which we are.
_ALL = 0


class Servers(Protocol):
    """`channels` are the team's that are there, in the order of its places; `guilds` the servers we are on."""

    @property
    def channels(self) -> Sequence[Channel]: ...
    @property
    def guilds(self) -> Sequence[discord.Guild]: ...

    async def member(self, guild: discord.Guild, person: int) -> discord.Member | Problem:
        """A person on one of them, asked anew."""

    async def hidden(self) -> Broken | None:
        """Why a channel of the team's may be there that is not among `channels`; None where it is gone."""


class Told:
    """As the gateway told the client that is attended."""

    def __init__(self, connection: Connection, client: discord.Client, grounds: Grounds, ours: Sequence[int]) -> None:
        found = {id: client.get_channel(id) for id in ours}
        self._connection = connection
        self._grounds = grounds
        self.channels: Sequence[Channel] = [each for each in found.values() if isinstance(each, Channel)]
        self.guilds: Sequence[discord.Guild] = client.guilds
        self._lacking = [id for id, each in found.items() if each is None]

    async def member(self, guild: discord.Guild, person: int) -> discord.Member | Problem:
        """A person on one of them, asked anew."""
        return await self._connection.call(lambda _: guild.fetch_member(person))

    async def hidden(self) -> Broken | None:
        """As in an outage of Discord's own: it is there all the same, on a server that Discord tells us nothing of."""
        for id in self._lacking:
            found = await self._connection.call(partial(_channel, id=id))
            if isinstance(found, Channel) and found.guild.unavailable:
                return await self._grounds.untold()
        return None


class Asked:
    """By requests of a client that was borrowed. `look` once, before anything else.

    `homes` are the servers on which the team's channels lay last time; it is kept, for the next who asks.
    """

    def __init__(
        self,
        connection: Connection,
        client: discord.Client,
        grounds: Grounds,
        clock: Clock,
        ours: Sequence[int],
        homes: set[int],
    ) -> None:
        self._connection = connection
        self._client = client
        self._grounds = grounds
        self._clock = clock
        self._ours = ours
        self._homes = homes
        self._there: dict[int, Channel] = {}
        self._seen: dict[int, discord.Guild] = {}
        self._unseen: dict[int, Problem] = {}

    @property
    def channels(self) -> Sequence[Channel]:
        """The team's that were found."""
        return [self._there[id] for id in self._ours if id in self._there]

    @property
    def guilds(self) -> Sequence[discord.Guild]:
        """Those that were looked at."""
        return list(self._seen.values())

    async def look(self) -> None:
        """At one server after the other, until the team's channels are found: where they were, then at all others."""
        await self._look_at(self._homes)
        if not self._complete():
            listed = await self._connection.ask(lambda: _listed(self._client))
            if isinstance(listed, Problem):
                self._unseen[_ALL] = listed
                return
            self._unseen = {id: why for id, why in self._unseen.items() if id in listed}  # from the others we are gone
            await self._look_at(listed)
        self._homes.clear()
        self._homes.update(each.guild.id for each in self.channels)

    async def _look_at(self, guilds: Collection[int]) -> None:
        for id in sorted(set(guilds) - self._seen.keys() - self._unseen.keys()):
            if self._complete():
                return
            seen = await self._connection.ask(partial(_server, self._client, id))
            if isinstance(seen, Problem):
                self._unseen[id] = seen
                continue
            self._seen[id], channels = seen
            self._there |= {each.id: each for each in channels if each.id in self._ours}

    def _complete(self) -> bool:
        return bool(self._ours) and len(self._there) == len(self._ours)

    async def member(self, guild: discord.Guild, person: int) -> discord.Member | Problem:
        """A person on one of them, asked anew."""
        return await self._connection.ask(lambda: guild.fetch_member(person))

    async def hidden(self) -> Broken | None:
        """On a server that is ours, as Discord says, and of which it tells us nothing else."""
        if self._complete() or not self._unseen:
            return None
        why = next(iter(self._unseen.values()))
        if why.status in (403, 404):
            return await self._grounds.untold()
        return broken(why, "the server", (await self._clock.now()).wall)


async def _channel(client: discord.Client, id: int) -> object:
    return await client.fetch_channel(id)


async def _listed(client: discord.Client) -> Sequence[int]:
    return [each.id async for each in client.fetch_guilds(limit=None, with_counts=False)]


async def _server(client: discord.Client, id: int) -> tuple[discord.Guild, Sequence[Channel]]:
    """With its roles and its channels."""
    guild = await client.fetch_guild(id, with_counts=False)
    return guild, await guild.fetch_channels()
