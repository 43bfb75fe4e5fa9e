"""A chat channel that keeps the documented limits: a message a second (three at once), 45 edits a minute.

Whoever asks for more waits, in the clock's own time, as the chat rooms' own buckets make them wait.
"""

import itertools
from collections.abc import Awaitable, Callable, Sequence

from bot.nouns.team import Handle, Place
from bot.ports import Clock, Door, Finding, Gone, LineRef, Member, ThreadRef
from bot.screens.shapes import Answer, Card, Gesture, Line

#: Seconds between two messages and between two edits, and how many may come at once.
MESSAGES, EDITS = (1.0, 3), (60 / 45, 3)


class Channel:
    """The port Room. `opened`: when each incident's card first stood there; `said` and `edited`: incidents, in order."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._next = {MESSAGES: 0.0, EDITS: 0.0}
        self._ids = itertools.count()
        self.opened: dict[str, float] = {}
        self.said: list[str] = []
        self.edited: list[str] = []

    @property
    def name(self) -> str:
        """`chat`."""
        return "chat"

    def doors(self, hear: Callable[[Gesture], Awaitable[Answer]]) -> Sequence[Door]:
        """None."""
        del hear
        return ()

    async def attend(self, hear: Callable[[Gesture], Awaitable[Answer]]) -> None:
        """Presses come another way."""
        del hear

    async def open_thread(self, place: Place, card: Card, key: str) -> ThreadRef:
        """One message."""
        del key
        await self._turn(MESSAGES)
        self.opened[card.incident] = (await self._clock.now()).elapsed
        return ThreadRef(room=self.name, place=place.id, id=card.incident)

    async def repaint(self, thread: ThreadRef, card: Card) -> ThreadRef:
        """One edit."""
        await self._turn(EDITS)
        self.edited.append(card.incident)
        return thread

    async def say(self, thread: ThreadRef, line: Line, key: str) -> LineRef:
        """One message."""
        del line, key
        await self._turn(MESSAGES)
        self.said.append(thread.id)
        return LineRef(room=self.name, place=thread.place, id=f"l{next(self._ids)}")

    async def tell(self, to: Handle, note: Card, key: str) -> LineRef:
        """A private note costs the channel nothing."""
        del note, key
        return LineRef(room=self.name, place=to.id, id=f"n{next(self._ids)}")

    async def withdraw(self, ref: ThreadRef | LineRef) -> Gone:
        """Gone."""
        del ref
        return Gone()

    async def who(self, handle: Handle) -> Member:
        """Anybody."""
        return Member(name=handle.id)

    async def check(self) -> Sequence[Finding]:
        """Nothing to find."""
        return ()

    async def _turn(self, pace: tuple[float, int]) -> None:
        each, at_once = pace
        now = (await self._clock.now()).elapsed
        turn = max(self._next[pace], now - each * (at_once - 1))
        self._next[pace] = turn + each
        if turn > now:
            await self._clock.sleep(turn - now)
