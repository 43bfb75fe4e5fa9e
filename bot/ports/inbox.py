"""News before it is sorted, and what was kept aside."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.nouns.base import Noun
from bot.nouns.flag import Flag
from bot.nouns.mention import Cursor, Heard, Mention, News
from bot.nouns.rhythm import Rhythm, Trouble
from bot.nouns.words import Words


class Work(Noun):
    """One piece of news that waits to be sorted; `id` is its place in the queue, `person` its author's vault key.

    `words` is its text as sealed at intake (None where it has none), so that the event needs no second copy.
    """

    id: str
    news: News
    person: str = ""
    words: Words | None = None
    arrived: datetime
    tries: int = 0


class Inbox(Protocol):
    """Raw news, stored before anybody is told so."""

    async def put(self, news: Sequence[News], cursor: Cursor | None) -> Sequence[Heard]: ...
    async def work(self, limit: int = 64) -> Sequence[Work]: ...
    async def done(self, ids: Sequence[str]) -> None: ...
    async def failed(self, id: str, because: str) -> int: ...
    async def cursor(self, source: str) -> Cursor | None: ...


class Aside(Noun):
    """Something kept aside: not forwarded (`flag`), or unreadable (`because`). `news` None: forgotten or unreadable."""

    ref: str
    at: datetime
    source: str = ""
    mention: Mention | None = None
    raw: str = ""
    flag: Flag | None = None
    because: str = ""


class Asides(Protocol):
    """Two lists that anyone can open: `unforwarded` and `quarantine`."""

    async def put(self, which: str, work: Work, flag: Flag | None, because: str) -> str: ...
    async def page(self, which: str, after: str = "", limit: int = 50) -> tuple[Sequence[Aside], str]: ...
    async def get(self, which: str, ref: str) -> Aside | None: ...
    async def take(self, which: str, ref: str) -> None: ...
    async def forget(self, persons: Sequence[str]) -> int: ...


class Rhythms(Protocol):
    """How each source is heard, on whichever replica. `watch` notes that somebody looks, and says since when without a
    break; what is noted twice is noted once. What a source is in trouble with stands until whoever listens to it says `well`.
    """

    async def note(self, heard: Sequence[Rhythm]) -> None: ...
    async def all(self) -> Sequence[Rhythm]: ...
    async def watch(self, now: datetime) -> datetime: ...
    async def trouble(self, trouble: Trouble) -> None: ...
    async def well(self, source: str) -> None: ...
    async def troubles(self) -> Sequence[Trouble]: ...
