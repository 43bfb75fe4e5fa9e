"""Locks that vanish with the process that holds them: flock on files that are never deleted."""

import asyncio
import fcntl
import os
from pathlib import Path

from bot.errors import StoreAway

_PAUSE = 0.01


def try_alone(path: Path) -> int | None:
    """An open descriptor that holds `path` for us alone, or None while anyone else holds it. Close it to let go."""
    return _try(path, fcntl.LOCK_EX)


def is_free(path: Path) -> bool:
    """Whether nobody holds `path` at this moment."""
    if (descriptor := try_alone(path)) is None:
        return False
    os.close(descriptor)
    return True


async def join(path: Path, patience: float) -> int:
    """An open descriptor that holds `path` together with others; waits while somebody holds it alone.

    Raises StoreAway after `patience` seconds.
    """
    loop = asyncio.get_running_loop()
    until = loop.time() + patience
    while (descriptor := _try(path, fcntl.LOCK_SH)) is None:
        if loop.time() > until:
            raise StoreAway(f"Another process has been stopping the store for {patience:g} s: {path} is held.")
        await asyncio.sleep(_PAUSE)
    return descriptor


def last_out(descriptor: int) -> bool:
    """Turn a joined descriptor into one that holds its file alone; False where others are still in.

    On False the descriptor holds nothing any more (flock changes a lock by letting go first), so of several that
    leave at the same moment exactly one, the last to ask, is told True.
    """
    return _lock(descriptor, fcntl.LOCK_EX)


def _try(path: Path, how: int) -> int | None:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    if _lock(descriptor, how):
        return descriptor
    os.close(descriptor)
    return None


def _lock(descriptor: int, how: int) -> bool:
    try:
        fcntl.flock(descriptor, how | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
