"""Where the team sits: a chat outside of every process, over a line that breaks, and each replica's own desk."""

import asyncio
import random
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from typing import Any, cast

from bot.nouns.team import Handle, Place
from bot.ports import Broken, Door, Finding, Gone, LineRef, Member, ThreadRef
from bot.screens.shapes import Answer, Card, Gesture
from bot.screens.shapes import Line as Spoken
from tests.fakes.room import FakeRoom
from tests.simulation.line import Line, Traffic
from tests.simulation.machine import Machine
from tests.simulation.trace import Trace

Hear = Callable[[Gesture], Awaitable[Answer]]


class Forum(FakeRoom):
    """Each thread has limits of its own, as in a forum: what is said in one holds up no other."""

    async def open_thread(self, place: Place, card: Card, key: str) -> ThreadRef | Broken:
        """In a lane of its own."""
        ref = await super().open_thread(place, card, key)
        return ref if isinstance(ref, Broken) else ref.model_copy(update={"lane": ref.id})


class Chat:
    """The chat itself. `attended`: what hears the presses of each replica that is in it now. Two are for a moment where one
    takes over; the chat hands a press to whoever came last."""

    def __init__(self) -> None:
        self.shown = Forum("chat")
        self.traffic = Traffic(slow=0.2)
        self.attended: list[Hear] = []


class ChatRoom:
    """The port Room of one process, before that chat."""

    def __init__(self, chat: Chat, machine: Machine, dice: random.Random, trace: Trace) -> None:
        def lost() -> Broken:
            return Broken(because="The chat did not answer.", until=machine.at() + timedelta(seconds=2))

        self._chat = chat
        self._line = Line(chat.traffic, dice, trace, lost)

    @property
    def name(self) -> str:
        """Of the room."""
        return "chat"

    def doors(self, hear: Hear) -> Sequence[Door]:
        """None."""
        del hear
        return ()

    async def attend(self, hear: Hear) -> None:
        """Hear what is pressed, until cancelled."""
        self._chat.attended.append(hear)
        try:
            await asyncio.Event().wait()
        finally:
            self._chat.attended.remove(hear)

    async def open_thread(self, place: Place, card: Card, key: str) -> ThreadRef | Broken:
        """A thread under this card."""
        return cast(ThreadRef | Broken, await self._asked("open_thread", place, card, key))

    async def repaint(self, thread: ThreadRef, card: Card) -> ThreadRef | Broken:
        """The card as it is now."""
        return cast(ThreadRef | Broken, await self._asked("repaint", thread, card))

    async def say(self, thread: ThreadRef, line: Spoken, key: str) -> LineRef | Broken:
        """A line in the thread."""
        return cast(LineRef | Broken, await self._asked("say", thread, line, key))

    async def tell(self, to: Handle, note: Card, key: str) -> LineRef | Broken:
        """A note to one person."""
        return cast(LineRef | Broken, await self._asked("tell", to, note, key))

    async def withdraw(self, ref: ThreadRef | LineRef) -> Gone | Broken:
        """It is gone."""
        return cast(Gone | Broken, await self._asked("withdraw", ref))

    async def who(self, handle: Handle) -> Member | Broken:
        """As the chat has it."""
        return cast(Member | Broken, await self._asked("who", handle))

    async def check(self) -> Sequence[Finding]:
        """Nothing is missing."""
        return ()

    async def _asked(self, what: str, *given: Any) -> Any:
        return await self._line.ask(lambda: getattr(self._chat.shown, what)(*given))


class Desk(FakeRoom):
    """A replica's own desk, which it attends for good."""

    async def attend(self, hear: Hear) -> None:
        """Nobody presses here: people hand their gestures to the desk behind it."""
        del hear
        await asyncio.Event().wait()
