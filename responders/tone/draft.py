"""A draft made ready for reading: the same length as written, so that every span is one of the author's own text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.nouns.caution import Reading
from responders.tone.complaint import complains, friendly

_STRAIGHT = str.maketrans({"’": "'", "‘": "'", "´": "'", "“": '"', "”": '"', "\u00a0": " ", "\u2011": "-"})
_LINK = re.compile(r"https?://\S+|\bwww\.\S+")
_HANDLE = re.compile(r"(?<![\w.])@\w+(?:[.@]\w+)*")
_PART = re.compile(
    r"\.{0,3}\s?\(?\b\d{1,2}\s?/\s?\d{1,2}\b\)?\.?(?=\s*\Z)|^\s*\W{0,3}\(?\d{1,2}\s?/\s?\d{1,2}\b\)?|^\W{0,2}\d:(?=\s)"
)
_MARKED_NAME = re.compile(r"(?:(?<=\s)|(?<=[.!?,)])|(?<=/\d))[\^*/~_–—-]{1,2}\s?[^\W\d_][\w.' ]{0,24}$")
_PLAIN_NAME = re.compile(r"(?:(?<=[.!?]\s)|(?<=\n))[^\W\d_a-z][^\W\d_]{1,15}(?: [^\W\d_a-z][^\W\d_]{0,15})?\.?$")
# It begins where the signs begin, so that a long row of them is looked through once, not once from each of them.
_BREAK = re.compile(r"(?<![.!?…])[.!?…]+(?=\s|$)|\n+")


@dataclass(frozen=True, slots=True)
class Draft:
    """`low` is `text` in lower case with handles, links, part markers and signature blanked out; both are equally long.

    `sentences` are spans of `low`. `complaint`: they plainly complain; `playful`: plainly they don't; else doubt.
    """

    reading: Reading
    text: str
    low: str
    sentences: tuple[tuple[int, int], ...]
    signature: str
    linked: bool
    part: bool
    complaint: bool
    playful: bool

    def around(self, at: int) -> tuple[int, int]:
        """The span of the sentence that holds position `at`."""
        return next(span for span in self.sentences if span[0] <= at < span[1])

    def said(self, span: tuple[int, int]) -> str:
        """The lowered words of a span."""
        return self.low[span[0] : span[1]]


def prepare(reading: Reading) -> Draft:
    """Everything the families of cautions look at, computed once."""
    text = reading.text
    plain = _without(_HANDLE, _without(_LINK, text.translate(_STRAIGHT)))
    unparted = _without(_PART, plain)
    signature = _signature(unparted)
    bare = unparted if signature is None else unparted[: signature[0]].ljust(len(text))
    again = _without(_PART, bare)
    return Draft(
        reading=reading,
        text=text,
        low=_lower(again),
        sentences=tuple(_sentences(again)),
        signature=text[signature[0] : signature[1]] if signature else "",
        linked=_LINK.search(text) is not None,
        part=unparted != plain or again != bare,
        complaint=_complaint(reading, again) if reading.complains is None else reading.complains,
        playful=friendly(reading.mention) if reading.complains is None else not reading.complains,
    )


_REGRETS = re.compile(
    r"\b(?:sorry|apolog\w+|unfortunately|regret|(?:your|the) frustrat\w+|inconvenience)\b", re.IGNORECASE
)


def _complaint(reading: Reading, words: str) -> bool:
    """Their words tell; where they don't, our own regret does."""
    return complains(reading.mention) or reading.mention.strip() != "" and _REGRETS.search(words) is not None


def _without(pattern: re.Pattern[str], text: str) -> str:
    return pattern.sub(lambda found: " " * len(found.group()), text)


def _signature(text: str) -> tuple[int, int] | None:
    kept = text.rstrip()
    found = _MARKED_NAME.search(kept[-30:]) or _PLAIN_NAME.search(kept[-34:])
    return None if found is None else (len(kept) - len(found.group()), len(kept))


def _lower(text: str) -> str:
    """Lower case of the same length: the few letters that would grow stay as they are."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for end in [*(found.end() for found in _BREAK.finditer(text)), len(text)]:
        words = text[start:end]
        if words.strip():
            yield start + len(words) - len(words.lstrip()), start + len(words.rstrip())
        start = end
