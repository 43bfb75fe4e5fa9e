"""What tests hand a platform to hear with, and a clock under which nobody waits long."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from bot.nouns.mention import Cursor, Deleted, Duplicate, Edited, Heard, News, Said, Stored
from bot.nouns.team import Refusal
from bot.nouns.time import Now

_PATIENCE = 8.0
T = TypeVar("T")


class Ears:
    """An intake that remembers: `news` in order, the last `cursor`, `beats` of the heart. `deaf`: it refuses."""

    def __init__(self) -> None:
        self.news: list[News] = []
        self.cursor: Cursor | None = None
        self.beats = 0
        self.deaf: Refusal | None = None
        self.refused = 0
        self._keys: set[str] = set()
        self._heard = asyncio.Event()

    async def __call__(self, news: Sequence[News], cursor: Cursor | None) -> Sequence[Heard] | Refusal:
        """`hear`, as the port has it."""
        self._heard.set()
        if self.deaf is not None:
            self.refused += 1
            return self.deaf
        self.beats += not news
        self.cursor = cursor or self.cursor
        return [self._one(each) for each in news]

    def _one(self, news: News) -> Heard:
        key = _key(news)
        if key in self._keys:
            return Duplicate()
        self._keys.add(key)
        self.news.append(news)
        return Stored()

    def of(self, kind: type[T]) -> list[T]:
        """The news of one kind."""
        return [each for each in self.news if isinstance(each, kind)]

    async def until(self, true: Callable[["Ears"], object]) -> None:
        """Wait until something is so; fails the test after a while."""
        async with asyncio.timeout(_PATIENCE):
            while not true(self):
                self._heard.clear()
                await self._heard.wait()


def _key(news: News) -> str:
    match news:
        case Said(mention=mention):
            return f"said {mention.key.platform} {mention.key.id}"
        case Edited(mention=mention):
            return f"edited {mention.key.id} {mention.text}"
        case Deleted(key=key):
            return f"deleted {key.id}"
        case _:
            return news.model_dump_json()


class QuickClock:
    """The port Clock, in a hurry: whoever sleeps wakes at once, and the clock has gone on by as much as was slept."""

    def __init__(self) -> None:
        self.wall = datetime.now(UTC)
        self.elapsed = 1_000.0
        self.witnesses: list[datetime] = []
        self.slept: list[float] = []
        self._asleep = asyncio.Event()

    async def now(self) -> Now:
        """All clocks agree."""
        return Now(wall=self.wall, store=self.wall, elapsed=self.elapsed, boot="boot-1")

    def bear_witness(self, at: datetime) -> None:
        """Remembered."""
        self.witnesses.append(at)

    async def sleep(self, seconds: float) -> None:
        """A moment for others, then time has passed."""
        self.slept.append(seconds)
        self._asleep.set()
        await asyncio.sleep(0.02)
        self.wall += timedelta(seconds=seconds)
        self.elapsed += seconds

    async def until(self, true: Callable[[list[float]], object]) -> None:
        """Wait until something is so of the waits anybody asked for, in seconds; fails the test after a while."""
        async with asyncio.timeout(_PATIENCE):
            while not true(self.slept):
                self._asleep.clear()
                await self._asleep.wait()
