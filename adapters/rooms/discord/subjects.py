"""Whose thread somebody speaks in: remembered, or read from the card itself, so that it is known after a restart too."""

import discord

from adapters.connections.discord import Connection
from adapters.connections.discord_calls import Problem
from adapters.rooms.discord.came import About, about
from adapters.rooms.discord.memory import Memory
from adapters.rooms.discord.pressing import Signer
from bot.ports import Clock
from bot.work.waiting import within

#: Seconds that finding out may take out of the three in which Discord wants its answer.
PATIENCE = 0.8


class Subjects:
    """`of` asks Discord once for a thread that is not remembered."""

    def __init__(self, connection: Connection, signer: Signer, memory: Memory, clock: Clock) -> None:
        self._connection = connection
        self._signer = signer
        self._memory = memory
        self._clock = clock

    async def of(self, interaction: discord.Interaction) -> About | None:
        """None: it is no thread, or none of an incident."""
        thread = interaction.channel
        if not isinstance(thread, discord.Thread):
            return None
        known = self._memory.subjects.get(thread.id)
        if known is not None:
            return About(*known) if known[0] else None
        try:
            return await within(self._clock, PATIENCE, self._read(thread))
        except TimeoutError:
            return None

    async def _read(self, thread: discord.Thread) -> About | None:
        """From the card: in a forum it lies in the thread, else in the channel above."""
        parent = self._connection.channel(thread.parent_id)
        where = thread.id if isinstance(parent, discord.ForumChannel) else thread.parent_id
        card = await self._connection.call(
            lambda client: client.get_partial_messageable(where).fetch_message(thread.id)
        )
        if isinstance(card, Problem):
            return None
        found = about(card, self._signer)  # only we can have signed what stands on it
        self._memory.subjects.put(thread.id, (found.incident, found.conversation) if found is not None else ("", ""))
        return found
