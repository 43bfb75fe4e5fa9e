"""Leases in memory, by the test's clock."""

from bot.errors import StoreAway
from tests.fakes.clock import FakeClock


class FakeLeases:
    """The port Leases. While `away` is set, every call raises StoreAway. `lose` ends a lease as if it ran out."""

    def __init__(self, clock: FakeClock) -> None:
        self._clock = clock
        self._held: dict[str, tuple[str, float]] = {}
        self._epochs: dict[str, int] = {}
        self.away = False

    async def take(self, name: str, holder: str, ttl_ms: int) -> int | None:
        """A new epoch, or None while another holds it."""
        self._require()
        if (standing := self._standing(name)) is not None and standing != holder:
            return None
        self._epochs[name] = self._epochs.get(name, 0) + 1
        self._held[name] = (holder, self._clock.elapsed + ttl_ms / 1000)
        return self._epochs[name]

    async def keep(self, name: str, holder: str, epoch: int, ttl_ms: int) -> bool:
        """Whether it is still held."""
        self._require()
        if self._standing(name) != holder or self._epochs[name] != epoch:
            return False
        self._held[name] = (holder, self._clock.elapsed + ttl_ms / 1000)
        return True

    async def drop(self, name: str, holder: str, epoch: int) -> None:
        """Given back, if it is still theirs."""
        self._require()
        if self._standing(name) == holder and self._epochs[name] == epoch:
            del self._held[name]

    def lose(self, name: str) -> None:
        """It has run out."""
        self._held.pop(name, None)

    def holder(self, name: str) -> str | None:
        """Who holds it now."""
        return self._standing(name)

    def _standing(self, name: str) -> str | None:
        holder, until = self._held.get(name, ("", 0.0))
        return holder if until > self._clock.elapsed else None

    def _require(self) -> None:
        if self.away:
            raise StoreAway("The store does not answer.")
