"""A room that records what it shows, and can be broken."""

from collections.abc import Awaitable, Callable, Sequence

from bot.nouns.team import Handle, Place
from bot.ports import Broken, Door, Finding, Gone, LineRef, Member, ThreadRef
from bot.screens.shapes import Answer, Card, Gesture, Line


class FakeRoom:
    """The port Room. A key that comes again is the same thread, line or note, as in a room that keeps its promise.

    `people` say who somebody is there. `cards` by thread id, the newest; `lines` and `notes` by key; `calls` counts what was asked of it. While `broken` is
    set nothing works; `broken_for` names places whose threads don't, and people who can't be told.
    """

    def __init__(self, name: str = "web") -> None:
        self._name = name
        self._threads: dict[str, ThreadRef] = {}
        self.cards: dict[str, Card] = {}
        self.lines: dict[str, tuple[str, Line]] = {}
        self.notes: dict[str, tuple[str, Card]] = {}
        self.calls: list[str] = []
        self.people: dict[str, Member | Broken] = {}
        self.broken: Broken | None = None
        self.broken_for: dict[str, Broken] = {}

    @property
    def name(self) -> str:
        """Of the room."""
        return self._name

    def said(self, thread: str = "") -> list[str]:
        """The lines of a thread (of all where '') as they were said."""
        return [line.text for where, line in self.lines.values() if thread in ("", where)]

    def doors(self, hear: Callable[[Gesture], Awaitable[Answer]]) -> Sequence[Door]:
        """None."""
        del hear
        return ()

    async def attend(self, hear: Callable[[Gesture], Awaitable[Answer]]) -> None:
        """Nobody presses."""
        del hear

    async def open_thread(self, place: Place, card: Card, key: str) -> ThreadRef | Broken:
        """A thread under this card."""
        self.calls.append("open_thread")
        if broken := self._broken(place.id):
            return broken
        id = f"{place.id}/{card.incident}"
        ref = self._threads.setdefault(key, ThreadRef(room=self._name, place=place.id, id=id))
        self.cards[ref.id] = card
        return ref

    async def repaint(self, thread: ThreadRef, card: Card) -> ThreadRef | Broken:
        """The card as it is now; one that is gone comes back as another thread."""
        self.calls.append("repaint")
        if broken := self._broken(thread.place):
            return broken
        if thread.id not in self.cards:
            thread = thread.model_copy(update={"id": f"{thread.id}+"})
        self.cards[thread.id] = card
        return thread

    async def say(self, thread: ThreadRef, line: Line, key: str) -> LineRef | Broken:
        """A line in the thread."""
        self.calls.append("say")
        if broken := self._broken(f"{thread.place} lines"):
            return broken
        self.lines.setdefault(key, (thread.id, line))
        return LineRef(room=self._name, place=thread.place, id=key)

    async def tell(self, to: Handle, note: Card, key: str) -> LineRef | Broken:
        """A note to one person."""
        self.calls.append("tell")
        if broken := self._broken(to.id):
            return broken
        self.notes.setdefault(key, (to.id, note))
        return LineRef(room=self._name, place=to.id, id=key)

    async def withdraw(self, ref: ThreadRef | LineRef) -> Gone | Broken:
        """It is gone."""
        self.cards.pop(ref.id, None)
        return Gone()

    async def who(self, handle: Handle) -> Member | Broken:
        """As `people` has it; everybody else is a full member."""
        self.calls.append("who")
        return self.broken or self.people.get(handle.id) or Member(name=handle.id.title())

    async def check(self) -> Sequence[Finding]:
        """Nothing is missing."""
        return ()

    def _broken(self, what: str) -> Broken | None:
        return self.broken or self.broken_for.get(what)
