"""The pace of a place: a chat that takes only so many edits a minute makes whoever comes sooner wait.

A picture that waits grows old. So it is learnt from how long the edits take when the next one can be shown, and the
picture is taken only then. Seconds, all of them by `Now.elapsed`.
"""

from dataclasses import dataclass

from bot.nouns.team import Place

#: Held up by more than this it was the place's pace, not the network's.
HELD = 0.05
#: Nobody is made to wait longer than this for a picture.
MOST = 2.0
#: After an edit that nothing held up the next one comes a little sooner: the place may have become quicker.
SOONER = 0.9


@dataclass(slots=True)
class _Known:
    """`least`: the shortest an edit ever took. `turn`: when the last one was let through. `gap`: from turn to turn."""

    least: float = float("inf")
    turn: float = float("-inf")
    gap: float = 0.0


class Pace:
    """What was learnt of each place."""

    def __init__(self) -> None:
        self._known: dict[Place, _Known] = {}

    def due(self, place: Place) -> float:
        """When an edit there would not have to wait any more."""
        known = self._known.get(place)
        return float("-inf") if known is None else known.turn + known.gap

    def showed(self, place: Place, began: float, ended: float) -> None:
        """An edit there took from `began` to `ended`."""
        known = self._known.setdefault(place, _Known())
        known.least = min(known.least, ended - began)
        turn = ended - known.least
        if turn - began > HELD:
            known.gap = min(turn - known.turn, MOST)
        else:
            known.gap *= SOONER
        known.turn = turn
