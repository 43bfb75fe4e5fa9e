"""The greeting, once, where we are invited: in a channel that the team alone reads, where there is one."""

from collections.abc import Awaitable, Callable, Sequence

import discord

from adapters.connections.discord import Connection
from adapters.connections.discord_calls import Problem
from adapters.rooms.discord.greeting import greeting
from adapters.rooms.discord.looking import Looking, mark, marked
from adapters.rooms.discord.pressing import Signer
from adapters.rooms.discord.readers import exposed
from adapters.rooms.discord.wheres import ROOM
from adapters.rooms.discord.writing import Writing
from bot.errors import StoreAway
from bot.nouns.team import Place


class Welcome:
    """Says it to a server that invited us. `places` are the team's, in all rooms."""

    def __init__(
        self,
        *,
        connection: Connection,
        writing: Writing,
        looking: Looking,
        signer: Signer,
        places: Callable[[], Awaitable[Sequence[Place]]],
    ) -> None:
        self._connection = connection
        self._writing = writing
        self._looking = looking
        self._signer = signer
        self._places = places

    async def greet(self, guild: discord.Guild) -> None:
        """One message. Where we may write nowhere, nothing is said; `coolhead check` tells."""
        channel = _where(guild)
        if channel is not None:
            number = mark("greeting", str(channel.id))
            view = marked(greeting(self._signer, str(channel.id)), number)
            await self._writing.send(channel.id, view, f"greeting:{guild.id}")

    async def begin(self) -> None:
        """Where we were invited while nobody listened, as long as no channel is a place of the team: there is no other way
        to begin. A greeting that stands there already is enough."""
        try:
            here = any(place.room == ROOM for place in await self._places())
        except StoreAway:
            return
        client = Problem(0) if here else await self._connection.ready()
        for guild in () if isinstance(client, Problem) else client.guilds:
            if await self._is_new(guild):
                await self.greet(guild)

    async def _is_new(self, guild: discord.Guild) -> bool:
        channel = _where(guild)
        if channel is None:
            return False
        found = await self._looking.cards(channel, mark("greeting", str(channel.id)), "")
        return not isinstance(found, Problem) and not found


def _where(guild: discord.Guild) -> discord.TextChannel | None:
    ours = [each for each in guild.text_channels if _may(each)]
    private = [each for each in ours if not exposed(each, ())]
    return next(iter([*private, *[each for each in ours if each == guild.system_channel], *ours]), None)


def _may(channel: discord.TextChannel) -> bool:
    allowed = channel.permissions_for(channel.guild.me)
    return allowed.view_channel and allowed.send_messages
