"""Rebuilds the shipped weights from a data folder, byte for byte: `python -m benchmarks.flagging.train DATA_FOLDER`.

Only sets whose weights may ship are read: complaints, amazon_reviews_cesamard and umsab_*.
Takes about two minutes of one core. `--into` writes somewhere else than into the package.
"""

import argparse
import json
import math
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.flagging.data import UMSAB, DataMissingError, Row, halves, load
from benchmarks.flagging.solver import Example, Vector, margin, solve
from bot.listening import scorer
from bot.listening.scorer import Families, features, logistic

SHIPPED = Path(scorer.__file__).parent / "weights"
FOLDS = 5
WATCH_RECALL = 0.92  # a keyword watch is promised 0.90; the rest is for texts that differ from these
SLOPES = tuple(step / 4 for step in range(2, 41))


@dataclass(frozen=True, slots=True)
class Part:
    """Some rows, how much each counts, and which of them are positive."""

    rows: Sequence[Row]
    weight: float
    positive: Callable[[Row], bool] = lambda row: row.label == 1


@dataclass(frozen=True, slots=True)
class Recipe:
    """How one head is made. Its balanced point is found on the first part, by cross-validation."""

    head: str
    lang: str
    bits: int
    cost: float
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Made:
    """A trained head: one signed byte a weight, and the numbers of `scorer.Head`."""

    name: str
    bits: int
    scale: float
    slope: float
    middle: float
    watch: float
    weights: bytes

    @property
    def said(self) -> dict[str, str | int | float]:
        """Its entry in the file's first line."""
        numbers = {"scale": self.scale, "slope": self.slope, "middle": self.middle, "watch": self.watch}
        return {"name": self.name, "bits": self.bits, **{key: round(value, 9) for key, value in numbers.items()}}


def angry(row: Row) -> bool:
    """Whether the annotators heard anger or disgust."""
    return row.more.get("emotion") in ("anger", "disgust")


def recipes(folder: Path) -> list[Recipe]:
    """What is made from a data folder. Raises DataMissingError."""
    posts, reviews = load(folder, "complaints"), load(folder, "amazon_reviews_cesamard")
    moods = {lang: load(folder, f"umsab_{name}") for lang, name in UMSAB.items()}
    english = moods.pop("en")
    return [
        Recipe("post", "en", 15, 0.6, (Part(posts, 1.0), Part(reviews, 0.02), Part(english, 0.02))),
        Recipe("review", "en", 14, 0.6, (Part(reviews, 1.0), Part(posts, 0.2))),
        Recipe("anger", "en", 14, 0.3, (Part(posts, 1.0, angry), Part(reviews, 0.3, angry))),
        *(Recipe("post", lang, 14, 0.3, (Part(rows, 1.0),)) for lang, rows in moods.items()),
    ]


class Hashing:
    """Texts as vectors, each computed once."""

    def __init__(self) -> None:
        """Starts empty."""
        self._families: dict[str, Families] = {}
        self._seen: dict[tuple[str, str], dict[int, float]] = {}

    def vector(self, text: str, lang: str, bits: int) -> Vector:
        """Places and signed values of a text in a head of `2 ** bits` weights."""
        if lang not in self._families:
            self._families[lang] = scorer.families(lang)
        key = (lang, text)
        if key not in self._seen:
            self._seen[key] = features(text, self._families[lang])
        found: dict[int, float] = {}
        for hashed, value in self._seen[key].items():
            place = hashed & ((1 << bits) - 1)
            found[place] = found.get(place, 0.0) + (-value if hashed >> 31 else value)
        return list(found.items())


def make(recipe: Recipe, hashing: Hashing) -> Made:
    """Trains one head, and finds its balanced point, slope and watch threshold by cross-validation."""
    weights = _fit(recipe, hashing)
    top = max(map(abs, weights)) or 1.0
    scale = top / 127
    middle, slope, watch = _calibrate(_unseen(recipe, hashing))
    steps = bytes(round(weight / scale) & 0xFF for weight in weights)
    return Made(recipe.head, recipe.bits, scale, slope, middle, watch, steps)


def _fit(recipe: Recipe, hashing: Hashing) -> list[float]:
    examples = [
        Example(hashing.vector(row.text, recipe.lang, recipe.bits), part.positive(row), part.weight)
        for part in recipe.parts
        for row in part.rows
    ]
    return solve(examples, 1 << recipe.bits, recipe.cost)


def _unseen(recipe: Recipe, hashing: Hashing) -> list[tuple[float, bool]]:
    """Margin and truth of each row of the first part, from weights that have not seen it."""
    first, *others = recipe.parts
    found = []
    for fold in range(FOLDS):
        rest, kept = halves(first.rows, fold, FOLDS, "calibrate")
        weights = _fit(replace(recipe, parts=(replace(first, rows=rest), *others)), hashing)
        for row in kept:
            vector = hashing.vector(row.text, recipe.lang, recipe.bits)
            found.append((margin(weights, vector), first.positive(row)))
    return found


def _calibrate(seen: Sequence[tuple[float, bool]]) -> tuple[float, float, float]:
    """(middle, slope, watch): where both kinds are told equally often; the slope of the least squared error; a score."""
    ranked = sorted(seen, reverse=True)
    positives = [value for value, truth in ranked if truth]
    middle = _balanced(ranked, len(positives))
    slope = min(SLOPES, key=lambda slope: _error(seen, slope, middle))
    lowest = positives[min(math.ceil(len(positives) * WATCH_RECALL), len(positives)) - 1]
    return round(middle, 6), slope, round(logistic(slope * (round(lowest, 6) - round(middle, 6))), 3)


def _balanced(ranked: Sequence[tuple[float, bool]], positives: int) -> float:
    """The margin above which as large a part of the positives lies as of the negatives below it."""
    above, found = 0, 0
    while found * (len(ranked) - positives) < (len(ranked) - positives - above + found) * positives:
        found += ranked[above][1]
        above += 1
    return (ranked[above - 1][0] + ranked[min(above, len(ranked) - 1)][0]) / 2


def _error(seen: Iterable[tuple[float, bool]], slope: float, middle: float) -> float:
    return math.fsum((logistic(slope * (value - middle)) - truth) ** 2 for value, truth in seen)


def pack(heads: Sequence[Made]) -> bytes:
    """A weights file, as `scorer.read_heads` reads it."""
    line = json.dumps({"heads": [head.said for head in heads]}, separators=(",", ":"))
    return line.encode() + b"\n" + b"".join(head.weights for head in heads)


def build(folder: Path, into: Path) -> None:
    """Writes `<lang>.bin` for every language. Raises DataMissingError before anything is written."""
    hashing = Hashing()
    todo = recipes(folder)
    for lang in dict.fromkeys(recipe.lang for recipe in todo):
        heads = []
        for recipe in todo:
            if recipe.lang == lang:
                print(f"training {lang} {recipe.head}", file=sys.stderr)
                heads.append(make(recipe, hashing))
        (into / f"{lang}.bin").write_bytes(pack(heads))


def main(arguments: Sequence[str] | None = None) -> int:
    """The command. 0: written; 2: the data is not there."""
    parser = argparse.ArgumentParser(description="Rebuilds the flagging weights from a data folder.")
    parser.add_argument("folder", type=Path, metavar="DATA_FOLDER")
    parser.add_argument("--into", type=Path, default=SHIPPED)
    asked = parser.parse_args(arguments)
    try:
        build(asked.folder, asked.into)
    except DataMissingError as missing:
        print(missing, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
