"""Listening to Mastodon: two walks forward without gaps, over what others said to us and over what we said ourselves.

The first start begins at now: what was said before nobody was listening is not brought in.
"""

import asyncio
from collections.abc import Callable, Sequence
from typing import Any, Final

from pydantic import ValidationError

from adapters.platforms.backoff import Backoff
from adapters.platforms.mastodon_parse import NAME, noticed, ours, status
from adapters.platforms.mastodon_recheck import Recheck
from adapters.platforms.mastodon_stream import Stream
from adapters.platforms.mastodon_wire import Got, Lost, Params, Wire
from bot.nouns.base import Noun
from bot.nouns.mention import Cursor, Hear, News
from bot.nouns.team import Refusal
from bot.work.waiting import together

#: Seconds between two polls when nothing wakes us, and after a token was refused.
EVERY: Final = 20.0
SLOWLY: Final = 300.0
#: Seconds from one poll to the next when the stream wakes us: Mastodon allows 300 paging requests in 15 minutes
#: (rack_attack.rb, throttle_authenticated_paging), and what the stream brings is passed on at once anyway.
PACE: Final = 4.0
#: Seconds until what was refused is told again, however much the stream brings meanwhile, and how much is told at once.
AGAIN: Final = 5.0
_PIECE: Final = 500
_PAGE: Final = 40
_NOTIFICATIONS: Final = "/api/v1/notifications"
_KINDS: Final = (("types[]", "mention"), ("types[]", "update"))
_BEGINNING: Final = "0"


class Mark(Noun):
    """How far both walks came: the last notification, and the last post of our own."""

    notification: str
    own: str

    def cursor(self) -> Cursor:
        """As it is stored."""
        return Cursor(source=NAME, at=self.model_dump_json())


class _Stopped(Exception):
    """This round cannot go on; the text says why."""


