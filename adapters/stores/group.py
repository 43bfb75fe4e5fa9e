"""Group commit: what is asked for together is done in one step. Nobody waits for company: the first goes at once, and
whoever comes while it is on its way shares the next.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, NamedTuple, TypeVar

from bot.errors import StoreAway

T = TypeVar("T")
R = TypeVar("R")


class _Waiting(NamedTuple, Generic[T, R]):
    items: Sequence[T]
    answer: "asyncio.Future[Sequence[R]]"


class Group(Generic[T, R]):
    """`commit` does all it is given in one step and answers in order. A failure of it is told to everybody in that step.

    `most` items go into a step; more only where one request alone has more. One step is on its way at a time: two were
    measured slower, because each then holds half as much.
    """

    def __init__(self, commit: Callable[[Sequence[T]], Awaitable[Sequence[R]]], *, most: int) -> None:
        self._commit = commit
        self._most = most
        self._queue: deque[_Waiting[T, R]] = deque()
        self._working: asyncio.Task[None] | None = None

    async def put(self, items: Sequence[T]) -> Sequence[R]:
        """Once they are done. Whoever stops waiting doesn't take back what they asked for."""
        answer: asyncio.Future[Sequence[R]] = asyncio.get_running_loop().create_future()
        self._queue.append(_Waiting(items, answer))
        if self._working is None:
            self._working = asyncio.create_task(self._work())
        return await answer

    async def _work(self) -> None:
        try:
            while self._queue:
                await self._step(self._together())
        finally:
            # Here and not in a callback: between the last look at the queue and this there is no turn of the loop in
            # which somebody could ask, see us working, and wait for ever.
            self._working = None

    def _together(self) -> list[_Waiting[T, R]]:
        chosen = [self._queue.popleft()]
        count = len(chosen[0].items)
        while self._queue and (count := count + len(self._queue[0].items)) <= self._most:
            chosen.append(self._queue.popleft())
        return chosen

    async def _step(self, chosen: Sequence[_Waiting[T, R]]) -> None:
        try:
            answers = await self._commit([item for waiting in chosen for item in waiting.items])
        except StoreAway as error:  # an error of its own for each: one that is raised twice grows its traceback
            for waiting in chosen:
                _tell(waiting, type(error)(*error.args))
        except BaseException as error:
            for waiting in chosen:
                _tell(waiting, error)
            if not isinstance(error, Exception):
                raise
        else:
            at = 0
            for waiting in chosen:
                _tell(waiting, answers[at : at + len(waiting.items)])
                at += len(waiting.items)


def _tell(waiting: _Waiting[T, R], answer: Sequence[R] | BaseException) -> None:
    if waiting.answer.done():
        return
    if isinstance(answer, BaseException):
        waiting.answer.set_exception(answer)
    else:
        waiting.answer.set_result(answer)
