"""Adding up what many seeds of one trial found.

A result is figures parted by commas. A figure after *within* or *at most* is the largest of all; one with a percent sign
is the mean, weighed by the trials' counts; any other number is a sum. What holds no number is listed once.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

_FIGURE = re.compile(
    r"(?P<most>(?:[\w ]* )?(?:within|at most) )?(?P<number>\d[\d,]*(?:\.\d+)?)(?P<percent> ?%)?(?P<label>(?: .*)?)"
)
_PARTS = re.compile(r", |; ")


@dataclass(slots=True)
class Figure:
    """One figure so far. `places`: how many digits behind the point it is told with."""

    most: str
    percent: bool
    label: str
    places: int = 0
    value: float = 0.0
    weight: float = 0.0

    def add(self, number: str, count: int) -> None:
        """One more trial's."""
        value = float(number.replace(",", ""))
        self.places = max(self.places, len(number.partition(".")[2]))
        if self.most:
            self.value = max(self.value, value)
        elif self.percent:
            self.value += value * count
            self.weight += count
        else:
            self.value += value

    def __str__(self) -> str:
        value = self.value / self.weight if self.percent and self.weight else self.value
        return f"{self.most}{value:,.{self.places}f}{' %' if self.percent else ''}{self.label}"


def added(results: Sequence[tuple[str, int]]) -> str:
    """All of them as one, in the order in which each figure came first. Each comes with its trial's count."""
    figures: dict[tuple[str, str], Figure | str] = {}
    for result, count in results:
        for part in _PARTS.split(result):
            _add(figures, part.strip(), count)
    return ", ".join(str(figure) for figure in figures.values())


def _add(figures: dict[tuple[str, str], Figure | str], part: str, count: int) -> None:
    found = _FIGURE.fullmatch(part)
    if found is None:
        figures.setdefault(("", part), part)
        return
    most, label, percent = found["most"] or "", found["label"], found["percent"] is not None
    figure = figures.setdefault((most, label), Figure(most, percent, label))
    if isinstance(figure, Figure):
        figure.add(found["number"], count)


def seeds(said: Sequence[str]) -> str:
    """`0–99` for all numbers of a row, the rest one after the other, each once."""
    numbers = sorted({int(each) for each in said if each.isdecimal()})
    rest = [each for each in dict.fromkeys(said) if not each.isdecimal() and each not in ("", "-", "none")]
    spans: list[list[int]] = []
    for number in numbers:
        if spans and number == spans[-1][1] + 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    told = [str(a) if a == b else f"{a}–{b}" for a, b in spans]
    if len(told) > 4:
        told = [f"{len(numbers)} of {numbers[0]}–{numbers[-1]}"]
    return ", ".join([*told, *rest]) or "none"
