"""What a storm's benchmark sees: who waits to be shown since when, and whether everybody has come to rest."""

import asyncio
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

from bot.nouns.events import Opened, WroteAgain
from bot.ports import Appended, Change
from tests.fakes.clock import FakeClock

_AT_REST = 4  # turns of the loop without anything under way


class Eyes:
    """Looks over the shoulders of the timelines and threads that the sorter and the painter use.

    `fresh`: seconds from the arrival of each mention to the card that shows it. `open`: conversations nobody has.
    """

    def __init__(self, clock: FakeClock) -> None:
        self._clock = clock
        self._under_way = self._written = self._read = 0
        self._waiting: dict[str, deque[tuple[int, datetime]]] = defaultdict(deque)
        self._fed, self._free = asyncio.Event(), asyncio.Event()
        self._free.set()
        self.fresh: list[float] = []
        self.own: set[str] = set()
        self.open: deque[tuple[str, str]] = deque(maxlen=1_000)

    def over(self, port: object) -> Any:
        """The same port, watched."""
        return _Watched(port, self.call)

    def beside(self, port: object) -> Any:
        """The same port; only whether something is under way there is watched."""
        return _Watched(port, self._busy)

    async def rest(self) -> None:
        """Until the painter has read all of the feed and nothing is under way."""
        still = 0
        while still < _AT_REST:
            await self._free.wait()  # no CPU is spent on waiting for the store
            while self._read < self._written:
                self._fed.clear()
                await self._fed.wait()
            await asyncio.sleep(0)
            still = still + 1 if self._free.is_set() and self._read >= self._written else 0

    async def call(self, name: str, work: Callable[..., Awaitable[Any]], args: Any, kw: Any) -> Any:
        """One call, noticed."""
        if name == "feed":
            fed = await work(*args, **kw)
            self._read += len(fed) if args[0] else 0
            self._fed.set()
            return fed
        answer = await self._busy(name, work, args, kw)
        if name == "append" and isinstance(answer, Appended) and not answer.again:
            self._appended(args[0])
        elif name == "put" and len(args) == 4:
            self._shown(args[0], args[3])
        return answer

    async def _busy(self, name: str, work: Callable[..., Awaitable[Any]], args: Any, kw: Any) -> Any:
        del name
        self._under_way += 1
        self._free.clear()
        try:
            return await work(*args, **kw)
        finally:
            self._under_way -= 1
            if not self._under_way:
                self._free.set()

    def _appended(self, change: Change) -> None:
        self._written += len(change.lines)
        for event in change.events:
            if isinstance(event, Opened | WroteAgain) and event.incident and event.conversation:
                version = change.incidents[event.incident].version
                self._waiting[event.incident].append((version, event.mention.arrived))
                if isinstance(event, Opened):
                    self.open.append((event.incident, event.conversation))
                    if event.fresh and event.mention.key.id.startswith("own-"):
                        self.own.add(event.incident)

    def _shown(self, incident: str, version: int) -> None:
        waiting = self._waiting[incident]
        while waiting and waiting[0][0] <= version:
            self.fresh.append((self._clock.wall - waiting.popleft()[1]).total_seconds())


class _Watched:
    def __init__(self, port: object, call: Callable[..., Awaitable[Any]]) -> None:
        self._port = port
        self._call = call

    def __getattr__(self, name: str) -> Any:
        work = getattr(self._port, name)

        async def called(*args: Any, **kw: Any) -> Any:
            return await self._call(name, work, args, kw)

        return called
