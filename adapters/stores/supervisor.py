"""Keeps an embedded server up: notices at once that it is gone, and starts it again with growing pauses."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from adapters.stores.ground import Ground
from adapters.stores.probe import until_gone
from bot.errors import StoreAway

_log = logging.getLogger(__name__)
_FIRST = 0.05
_LONGEST = 5.0
_SETTLED = 10.0


class Backoff:
    """How long to wait before the next start, in seconds: nothing the first time, then 0.05 doubling up to 5.

    A server that lived 10 s has settled, and the count begins anew.
    """

    def __init__(self) -> None:
        self._next = 0.0

    def after(self, lived: float) -> float:
        """The pause after a server that lived `lived` seconds, 0 for one that did not come up."""
        if lived >= _SETTLED:
            self._next = 0.0
        pause, self._next = self._next, min(max(self._next * 2, _FIRST), _LONGEST)
        return pause


class Supervisor:
    """Run as a task by every process that uses the server: whoever gets its lock starts it, the others find it up.

    `restarts` counts how often it came back; `trouble` is a sentence while it is away, else None. `rise` returns
    once the server answers. `elapsed` gives seconds that only grow.
    """

    def __init__(self, ground: Ground, rise: Callable[[Ground], Awaitable[None]], elapsed: Callable[[], float]) -> None:
        self._ground = ground
        self._rise = rise
        self._elapsed = elapsed
        self._backoff = Backoff()
        self.restarts = 0
        self.trouble: str | None = None

    async def run(self) -> None:
        """Watch and restart until cancelled."""
        while True:
            up = self._elapsed()
            await until_gone(self._ground.socket)
            await self._bring_back(self._elapsed() - up)
            self.restarts += 1
            self.trouble = None
            _log.info("The store's server answers again.")

    async def _bring_back(self, lived: float) -> None:
        self.trouble = "The store's server stopped and is being started again. Nothing that was confirmed is lost."
        _log.warning("The store's server is gone and is being started again.")
        while True:
            await asyncio.sleep(self._backoff.after(lived))
            try:
                await self._rise(self._ground)
            except (StoreAway, OSError) as error:
                self.trouble = _in_words(error)
                _log.warning("%s", self.trouble)
                lived = 0.0
            else:
                return


def _in_words(error: StoreAway | OSError) -> str:
    return str(error) if isinstance(error, StoreAway) else f"The store's folder cannot be used: {error.strerror}."
