"""The loop of a trial: virtual time that never stands still."""

import asyncio
from collections.abc import Callable, Coroutine
from contextvars import Context
from typing import Any, TypeVarTuple, Unpack

from tests.chaos.virtual import VirtualLoop

#: The shortest sleep. Whoever asks for less than a float can tell would else be woken in the same instant again and
#: again; a real clock goes on meanwhile.
LEAST = 1e-6

Given = TypeVarTuple("Given")


class Loop(VirtualLoop):
    """As the trials' own, and no timer is over before time has gone on."""

    def call_at(
        self,
        when: float,
        callback: Callable[[Unpack[Given]], object],
        *args: *Given,
        context: Context | None = None,
    ) -> asyncio.TimerHandle:
        """As any loop."""
        return super().call_at(max(when, self.time() + LEAST), callback, *args, context=context)


def simulated(work: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Run one trial, and end whatever is left of it."""
    with asyncio.Runner(loop_factory=Loop) as runner:
        runner.run(work())
