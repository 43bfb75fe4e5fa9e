"""The name of a thread, and a forum post's tags, kept true. Discord takes two new names in ten minutes, no more."""

from collections.abc import Sequence

import discord

from adapters.connections.discord import Connection
from adapters.rooms.discord.grounds import Ground
from adapters.rooms.discord.memory import Lately
from adapters.rooms.discord.tags import ALL, tags, thread_name
from adapters.rooms.discord.wheres import Where
from adapters.rooms.discord.writing import Writing
from bot.screens.shapes import Card

#: So many tags one post may have.
MOST_TAGS = 5
_OURS = frozenset(name.casefold() for name in ALL)


class Titles:
    """Compares with what the gateway told us of a thread, and changes it only where it differs."""

    def __init__(self, connection: Connection, writing: Writing) -> None:
        self._connection = connection
        self._writing = writing
        self._refused: Lately[int, str] = Lately()

    def tags(self, forum: discord.ForumChannel, card: Card) -> Sequence[discord.ForumTag]:
        """Those tags of a forum that say how a card stands. Tags that the team gave itself are none of ours."""
        wanted = [name.casefold() for name in tags(card)]
        return [tag for tag in usable(forum) if tag.name.casefold() in wanted][:MOST_TAGS]

    async def keep(self, ground: Ground, where: Where, card: Card) -> None:
        """Name and tags as the card has them now. A name that cannot be changed stays: it harms nobody."""
        thread = self._connection.channel(where.thread)
        if not isinstance(thread, discord.Thread) or thread.archived:
            return
        name = thread_name(card)
        if not isinstance(ground, discord.ForumChannel):
            if thread.name != name:
                await self._change(thread, name, None)
            return
        theirs = [tag for tag in thread.applied_tags if tag.name.casefold() not in _OURS]
        wanted = [tag.id for tag in (*self.tags(ground, card), *theirs)][:MOST_TAGS]
        if thread.name != name or sorted(wanted) != sorted(tag.id for tag in thread.applied_tags):
            await self._change(thread, name, wanted)

    async def _change(self, thread: discord.Thread, name: str, wanted: Sequence[int] | None) -> None:
        """What was refused once is not asked again until it is something else."""
        change = f"{name}\x00{wanted}"
        if self._refused.get(thread.id) == change:
            return
        if await self._writing.retitle(thread.id, name, wanted) is not None:
            self._refused.put(thread.id, change)


def usable(forum: discord.ForumChannel) -> Sequence[discord.ForumTag]:
    """The tags that we may give; some are for moderators alone: those who manage threads."""
    manages = forum.permissions_for(forum.guild.me).manage_threads
    return [tag for tag in forum.available_tags if manages or not tag.moderated]
