"""How long to wait before asking again: doubled each time, never in step with others."""

import random
from typing import Final

#: In seconds.
FIRST: Final = 1.0
LONGEST: Final = 300.0


class Backoff:
    """`random01` gives numbers in [0, 1); a wait lies between half and the whole of its step."""

    def __init__(self, first: float = FIRST, longest: float = LONGEST, seed: int | None = None) -> None:
        self._first = first
        self._longest = longest
        self._random = random.Random(seed)
        self.failures = 0

    def next(self) -> float:
        """Seconds to wait after one more failure."""
        step = min(self._longest, self._first * 2.0 ** min(self.failures, 30))
        self.failures += 1
        return step * (0.5 + self._random.random() / 2)

    def reset(self) -> None:
        """It worked."""
        self.failures = 0
