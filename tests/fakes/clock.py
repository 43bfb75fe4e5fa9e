"""A clock that a test moves: nothing here ever waits for real time."""

import asyncio
from datetime import UTC, datetime, timedelta
from heapq import heappop, heappush

from bot.nouns.time import Now

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
_TURNS = 25  # turns of the loop that let woken tasks come to rest


class FakeClock:
    """The port Clock. `wall`, `store`, `elapsed` (seconds), `boot` and `witness` may each be set by hand.

    `advance` moves them all and wakes who slept long enough; `run` does so step by step, so that a task that sleeps
    again and again wakes each time. `sleep` counts elapsed time.
    """

    def __init__(self, wall: datetime = START) -> None:
        self.wall = wall
        self.store = wall
        self.elapsed = 1_000.0
        self.boot = "boot-1"
        self.witness: datetime | None = None
        self._sleepers: list[tuple[float, int, asyncio.Future[None]]] = []
        self._count = 0

    async def now(self) -> Now:
        """All clocks as they were set."""
        return self.at

    @property
    def at(self) -> Now:
        """The same, for who cannot await."""
        return Now(wall=self.wall, store=self.store, elapsed=self.elapsed, boot=self.boot, witness=self.witness)

    def bear_witness(self, at: datetime) -> None:
        """A second machine said so just now."""
        self.witness = at

    async def sleep(self, seconds: float) -> None:
        """Until the test has moved the clock that far."""
        if seconds <= 0:
            await asyncio.sleep(0)
            return
        woken = asyncio.get_running_loop().create_future()
        self._count += 1
        heappush(self._sleepers, (self.elapsed + seconds, self._count, woken))
        await woken

    def advance(self, seconds: float) -> None:
        """All clocks go on by `seconds`; whoever slept that long wakes at the next turn of the loop."""
        self._goes_to(self.elapsed + seconds)

    def _goes_to(self, elapsed: float) -> None:
        step = timedelta(seconds=elapsed - self.elapsed)
        self.wall += step
        self.store += step
        self.elapsed = elapsed
        if self.witness is not None:
            self.witness += step
        while self._sleepers and self._sleepers[0][0] <= self.elapsed:
            _, _, woken = heappop(self._sleepers)
            if not woken.done():
                woken.set_result(None)

    async def run(self, seconds: float) -> None:
        """Go on by `seconds`, stopping at every moment when somebody wakes, until they have come to rest."""
        end = self.elapsed + seconds
        await self.settle()
        while (asleep := self._next()) is not None and asleep <= end:
            self._goes_to(max(asleep, self.elapsed))  # to the bit: a moment before it nobody wakes
            await self.settle()
        self._goes_to(max(end, self.elapsed))
        await self.settle()

    async def settle(self) -> None:
        """Let every task that can go on without time passing do so."""
        for _ in range(_TURNS):
            await asyncio.sleep(0)

    def reboot(self, boot: str = "boot-2") -> None:
        """The machine starts again: elapsed begins at nothing, nobody bears witness. Sleepers are lost with it."""
        self.boot, self.elapsed, self.witness = boot, 0.0, None
        for _, _, woken in self._sleepers:
            woken.cancel()
        self._sleepers.clear()

    def _next(self) -> float | None:
        while self._sleepers and self._sleepers[0][2].done():
            heappop(self._sleepers)
        return self._sleepers[0][0] if self._sleepers else None