class Listening:
    """One `listen`: `me` is our account's id."""

    def __init__(self, wire: Wire, me: str, hear: Hear, *, every: float = EVERY) -> None:
        self._wire = wire
        self._me = me
        self._hear = hear
        self._every = every
        self._wake = asyncio.Event()
        self._stream = Stream(wire, me, self._wake)
        self._recheck = Recheck(wire)
        self._asked_own: float | None = None

    async def run(self, since: Cursor | None) -> None:
        """Until cancelled."""
        await together(self._stream.run(), self._poll(_read(since)))

    async def _poll(self, mark: Mark | None) -> None:
        backoff = Backoff(first=2.0, longest=120.0)
        while True:
            rest = await self._wire.busy()
            if not rest:
                try:
                    mark = mark or await self._now()  # kept where the round fails: we begin when we began
                    mark = await self._round(mark)
                    backoff.reset()
                except _Stopped:
                    rest = SLOWLY if self._wire.trouble else backoff.next()
            await self._nap(rest or self._every, rest or min(PACE, self._every))

    async def _nap(self, rest: float, least: float) -> None:
        """For `rest` seconds, until there is another token, or, once woken, for `least`. What the stream brings meanwhile is
        passed on at once."""
        woken = False
        end, soon = asyncio.ensure_future(self._wire.rests(rest)), asyncio.ensure_future(self._wire.clock.sleep(least))
        try:
            while not end.done() and not (woken and soon.done()):
                wake = asyncio.ensure_future(self._wake.wait())
                waits: set[asyncio.Future[Any]] = {end, wake, soon} if woken else {end, wake}
                try:
                    await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
                finally:
                    wake.cancel()
                if self._wake.is_set():
                    woken = True
                    if not await self._pass_on():
                        await self._wire.clock.sleep(AGAIN)
        finally:
            end.cancel()
            soon.cancel()

    async def _pass_on(self) -> bool:
        self._wake.clear()
        try:
            await self._flush()
        except _Stopped:  # it stays with the stream, and is told again soon; the next round says so
            self._wake.set()
            return False
        return True

    async def _now(self) -> Mark:
        """Where both walks stand at this moment."""
        last = [await self._newest(_NOTIFICATIONS, _KINDS), await self._newest(self._own_path, ())]
        return Mark(notification=last[0], own=last[1])

    async def _newest(self, path: str, params: Params) -> str:
        page = _page(await self._wire.ask("GET", path, params=(*params, ("limit", "1"))))
        return _id(page[0]) if page else _BEGINNING

    async def _round(self, mark: Mark) -> Mark:
        mark, told = await self._others(mark)
        if self._own_due((await self._wire.clock.now()).elapsed):
            mark, own = await self._ours(mark)
            told = told or own
        for found in await self._recheck.look():
            self._stream.kept.add(found)
        if not await self._flush() and not told:
            await self._tell([], mark)
        return mark

    def _own_due(self, now: float) -> bool:
        """Our own posts are asked for when the stream saw one, and otherwise at the slow pace."""
        due = self._stream.own or self._asked_own is None or now - self._asked_own >= self._every
        if due:
            self._stream.own, self._asked_own = False, now
        return due

    async def _others(self, mark: Mark) -> tuple[Mark, bool]:
        def to(last: str) -> Mark:
            return mark.model_copy(update={"notification": last})

        last, told = await self._walk(_NOTIFICATIONS, _KINDS, mark.notification, noticed, to)
        return to(last), told

    async def _ours(self, mark: Mark) -> tuple[Mark, bool]:
        def to(last: str) -> Mark:
            return mark.model_copy(update={"own": last})

        def said(raw: Any) -> News | None:
            post = status(raw)
            return ours(post, self._me) if post is not None else None

        last, told = await self._walk(self._own_path, (("exclude_reblogs", "true"),), mark.own, said, to)
        return to(last), told

    async def _walk(
        self, path: str, params: Params, last: str, read: Callable[[Any], News | None], to: Callable[[str], Mark]
    ) -> tuple[str, bool]:
        """Forward from `last`, page by page; each page and its mark are stored in one step."""
        told = False
        while True:
            page = _page(await self._wire.ask("GET", path, params=(*params, ("limit", str(_PAGE)), ("min_id", last))))
            if not page or _id(page[0]) == last:
                return last, told
            news = [found for raw in reversed(page) if (found := read(raw)) is not None]
            await self._tell(news, to(_id(page[0])))
            self._recheck.remember(news)
            last, told = _id(page[0]), True
            if len(page) < _PAGE or await self._wire.busy():
                return last, told

    async def _flush(self) -> bool:
        """Pass on what the stream and the second look found; the walks find mentions again, and know them then."""
        kept, told = self._stream.kept, False
        while piece := kept.first(_PIECE):
            news = list(piece.values())
            heard = await self._hear(news, None)
            if isinstance(heard, Refusal):
                raise _Stopped(heard.because)
            kept.stored(piece)
            self._recheck.remember(news)
            told = True
        return told

    async def _tell(self, news: Sequence[News], mark: Mark) -> None:
        heard = await self._hear(news, mark.cursor())
        if isinstance(heard, Refusal):
            raise _Stopped(heard.because)

    @property
    def _own_path(self) -> str:
        return f"/api/v1/accounts/{self._me}/statuses"


def _read(cursor: Cursor | None) -> Mark | None:
    try:
        return Mark.model_validate_json(cursor.at) if cursor is not None else None
    except ValidationError:
        return None


def _page(got: Got | Lost) -> list[Any]:
    """A page, newest first."""
    if isinstance(got, Lost):
        raise _Stopped(got.because)
    if got.status != 200 or not isinstance(got.body, list):
        raise _Stopped(f"Mastodon answered {got.status}.")
    return got.body


def _id(raw: Any) -> str:
    found = raw.get("id") if isinstance(raw, dict) else None
    if not isinstance(found, str | int) or not str(found):
        raise _Stopped("Mastodon sent something without an id.")
    return str(found)
