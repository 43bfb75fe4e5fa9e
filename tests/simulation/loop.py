"""The loop of a trial: virtual time that never stands still."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from tests.chaos.virtual import VirtualLoop

#: The least that time goes on by. Whoever sleeps for less than a float can tell would else be woken in the same instant
#: again and again; a real clock goes on meanwhile.
LEAST = 1e-6


class Loop(VirtualLoop):
    """As the trials' own."""

    def advance(self, seconds: float) -> None:
        """So much time passes at once."""
        super().advance(max(seconds, LEAST))


def simulated(work: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Run one trial, and end whatever is left of it."""
    with asyncio.Runner(loop_factory=Loop) as runner:
        runner.run(work())
