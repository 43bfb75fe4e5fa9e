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

_BYTES = 8  # of a hash, and of a fingerprint
_BITS = 12  # of a lane, which counts how many hashes have one bit; a lane's own top bit is for the end
_TOP = 1 << (_BITS - 1)  # more shingles than the cap on what is looked at allows
_SPREAD = tuple(sum(((byte >> bit) & 1) << (bit * _BITS) for bit in range(8)) for byte in range(256))
_EACH = _SPREAD[255]
_GATHERED = {spread: byte for byte, spread in enumerate(_SPREAD)}


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
    listed = [hashed.to_bytes(_BYTES, "little") for hashed in hashes]
    told = b"".join(listed)
    more_than_half = (_TOP - len(listed) // 2 - 1) * _EACH  # lifts a lane's top bit where it counted that many
    lanes = (sum(map(_SPREAD.__getitem__, told[at::_BYTES])) for at in range(_BYTES))
    return int.from_bytes([_GATHERED[(lane + more_than_half) >> (_BITS - 1) & _EACH] for lane in lanes], "little")


def apart(one: int, other: int) -> int:
    """In how many of the 64 bits two fingerprints differ; below 12 they are near-copies."""
    return (one ^ other).bit_count()


def _hash(shingle: str) -> int:
    raw = shingle.encode()
    return crc32(raw) | crc32(raw[::-1]) << 32
