"""Google Alerts: Atom feeds, asked now and then. Articles are answered by hand."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from aiohttp import ClientError, ClientSession, ClientTimeout
from pydantic import SecretStr

from adapters.platforms.alerts_cursor import Mark, Marks, read, short
from adapters.platforms.alerts_parse import SOURCE, Broken, parse
from adapters.platforms.backoff import Backoff
from adapters.platforms.by_hand import ByHandPlatform
from bot.nouns.caution import Length
from bot.nouns.delivery import Absent, Account, Cleared, Delivery, Posted, Reach
from bot.nouns.mention import CannotTell, Cursor, Deleted, Gap, Hear, Mention, MentionKey, News, Said, Seen, Unreadable
from bot.nouns.team import Refusal
from bot.ports import Clock, Door, Finding
from bot.work.waiting import together

#: Seconds between two questions to one feed: Google asks for no less than ten minutes.
EVERY: Final = 600.0
#: The largest feed we read, in bytes.
LARGEST: Final = 2_000_000
#: After a silence this long a feed may have dropped entries we never saw.
LONG: Final = timedelta(hours=6)
#: Of what cannot be read so many characters are kept.
KEPT: Final = 20_000
_TIMEOUT: Final = ClientTimeout(total=20, connect=10)


@dataclass(frozen=True, slots=True)
class _Page:
    body: bytes
    kind: str
    etag: str
    modified: str


class Alerts:
    """`feeds` are the private addresses Google gives out. One article in two feeds is one mention.

    `every`: seconds between two questions to a feed. Redirects are not followed: a feed that moved is said to be broken.
    """

    def __init__(
        self, feeds: Sequence[SecretStr], session: ClientSession, clock: Clock, *, every: float = EVERY
    ) -> None:
        self._feeds = tuple(feeds)
        self._session = session
        self._clock = clock
        self._every = every
        self._hands = ByHandPlatform(SOURCE)
        self._troubles: dict[str, str] = {}
        self._marks = Marks()
        self._telling = asyncio.Lock()

    @property
    def name(self) -> str:
        """Always `alerts`."""
        return SOURCE

    def trouble(self) -> str | None:
        """A sentence for health while a feed does not answer, else None."""
        return next(iter(self._troubles.values()), None)

    def doors(self, hear: Hear) -> Sequence[Door]:
        """None: we ask."""
        del hear
        return ()

    async def listen(self, since: Cursor | None, hear: Hear) -> None:
        """Ask every feed in turn until cancelled. What a feed holds at the first start is news."""
        self._marks = read(since)
        try:
            await together(*(self._follow(number, feed, hear) for number, feed in enumerate(self._feeds, 1)))
        finally:
            self._troubles.clear()  # whoever asks now knows better

    async def _follow(self, number: int, feed: SecretStr, hear: Hear) -> None:
        backoff = Backoff(first=min(30.0, self._every), longest=max(self._every, 3600.0))
        while True:
            because = await self._ask(number, feed, hear)
            if because:
                self._troubles[str(number)] = f"Google Alerts, feed {number}: {because}"
                await self._clock.sleep(backoff.next())
            else:
                self._troubles.pop(str(number), None)
                backoff.reset()
                await self._clock.sleep(self._every)

    async def _ask(self, number: int, feed: SecretStr, hear: Hear) -> str:
        """Ask once and pass on what is new. Returns what is wrong, or ''."""
        name = short(feed.get_secret_value())
        mark = self._marks.feeds.get(name, Mark())
        page = await self._fetch(feed, mark)
        if isinstance(page, str):
            return page
        now = (await self._clock.now()).wall
        if page is None:
            return await self._tell([], name, mark.model_copy(update={"asked": now}), hear)
        entries = await asyncio.to_thread(parse, page.body, page.kind, now)
        if isinstance(entries, Broken):
            return await self._broken(page, entries.because, name, mark, hear)
        ids = [short(entry.id) for entry in entries]
        fresh = [entry.mention for entry, known in zip(entries, ids, strict=True) if known not in mark.seen]
        news: list[News] = [Said(mention=mention) for mention in reversed(fresh)]
        if mark.asked is not None and now - mark.asked > LONG and ids and not set(ids) & set(mark.seen):
            news.append(Gap(source=SOURCE, since=mark.asked, until=now))
        told = Mark(etag=page.etag, modified=page.modified, seen=mark.after(ids), asked=now)
        return await self._tell(news, name, told, hear)

    async def _broken(self, page: _Page, because: str, name: str, mark: Mark, hear: Hear) -> str:
        """Into quarantine, once for each wording; its version is not remembered, so that it is asked for in full again."""
        digest = f"broken:{short(page.body.hex())}"
        if digest in mark.seen:
            return because
        raw = page.body.decode("utf-8", "backslashreplace")[:KEPT]
        unreadable = Unreadable(source=SOURCE, raw=raw, because=because)
        told = Mark(seen=mark.after([digest]), asked=mark.asked)
        return await self._tell([unreadable], name, told, hear) or because

    async def _tell(self, news: Sequence[News], name: str, mark: Mark, hear: Hear) -> str:
        async with self._telling:  # one cursor holds every feed's mark, so they must not overtake each other
            marks = self._marks.put(name, mark)
            heard = await hear(news, marks.cursor())
            if isinstance(heard, Refusal):
                return heard.because
            self._marks = marks
            return ""

    async def _fetch(self, feed: SecretStr, mark: Mark) -> _Page | str | None:
        """The feed, what is wrong, or None where nothing changed."""
        headers = {"Accept": "application/atom+xml, application/xml;q=0.9"}
        headers |= {"If-None-Match": mark.etag} if mark.etag else {}
        headers |= {"If-Modified-Since": mark.modified} if mark.modified else {}
        try:
            async with self._session.get(
                feed.get_secret_value(), headers=headers, timeout=_TIMEOUT, allow_redirects=False
            ) as response:
                if response.status == 304:
                    return None
                if response.status != 200:
                    return f"it answered {response.status}."
                body = b""
                async for chunk in response.content.iter_chunked(65536):
                    body += chunk
                    if len(body) > LARGEST:
                        return "it is larger than 2 MB."
                got = response.headers
                return _Page(body, got.get("Content-Type", ""), got.get("ETag", ""), got.get("Last-Modified", ""))
        except (ClientError, TimeoutError, ValueError) as error:
            return f"it did not answer ({type(error).__name__})."

    async def look_again(self, key: MentionKey) -> Seen | Deleted | CannotTell:
        """Nothing a stranger's page says is fetched: the presser looks."""
        return await self._hands.look_again(key)

    def reach(self, subject: Mention | Account) -> Reach:
        """By hand."""
        return self._hands.reach(subject)

    def measure(self, words: str) -> Length:
        """5,000 code points: an article sets no limit we know."""
        return self._hands.measure(words)

    async def send(self, cleared: Cleared) -> Delivery:
        """A teammate answers, by whatever way the article offers."""
        return await self._hands.send(cleared)

    async def find(self, cleared: Cleared) -> Posted | Absent | CannotTell:
        """Only a person can look."""
        return await self._hands.find(cleared)

    async def check(self) -> Sequence[Finding]:
        """Whether each feed answers with a feed. Names feeds by number: their addresses are secret."""
        return await asyncio.gather(*(self._check(number, feed) for number, feed in enumerate(self._feeds, 1)))

    async def _check(self, number: int, feed: SecretStr) -> Finding:
        page = await self._fetch(feed, Mark())
        if isinstance(page, _Page):
            now = (await self._clock.now()).wall
            entries = await asyncio.to_thread(parse, page.body, page.kind, now)
            if not isinstance(entries, Broken):
                return Finding(ok=True, what=f"Google Alerts, feed {number}: {len(entries)} articles")
            page = entries.because
        fix = "Open google.com/alerts, choose the RSS sign beside the alert, and copy its address anew."
        return Finding(ok=False, what=f"Google Alerts, feed {number}: {page or 'no answer'}", fix=fix)
