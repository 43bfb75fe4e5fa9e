"""The machines that the house stands on, and their clocks. The true time is the loop's."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from adapters.clock import RealClock
from tests.fakes.clock import START


class Machine:
    """`wall`: by so many seconds its clock is wrong. `booted`: the true time of its last start, by its name."""

    def __init__(self, name: str, true: Callable[[], float]) -> None:
        self.name = name
        self.wall = 0.0
        self.booted: dict[str, float] = {}
        self._true = true
        self._boots = 0
        self.reboot()

    def reboot(self) -> None:
        """The time since boot begins anew."""
        self._boots += 1
        # A machine that stands there has been running for a while.
        self.booted[self.boot] = self._true() - (1_000.0 if self._boots == 1 else 0.0)

    @property
    def boot(self) -> str:
        """What names this boot of it."""
        return f"{self.name}-{self._boots}"

    def at(self) -> datetime:
        """What its clock on the wall shows."""
        return START + timedelta(seconds=self._true() + self.wall)

    def elapsed(self) -> float:
        """Seconds since it booted."""
        return self._true() - self.booted[self.boot]

    def clock(self, store_time: Callable[[], Awaitable[datetime]]) -> RealClock:
        """The product's own clock, on this machine."""
        return RealClock(store_time, self.elapsed, self.at, self.boot)
