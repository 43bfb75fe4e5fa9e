"""Phrases that mean the same thing, and what the second reader says about them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from bot.nouns.caution import Caution, Level
from responders.tone.draft import Draft


@dataclass(frozen=True, slots=True)
class Group:
    """`excuse` clears a sentence in which it occurs; with `after` false, only up to 25 code points before the phrase.

    `whole` marks the sentence instead of the phrase alone. `said` and `excuse` are regular expressions, compiled when a
    draft is first read: there are more than a hundred, and a start should not wait for them.
    """

    level: Level
    because: str
    instead: str | None
    said: str
    excuse: str
    whole: bool
    after: bool


def group(
    because: str,
    instead: str | None,
    *phrases: str,
    level: Level,
    excuse: str = "",
    whole: bool = True,
    after: bool = True,
) -> Group:
    """Phrases (regular expressions over lower-case text; each starts and ends at a word's edge)."""
    return Group(level, because, instead, rf"(?<!\w)(?:{'|'.join(phrases)})(?!\w)", excuse, whole, after)


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """A regular expression, ready; made at its first use and kept."""
    return re.compile(pattern)


def find_groups(code: str, groups: Sequence[Group], draft: Draft) -> Iterator[Caution]:
    """A caution for every place where a group's words stand, unless its sentence excuses them."""
    for one in groups:
        for found in compiled(one.said).finditer(draft.low):
            sentence = draft.around(found.start())
            if not one.excuse or not compiled(one.excuse).search(_near(one, draft, sentence, found)):
                span = (sentence[0], max(sentence[1], found.end())) if one.whole else found.span()
                yield Caution(code=code, level=one.level, span=span, because=one.because, instead=one.instead)


def _near(one: Group, draft: Draft, sentence: tuple[int, int], found: re.Match[str]) -> str:
    if one.after:
        return draft.said(sentence)
    return draft.said((max(sentence[0], found.start() - 25), found.end()))
