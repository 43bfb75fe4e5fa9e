"""The one place where a failure of the store becomes StoreAway or StoreFull, in our own words.

The client library's texts are not passed on: they may name hosts, users or the command at work.

It is also the one place that limits how long we wait. The library's own `socket_timeout` must stay off: it wraps
every send in asyncio.wait_for, which before Python 3.12 swallows a cancellation that arrives as the send ends (seen
with 5.2 and 8.1: 20 to 86 of 100 writers in a loop could not be cancelled), and it costs a task a command.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from contextvars import ContextVar

from redis import exceptions as failed

from bot.errors import StoreAway, StoreFull

_FULL = "The store has no room left, so nothing new is stored."
_LOST = "The store does not answer. What was just asked of it may or may not have been stored."
_LATE = "The store did not answer in time. What was just asked of it may or may not have been stored."
_KEY = "The store refuses our user name or password."
_RIGHTS = "The store does not allow us a command we need; see its access rules (ACL)."
_REPLICA = "The store we reach is a replica and takes no writes."
_LOADING = "The store is still reading its files."
_DOWN = "A part of the store's cluster is down."

_PIPED = "of pipeline caused error: "

#: Seconds for an answer.
ANSWER = 5.0


_patience: ContextVar[float | None] = ContextVar("patience", default=None)


def whole_patience() -> float | None:
    """How many seconds an answer is waited for in all, here; None: for ever."""
    return _patience.get()


@asynccontextmanager
async def away(patience: float | None = ANSWER) -> AsyncIterator[None]:
    """Around every use of a client. Raises StoreAway, or StoreFull; a fault of our own passes unchanged.

    After `patience` seconds what was asked is given up, and its connection with it. None: wait for ever.
    """
    before = _patience.get()
    _patience.set(patience)
    try:
        async with asyncio.timeout(patience):
            yield
    except (failed.RedisError, failed.RedisClusterException, OSError) as error:
        if (known := _translate(error)) is None:
            raise
        raise known from error
    finally:
        _patience.set(before)


def _translate(error: Exception) -> StoreAway | None:
    match error:
        case failed.OutOfMemoryError():
            return StoreFull(_FULL)
        case failed.BusyLoadingError():
            return StoreAway(_LOADING)
        case failed.AuthenticationError() | failed.AuthorizationError():
            return StoreAway(_KEY)
        case failed.NoPermissionError():
            return StoreAway(_RIGHTS)
        case failed.ReadOnlyError():
            return StoreAway(_REPLICA)
        case failed.ClusterError() | failed.TryAgainError() | failed.AskError() | failed.RedisClusterException():
            return StoreAway(_DOWN)
        case failed.TimeoutError() | TimeoutError():
            return StoreAway(_LATE)
        case failed.ConnectionError() | OSError():
            return StoreAway(_LOST)
        case failed.ResponseError():
            return _by_code(str(error))
        case _:
            return None


def _by_code(text: str) -> StoreAway | None:
    """An answer the library has no class for. Redis 6.2 wraps what failed inside a script: `… -OOM command …`, and the
    library what failed in a pipeline: `Command # 1 (…) of pipeline caused error: ('OOM command …',)`.
    """
    text = text.rpartition(_PIPED)[2].lstrip("('\"")
    for code, (kind, words) in _CODES.items():
        if text.startswith(code) or f"-{code} " in text:
            return kind(words)
    return None


_CODES: dict[str, tuple[type[StoreAway], str]] = {
    "OOM": (StoreFull, _FULL),
    "MISCONF": (StoreFull, "The store cannot write to its disk, so nothing new is stored."),
    "READONLY": (StoreAway, _REPLICA),
    "NOREPLICAS": (StoreAway, "The store has too few replicas at hand and takes no writes."),
    "MASTERDOWN": (StoreAway, _DOWN),
    "NOAUTH": (StoreAway, _KEY),
    "BUSY": (StoreAway, "The store is held up by another script."),
    "UNBLOCKED": (StoreAway, _LOST),
}
