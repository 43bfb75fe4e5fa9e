"""A small scorer of our own: hashed words, pairs and letter groups, and hand-written word families.

One weights file a language (`weights/<lang>.bin`): a JSON line, then one signed byte a weight, head after head.
`benchmarks/flagging/train.py` makes them byte for byte; the families are in `lists/words.<lang>.txt`.
Heads: `post` and `review` (does it complain; reviews only in English) and `anger` (English).
Nothing is downloaded, nothing but the standard library runs, and hashes are CRC-32: the same everywhere.
"""

import json
import math
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TypeVar

from bot.listening.parts import Part, Shape, family_parts, pair_part, pairs, shape, shape_parts, word_parts
from bot.listening.phrases import lines
from bot.listening.tokens import FROWN, SMILE, Cut, cut

SCORED = frozenset({"en", "es", "fr", "de", "pt", "it"})
"""Languages with weights of their own."""

KEPT_WORDS = 20_000
"""Words whose sums are kept in memory for each language (about 5 MB), and as many pairs; when full, all are let go."""

S = TypeVar("S", bound=Hashable)

_GLAD = frozenset("😀😁😂🤣😃😄😅😆😉😊😋😎😍😘🥰👍👏💪❤💕💖🎉🙌😻✨☺🤗💙💚💛♥🙏🔥")
_SORE = frozenset("😒😔😞😟😠😡😢😣😤😥😩😪😫😭😱😰😨🙄🤬👎💔🤮🤢😖😓😕☹🙁😾😑😐")
_GLAD_FAMILIES = frozenset({"good", "thanks"})
_TELLING = frozenset({"bad", "upset", "fail", "trouble", "gone", "wait", "still", "money", "rude"})


@dataclass(frozen=True, slots=True)
class Head:
    """One question's weights. `watch`: the score that nine in ten of the real ones reach."""

    name: str
    mask: int
    scale: float
    slope: float
    middle: float
    watch: float
    weights: memoryview

    def total(self, parts: Iterable[Part]) -> float:
        """What hashed features add up to."""
        weights, mask, total = self.weights, self.mask, 0.0
        for hashed, value in parts:
            weight = weights[hashed & mask]
            total += -weight * value if hashed >> 31 else weight * value
        return total * self.scale

    def score(self, total: float) -> float:
        """0 to 1, 0.5 where it recognises both kinds equally often."""
        return logistic(self.slope * (total - self.middle))


@dataclass(frozen=True, slots=True)
class Known:
    """What one word adds: its sum for each head and, last, its squared length; and the families it belongs to."""

    sums: tuple[float, ...]
    families: tuple[str, ...]


class Families:
    """Hand-written word families of one language: `name: word word stem*`, one family a line, `#` for remarks."""

    def __init__(self, lines: Iterable[str]) -> None:
        """Reads the lines of a families file."""
        self.whole: dict[str, list[str]] = {}
        """The words that are listed whole, each with its families."""
        self._stems: dict[str, list[str]] = {}
        for line in lines:
            name, colon, listed = line.partition(":")
            if not colon or line.startswith("#"):
                continue
            for word in listed.split():
                if word.endswith("*"):
                    self._stems.setdefault(word[:-1], []).append(name)
                else:
                    self.whole.setdefault(word, []).append(name)
        self._lengths = sorted({len(stem) for stem in self._stems})
        self._seen: dict[str, tuple[str, ...]] = {}

    def of(self, word: str) -> tuple[str, ...]:
        """The families of a token, sorted."""
        found = self._seen.get(word)
        if found is None:
            if len(self._seen) >= KEPT_WORDS:
                self._seen.clear()
            found = self._seen[word] = self._look_up(word)
        return found

    def among(self, words: Iterable[str]) -> list[str]:
        """The families of these tokens, one token after the other."""
        seen = self._seen
        return [name for word in words for name in (seen[word] if word in seen else self.of(word))]

    def _look_up(self, word: str) -> tuple[str, ...]:
        if word == SMILE or word in _GLAD:
            return ("good", "smile")
        if word == FROWN or word in _SORE:
            return ("bad", "frown")
        bare = word.lstrip("#")
        found = set(self.whole.get(bare, ()))
        for length in self._lengths:
            found.update(self._stems.get(bare[:length], ()))
        return tuple(sorted(found))


