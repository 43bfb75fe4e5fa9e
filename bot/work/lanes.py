"""What waits to be painted, lane by lane: what shares one limit of a chat goes one after the other, the rest side by side.

In a lane the most urgent goes first, then what has waited longest. What is asked for again before its turn comes is done
once, so nothing is dropped and nothing piles up.
"""

import asyncio
from collections.abc import Collection, Hashable
from dataclasses import dataclass
from enum import IntEnum
from itertools import count
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)

#: What is done in this lane is done while nothing else is.
ALONE = "alone"

_HANDOFFS = frozenset(
    {"invited", "taken_offline", "contacted", "contact_shown", "taken_over", "handoff_ended", "promised", "promise_settled"}
)  # fmt: skip
_COUNTERS = frozenset({"opened", "wrote_again", "mention_edited", "mention_deleted", "reminded", "noted"})


class Urgency(IntEnum):
    """Who goes first where not all can go at once."""

    PRESSED = 0
    HANDOFF = 1
    NEW = 2
    COUNTER = 3
    REST = 4


def urgency(kinds: Collection[str]) -> Urgency:
    """How soon what happened deserves to be seen, by the kinds of its events: what somebody pressed or waits for before
    what only counts up."""
    if all(kind in _COUNTERS for kind in kinds):
        return Urgency.COUNTER
    return Urgency.HANDOFF if all(kind in _COUNTERS or kind in _HANDOFFS for kind in kinds) else Urgency.PRESSED


@dataclass(slots=True)
class _Waiting:
    lane: str
    urgency: Urgency
    number: int
    anew: bool


@dataclass(frozen=True, slots=True)
class Turn(Generic[K]):
    """Whose turn it is. `anew`: it is to be shown even where nothing of its own changed."""

    key: K
    lane: str
    urgency: Urgency
    anew: bool


class Lanes(Generic[K]):
    """`bell` rings for one who rests: for what is put anew, and where somebody takes a turn and another could go, too.
    Whoever was woken takes turns until there is none, and says when one is done.
    """

    def __init__(self) -> None:
        self.bell = asyncio.Semaphore(0)
        self._numbers = count()
        self._waiting: dict[K, _Waiting] = {}
        self._lanes: dict[str, dict[Urgency, dict[K, _Waiting]]] = {}
        self._busy: set[str] = set()
        self._under_way: set[K] = set()

    def put(self, key: K, lane: str, urgency: Urgency, *, anew: bool = False) -> None:
        """It waits in that lane, as urgently as it was ever asked for. Asked for again it keeps its place."""
        known = self._waiting.get(key)
        if known is not None:
            urgency, anew = min(urgency, known.urgency), anew or known.anew
            if (known.lane, known.urgency) == (lane, urgency):
                known.anew = anew
                return
            self._out(key)
        entry = self._waiting[key] = _Waiting(lane, urgency, next(self._numbers), anew)
        self._lanes.setdefault(lane, {}).setdefault(urgency, {})[key] = entry
        self._wake()

    def take(self) -> Turn[K] | None:
        """The most urgent whose lane is free; None: there is none now. Where it is not the only one, the next is woken: what
        is done may set several free, and only one has seen it."""
        if ALONE in self._busy or (ALONE in self._lanes and self._busy):
            return None
        lanes = [ALONE] if ALONE in self._lanes else [lane for lane in self._lanes if lane not in self._busy]
        heads = [head for lane in lanes if (head := self._head(lane)) is not None]
        if not heads:
            return None
        key = min(heads, key=lambda head: (self._waiting[head].urgency, self._waiting[head].number))
        entry = self._out(key)
        self._busy.add(entry.lane)
        self._under_way.add(key)
        if len(heads) > 1:
            self._wake()
        return Turn(key, entry.lane, entry.urgency, entry.anew)

    def done(self, turn: Turn[K]) -> None:
        """It is over, however it ended; its lane is free."""
        self._busy.discard(turn.lane)
        self._under_way.discard(turn.key)

    def __len__(self) -> int:
        return len(self._waiting) + len(self._under_way)

    def _wake(self) -> None:
        """One of those who rest, if any does; or else the next who would."""
        if self.bell.locked():
            self.bell.release()

    def _head(self, lane: str) -> K | None:
        """Whoever is next in a lane; what is under way in another one is not begun a second time."""
        ranks = self._lanes[lane]
        return next((key for rank in sorted(ranks) for key in ranks[rank] if key not in self._under_way), None)

    def _out(self, key: K) -> _Waiting:
        entry = self._waiting.pop(key)
        ranks = self._lanes[entry.lane]
        del ranks[entry.urgency][key]
        if not ranks[entry.urgency]:
            del ranks[entry.urgency]
        if not ranks:
            del self._lanes[entry.lane]
        return entry
