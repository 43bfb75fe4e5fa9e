"""The free-space floor: a store that fsyncs every write exits on a full disk, so we stop writing before that."""

import os
from collections.abc import Callable
from pathlib import Path

from bot.errors import StoreAway, StoreFull

FLOOR = 64 * 1024 * 1024
# Seconds an answer of the file system is trusted, far from the floor and near it. The server rewrites its files now
# and then, and takes as much again while it does: hundreds of MB a second on a fast disk.
_FAR = 0.25
_NEAR = 0.01
_NEARBY = 4  # times the floor
_MB = 1024 * 1024


def free_bytes(folder: Path) -> int:
    """Bytes that an ordinary user may still write where `folder` lies."""
    found = os.statvfs(folder)
    return found.f_bavail * found.f_frsize


class Space:
    """`require()` before every write costs next to nothing: the file system is asked every 250 ms at most, every 10 ms
    while less than four times the floor is free.

    `floor` is in bytes. `elapsed` gives seconds that only grow; `free` gives free bytes.
    """

    def __init__(
        self,
        folder: Path,
        floor: int,
        elapsed: Callable[[], float],
        free: Callable[[Path], int] = free_bytes,
    ) -> None:
        self._folder = folder
        self._floor = floor
        self._elapsed = elapsed
        self._ask = free
        self._asked: float | None = None
        self._free = 0

    def free(self) -> int:
        """Free bytes, as a recent look found them. Raises StoreAway where the folder cannot be looked at."""
        now = self._elapsed()
        if self._asked is None or now - self._asked >= self._trusted():
            try:
                self._free = self._ask(self._folder)
            except OSError as error:
                raise StoreAway(f"The store's folder cannot be looked at: {error.strerror}.") from error
            self._asked = now
        return self._free

    def _trusted(self) -> float:
        return _FAR if self._free >= _NEARBY * self._floor else _NEAR

    def require(self) -> None:
        """Raise StoreFull, saying so in words, while less than the floor is free."""
        free = self.free()
        if free < self._floor:
            raise StoreFull(
                f"Only {free // _MB} MB are free where the store lies, and {self._floor // _MB} MB are kept back, "
                "so nothing new is stored. Free some space; it goes on by itself."
            )

    @property
    def trouble(self) -> str | None:
        """The sentence for the page and for health, or None while all is well."""
        try:
            self.require()
        except StoreAway as away:
            return str(away)
        return None
