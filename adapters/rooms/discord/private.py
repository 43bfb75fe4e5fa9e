"""What is told to one person: by direct message; where those are closed, a mention in the thread that says nothing."""

from discord.ui import LayoutView

from adapters.connections.discord import Connection
from adapters.connections.discord_calls import Problem
from adapters.rooms.discord import codes
from adapters.rooms.discord.broken import broken
from adapters.rooms.discord.memory import Lately, Memory
from adapters.rooms.discord.note import closed_note, note
from adapters.rooms.discord.pressing import Signer
from adapters.rooms.discord.wheres import message_ref, number, unpack
from adapters.rooms.discord.writing import Writing
from bot.nouns.team import Handle
from bot.ports import Broken, Clock, LineRef
from bot.screens.shapes import Card

_NOBODY = Broken(because="Nobody of that name can be told anything there.")
#: Seconds for which whoever takes no messages from us is not tried again: a refusal counts (`discord_invalid`).
RESTS = 600.0
_CLOSED = "They take no direct messages from us, and the thread to call them in is not known yet."


class Private:
    """Notes, and answers that came too late to be shown where they were asked for."""

    def __init__(
        self, *, connection: Connection, writing: Writing, signer: Signer, memory: Memory, clock: Clock
    ) -> None:
        self._connection = connection
        self._writing = writing
        self._signer = signer
        self._memory = memory
        self._clock = clock
        self._channels: Lately[int, int] = Lately()
        self._closed: Lately[int, float] = Lately()

    async def tell(self, to: Handle, card: Card, key: str) -> LineRef | Broken:
        """One note; the same key tells it once."""
        known = self._memory.lines.get(f"{to.id}:{key}")
        if known is not None:
            return known
        person = number(to.id)
        if person is None:
            return _NOBODY
        told = await self._written(person, card, key)
        return told if isinstance(told, Broken) else self._memory.lines.put(f"{to.id}:{key}", told)

    async def _written(self, person: int, card: Card, key: str) -> LineRef | Broken:
        elapsed = (await self._clock.now()).elapsed
        if elapsed < (self._closed.get(person) or 0.0):
            return await self._called(person, card, key)
        channel = await self._channel(person)
        sent = channel
        if not isinstance(channel, Problem):
            sent = await self._writing.send(channel, note(card, self._signer), key)
            if not isinstance(sent, Problem):
                return message_ref(str(person), channel, sent)
        if isinstance(sent, Problem) and sent.code in codes.CLOSED:
            self._closed.put(person, elapsed + RESTS)
            return await self._called(person, card, key)
        problem = sent if isinstance(sent, Problem) else Problem(0)
        return broken(problem, "a direct message", (await self._clock.now()).wall)

    async def show(self, person: int, view: LayoutView, key: str) -> object:
        """An answer that came too late."""
        channel = await self._channel(person)
        return channel if isinstance(channel, Problem) else await self._writing.send(channel, view, key)

    async def _channel(self, person: int) -> int | Problem:
        """The direct talk with them."""
        known = self._channels.get(person)
        if known is not None:
            return known
        found = await self._connection.call(lambda client: client.http.start_private_message(person))
        return found if isinstance(found, Problem) else self._channels.put(person, int(found["id"]))

    async def _called(self, person: int, card: Card, key: str) -> LineRef | Broken:
        """Call them once in the incident's thread; what it is about opens for them alone."""
        ref = self._memory.threads.get(card.incident)
        where = unpack(ref) if ref is not None else None
        now = (await self._clock.now()).wall
        if ref is None or where is None:
            return Broken(because=_CLOSED, until=now)
        view = closed_note(card, self._signer, f"<@{person}>")
        sent = await self._writing.send(where.thread, view, f"call:{key}", mention=person)
        if isinstance(sent, Problem):
            return broken(sent, "the thread", now)
        return message_ref(ref.place, where.thread, sent)
