"""What the room remembers while it runs: nothing that it could not find out again after a restart."""

from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, TypeVar

from bot.ports import LineRef, ThreadRef

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")

#: So many of each kind are remembered; the oldest is forgotten first.
MOST = 10_000


class Lately(Generic[K, V]):
    """A mapping of what was used last."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._kept: OrderedDict[K, V] = OrderedDict()

    def get(self, key: K) -> V | None:
        """None: not known, or forgotten."""
        if key in self._kept:
            self._kept.move_to_end(key)
        return self._kept.get(key)

    def put(self, key: K, value: V) -> V:
        """Remember it; hands it back."""
        self._kept[key] = value
        self._kept.move_to_end(key)
        while len(self._kept) > self._most:
            self._kept.popitem(last=False)
        return value

    def drop(self, key: K) -> None:
        """Forget it."""
        self._kept.pop(key, None)

    def clear(self) -> None:
        """Forget everything."""
        self._kept.clear()


class Memory:
    """`cards`: the message of a card that was sent, by place and mark. `shown`: what a message shows, by channel and id.

    `refs`: the thread of an incident; `subjects`: incident and conversation of a thread. `lines` by key. `gone`: threads
    that were deleted. `alone`: threads in which no second card of ours can stand.
    """

    def __init__(self) -> None:
        self.cards: Lately[tuple[str, int], int] = Lately()
        self.shown: Lately[tuple[int, int], str] = Lately()
        self.refs: Lately[tuple[str, str], ThreadRef] = Lately()
        self.threads: Lately[str, ThreadRef] = Lately()
        self.subjects: Lately[int, tuple[str, str]] = Lately()
        self.lines: Lately[str, LineRef] = Lately()
        self.gone: Lately[int, bool] = Lately()
        self.alone: Lately[int, bool] = Lately()

    def standing(self, ref: ThreadRef, thread: int, incident: str, conversation: str) -> ThreadRef:
        """An incident's thread stands there; hands the reference back."""
        self.refs.put((ref.place, incident), ref)
        self.threads.put(incident, ref)
        self.subjects.put(thread, (incident, conversation))
        return ref

    def unsure(self) -> None:
        """Events may have been missed: what messages show is no longer known."""
        self.shown.clear()
