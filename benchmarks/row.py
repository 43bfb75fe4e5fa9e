"""What a benchmark hands back: rows that are printed with what they must be, and judged."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One figure. `must` and `aim` None: it is a floor or only told. `least`: it must be at least that, else at most."""

    what: str
    value: float
    unit: str
    must: float | None = None
    aim: float | None = None
    note: str = ""
    least: bool = False

    @property
    def ok(self) -> bool:
        """Whether it is as it must be."""
        if self.must is None:
            return True
        return self.value >= self.must if self.least else self.value <= self.must

    def painted(self) -> str:
        """As a line for people."""
        sign = "≥" if self.least else "≤"
        bounds = "" if self.must is None else f"must {sign} {self.must:g}"
        bounds += "" if self.aim is None else f", aim {sign} {self.aim:g}"
        miss = "" if self.ok else "  <- not as it must be"
        return f"  {self.what:<52} {self.value:>10.3g} {self.unit:<9} {bounds:<26} {self.note}{miss}".rstrip()


def p50(took: Sequence[float]) -> float:
    """The median."""
    return statistics.median(took)


def p99(took: Sequence[float]) -> float:
    """The value that 99 of a hundred do not exceed."""
    return sorted(took)[min(len(took) - 1, len(took) * 99 // 100)]
