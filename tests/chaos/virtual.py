"""Time that passes only when nothing else is left to do, and processes in it that end or pause at any await.

A process is a root task and everything it starts. `Process.crash_at(n)` ends it for good before its n-th step: nothing
that comes after is done, and nobody tidies up, as after kill -9. `pause_at(n, seconds)` stops every task of it for so
long, as SIGSTOP, a virtual machine that is moved, or a long collection of garbage does; the world goes on meanwhile.
"""

import asyncio
import selectors
from collections.abc import Callable, Coroutine, Generator, Iterator
from contextlib import contextmanager
from contextvars import Context, ContextVar, copy_context
from typing import Any, TypeVar

from tests.fakes.clock import FakeClock

T = TypeVar("T")
_PROCESS: ContextVar["Process | None"] = ContextVar("process", default=None)


class _Selector(selectors.DefaultSelector):
    """Never waits: where the loop would, its time goes on."""

    def __init__(self) -> None:
        super().__init__()
        self.idle: Callable[[float], None] = lambda seconds: None

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        """What is ready now; where nothing is, time passes."""
        if timeout is None:
            raise RuntimeError("everything sleeps for ever")
        if timeout > 0:
            self.idle(timeout)
        return super().select(0)


class VirtualLoop(asyncio.SelectorEventLoop):
    """`moved` are told by how many seconds its time went on."""

    def __init__(self) -> None:
        self._at = 0.0
        selector = _Selector()
        super().__init__(selector)
        selector.idle = self.advance
        self.moved: list[Callable[[float], None]] = []
        self.set_task_factory(_task)

    def time(self) -> float:
        """Virtual seconds since it began."""
        return self._at

    def advance(self, seconds: float) -> None:
        """So much time passes at once."""
        self._at += seconds
        for told in self.moved:
            told(seconds)


def simulated(work: Callable[[], Coroutine[Any, Any, T]]) -> T:
    """Run one trial in a loop of virtual time, and end whatever is left of it."""
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        return runner.run(work())


class VirtualClock(FakeClock):
    """The port Clock by the running VirtualLoop. Its clocks may be set apart by hand, as those of a FakeClock."""

    def __init__(self) -> None:
        super().__init__()
        loop = asyncio.get_running_loop()
        assert isinstance(loop, VirtualLoop)
        self._loop = loop
        loop.moved.append(super().advance)

    async def sleep(self, seconds: float) -> None:
        """Until so much time has passed."""
        await asyncio.sleep(max(0.0, seconds))

    def advance(self, seconds: float) -> None:
        """Let time pass at once."""
        self._loop.advance(seconds)


class Process:
    """What runs under one process id. `steps` counts how often any task of it went on."""

    def __init__(self) -> None:
        self.steps = 0
        self.dead = False
        self.paused = False
        self.slept = 0.0
        self._crash: int | None = None
        self._pause: tuple[int, float] | None = None
        self._parked: list[asyncio.Future[None]] = []
        self._tasks: set[asyncio.Task[Any]] = set()

    def start(self, work: Coroutine[Any, Any, T]) -> "asyncio.Task[T]":
        """Begin its root task, or one more."""
        context = copy_context()
        context.run(_PROCESS.set, self)
        task = asyncio.get_running_loop().create_task(work, context=context)
        self.adopt(task)
        return task

    def crash_at(self, step: int) -> None:
        """End it before so many more steps."""
        self._crash = self.steps + step

    def pause_at(self, step: int, seconds: float) -> None:
        """Stop it before so many more steps, for so long."""
        self._pause = (self.steps + step, seconds)

    def kill(self) -> None:
        """It ends here."""
        self.dead = True

    async def bury(self) -> None:
        """Once the trial is judged: end its tasks in an orderly way, so that none is left over."""
        self.dead = self.paused = False
        self._crash = self._pause = None
        self._wake()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    # -- for its tasks

    def adopt(self, task: "asyncio.Task[Any]") -> None:
        """A task of it."""
        if task in self._tasks:
            return
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def runs(self) -> bool:
        """Whether its next step may be done."""
        if not (self.dead or self.paused):
            self.steps += 1
            self.dead = self._crash is not None and self.steps >= self._crash
            if self._pause is not None and self.steps >= self._pause[0]:
                self._stop(self._pause[1])
        return not (self.dead or self.paused)

    def park(self) -> "asyncio.Future[None]":
        """What a task waits for that may not go on."""
        gate = asyncio.get_running_loop().create_future()
        self._parked.append(gate)
        return gate

    def _stop(self, seconds: float) -> None:
        self._pause, self.paused, self.slept = None, True, seconds
        asyncio.get_running_loop().call_later(seconds, self._go_on, context=Context())

    def _go_on(self) -> None:
        self.paused = False
        self._wake()

    def _wake(self) -> None:
        parked, self._parked = self._parked, []
        for gate in parked:
            if not gate.done():
                gate.set_result(None)


class _Stepped(Coroutine[Any, Any, Any]):
    """A coroutine that goes on only while its process does."""

    def __init__(self, inner: Coroutine[Any, Any, Any], process: Process) -> None:
        self._inner = inner
        self._process = process
        self._gate: Iterator[Any] | None = None
        self._thrown: BaseException | None = None

    def send(self, value: Any) -> Any:
        """One step of it, or none."""
        if not self._process.runs():
            return self._park()
        self._gate = None
        thrown, self._thrown = self._thrown, None
        if thrown is not None:
            return self._inner.throw(thrown)
        return self._inner.send(value)

    def throw(self, kind: Any, value: Any = None, trace: Any = None) -> Any:
        """Being cancelled waits for the process, too."""
        self._thrown = kind if isinstance(kind, BaseException) else (value or kind())
        return self.send(None)

    def close(self) -> None:
        """As a coroutine."""
        self._inner.close()

    def __await__(self) -> Generator[Any, Any, Any]:
        return self._inner.__await__()

    def _park(self) -> Any:
        self._gate = iter(self._process.park().__await__())
        return next(self._gate)


def _task(loop: asyncio.AbstractEventLoop, work: Any, **more: Any) -> "asyncio.Task[Any]":
    context: Context | None = more.get("context")
    process = context.get(_PROCESS) if context is not None else _PROCESS.get()
    if process is None:
        return asyncio.Task(work, loop=loop, **more)
    task = asyncio.Task(_Stepped(work, process), loop=loop, **more)
    process.adopt(task)
    return task


@contextmanager
def outside() -> Iterator[None]:
    """What is begun in here belongs to no process: the world outside."""
    token = _PROCESS.set(None)
    try:
        yield
    finally:
        _PROCESS.reset(token)
