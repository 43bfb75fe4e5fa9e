"""What a text is taken apart into for the scorer: hashed words, letter groups, neighbours, families and its outward shape.

A part is its hash and how much it counts. Hashes are CRC-32: the same everywhere.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple
from zlib import crc32

from bot.listening.tokens import HANDLE, URL

_WORD, _PAIR, _GROUP, _FAMILY, _SHAPE = 2.0, 1.0, 0.7, 3.5, 2.0
_SHOUTED = re.compile(r"\b[A-Z]{3,}\b")

Part = tuple[int, float]


def word_parts(word: str) -> Iterator[Part]:
    """The hashed features of one word: itself, and its letters in groups of three and four."""
    yield crc("w" + word), _WORD
    if word[0].isalpha() or (word[0] == "#" and len(word) > 1):
        edged = f"<{word[:40]}>"
        for size in (3, 4):
            for start in range(len(edged) - size + 1):
                yield crc("c" + edged[start : start + size]), _GROUP


def pairs(tokens: Sequence[str]) -> Iterable[tuple[str, str]]:
    """Neighbours, the text's edges included; each pair once."""
    return dict.fromkeys(pairwise(("^", *tokens, "$")))


def pair_part(pair: tuple[str, str]) -> Iterator[Part]:
    """The hashed feature of two neighbours."""
    yield crc(f"b{pair[0]} {pair[1]}"), _PAIR


def family_parts(families: Iterable[str]) -> Iterator[Part]:
    """The hashed features of word families; one that is met twice counts as more than one that is met once."""
    counts: dict[str, int] = {}
    for name in families:
        counts[name] = counts.get(name, 0) + 1
    for name, count in counts.items():
        yield crc("l" + name), _FAMILY
        if count > 1:
            yield crc("m" + name), _SHAPE


class Shape(NamedTuple):
    """A text's outward shape, in few steps: how long, how much shouting, questions, links, handles, and whether it begins
    with one. (A tuple: one is made and looked up for every mention.)
    """

    length: int
    shouted: int
    questions: int
    cries: int
    links: int
    handles: int
    addresses: bool


def shape(text: str, tokens: Sequence[str]) -> Shape:
    """The shape of a text."""
    return Shape(
        length=min(8, len(tokens) // 4),
        shouted=min(3, len(_SHOUTED.findall(text))),
        questions=min(2, text.count("?")),
        cries=min(3, text.count("!")),
        links=min(2, tokens.count(URL)),
        handles=min(3, tokens.count(HANDLE)),
        addresses=bool(tokens) and tokens[0] == HANDLE,
    )


def shape_parts(seen: Shape) -> Iterator[Part]:
    """The hashed features of a shape."""
    yield crc(f"z{seen.length}"), _SHAPE
    yield crc(f"zc{seen.shouted}"), _SHAPE
    yield crc(f"z?{seen.questions}"), _SHAPE
    yield crc(f"z!{seen.cries}"), _SHAPE
    yield crc(f"zu{seen.links}"), _SHAPE
    yield crc(f"zm{seen.handles}"), _SHAPE
    if seen.addresses:
        yield crc("z@"), _SHAPE


def crc(feature: str) -> int:
    """32 bits: the low ones say where a feature's weight lies, the top one its sign."""
    return crc32(feature.encode())
