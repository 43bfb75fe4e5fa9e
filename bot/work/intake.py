"""Intake: news is on disk before anybody is told so."""

import asyncio
from collections.abc import Sequence

from bot.errors import StoreAway, StoreFull
from bot.nouns.mention import Cursor, Heard, News, Stored
from bot.nouns.team import Refusal
from bot.ports import Inbox
from bot.work.health import Health


class Intake:
    """`hear`, as every platform is handed it, and the bell that wakes the sorter in this process."""

    def __init__(self, inbox: Inbox, health: Health) -> None:
        self._inbox = inbox
        self._health = health
        self.bell = asyncio.Event()

    async def hear(self, news: Sequence[News], cursor: Cursor | None) -> Sequence[Heard] | Refusal:
        """Store `news` and `cursor` in one step. Returns once all is on disk; a Refusal: nothing was stored."""
        try:
            heard = await self._inbox.put(news, cursor)
        except StoreFull:
            return Refusal(because="The disk is nearly full, so nothing new can be kept. Please try again later.")
        except StoreAway:
            return Refusal(because="The store cannot be reached, so nothing was kept. Please try again later.")
        if any(isinstance(each, Stored) for each in heard):
            self.bell.set()
        self._health.heard(heard)
        return heard
