"""How alike two texts are: the same author again, or a wave that was copied and pasted.

Handles, links, numbers, marks and emoji are left out: a wave differs in those.
"""

from collections.abc import Iterable
from zlib import crc32

from bot.listening.tokens import cut

LENGTH = 3
"""Words in a shingle."""

SAME = 0.8
"""Likeness from which two texts say the same thing."""

_LANES = 64
_BITS = 12  # a lane counts up to 4095 shingles; the cap on what is looked at allows fewer
_SPREAD = tuple(sum(((byte >> bit) & 1) << (bit * _BITS) for bit in range(8)) for byte in range(256))
_LANE = (1 << _BITS) - 1


def shingles(text: str) -> frozenset[int]:
    """Hashes of every three words in a row; a shorter text is one shingle, one without words none."""
    kept = [token for token in cut(text).tokens if token[0].isalpha()]
    rows = zip(kept, kept[1:], kept[2:], strict=False) if len(kept) >= LENGTH else [tuple(kept)] if kept else []
    return frozenset(_hash(" ".join(row)) for row in rows)


def likeness(one: str, other: str) -> float:
    """0 to 1: the part of the shingles that both texts have (Jaccard). Two texts without words: 0."""
    mine, theirs = shingles(one), shingles(other)
    return len(mine & theirs) / len(mine | theirs) if mine and theirs else 0.0


def fingerprint(text: str) -> int:
    """64 bits (simhash): texts that are alike differ in few of them. 0 for a text without words."""
    return fingerprint_of(shingles(text))


def fingerprint_of(hashes: Iterable[int]) -> int:
    """The fingerprint of shingles that were made already."""
    listed = list(hashes)
    lanes = [0] * (_LANES // 8)
    for hashed in listed:
        for at, byte in enumerate(hashed.to_bytes(8, "little")):
            lanes[at] += _SPREAD[byte]
    bits = 0
    for lane in range(_LANES):
        ones = (lanes[lane // 8] >> (lane % 8 * _BITS)) & _LANE
        bits |= (ones * 2 > len(listed)) << lane
    return bits


def apart(one: int, other: int) -> int:
    """In how many of the 64 bits two fingerprints differ; below 12 they are near-copies."""
    return (one ^ other).bit_count()


def _hash(shingle: str) -> int:
    raw = shingle.encode()
    return crc32(raw) | crc32(raw[::-1]) << 32
