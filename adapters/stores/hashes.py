"""The two ways in which ids and words were ever hashed, told apart by the store's layout."""

from collections.abc import Callable
from enum import IntEnum
from hashlib import blake2b
from hmac import digest

#: What is told, and what stands for it.
Hash = Callable[[bytes], bytes]


class Layout(IntEnum):
    """How a store is laid out. It is settled when the store is begun, and stays so for as long as the store lives."""

    HMAC = 1  # begun by 0.1.0: ids and words are hashed with HMAC-SHA256
    BLAKE2B = 2  # with keyed BLAKE2b


NEWEST = max(Layout)


def keyed(layout: Layout, key: bytes, size: int) -> Hash:
    """A pseudorandom function of `size` bytes under `key`."""
    match layout:
        case Layout.HMAC:
            return lambda told: digest(key, told, "sha256")[:size]
        case Layout.BLAKE2B:
            return _blake2b(key, size)


def _blake2b(key: bytes, size: int) -> Hash:
    begun = blake2b(key=key, digest_size=size)

    def hashed(told: bytes) -> bytes:
        one = begun.copy()
        one.update(told)
        return one.digest()

    return hashed
