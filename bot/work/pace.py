"""The pace of a lane: a chat that takes only so many edits a minute makes whoever comes sooner wait.

A picture that waits grows old. So it is learnt from how long the edits take when the next one can be shown, and the
picture is taken only then. Seconds, all of them by `Now.elapsed`.
"""

from dataclasses import dataclass

#: Held up by more than this it was the lane's pace, not the network's.
HELD = 0.05
#: Nobody is made to wait longer than this for a picture.
MOST = 2.0
#: After an edit that nothing held up the next one comes a little sooner: the lane may have become quicker.
SOONER = 0.9
#: So many lanes are remembered.
MOST_KNOWN = 10_000


@dataclass(slots=True)
class _Known:
    """`least`: the shortest an edit ever took. `turn`: when the last one was let through. `gap`: from turn to turn."""

    least: float = float("inf")
    turn: float = float("-inf")
    gap: float = 0.0


class Pace:
    """What was learnt of each lane."""

    def __init__(self) -> None:
        self._known: dict[str, _Known] = {}

    def due(self, lane: str) -> float:
        """When an edit there would not have to wait any more."""
        known = self._known.get(lane)
        return float("-inf") if known is None else known.turn + known.gap

    def showed(self, lane: str, began: float, ended: float) -> None:
        """An edit there took from `began` to `ended`."""
        if lane not in self._known and len(self._known) >= MOST_KNOWN:
            self._known.clear()
        known = self._known.setdefault(lane, _Known())
        known.least = min(known.least, ended - began)
        turn = ended - known.least
        if turn - began > HELD:
            known.gap = min(turn - known.turn, MOST)
        else:
            known.gap *= SOONER
        known.turn = turn
