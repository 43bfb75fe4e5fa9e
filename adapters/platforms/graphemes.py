"""What a reader takes for one character, near enough to count by (Unicode annex 29, without its rarer scripts)."""

import unicodedata
from collections.abc import Iterator

_JOINER = "\u200d"
_MARKS = frozenset({"Mn", "Me", "Mc"})


def clusters(text: str) -> Iterator[str]:
    """The grapheme clusters of `text`, in order."""
    current = ""
    for char in text:
        if current and _joins(current, char):
            current += char
            continue
        if current:
            yield current
        current = char
    if current:
        yield current


def is_emoji(cluster: str) -> bool:
    """Whether a cluster is shown as one picture."""
    if any(0x1F1E6 <= ord(c) <= 0x1FAFF for c in cluster):
        return True
    return "\ufe0f" in cluster or "\u20e3" in cluster or any(0x2600 <= ord(c) <= 0x27BF for c in cluster)


def _joins(current: str, char: str) -> bool:
    last, code = current[-1], ord(char)
    if last in "\r\n":
        return last == "\r" and char == "\n"
    if unicodedata.category(char) in _MARKS or char in (_JOINER, "\u200c"):
        return True
    if last == _JOINER:
        return is_emoji(char)
    if 0x1F3FB <= code <= 0x1F3FF or 0xE0020 <= code <= 0xE007F:  # skin tones, flags' tags
        return True
    if _regional(char) and _regional(last):
        return sum(map(_regional, current)) % 2 == 1
    return _hangul(ord(last), code)


def _regional(char: str) -> bool:
    return 0x1F1E6 <= ord(char) <= 0x1F1FF


def _hangul(last: int, code: int) -> bool:
    lead = 0x1100 <= last <= 0x115F
    vowel = 0x1160 <= code <= 0x11A7
    tail = 0x11A8 <= code <= 0x11FF
    return (lead and (vowel or 0x1100 <= code <= 0x115F or 0xAC00 <= code <= 0xD7A3)) or (
        (vowel or tail) and (0x1160 <= last <= 0x11FF or 0xAC00 <= last <= 0xD7A3)
    )
