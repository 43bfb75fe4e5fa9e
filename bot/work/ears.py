"""Listening that does not fall deaf: a platform that gives no sign of life is listened to anew, from where we had read to."""

import asyncio
from datetime import datetime, timedelta

from bot.nouns.mention import Cursor, Hear
from bot.ports import Clock, Inbox, Platform
from bot.rules.sources import quiet_since
from bot.work.health import Health
from bot.work.waiting import together

#: Seconds between two looks.
LOOK = 15.0
#: So long a platform that was heard before may take to answer for the first time.
FIRST_WORD = timedelta(minutes=30)


class Ears:
    """`listen` is singleton work for each platform; a mention heard twice is a duplicate."""

    def __init__(self, *, inbox: Inbox, hear: Hear, health: Health, clock: Clock) -> None:
        self._inbox = inbox
        self._hear = hear
        self._health = health
        self._clock = clock

    async def listen(self, platform: Platform, epoch: int) -> None:
        """Listen until cancelled, beginning anew whenever it has gone deaf. What fails is raised."""
        del epoch  # a mention heard late is heard
        while True:
            since = await self._inbox.cursor(platform.name)
            await together(self._follow(platform, since), self._until_deaf(platform.name, asked=since is not None))
            self._health.counts["listening_begun_again"] += 1

    async def _follow(self, platform: Platform, since: Cursor | None) -> None:
        await platform.listen(since, self._hear)
        await asyncio.Event().wait()  # it is only told: nothing to do but keep the lease

    async def _until_deaf(self, source: str, *, asked: bool) -> None:
        """`asked`: it was asked before, so it has to answer."""
        began = (await self._clock.now()).wall
        while True:
            await self._clock.sleep(LOOK)
            if self._deaf(source, began, (await self._clock.now()).wall, asked=asked):
                return

    def _deaf(self, source: str, began: datetime, now: datetime, *, asked: bool) -> bool:
        heard = self._health.beats.of(source)
        if heard.beat is None or heard.beat < began:
            return asked and now - began >= FIRST_WORD
        return quiet_since(heard, began, now) is not None