def features(text: str, families: Families) -> dict[int, float]:
    """Every feature of a text, scaled to length one. What training sees is what `read` sums up."""
    ready = cut(text)
    tokens = ready.tokens
    found: dict[int, float] = {}
    square = 0.0
    distinct = dict.fromkeys(tokens)
    named = families.among(distinct)
    parts = [part for word in distinct for part in word_parts(word)]
    loose = [part for pair in pairs(tokens) for part in pair_part(pair)]
    shaped = shape_parts(shape(ready.tidied, tokens))
    for hashed, value in (*parts, *loose, *family_parts(named), *shaped):
        found[hashed] = found.get(hashed, 0.0) + value
        square += value * value
    length = math.sqrt(square)
    return {hashed: value / length for hashed, value in found.items()}


def logistic(x: float) -> float:
    """0 to 1, without overflow."""
    return 1 / (1 + math.exp(-x)) if x > -700 else 0.0


@dataclass(frozen=True, slots=True)
class Reading:
    """`scores` by head, 0 to 1. `telling`: the words, from our own lists only, that spoke most for a complaint.

    `glad`: it has glad words or thanks.
    """

    scores: Mapping[str, float]
    telling: tuple[str, ...]
    glad: bool


class Scorer:
    """The heads and families of one language."""

    def __init__(self, heads: Sequence[Head], families: Families) -> None:
        """Takes heads as `read_heads` gives them."""
        self.heads = {head.name: head for head in heads}
        self._heads = tuple(heads)
        self._families = families
        self._known: dict[str, Known] = {}
        # One memory for each kind: two families may be called like two words that stand side by side.
        self._pairs: dict[tuple[str, str], Known] = {}
        self._named: dict[tuple[str, ...], Known] = {}
        self._shapes: dict[Shape, Known] = {}

    def read(self, ready: Cut) -> Reading:
        """Scores a text."""
        tokens = ready.tokens
        known = [(word, self._known.get(word) or self._know(word)) for word in dict.fromkeys(tokens)]
        named = tuple([name for _, entry in known for name in entry.families])
        heard = [entry for _, entry in known]
        heard += [self._pairs.get(pair) or self._see(self._pairs, pair, pair_part) for pair in pairs(tokens)]
        heard.append(self._see(self._named, named, family_parts))
        heard.append(self._see(self._shapes, shape(ready.tidied, tokens), shape_parts))
        *totals, square = map(sum, zip(*[entry.sums for entry in heard], strict=True))
        length = math.sqrt(square)
        scores = {head.name: head.score(total / length) for head, total in zip(self._heads, totals, strict=True)}
        return Reading(scores, _telling(known), not _GLAD_FAMILIES.isdisjoint(named))

    def _see(self, seen: dict[S, Known], what: S, parts: Callable[[S], Iterable[Part]]) -> Known:
        """What something other than a word adds. In a storm nearly all of it was seen before."""
        found = seen.get(what)
        if found is None:
            if len(seen) >= KEPT_WORDS:
                seen.clear()
            found = seen[what] = self._summed(list(parts(what)), ())
        return found

    def _know(self, word: str) -> Known:
        """What a word adds that was not met before."""
        if len(self._known) >= KEPT_WORDS:
            self._known.clear()
        found = self._known[word] = self._summed(list(word_parts(word)), self._families.of(word))
        return found

    def _summed(self, parts: Sequence[Part], families: tuple[str, ...]) -> Known:
        square = sum(value * value for _, value in parts)
        return Known((*(head.total(parts) for head in self._heads), square), families)


def _telling(known: Sequence[tuple[str, Known]]) -> tuple[str, ...]:
    """At most three. A word outside our lists could name a person, and reasons are kept longer than words."""
    heavy = sorted(
        (-entry.sums[0], word)
        for word, entry in known
        if entry.families and entry.sums[0] > 0 and word.isalpha() and not _TELLING.isdisjoint(entry.families)
    )
    return tuple(word for _, word in heavy[:3])


def read_heads(raw: bytes) -> list[Head]:
    """The heads of a weights file."""
    line, _, body = raw.partition(b"\n")
    heads, start = [], 0
    view = memoryview(body).cast("b")
    for said in json.loads(line)["heads"]:
        size = 1 << said["bits"]
        numbers = (said["scale"], said["slope"], said["middle"], said["watch"])
        heads.append(Head(said["name"], size - 1, *numbers, view[start : start + size]))
        start += size
    return heads


def families(lang: str) -> Families:
    """The families of a scored language."""
    return Families(lines(f"words.{lang}.txt"))


@cache
def scorer(lang: str) -> Scorer | None:
    """The scorer of a language, read from disk the first time; None where we have no weights."""
    if lang not in SCORED:
        return None
    raw = files("bot.listening").joinpath("weights", f"{lang}.bin").read_bytes()
    return Scorer(read_heads(raw), families(lang))
