"""Intake: news is on disk before anybody is told so."""

import asyncio
from collections.abc import Sequence

from bot.errors import StoreAway, StoreFull
from bot.nouns.mention import Cursor, Duplicate, Heard, News
from bot.nouns.team import Refusal
from bot.ports import Clock, Inbox
from bot.work.health import Health

FULL = Refusal(because="The disk is nearly full, so nothing new can be kept. Please try again later.")
AWAY = Refusal(because="The store cannot be reached, so nothing was kept. Please try again later.")


class Intake:
    """`hear`, as every platform is handed it, and the bell that wakes the sorter in this process."""

    def __init__(self, inbox: Inbox, health: Health, clock: Clock) -> None:
        self._inbox = inbox
        self._health = health
        self._clock = clock
        self.bell = asyncio.Event()

    async def hear(self, news: Sequence[News], cursor: Cursor | None) -> Sequence[Heard] | Refusal:
        """Store `news` and `cursor` in one step. Returns once all is on disk; a Refusal: nothing was stored.

        A cursor, with news or without, is a sign of life of its source.
        """
        try:
            now = None if cursor is None else await self._clock.now()  # asking costs a webhook's mention 3 µs
            heard = await self._inbox.put(news, cursor)
        except StoreFull:
            return FULL
        except StoreAway:
            return AWAY
        if cursor is not None and now is not None:
            self._health.listened(cursor.source, now.wall)
        if any(not isinstance(each, Duplicate) for each in heard):  # what is quarantined is sorted too
            self.bell.set()
        self._health.heard(heard)
        return heard
