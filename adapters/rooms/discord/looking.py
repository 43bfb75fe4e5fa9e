"""Looking for a card that we made and do not remember, so that a crash between making and noting it makes no second.

Every card carries a mark in the number of its first component: a hash of its incident and place. It says nothing to
a reader, and stays when the card is repainted.
"""

import hashlib
from collections.abc import Sequence
from functools import partial

import discord
from discord.ui import LayoutView

from adapters.connections.discord import Connection
from adapters.connections.discord_calls import Problem
from adapters.rooms.discord.grounds import Ground

#: So many of a channel's newest messages are looked at, and so many posts of one name.
DEEP = 100
_POSTS = 5


def mark(incident: str, place: str) -> int:
    """A number of 30 bits, never one that Discord would give by itself (1 to 40)."""
    found = hashlib.sha256(f"{incident}\x00{place}".encode("utf-8", "surrogatepass")).digest()
    return int.from_bytes(found[:4]) >> 2 | 1 << 29


def marked(view: LayoutView, number: int) -> LayoutView:
    """The view with that mark on it."""
    for first in view.children[:1]:
        first.id = number
    return view


def mark_of(message: discord.Message) -> int:
    """The mark of a message, 0 for none."""
    return next((getattr(part, "id", 0) or 0 for part in message.components[:1]), 0)


class Looking:
    """Looks in the place itself."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def cards(self, ground: Ground, number: int, name: str) -> Sequence[int] | Problem:
        """The ids of the cards with that mark, the oldest first. `name` is how a post of it would be called."""
        if isinstance(ground, discord.ForumChannel):
            return await self._posts(ground, number, name)
        return await self._connection.call(lambda client: _marked(client, ground, number))

    async def strays(self, thread: int, number: int, card: int) -> Sequence[int] | Problem:
        """Cards with that mark in a thread, beside the one that is known."""
        found = await self._connection.call(
            lambda client: _marked(client, client.get_partial_messageable(thread), number)
        )
        return found if isinstance(found, Problem) else [each for each in found if each not in {card, thread}]

    async def quietest(self, ground: Ground) -> int | Problem:
        """The open thread of ours in that server in which nobody has spoken for longest; 0: there is none."""
        return await self._connection.call(lambda client: _quietest(client, ground))

    async def _posts(self, forum: discord.ForumChannel, number: int, name: str) -> Sequence[int] | Problem:
        found = await self._connection.call(lambda client: _threads(client, forum, name))
        if isinstance(found, Problem):
            return found
        ours: list[int] = []
        for thread in sorted(found)[:_POSTS]:
            seen = await self._connection.call(partial(_starter, thread=thread))
            if isinstance(seen, int) and seen == number:
                ours.append(thread)
        return ours


async def _marked(client: discord.Client, there: discord.abc.Messageable, number: int) -> Sequence[int]:
    found = [message async for message in there.history(limit=DEEP)]
    return sorted(each.id for each in found if client.user == each.author and mark_of(each) == number)


async def _threads(client: discord.Client, forum: discord.ForumChannel, name: str) -> Sequence[int]:
    active = await forum.guild.active_threads()
    me = client.user.id if client.user is not None else 0
    return [each.id for each in active if each.parent_id == forum.id and each.owner_id == me and each.name == name]


async def _starter(client: discord.Client, thread: int) -> int:
    return mark_of(await client.get_partial_messageable(thread).fetch_message(thread))


async def _quietest(client: discord.Client, ground: Ground) -> int:
    me = client.user.id if client.user is not None else 0
    ours = [each for each in await ground.guild.active_threads() if each.owner_id == me]
    return min(ours, key=lambda each: each.last_message_id or each.id).id if ours else 0
