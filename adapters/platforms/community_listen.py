"""Listening to a community: walks through its channels' histories that leave no gap, and a live connection that is quicker.

What the live connection brings is passed on at once and moves no mark; the walks find it again, and know it then. The
first start begins at now: what was said before nobody was listening is not brought in.
"""

import asyncio
from collections import deque
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from adapters.platforms.backoff import Backoff
from adapters.platforms.community_live import Live, Refused
from adapters.platforms.community_mark import Mark, later, read
from adapters.platforms.community_network import Away, Came, Closed, Happened, Network, Page
from adapters.platforms.community_recheck import Look, Recheck
from bot.errors import StoreAway
from bot.nouns.mention import Cursor, Gap, Hear, News
from bot.nouns.refusal import Refusal
from bot.ports import Clock

#: Seconds between two walks while the live connection is well; and until live news that was refused is told again.
EVERY: Final = 300.0
AGAIN: Final = 5.0
#: Seconds from a broken connection to the walk it calls for: Discord and Slack break them in bursts.
SOON: Final = 2.0
#: So much live news is kept while nothing can be stored; after that the walks have to find it.
MOST: Final = 5_000


class Stopped(Exception):
    """This walk cannot go on; the text says why."""


class Listening:
    """One `listen`. `came` and `lost` may be called at any time, by whoever holds the live connection.

    `every`: seconds between two walks.
    """

    def __init__(
        self, *, network: Network, live: Live, clock: Clock, hear: Hear, look: Look, every: float = EVERY
    ) -> None:
        self._network = network
        self._live = live
        self._clock = clock
        self._hear = hear
        self._recheck = Recheck(look)
        self._every = every
        self._waiting: deque[Happened] = deque()
        self._wake = asyncio.Event()
        self._mark: Mark | None = None
        self._missed = False
        self._broken = asyncio.Event()
        self._known = ""
        self.trouble: str | None = None

    def came(self, happened: Happened) -> None:
        """Something happened just now."""
        if len(self._waiting) >= MOST:
            self._waiting.popleft()
            self.lost()
        self._waiting.append(happened)
        self._wake.set()

    def lost(self) -> None:
        """The live connection was gone for a while: read what it did not bring."""
        self._missed = True
        self._broken.set()

    async def run(self, since: Cursor | None) -> None:
        """Until cancelled."""
        self._mark = read(since)
        self._missed = self._mark is not None
        backoff = Backoff(first=2.0, longest=120.0)
        while True:
            rest = self._every
            try:
                await self._round(self._mark or await self._begin())
                backoff.reset()
            except Stopped as stopped:
                self.trouble = str(stopped)
                rest = backoff.next()
            await self._rest(rest)

    async def _begin(self) -> Mark:
        newest = await self._network.newest()
        if isinstance(newest, Away):
            raise Stopped(newest.because)
        return Mark(floor=newest, at=(await self._clock.now()).wall)

    async def _round(self, mark: Mark) -> None:
        """Every channel once. What was missed stays missed until a whole round has read it."""
        self._broken.clear()
        missed, self._missed = self._missed, False
        self._mark = mark
        try:
            await self._walk_all(mark, missed=missed)
        except StoreAway as away:
            self._missed = self._missed or missed
            raise Stopped(str(away) or "The store cannot be reached.") from None
        except BaseException:
            self._missed = self._missed or missed
            raise

    async def _walk_all(self, begun: Mark, *, missed: bool) -> None:
        """The mark afterwards is the newest id that was known before the reading began."""
        await self._flush()
        known = later(self._known or begun.floor, begun.floor)
        channels = await self._network.channels(begun.floor)
        if isinstance(channels, Away):
            raise Stopped(channels.because)
        ends = {channel: await self._walk(begun, channel) for channel in channels}
        away = next((end.because for end in ends.values() if isinstance(end, Away)), "")
        if away:
            raise Stopped(away)
        shut = {channel: end.because for channel, end in ends.items() if isinstance(end, Closed)}
        now = (await self._clock.now()).wall
        news: list[News] = await self._recheck.look() if missed else []
        if any(isinstance(end, Page) and end.cut for end in ends.values()) or (missed and shut):
            news.append(Gap(source=self._network.platform, since=min(begun.at, now), until=now))
        held = {channel: begun.after(channel) for channel in shut}
        await self._tell(news, Mark(floor=known, channels=held, at=now))
        self.trouble = next(iter(shut.values()), None) or self._network.trouble

    async def _walk(self, mark: Mark, channel: str) -> Page | Closed | Away:
        """Forward to the end of a channel; each page and its mark are stored in one step."""
        after, cut = mark.after(channel), False
        while True:
            page = await self._network.page(channel, after)
            if not isinstance(page, Page):
                return page
            after, cut = later(after, page.last), cut or page.cut
            await self._told(channel, page)
            if not page.more:
                return replace(page, cut=cut)

    async def _told(self, channel: str, page: Page) -> None:
        mark = self._mark
        if mark is None:
            return
        self._known = later(self._known or page.last, page.last)
        news = [each for post in page.posts for each in await self._live.said(post)]
        if news:
            await self._tell(news, mark.read(channel, page.last))
            self._recheck.remember(news)

    async def _rest(self, seconds: float) -> None:
        """For so long, or until the live connection broke. What comes meanwhile is passed on."""
        end = asyncio.ensure_future(self._clock.sleep(seconds))
        broken = asyncio.ensure_future(self._broken.wait())
        try:
            while not end.done() and not broken.done():
                wake = asyncio.ensure_future(self._wake.wait())
                try:
                    await asyncio.wait({end, broken, wake}, return_when=asyncio.FIRST_COMPLETED)
                finally:
                    wake.cancel()
                if self._wake.is_set() and not await self._pass_on():
                    await self._clock.sleep(AGAIN)
            if broken.done():
                await self._clock.sleep(SOON)
        finally:
            end.cancel()
            broken.cancel()

    async def _pass_on(self) -> bool:
        self._wake.clear()
        try:
            await self._flush()
        except Stopped:  # it stays with us, and is told again soon; health says itself that the store is away
            self._wake.set()
            return False
        return True

    async def _flush(self) -> None:
        """Everything the live connection brought, in order."""
        while self._waiting:
            happened = self._waiting[0]
            told = await self._live.tell(happened, self._hear)
            if isinstance(told, Refused):
                raise Stopped(told.because)
            self._recheck.remember(told)
            if isinstance(happened, Came):
                self._known = later(self._known or happened.post.id, happened.post.id)
            if self._waiting and self._waiting[0] is happened:
                self._waiting.popleft()

    async def _tell(self, news: Sequence[News], mark: Mark) -> None:
        heard = await self._hear(news, mark.cursor(self._network.platform))
        if isinstance(heard, Refusal):
            raise Stopped(heard.because)
        self._mark = mark
