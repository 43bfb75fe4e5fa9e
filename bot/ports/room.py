"""Where the team sits."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Protocol

from bot.nouns.base import Noun
from bot.nouns.team import Handle, Place
from bot.ports.door import Door
from bot.ports.finding import Finding
from bot.screens.shapes import Answer, Card, Gesture
from bot.screens.shapes import Line as Spoken


class ThreadRef(Noun):
    """One card and its thread in one place; `id` is the room's own.

    `lane`: cards of the same share one of the chat's limits, so they are repainted one after the other, and others side
    by side with them. '' is the lane of a room whose cards all share one.
    """

    room: str
    place: str
    id: str
    lane: str = ""


class LineRef(Noun):
    """One line in a thread, or one private note."""

    room: str
    place: str
    id: str


class Broken(Noun):
    """A room could not do it. `until` None: a person must mend it."""

    because: str
    until: datetime | None = None


class Stranger(Broken):
    """The room answered: it knows nobody of that name, or no more. No other Broken says so of anybody."""


class Gone(Noun):
    """It is no longer shown."""


class Member(Noun):
    """A person as a room knows them."""

    name: str
    guest: bool = False
    groups: tuple[str, ...] = ()
    zone: str = ""


class Room(Protocol):
    """Where the team sits."""

    @property
    def name(self) -> str: ...
    def doors(self, hear: Callable[[Gesture], Awaitable[Answer]]) -> Sequence[Door]: ...
    async def attend(self, hear: Callable[[Gesture], Awaitable[Answer]]) -> None: ...
    async def open_thread(self, place: Place, card: Card, key: str) -> ThreadRef | Broken: ...
    async def repaint(self, thread: ThreadRef, card: Card) -> ThreadRef | Broken: ...
    async def say(self, thread: ThreadRef, line: Spoken, key: str) -> LineRef | Broken: ...
    async def tell(self, to: Handle, note: Card, key: str) -> LineRef | Broken: ...
    async def withdraw(self, ref: ThreadRef | LineRef) -> Gone | Broken: ...
    async def who(self, handle: Handle) -> Member | Stranger | Broken: ...
    async def check(self) -> Sequence[Finding]: ...
