"""Listening that does not fall deaf: a platform that gives no sign of life is listened to anew, from where we had read to."""

import asyncio
from datetime import datetime, timedelta

from bot.nouns.mention import Cursor, Hear
from bot.ports import Clock, Inbox, Platform
from bot.rules.sources import AT_LEAST, quiet_since
from bot.screens.called import begins
from bot.work.health import Health
from bot.work.waiting import together

#: Seconds between two looks.
LOOK = 15.0
#: So long a platform that was heard before may take to answer for the first time.
FIRST_WORD = timedelta(minutes=30)
#: What health says of one that has never answered: nobody can miss what was never there.
NEVER = "{name} has not answered since we began to ask it. Look at its address in the settings."


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
        self._health.listening[platform.name] = (await self._clock.now()).elapsed
        try:
            await self._listen(platform)
        finally:
            self._health.listening.pop(platform.name, None)

    async def _listen(self, platform: Platform) -> None:
        while True:
            since = await self._inbox.cursor(platform.name)
            asks = asyncio.Event()
            try:
                await together(
                    self._follow(platform, since, asks), self._until_deaf(platform.name, asks, asked=since is not None)
                )
            finally:
                self._health.well(unheard(platform.name))
            self._health.counts["listening_begun_again"] += 1

    async def _follow(self, platform: Platform, since: Cursor | None, asks: asyncio.Event) -> None:
        asks.set()
        await platform.listen(since, self._hear)
        asks.clear()
        await asyncio.Event().wait()  # it is only told: nothing to do but keep the lease

    async def _until_deaf(self, source: str, asks: asyncio.Event, *, asked: bool) -> None:
        """`asks`: whether it is asked now. `asked`: it was asked before, so it has to answer."""
        began = (await self._clock.now()).wall
        while True:
            await self._clock.sleep(LOOK)
            now = (await self._clock.now()).wall
            if asks.is_set() and not asked and self._unheard(source, began) and now - began >= AT_LEAST:
                self._health.trouble(unheard(source), NEVER.format(name=begins(source)))
            else:
                self._health.well(unheard(source))
            if self._deaf(source, began, now, asked=asked):
                return

    def _unheard(self, source: str, began: datetime) -> bool:
        """Whether it has not answered since then."""
        beat = self._health.beats.of(source).beat
        return beat is None or beat < began

    def _deaf(self, source: str, began: datetime, now: datetime, *, asked: bool) -> bool:
        if self._unheard(source, began):
            return asked and now - began >= FIRST_WORD
        return quiet_since(self._health.beats.of(source), began, now) is not None


def unheard(source: str) -> str:
    """The part of health that says of a platform that it has never answered."""
    return f"unheard {source}"
