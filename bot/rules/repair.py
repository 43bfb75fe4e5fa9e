"""How far two wordings of one draft lie apart: the same but for the signature, a small repair, or new words."""

import re
from collections import Counter
from collections.abc import Collection, Iterable

from bot.nouns.conversation import Mark

#: So many characters may change in a small repair (cards.md).
SMALL = 10
#: What a caution asked for lies in one stretch of at most so many characters, and in less than half of the words.
STRETCH = 200

_TOKEN = re.compile(r"\w+|[^\w\s]")
_SIGNED = re.compile(r"(?:^|\n|[-–—~/^])\s*$")


def small_repair(old: str, new: str) -> bool:
    """Whether only words or signs were taken out, or at most ten characters changed."""
    return _only_deletions(old, new) or _changed(old, new, SMALL)


def asked_for(old: str, new: str, before: Iterable[Mark], after: Iterable[Mark]) -> bool:
    """Whether a caution went away, none came, and one stretch of the words is all that changed.

    The wording a caution offers is not kept, so this is as close as the record can tell.
    """
    had, has = Counter(mark.code for mark in before), Counter(mark.code for mark in after)
    was, become = _middle(old, new)
    stretch = max(len(was), len(become))
    return has < had and stretch <= STRETCH and 2 * stretch < len(old)


def same_words(old: str, new: str, names: Collection[str]) -> bool:
    """Whether both say the same, at most signed by another of `names`."""
    return old == new or unsigned(old, names) == unsigned(new, names)


def unsigned(text: str, names: Collection[str]) -> str:
    """`text` without a signature of one of `names`: the name alone on its last line, or after a dash at the end."""
    text = text.rstrip()
    for name in sorted((n.strip() for n in names if n.strip()), key=len, reverse=True):
        before = text[: -len(name)]
        if text.endswith(name) and _SIGNED.search(before):
            return before.rstrip().rstrip("-–—~/^").rstrip()
    return text


def _only_deletions(old: str, new: str) -> bool:
    left = iter(_TOKEN.findall(old))
    return all(token in left for token in _TOKEN.findall(new))


def _middle(old: str, new: str) -> tuple[str, str]:
    """What differs: both without their common beginning and end."""
    shorter = min(len(old), len(new))
    head = next((i for i in range(shorter) if old[i] != new[i]), shorter)
    tail = next((i for i in range(shorter - head) if old[-1 - i] != new[-1 - i]), shorter - head)
    return old[head : len(old) - tail], new[head : len(new) - tail]


def _changed(old: str, new: str, most: int) -> bool:
    """Whether at most `most` characters must be put in, taken out or exchanged (Levenshtein, within a band)."""
    old, new = _middle(old, new)
    if abs(len(old) - len(new)) > most:
        return False
    far = most + 1
    row = {j: j for j in range(min(most, len(new)) + 1)}
    for i, letter in enumerate(old, start=1):
        following: dict[int, int] = {}
        for j in range(max(0, i - most), min(len(new), i + most) + 1):
            exchanged = row.get(j - 1, far) + (j == 0 or new[j - 1] != letter)
            following[j] = min(row.get(j, far) + 1, following.get(j - 1, far) + 1, exchanged)
        row = following
        if min(row.values()) > most:
            return False
    return row[len(new)] <= most
