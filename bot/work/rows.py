"""Work that is done one after the other within a row, and side by side between rows: a row that hangs holds up no other."""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from typing import Any

from bot.work.waiting import end_all


class Rows:
    """Made by `rows`. Each row has a name, and does one thing at a time."""

    def __init__(self) -> None:
        self.busy: dict[str, asyncio.Task[None]] = {}

    def begin(self, name: str, work: Coroutine[Any, Any, None]) -> None:
        """Do that in the row of this name, which must not be busy."""
        assert name not in self.busy
        self.busy[name] = asyncio.create_task(work)

    async def over(self) -> bool:
        """Until nobody is busy any more; whether all ended well."""
        if self.busy:
            await asyncio.wait(self.busy.values())
        return not any(task.cancelled() or task.exception() for task in self.busy.values())

    async def heard(self) -> None:
        """Forget the rows that are through. Raises the error of one that ended with one."""
        for name in [name for name, task in self.busy.items() if task.done()]:
            await self.busy.pop(name)


@asynccontextmanager
async def rows() -> AsyncIterator[Rows]:
    """Nobody is busy at first, and nobody is left at the end: whoever still is is broken off, with the time that it needs."""
    made = Rows()
    try:
        yield made
    finally:
        await end_all(made.busy.values())
