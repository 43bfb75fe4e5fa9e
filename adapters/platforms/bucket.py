"""A token bucket: so many at once, so many a second after that."""


class Bucket:
    """Time is handed in: seconds on any clock that only goes forward."""

    __slots__ = ("_at", "_burst", "_level", "_rate")

    def __init__(self, rate: float, burst: float) -> None:
        self._rate = rate
        self._burst = burst
        self._level = burst
        self._at: float | None = None

    def take(self, now: float, count: float = 1.0) -> float:
        """0 if `count` were taken; otherwise the seconds after which it is worth another try, and nothing was taken."""
        if self._at is not None and now > self._at:
            self._level = min(self._burst, self._level + (now - self._at) * self._rate)
        self._at = now
        wanted = min(count, self._burst)
        if self._level >= wanted:
            self._level -= wanted
            return 0.0
        return (wanted - self._level) / self._rate
