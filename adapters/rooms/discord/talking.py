"""What is said in a thread, and what is taken away again."""

import discord

from adapters.connections.discord import Connection
from adapters.connections.discord_calls import Problem
from adapters.rooms.discord import codes
from adapters.rooms.discord.broken import broken
from adapters.rooms.discord.careful import careful_line
from adapters.rooms.discord.grounds import Grounds
from adapters.rooms.discord.line import line as painted
from adapters.rooms.discord.memory import Memory
from adapters.rooms.discord.wheres import Where, message_of, message_ref, number, unpack
from adapters.rooms.discord.writing import Writing
from bot.ports import Broken, Clock, Gone, LineRef, ThreadRef
from bot.screens.shapes import Line

_NO_THREAD = "The thread is no longer there. The card is shown anew."
#: So many messages of ours are taken out of a thread that we may not delete as a whole.
MOST = 500


class Talking:
    """Lines in threads; withdrawing threads, lines and notes."""

    def __init__(
        self, *, connection: Connection, writing: Writing, grounds: Grounds, memory: Memory, clock: Clock
    ) -> None:
        self._connection = connection
        self._writing = writing
        self._grounds = grounds
        self._memory = memory
        self._clock = clock

    async def say(self, ref: ThreadRef, line: Line, key: str) -> LineRef | Broken:
        """One line; the same key says it once."""
        known = self._memory.lines.get(key)
        if known is not None:
            return known
        where = unpack(ref)
        resting = await self._grounds.resting(ref.place)
        if where is None or resting is not None:
            return resting or await self._no_thread()
        sent = await self._said(where, line, key)
        if isinstance(sent, Problem):
            return await self._refused(ref, where, sent)
        return self._memory.lines.put(key, message_ref(ref.place, where.thread, sent))

    async def _said(self, where: Where, line: Line, key: str) -> int | Problem:
        sent = await self._writing.send(where.thread, painted(line), key)
        if not isinstance(sent, Problem):
            return sent
        match sent.code:
            case codes.ARCHIVED:
                woken = await self._writing.wake(where.thread)
                return woken if woken is not None else await self._writing.send(where.thread, painted(line), key)
            case codes.AUTOMOD if line.quote:
                return await self._writing.send(where.thread, painted(careful_line(line)), key)
            case _:
                return sent

    async def _refused(self, ref: ThreadRef, where: Where, problem: Problem) -> Broken:
        if problem.code == codes.UNKNOWN_CHANNEL:
            self._memory.gone.put(where.thread, True)
            return await self._no_thread()
        return await self._grounds.refused(problem, ref.place)

    async def _no_thread(self) -> Broken:
        """The next painting opens another."""
        return Broken(because=_NO_THREAD, until=(await self._clock.now()).wall)

    async def withdraw(self, ref: ThreadRef | LineRef) -> Gone | Broken:
        """Take it away. What is away already is no error."""
        match ref:
            case LineRef():
                found = message_of(ref)
                problem = await self._writing.delete(*found) if found is not None else None
            case ThreadRef():
                problem = await self._all(ref)
        if problem is None or problem.code in codes.GONE:
            return Gone()
        said = broken(problem, self._grounds.called(ref.place), (await self._clock.now()).wall)
        # Whoever mends it makes it possible again: what is to be forgotten is never given up.
        return said if said.until is not None else said.model_copy(update={"until": (await self._clock.now()).wall})

    async def _all(self, ref: ThreadRef) -> None | Problem:
        """The card and the thread. Where we may not delete the thread, every message of ours in it."""
        where, place = unpack(ref), number(ref.place)
        if where is None or place is None:
            return None
        self._forget(ref, where, place)
        problem = await self._writing.delete_thread(where.thread)
        if problem is not None and problem.code in codes.FORBIDDEN:
            problem = await self._emptied(where.thread)
        if problem is not None and problem.code not in codes.GONE:
            return problem
        return None if where.forum else await self._writing.delete(place, where.thread)

    def _forget(self, ref: ThreadRef, where: Where, place: int) -> None:
        self._memory.shown.drop((where.channel(place), where.card))
        self._memory.gone.put(where.thread, True)
        subject = self._memory.subjects.get(where.thread)
        if subject is not None:
            self._memory.refs.drop((ref.place, subject[0]))
            self._memory.threads.drop(subject[0])

    async def _emptied(self, thread: int) -> None | Problem:
        found = await self._connection.call(lambda client: _ours(client, thread))
        if isinstance(found, Problem):
            return found
        for message in found:
            problem = await self._writing.delete(thread, message)
            if problem is not None and problem.code not in codes.GONE:
                return problem
        return None


async def _ours(client: discord.Client, thread: int) -> list[int]:
    there = client.get_partial_messageable(thread)
    return [each.id async for each in there.history(limit=MOST) if each.author == client.user]
