"""The greeting, once, where we are invited: in a channel or a forum that the team alone reads, where there is one."""

from collections.abc import Awaitable, Callable, Sequence

import discord
from discord.ui import LayoutView

from adapters.connections.discord import Connection
from adapters.connections.discord_calls import Problem
from adapters.rooms.discord import codes
from adapters.rooms.discord.greeting import TITLE, greeting
from adapters.rooms.discord.grounds import Ground
from adapters.rooms.discord.looking import Looking, mark, marked
from adapters.rooms.discord.opening import put_away
from adapters.rooms.discord.pressing import Signer
from adapters.rooms.discord.readers import exposed
from adapters.rooms.discord.titles import usable
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
        """One message, or one post in a forum. Where we may write nowhere, nothing is said; `coolhead check` tells."""
        channel = _where(guild)
        if isinstance(channel, discord.ForumChannel):
            if await self._is_new(channel):
                await self._post(channel)
        elif channel is not None:
            await self._writing.send(channel.id, self._greeting(channel), f"greeting:{guild.id}")

    async def begin(self) -> None:
        """Where we were invited while nobody listened, as long as no channel is a place of the team: there is no other way
        to begin. A greeting that stands there already is enough."""
        try:
            here = any(place.room == ROOM for place in await self._places())
        except StoreAway:
            return
        client = Problem(0) if here else await self._connection.ready()
        for guild in () if isinstance(client, Problem) else client.guilds:
            channel = _where(guild)
            if channel is not None and await self._is_new(channel):
                await self.greet(guild)

    def _greeting(self, channel: Ground) -> LayoutView:
        return marked(greeting(self._signer, str(channel.id)), _mark(channel))

    async def _is_new(self, channel: Ground) -> bool:
        found = await self._looking.cards(channel, _mark(channel), TITLE)
        return not isinstance(found, Problem) and not found

    async def _post(self, forum: discord.ForumChannel) -> None:
        """A forum takes no nonce, so what may stand there twice is looked for."""
        made, twice = await self._writing.post(forum, TITLE, self._greeting(forum), ())
        if isinstance(made, Problem) and made.code == codes.TAG_REQUIRED:
            made, twice = await self._writing.post(forum, TITLE, self._greeting(forum), usable(forum)[:1])
        found = await self._looking.cards(forum, _mark(forum), TITLE) if twice else ()
        if not isinstance(found, Problem):
            await put_away(self._writing, found)


def _mark(channel: Ground) -> int:
    return mark("greeting", str(channel.id))


def _where(guild: discord.Guild) -> Ground | None:
    """A channel that the team alone reads before one that everybody does; a text channel before a forum."""
    there: Sequence[Ground] = [*guild.text_channels, *guild.forums]
    ours = [each for each in there if _may(each)]
    private = [each for each in ours if not exposed(each, ())]
    return next(iter([*private, *[each for each in ours if each == guild.system_channel], *ours]), None)


def _may(channel: Ground) -> bool:
    allowed = channel.permissions_for(channel.guild.me)
    return allowed.view_channel and allowed.send_messages
