"""How alike two replies are. The same words again and again turn readers away (Decock et al. 2020)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

#: From this share of common three-word runs on, a reader who sees both replies takes them for one text.
ALIKE = 0.5
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
_OPENING = re.compile(
    r"^\W*(?:@\w+\W+)*(?:(?:hi|hello|hey|dear|good (?:morning|afternoon|evening))\b[^,.!\n]{0,30}[,.!]\s*)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Alike:
    """`share` 0 to 1; `longest` is the span, in the new text, of the longest run of words both have."""

    share: float
    longest: tuple[int, int]


def most_alike(text: str, recent: Iterable[str]) -> Alike | None:
    """The likeness of `text` to the nearest recent reply, or None if none is near or there is too little to compare."""
    mine = _words(text)
    found = [(_share(mine, theirs), theirs) for theirs in map(_words, recent) if min(len(mine), len(theirs)) >= 5]
    share, nearest = max(found, key=lambda one: one[0], default=(0.0, []))
    if share < ALIKE:
        return None
    run = SequenceMatcher(
        None, [w for w, _, _ in mine], [w for w, _, _ in nearest], autojunk=False
    ).find_longest_match()
    return Alike(share=share, longest=(mine[run.a][1], mine[run.a + run.size - 1][2]))


def _words(text: str) -> list[tuple[str, int, int]]:
    """Words with their places; greeting and name are left out, since they differ or agree by chance."""
    start = len(_OPENING.match(text).group())  # type: ignore[union-attr]  # the pattern matches every text, if only emptily
    return [
        (found.group().lower(), found.start(), found.end()) for found in _WORD.finditer(text.replace("’", "'"), start)
    ]


def _share(a: list[tuple[str, int, int]], b: list[tuple[str, int, int]]) -> float:
    first, second = _runs(a), _runs(b)
    return len(first & second) / len(first | second)


def _runs(words: list[tuple[str, int, int]]) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(word for word, _, _ in words[at : at + 3]) for at in range(len(words) - 2))
