"""Staying away from the invalid requests rule: 10,000 answers of 401, 403 or 429 in ten minutes ban an address.

Source: Discord's documentation, topics/rate-limits. A 429 of scope `shared` does not count there, nor here.
"""

from collections import deque

#: Seconds that Discord looks back, and of how many invalid answers we allow ourselves: a fifth of its ten thousand.
WINDOW = 600.0
MOST = 2_000

_INVALID = frozenset({401, 403, 429})


class Invalid:
    """Counts invalid answers. `rest` says how long nothing more may be asked.

    `note` takes no time, so that it can be called where nothing may be awaited; what it noted counts from the next
    look at `rest` on.
    """

    def __init__(self) -> None:
        self._fresh = 0
        self._at: deque[float] = deque()

    def note(self, status: int, scope: str = "") -> None:
        """An answer came. `scope` is its X-RateLimit-Scope."""
        if status in _INVALID and scope != "shared":
            self._fresh += 1

    def count(self, elapsed: float) -> int:
        """How many there were in the last ten minutes, at `elapsed` seconds of the clock."""
        self._at.extend([elapsed] * self._fresh)
        self._fresh = 0
        while self._at and self._at[0] <= elapsed - WINDOW:
            self._at.popleft()
        return len(self._at)

    def rest(self, elapsed: float) -> float:
        """Seconds to wait before the next request; 0 as long as there are few."""
        over = self.count(elapsed) - MOST
        return 0.0 if over < 0 else self._at[over] + WINDOW - elapsed
