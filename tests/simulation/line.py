"""The line between a process and what it asks: it takes time, it breaks, and what was asked is done whoever asked it."""

import asyncio
import inspect
import random
from collections.abc import Callable, Coroutine
from contextvars import Context
from dataclasses import dataclass
from typing import Any

from adapters.stores.away import ANSWER
from tests.simulation.trace import Trace


@dataclass
class Traffic:
    """How it is on the lines just now. `slow`: the longest each way takes, in seconds; of a share of the questions the
    asking (`before`) or the answer (`after`) is lost, and a share (`twice`) is done twice, as when it is sent anew.

    `away`: nobody answers at all; `hangs`: then they hear of it only after their own patience.
    """

    slow: float = 0.004
    before: float = 0.0
    after: float = 0.0
    twice: float = 0.0
    away: bool = False
    hangs: bool = False


class Line:
    """`lost` makes what the asker gets where no answer comes: an error to raise, or a value."""

    def __init__(self, traffic: Traffic, dice: random.Random, trace: Trace, lost: Callable[[], Any]) -> None:
        self._traffic = traffic
        self._dice = dice
        self._trace = trace
        self._lost = lost

    async def ask(self, work: Callable[[], Coroutine[Any, Any, Any]]) -> Any:
        """Ask, and wait for the answer or for the end of patience."""
        self._trace.events += 1
        answer = asyncio.get_running_loop().create_future()
        self._send(work, answer)
        return await answer

    def _send(self, work: Callable[[], Coroutine[Any, Any, Any]], answer: "asyncio.Future[Any]") -> None:
        traffic, dice = self._traffic, self._dice
        there, back, fate = dice.random() * traffic.slow, dice.random() * traffic.slow, dice.random()
        if there + back > ANSWER:
            self._later(ANSWER, self._lose, answer)
        if fate < traffic.before:
            self._later(there, self._lose, answer)
            return
        kept = fate >= traffic.before + traffic.after
        twice = traffic.twice > 0 and dice.random() < traffic.twice
        self._later(there, self._serve, work, answer if kept else None, back, twice)
        if not kept:
            self._later(there + back, self._lose, answer)

    def _serve(
        self,
        work: Callable[[], Coroutine[Any, Any, Any]],
        answer: "asyncio.Future[Any] | None",
        back: float,
        twice: bool,
    ) -> None:
        if self._traffic.away:
            if answer is not None:
                self._later(ANSWER if self._traffic.hangs else back, self._lose, answer)
            return
        told = done(work())
        if twice:
            told = done(work())
        if answer is not None:
            self._later(back, self._tell, answer, told)

    def _lose(self, answer: "asyncio.Future[Any]") -> None:
        self._tell(answer, self._lost())

    def _tell(self, answer: "asyncio.Future[Any]", told: Any) -> None:
        if answer.done():
            return
        if isinstance(told, Exception):
            answer.set_exception(told)
        else:
            answer.set_result(told)

    def _later(self, seconds: float, do: Callable[..., None], *what: Any) -> None:
        asyncio.get_running_loop().call_later(seconds, do, *what, context=Context())


def done(work: Coroutine[Any, Any, Any]) -> Any:
    """What a fake hands back or raises; it never waits."""
    try:
        work.send(None)
    except StopIteration as end:
        return end.value
    except Exception as error:
        return error
    work.close()
    raise AssertionError("a fake that waits")


class Through:
    """Any fake over a line: whatever of it waits is asked over the line, everything else is had at once."""

    def __init__(self, inner: object, line: Line) -> None:
        self._inner = inner
        self._line = line

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._inner, name)
        if not inspect.iscoroutinefunction(found):
            return found

        async def asked(*given: Any, **named: Any) -> Any:
            return await self._line.ask(lambda: found(*given, **named))

        return asked
