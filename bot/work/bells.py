"""Bells that ring on every replica: whoever waits for a change is woken, wherever it was made."""

import asyncio
from collections.abc import Callable

from bot.ports import Timelines

#: Seconds one look at the feed waits for news.
WAIT = 2.0


class Bells:
    """`due` wakes the clockwork, `asked` the outbox; `changed` is told each incident that may look different now."""

    def __init__(
        self, *, timelines: Timelines, due: asyncio.Event, asked: asyncio.Event, changed: Callable[[str], None]
    ) -> None:
        self._timelines = timelines
        self._due = due
        self._asked = asked
        self._changed = changed

    async def run(self) -> None:
        """Listen to the feed until cancelled."""
        after = ""
        while True:
            fed = await self._timelines.feed(after, WAIT)
            if fed:
                after = fed[-1].id
                self._due.set()
                if any("send_asked" in each.kinds for each in fed):
                    self._asked.set()
                for incident in {each.incident for each in fed}:
                    self._changed(incident)  # another replica may have painted it
