"""The name of a thread, and a forum post's tags, kept true. Discord takes two new names in ten minutes, no more."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import discord

from adapters.connections.discord import Connection
from adapters.rooms.discord.grounds import Ground
from adapters.rooms.discord.memory import Lately
from adapters.rooms.discord.tags import ALL, tags, thread_name
from adapters.rooms.discord.wheres import Where
from adapters.rooms.discord.writing import Writing
from bot.ports import Clock
from bot.screens.shapes import Card

#: Seconds after which it is looked whether something is late.
AGAIN = 30.0
#: So many tags one post may have.
MOST_TAGS = 5
_OURS = frozenset(name.casefold() for name in ALL)


@dataclass(frozen=True, slots=True)
class _Late:
    """What Discord did not take; it is asked again once it is `due`, by `Now.elapsed`."""

    ground: Ground
    card: Card
    due: float


class Titles:
    """Compares with what the gateway told us of a thread, and changes it only where it differs.

    `catch_up` runs beside whatever paints: what a limit or an outage kept from a thread is not left untrue.
    """

    def __init__(self, connection: Connection, writing: Writing, clock: Clock) -> None:
        self._connection = connection
        self._writing = writing
        self._clock = clock
        self._refused: Lately[int, str] = Lately()
        self._late: dict[int, _Late] = {}

    async def catch_up(self) -> None:
        """Until cancelled: try again what is late."""
        while True:
            await self._clock.sleep(AGAIN)
            now = (await self._clock.now()).elapsed
            for thread, late in list(self._late.items()):
                if late.due <= now:
                    del self._late[thread]
                    await self._keep(late.ground, thread, late.card)

    def tags(self, forum: discord.ForumChannel, card: Card) -> Sequence[discord.ForumTag]:
        """Those tags of a forum that say how a card stands. Tags that the team gave itself are none of ours."""
        wanted = [name.casefold() for name in tags(card)]
        return [tag for tag in usable(forum) if tag.name.casefold() in wanted][:MOST_TAGS]

    async def keep(self, ground: Ground, where: Where, card: Card, *, woken: bool = False) -> None:
        """Name and tags as the card has them now. A name that cannot be changed stays: it harms nobody.

        `woken`: the thread was just taken out of the archive, whatever the gateway told us of it.
        """
        late = self._late.get(where.thread)
        if late is not None:
            self._late[where.thread] = replace(late, card=card)
        else:
            await self._keep(ground, where.thread, card, woken=woken)

    async def _keep(self, ground: Ground, id: int, card: Card, *, woken: bool = False) -> None:
        thread = self._connection.channel(id)
        if thread is None and woken:  # what lay in the archive, the gateway may not have told us of yet
            asked = await self._connection.call(lambda client: client.fetch_channel(id))
            thread = asked if isinstance(asked, discord.Thread) else None
        if not isinstance(thread, discord.Thread) or (thread.archived and not woken):
            return
        name = thread_name(card)
        changed = name if thread.name != name else None
        tags = self._other_tags(ground, thread, card) if isinstance(ground, discord.ForumChannel) else None
        wanted = f"{changed}\x00{tags}"
        if (changed is None and tags is None) or self._refused.get(id) == wanted:
            return
        problem = await self._writing.retitle(id, changed, tags)
        if problem is None:
            return
        if problem.status == 429 or problem.status == 0 or problem.status >= 500:
            due = (await self._clock.now()).elapsed + problem.wait
            self._late[id] = _Late(ground, card, due)
        else:
            self._refused.put(id, wanted)  # it is not asked again until it is something else

    def _other_tags(self, forum: discord.ForumChannel, thread: discord.Thread, card: Card) -> Sequence[int] | None:
        """The tags it is to have; None: it has them. Those that the team gave itself stay."""
        theirs = [tag for tag in thread.applied_tags if tag.name.casefold() not in _OURS]
        wanted = [tag.id for tag in (*self.tags(forum, card), *theirs)][:MOST_TAGS]
        return wanted if sorted(wanted) != sorted(tag.id for tag in thread.applied_tags) else None


def usable(forum: discord.ForumChannel) -> Sequence[discord.ForumTag]:
    """The tags that we may give; some are for moderators alone: those who manage threads."""
    manages = forum.permissions_for(forum.guild.me).manage_threads
    return [tag for tag in forum.available_tags if manages or not tag.moderated]
