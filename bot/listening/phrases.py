"""Many phrases sought in one text, at the price of the few whose first letters occur in it. Read from `lists/`."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from bot.listening.tokens import Cut

PREFIX = 4
"""A phrase is sought only where a word of the text begins like one that wakes it; this many letters count."""

_GROUP = re.compile(r"<([A-Z]+)>")


class BadListError(ValueError):
    """A list cannot be read; the message names the line."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """One rule of a list: what it is called, what wakes it, what is heard, what shows that it is not meant.

    `hears` and `disarms` are patterns, compiled when the phrase first wakes: a start must not wait for all of them.
    """

    called: tuple[str, ...]
    wakes: tuple[str, ...]
    hears: str
    disarms: str | None
    soft: bool

    def meant(self, lowered: str) -> bool:
        """Whether a text says it and means it."""
        if _compiled(self.hears).search(lowered) is None:
            return False
        return self.disarms is None or _compiled(self.disarms).search(lowered) is None


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


class Phrases:
    """The phrases of one list."""

    def __init__(self, listed: Sequence[Phrase]) -> None:
        """Indexes them by the first letters of what wakes them."""
        self._listed = tuple(listed)
        self._index: dict[str, list[int]] = {}
        for at, phrase in enumerate(self._listed):
            for start in dict.fromkeys(word[:PREFIX] for word in phrase.wakes):
                self._index.setdefault(start, []).append(at)

    def heard(self, ready: Cut) -> list[Phrase]:
        """The phrases a text says and means, in the list's order."""
        starts = {token.lstrip("#")[:PREFIX] for token in ready.tokens}
        awake = sorted({at for start in starts & self._index.keys() for at in self._index[start]})
        return [self._listed[at] for at in awake if self._listed[at].meant(ready.lowered)]


def lines(name: str) -> list[str]:
    """The lines of a hand-written list."""
    return files("bot.listening").joinpath("lists", name).read_text(encoding="utf-8").splitlines()


def read(name: str) -> Phrases:
    """The phrases of a list in `lists/`; its first lines say how it is written."""
    return Phrases(parse(lines(name)))


def parse(listed: Iterable[str]) -> list[Phrase]:
    """The phrases in a list's lines. Raises BadListError."""
    groups: dict[str, str] = {}
    blocks: list[dict[str, list[str]]] = []
    for number, line in enumerate(listed, 1):
        if not line or line.startswith("#"):
            continue
        verb, _, rest = line.partition(" ")
        if line.startswith("<"):
            groups[line[1 : line.index(">")]] = line.partition(" = ")[2]
        elif line.startswith("["):
            blocks.append({"called": line.strip("[]").split()})
        elif blocks and verb in ("wake", "hear", "not", "soft"):
            blocks[-1].setdefault(verb, []).append(rest)
        else:
            raise BadListError(f"line {number}: {line[:60]!r} is neither wake, hear, not nor soft")
    return [_phrase(block, groups) for block in blocks]


def _phrase(block: dict[str, list[str]], groups: dict[str, str]) -> Phrase:
    for needed in ("wake", "hear"):
        if needed not in block:
            raise BadListError(f"[{' '.join(block['called'])}] has no {needed!r} line")
    return Phrase(
        called=tuple(block["called"]),
        wakes=tuple(" ".join(block["wake"]).split()),
        hears=_pattern(block["hear"], groups),
        disarms=_pattern(block["not"], groups) if "not" in block else None,
        soft="soft" in block,
    )


def _pattern(alternatives: Sequence[str], groups: dict[str, str]) -> str:
    joined = "|".join(_GROUP.sub(lambda found: groups[found[1]], alternative) for alternative in alternatives)
    return rf"(?<!\w)(?:{joined})"
