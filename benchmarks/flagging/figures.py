"""The measures: F1 of the positives, macro-F1, area under the curve, recall and precision."""

from collections.abc import Sequence
from dataclasses import dataclass

Judged = Sequence[tuple[float, bool]]
"""Score and truth of each text."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many were found, wrongly cried out for, missed and rightly passed over."""

    found: int
    cried: int
    missed: int
    passed: int

    @property
    def recall(self) -> float:
        """Of the real ones, the part that was found."""
        return _part(self.found, self.found + self.missed)

    @property
    def precision(self) -> float:
        """Of those found, the part that is real."""
        return _part(self.found, self.found + self.cried)

    @property
    def f1(self) -> float:
        """F1 of the positives."""
        return _part(2 * self.found, 2 * self.found + self.cried + self.missed)

    @property
    def macro(self) -> float:
        """The mean of both classes' F1."""
        return (self.f1 + _part(2 * self.passed, 2 * self.passed + self.cried + self.missed)) / 2


def count(judged: Judged, threshold: float = 0.5) -> Counts:
    """Counts at a threshold; a score on it is a yes."""
    tally = {(said, truth): 0 for said in (True, False) for truth in (True, False)}
    for score, truth in judged:
        tally[score >= threshold, truth] += 1
    return Counts(tally[True, True], tally[True, False], tally[False, True], tally[False, False])


def auc(judged: Judged) -> float:
    """The chance that a real one scores above one that is not; ties count half."""
    ranked = sorted(judged)
    below, total, start = 0, 0.0, 0
    while start < len(ranked):
        end = start
        while end < len(ranked) and ranked[end][0] == ranked[start][0]:
            end += 1
        real = sum(truth for _, truth in ranked[start:end])
        others = end - start - real
        total += real * (below + others / 2)
        below += others
        start = end
    return _part(total, below * (len(ranked) - below))


def line(name: str, judged: Judged) -> str:
    """One row of the table."""
    at = count(judged)
    return (
        f"{name:44}  macro {at.macro:.3f}  F1 {at.f1:.3f}  P {at.precision:.3f}  R {at.recall:.3f}"
        f"  AUC {auc(judged):.3f}  n {len(judged)}"
    )


def _part(some: float, of: float) -> float:
    return some / of if of else 0.0
