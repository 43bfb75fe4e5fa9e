"""An inbox in memory. Restarting is handing the same one on."""

from collections.abc import Sequence
from dataclasses import dataclass

from adapters.stores.blob import Spoken, plain_news
from adapters.stores.vault import new_ref
from bot.errors import StoreAway
from bot.nouns.mention import (
    AnsweredByUs,
    Cursor,
    Deleted,
    Duplicate,
    Edited,
    Gap,
    Heard,
    News,
    Quarantined,
    Said,
    Stored,
    Unreadable,
)
from bot.nouns.words import Words
from bot.ports import Sealed, Work
from tests.fakes.clock import FakeClock
from tests.fakes.vault import FakeVault


@dataclass(slots=True)
class _Entry:
    work: Work
    ref: str


class FakeInbox:
    """The port Inbox. While `away` is set, every call raises StoreAway and stores nothing."""

    def __init__(self, vault: FakeVault, clock: FakeClock) -> None:
        self._vault = vault
        self._clock = clock
        self._entries: dict[str, _Entry] = {}
        self._seen: set[str] = set()
        self._cursors: dict[str, Cursor] = {}
        self._count = 0
        self.away = False

    async def put(self, news: Sequence[News], cursor: Cursor | None) -> Sequence[Heard]:
        """Stored, a duplicate, or (unreadable) quarantined, in order."""
        self._require()
        heard = [self._one(one) for one in news]
        if cursor is not None:
            self._cursors[cursor.source] = cursor
        return heard

    def _one(self, news: News) -> Heard:
        if (seen := _identity(news)) in self._seen:
            return Duplicate()
        self._seen.add(seen)
        self._count += 1
        id = f"{self._count}-0"
        self._entries[id] = self._entry(id, news)
        return Quarantined(because=news.because) if isinstance(news, Unreadable) else Stored()

    def _entry(self, id: str, news: News) -> _Entry:
        match news:
            case Said(mention=mention) | Edited(mention=mention):
                person, text = self._vault.person(mention.key.platform, mention.author, mention.key), mention.text
                return self._spoken(id, news, person, text)
            case AnsweredByUs(words=text):
                return self._spoken(id, news, self._vault.team, text)
            case Deleted() | Unreadable() | Gap():
                return _Entry(Work(id=id, news=news, arrived=self._clock.wall), "")

    def _spoken(self, id: str, news: Spoken, person: str, text: str) -> _Entry:
        plain = plain_news(news)
        words = Words(ref=new_ref(person), seal=plain.seal, text=text)
        self._vault.rows.setdefault(person, {})
        self._vault.keep(Sealed(words=words, person=person, blob=plain.body))
        return _Entry(Work(id=id, news=news, person=person, words=words, arrived=self._clock.wall), words.ref)

    async def work(self, limit: int = 64) -> Sequence[Work]:
        """The oldest first; the forgotten ones are gone."""
        self._require()
        chosen = list(self._entries.items())[:limit]
        for id, entry in chosen:
            if entry.ref and self._vault.body(entry.ref) is None:
                del self._entries[id]
        return [self._entries[id].work for id, _ in chosen if id in self._entries]

    async def done(self, ids: Sequence[str]) -> None:
        """Gone from the queue."""
        self._require()
        for id in ids:
            self._entries.pop(id, None)

    async def failed(self, id: str, because: str) -> int:
        """How often by now; 0 for one that is done."""
        self._require()
        if id not in self._entries:
            return 0
        entry = self._entries[id]
        entry.work = entry.work.model_copy(update={"tries": entry.work.tries + 1})
        return entry.work.tries

    async def cursor(self, source: str) -> Cursor | None:
        """As last stored."""
        self._require()
        return self._cursors.get(source)

    def _require(self) -> None:
        if self.away:
            raise StoreAway("The store does not answer.")


def _identity(news: News) -> str:
    match news:
        case Said(mention=mention):
            return repr(("said", mention.key))
        case Edited(mention=mention):
            return repr(("edited", mention.key, mention.text, mention.rating, mention.media))
        case Deleted(key=key):
            return repr(("deleted", key))
        case AnsweredByUs(ours=ours):
            return repr(("answered", ours))
        case Unreadable(source=source, raw=raw):
            return repr(("unreadable", source, raw))
        case Gap():
            return repr(news)
