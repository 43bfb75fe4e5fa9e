"""Who is meant: the persons that go by a handle or an id, in everything that is kept of the public."""

import re
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field

from bot.nouns.mention import Author
from bot.ports import Asides, Query, Timelines
from bot.rules.erasure import PERSON
from bot.work.act import Act

PAGE = 200
#: After so many the progress is told.
TELL = 2_000
_LISTS = ("unforwarded", "quarantine")
#: Every conversation stands in one of these indexes.
_INDEXES = ("open", "settled")


@dataclass(frozen=True, slots=True)
class Known:
    """`persons`: vault keys, by the platform they speak on; '' where the key itself was named.

    `raw`: refs of what lies unreadable in quarantine and holds their name.
    """

    persons: dict[str, set[str]] = field(default_factory=dict)
    raw: list[str] = field(default_factory=list)

    def keys(self) -> tuple[str, ...]:
        """All of them, in order."""
        return tuple(sorted({person for some in self.persons.values() for person in some}))


class Search:
    """Looks through everything, page by page; `progress` is told how many conversations and entries were looked at.

    `name`: a vault key, a handle with or without `@`, a platform's id, or either of these behind `platform:`.
    """

    def __init__(self, *, act: Act, timelines: Timelines, asides: Asides, progress: Callable[[int], None]) -> None:
        self._act = act
        self._timelines = timelines
        self._asides = asides
        self._progress = progress

    async def __call__(self, name: str) -> Known:
        """Whom it means. What is forgotten already is not found by its name any more."""
        found = Known()
        if PERSON.fullmatch(name):
            found.persons[""] = {name}
            return found
        count = 0
        async for platform, author, person in self._everybody(name, found):
            count += 1
            if _goes_by(name, platform, author):
                found.persons.setdefault(platform, set()).add(person)
            if count % TELL == 0:
                self._progress(count)
        return found

    async def _everybody(self, name: str, found: Known) -> AsyncIterator[tuple[str, Author, str]]:
        for index in _INDEXES:
            async for each in self._conversations(index):
                yield each
        for which in _LISTS:
            async for each in self._kept_aside(which, name, found):
                yield each

    async def _conversations(self, index: str) -> AsyncIterator[tuple[str, Author, str]]:
        after = ""
        while True:
            page = await self._timelines.find(Query(index=index, limit=PAGE, after=after, rising=True))
            view = await self._act.look((), page.ids)
            for talk in view.conversations.values():
                for kept in talk.mentions:
                    yield kept.key.platform, kept.author, kept.person
            after = page.after
            if not after:
                return

    async def _kept_aside(self, which: str, name: str, found: Known) -> AsyncIterator[tuple[str, Author, str]]:
        after = ""
        while True:
            page, after = await self._asides.page(which, after, PAGE)
            for each in page:
                if each.mention is not None:
                    yield each.mention.key.platform, each.mention.author, each.ref.rpartition(".")[0]
                elif _holds(each.raw, name, each.source):
                    found.raw.append(each.ref)
            if not after:
                return


def _goes_by(name: str, platform: str, author: Author) -> bool:
    called = {_plain(author.handle), _plain(author.id)} - {""}
    return not called.isdisjoint(_meant(name, platform))


def _meant(name: str, platform: str) -> set[str]:
    """The name itself, and what is left of it behind `platform:`."""
    whole = name.casefold()
    return {_plain(whole), _plain(whole.removeprefix(f"{platform.casefold()}:"))} - {""}


def _plain(name: str) -> str:
    return name.casefold().removeprefix("@")


def _holds(raw: str, name: str, source: str) -> bool:
    """Whether something unreadable holds that name, as a word of its own."""
    text = raw.casefold()
    return any(re.search(rf"(?<!\w){re.escape(each)}(?!\w)", text) for each in _meant(name, source))
