"""Seconds that go on passing while the store, which the clock asks for its time, is away."""

from contextlib import suppress

from bot.errors import StoreAway
from bot.ports import Clock


class Ticks:
    """Elapsed seconds by the injected clock. While it cannot tell, at least what was slept through has passed."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._seen = 0.0

    async def now(self) -> float:
        """Seconds since some moment; never less than before."""
        with suppress(StoreAway):
            self._seen = max(self._seen, (await self._clock.now()).elapsed)
        return self._seen

    async def sleep(self, seconds: float) -> None:
        """At least about that long."""
        before = self._seen
        await self._clock.sleep(seconds)
        self._seen = max(self._seen, before + max(0.0, seconds))
