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
        self.fresh: list[float] = []
        self.own: set[str] = set()
        self.open: deque[tuple[str, str]] = deque(maxlen=1_000)

    def over(self, port: object) -> Any:
        """The same port, watched."""
        return _Watched(port, self)

    async def rest(self) -> None:
        """Until the painter has read all of the feed and nothing is under way."""
        still = 0
        while still < _AT_REST:
            await asyncio.sleep(0)
            still = still + 1 if self._under_way == 0 and self._read >= self._written else 0

    async def call(self, name: str, work: Callable[..., Awaitable[Any]], args: Any, kw: Any) -> Any:
        """One call, noticed."""
        if name == "feed":
            fed = await work(*args, **kw)
            self._read += len(fed) if args[0] else 0
            return fed
        self._under_way += 1
        try:
            answer = await work(*args, **kw)
            if name == "append" and isinstance(answer, Appended) and not answer.again:
                self._appended(args[0])
            elif name == "put" and len(args) == 4:
                self._shown(args[0], args[3])
            return answer
        finally:
            self._under_way -= 1

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
    def __init__(self, port: object, eyes: Eyes) -> None:
        self._port = port
        self._eyes = eyes

    def __getattr__(self, name: str) -> Any:
        work = getattr(self._port, name)

        async def called(*args: Any, **kw: Any) -> Any:
            return await self._eyes.call(name, work, args, kw)

        return called
