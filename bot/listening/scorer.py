"""A small scorer of our own: hashed words, pairs and letter groups, and hand-written word families.

One weights file a language (`weights/<lang>.bin`): a JSON line, then one signed byte a weight, head after head.
`benchmarks/flagging/train.py` makes them byte for byte; the families are in `lists/words.<lang>.txt`.
Heads: `post` and `review` (does it complain; reviews only in English) and `anger` (English).
Nothing is downloaded, nothing but the standard library runs, and hashes are CRC-32: the same everywhere.
"""

import json
import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from zlib import crc32

from bot.listening.phrases import lines
from bot.listening.tokens import FROWN, HANDLE, SMILE, URL, Cut, cut

SCORED = frozenset({"en", "es", "fr", "de", "pt", "it"})
"""Languages with weights of their own."""

KEPT_WORDS = 20_000
"""Words whose sums are kept in memory for each language (about 5 MB); when full, all are let go."""

_WORD, _PAIR, _GROUP, _FAMILY, _SHAPE = 2.0, 1.0, 0.7, 3.5, 2.0
_GLAD = frozenset("😀😁😂🤣😃😄😅😆😉😊😋😎😍😘🥰👍👏💪❤💕💖🎉🙌😻✨☺🤗💙💚💛♥🙏🔥")
_SORE = frozenset("😒😔😞😟😠😡😢😣😤😥😩😪😫😭😱😰😨🙄🤬👎💔🤮🤢😖😓😕☹🙁😾😑😐")
_GLAD_FAMILIES = frozenset({"good", "thanks"})
_SHOUTED = re.compile(r"\b[A-Z]{3,}\b")
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

    def total(self, parts: Iterable[tuple[int, float]]) -> float:
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
    """What one word adds: its sum for each head, its squared length, and the families it belongs to."""

    sums: tuple[float, ...]
    square: float
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


def word_parts(word: str) -> Iterator[tuple[int, float]]:
    """The hashed features of one word: itself, and its letters in groups of three and four."""
    yield crc("w" + word), _WORD
    if word[0].isalpha() or (word[0] == "#" and len(word) > 1):
        edged = f"<{word[:40]}>"
        for size in (3, 4):
            for start in range(len(edged) - size + 1):
                yield crc("c" + edged[start : start + size]), _GROUP


def pair_parts(tokens: Sequence[str]) -> Iterator[tuple[int, float]]:
    """The hashed features of neighbours, the text's edges included; each pair once."""
    edged = ("^", *tokens, "$")
    for pair in dict.fromkeys(pairwise(edged)):
        yield crc(f"b{pair[0]} {pair[1]}"), _PAIR


def family_parts(families: Iterable[str]) -> Iterator[tuple[int, float]]:
    """The hashed features of word families; one that is met twice counts as more than one that is met once."""
    counts: dict[str, int] = {}
    for name in families:
        counts[name] = counts.get(name, 0) + 1
    for name, count in counts.items():
        yield crc("l" + name), _FAMILY
        if count > 1:
            yield crc("m" + name), _SHAPE


def shape_parts(text: str, tokens: Sequence[str]) -> Iterator[tuple[int, float]]:
    """The hashed features of a text's outward shape: length, shouting, questions, links, whom it addresses."""
    yield crc(f"z{min(8, len(tokens) // 4)}"), _SHAPE
    yield crc(f"zc{min(3, len(_SHOUTED.findall(text)))}"), _SHAPE
    yield crc(f"z?{min(2, text.count('?'))}"), _SHAPE
    yield crc(f"z!{min(3, text.count('!'))}"), _SHAPE
    yield crc(f"zu{min(2, tokens.count(URL))}"), _SHAPE
    yield crc(f"zm{min(3, tokens.count(HANDLE))}"), _SHAPE
    if tokens and tokens[0] == HANDLE:
        yield crc("z@"), _SHAPE


def crc(feature: str) -> int:
    """32 bits: the low ones say where a feature's weight lies, the top one its sign."""
    return crc32(feature.encode())


def features(text: str, families: Families) -> dict[int, float]:
    """Every feature of a text, scaled to length one. What training sees is what `read` sums up."""
    ready = cut(text)
    tokens = ready.tokens
    found: dict[int, float] = {}
    square = 0.0
    distinct = dict.fromkeys(tokens)
    named = [name for word in distinct for name in families.of(word)]
    parts = [part for word in distinct for part in word_parts(word)]
    for hashed, value in (*parts, *pair_parts(tokens), *family_parts(named), *shape_parts(ready.tidied, tokens)):
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

    def read(self, ready: Cut) -> Reading:
        """Scores a text."""
        tokens = ready.tokens
        known = [(word, self._know(word)) for word in dict.fromkeys(tokens)]
        named = [name for _, entry in known for name in entry.families]
        loose = (*pair_parts(tokens), *family_parts(named), *shape_parts(ready.tidied, tokens))
        square = sum(entry.square for _, entry in known) + sum(value * value for _, value in loose)
        length = math.sqrt(square)
        scores = {}
        for at, head in enumerate(self._heads):
            total = sum(entry.sums[at] for _, entry in known) + head.total(loose)
            scores[head.name] = head.score(total / length)
        return Reading(scores, _telling(known), not _GLAD_FAMILIES.isdisjoint(named))

    def _know(self, word: str) -> Known:
        found = self._known.get(word)
        if found is None:
            if len(self._known) >= KEPT_WORDS:
                self._known.clear()
            found = self._known[word] = self._learn(word)
        return found

    def _learn(self, word: str) -> Known:
        parts = list(word_parts(word))
        sums = tuple(head.total(parts) for head in self._heads)
        return Known(sums, sum(value * value for _, value in parts), self._families.of(word))


def _telling(known: Sequence[tuple[str, Known]]) -> tuple[str, ...]:
    """At most three. A word outside our lists could name a person, and reasons are kept longer than words."""
    heavy = sorted(
        (-entry.sums[0], word)
        for word, entry in known
        if entry.sums[0] > 0 and word.isalpha() and not _TELLING.isdisjoint(entry.families)
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
