"""Small words: how untrusted text is shortened for a screen, and how counts and lengths are said."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import timedelta

# It begins where the signs begin, so that a long row of them is looked through once, not once from each of them.
_SENTENCE_END = re.compile(r"(?<![.!?…。！？])[.!?…。！？]+[\"'”’)]*(?=\s|$)")
_NUMBERS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve")
#: A headline shows so many of somebody's words at the most, in so many characters.
_WORDS, _CHARACTERS = 8, 70
#: Joiners that some scripts and signs need; every other unseen sign is dropped.
_JOINERS = "\u200c\u200d"


def plain(text: str) -> str:
    """One line without unseen signs: what a headline or a list may show of somebody's words."""
    seen = (" " if char.isspace() else char for char in text if _seen(char))
    return " ".join("".join(seen).split())


def _seen(char: str) -> bool:
    return char.isspace() or char in _JOINERS or unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Co", "Cn")


def excerpt(text: str, limit: int = 400) -> tuple[str, bool]:
    """The first `limit` characters, cut at a sentence's end (else at a word's), and whether anything was left out."""
    whole = text.strip()
    if len(whole) <= limit:
        return whole, False
    head = whole[: limit + 1]
    ends = [found.end() for found in _SENTENCE_END.finditer(head) if limit // 3 <= found.end() <= limit]
    if ends:
        return head[: ends[-1]], True
    return _at_word(head[:limit]) + "…", True


def _at_word(head: str) -> str:
    cut = head.rfind(" ", len(head) // 2)
    return (head[:cut] if cut > 0 else head).rstrip()


def first_words(text: str) -> str:
    """The first words in quotes, as a headline shows them. '' where there are none."""
    whole = plain(text)
    words = whole.split(" ")
    short = " ".join(words[:_WORDS])
    if len(short) > _CHARACTERS:
        short = _at_word(short[:_CHARACTERS])
    if not short:
        return ""
    return f"“{short}…”" if short != whole else f"“{short}”"


def number(count: int) -> str:
    """A count as a sentence begins with it: words up to twelve."""
    return _NUMBERS[count] if count < len(_NUMBERS) else str(count)


def counted(count: int, one: str, many: str = "") -> str:
    """ "one person", "three people": a count with its noun, in small letters."""
    return f"{number(count).lower()} {one if count == 1 else many or one + 's'}"


def times(count: int) -> str:
    """Once, twice, three times."""
    return {1: "once", 2: "twice"}.get(count, f"{number(count).lower()} times")


def lasting(length: timedelta) -> str:
    """A length as people say it: "under a minute", "6 min", "2 h", "3 days"."""
    minutes = int(length.total_seconds() // 60)
    if minutes < 1:
        return "under a minute"
    if minutes < 120:
        return f"{minutes} min"
    return f"{minutes // 60} h" if minutes < 48 * 60 else f"{minutes // (24 * 60)} days"


def listed(names: Sequence[str]) -> str:
    """Ana, Ben and Kim."""
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)


def short(count: int) -> str:
    """A large count, shortened: 950, 1.2k, 3.4m."""
    if count < 1000:
        return str(count)
    size, sign = (1_000_000, "m") if count >= 1_000_000 else (1000, "k")
    tenths = count * 10 // size
    return f"{tenths // 10}.{tenths % 10}{sign}" if tenths % 10 and tenths < 1000 else f"{tenths // 10}{sign}"
