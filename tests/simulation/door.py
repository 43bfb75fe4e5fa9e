"""How squares tell us by themselves: each entry of a feed, again and again until it is answered 200."""

import asyncio
import random
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bot.nouns.mention import Heard, News
from bot.nouns.team import Refusal
from tests.simulation.platform import news_of
from tests.simulation.replica import Replica
from tests.simulation.square import Square
from tests.simulation.trace import Trace

#: So long a sender waits for an answer, in seconds.
PATIENCE = 8.0


class Door:
    """`told`: what was answered 200, by square and id. Two entries may overtake each other, as webhooks do."""

    def __init__(
        self, squares: Sequence[Square], replicas: Callable[[], list[Replica]], dice: random.Random, trace: Trace
    ) -> None:
        self._squares = squares
        self._replicas = replicas
        self._dice = dice
        self._trace = trace
        self._pushing: set[asyncio.Task[None]] = set()

    @property
    def waiting(self) -> int:
        """So many entries were not answered 200 yet."""
        return len(self._pushing)

    async def goes_on(self) -> None:
        """Until cancelled."""
        sent = dict.fromkeys((square.shape for square in self._squares), 0)
        while True:
            for square in self._squares:
                for entry in square.happened[sent[square.shape] :]:
                    self._push(square.shape.value, entry)
                sent[square.shape] = len(square.happened)
            await asyncio.sleep(0.2)

    def _push(self, platform: str, entry: Mapping[str, Any]) -> None:
        task = asyncio.create_task(self._until_taken(platform, entry))
        self._pushing.add(task)
        task.add_done_callback(self._pushing.discard)

    async def _until_taken(self, platform: str, entry: Mapping[str, Any]) -> None:
        news = news_of(platform, entry)
        while not await self._once(news):
            await asyncio.sleep(self._dice.uniform(0.5, 3.0))
        self._trace(platform, f"answered 200 for {entry['id']}")
        if self._dice.random() < 0.1:  # their own records of it were lost
            await self._once(news)

    async def _once(self, news: News) -> bool:
        self._trace.events += 1
        await asyncio.sleep(self._dice.random() * 0.05)
        up = [each for each in self._replicas() if each.up]
        if not up:
            return False
        replica = self._dice.choice(up)
        task = replica.process.start(_hears(replica, news))
        await asyncio.wait({task}, timeout=PATIENCE)
        return task.done() and not task.cancelled() and not isinstance(task.result(), Refusal)


async def _hears(replica: Replica, news: News) -> Sequence[Heard] | Refusal:
    return await replica.running.hear_news([news], None)
