"""The inbox's one step: dedupe, keys, texts, work entries and cursors in a single script call."""

from collections.abc import Sequence
from typing import Any

from adapters.stores.connect import Store
from adapters.stores.entries import Entry, Writer
from adapters.stores.keys import Keys
from adapters.stores.replicas import wait_replicas
from adapters.stores.script import Argument, Script
from adapters.stores.vault import RedisVault
from bot.errors import StoreAway
from bot.nouns.mention import Cursor, Duplicate, Edited, Heard, News, Quarantined, Said, Stored, Unreadable
from bot.ports import Clock

_put = Script("put_news")

_SIZE = 4 * 1024 * 1024  # bytes of news after which another call begins
_ROUNDS = 5  # how often a step is tried when persons' keys turn out to be others than we knew
_NEW = ord("1")
_STORED, _DUPLICATE = Stored(), Duplicate()


class Commit:
    """Locks and stores news. A person's key is chosen here, without asking, and put right when the store knows
    another: a newcomer costs no extra round trip.

    All of a step is locked in one go, not as each request comes in: measured, that takes a third less of the whole
    request's time, because nothing else is done in between.
    """

    def __init__(self, store: Store, keys: Keys, vault: RedisVault, clock: Clock) -> None:
        self._store = store
        self._keys = keys
        self._clock = clock
        self._writer = Writer(vault)

    async def __call__(self, asked: Sequence[News | Cursor]) -> Sequence[Heard | None]:
        """What became of each piece of news; None for a cursor. Raises StoreAway: then some of it may be stored, and
        no cursor of news that isn't.
        """
        self._store.require_space()
        primary = self._store.primary.id
        arrived = int((await self._clock.now()).wall.timestamp() * 1000)
        cursors = [one for one in asked if isinstance(one, Cursor)]
        *others, last = _cut([self._entry(one) for one in asked if not isinstance(one, Cursor)])
        heard: list[Heard] = []
        for some in others:
            heard += await self._store_some(arrived, some, ())
        heard += await self._store_some(arrived, last, cursors)
        if not self._store.embedded:
            await wait_replicas(self._store, self._keys, primary)
        if not cursors:
            return heard
        following = iter(heard)
        return [None if isinstance(one, Cursor) else next(following) for one in asked]

    def _entry(self, news: News) -> Entry:
        """News that cannot be written down goes to quarantine as such: it must not fail the others in its step."""
        try:
            return self._writer.entry(news)
        except (ValueError, TypeError, RecursionError) as error:
            because = f"It could not be written down ({type(error).__name__})."
            which = news.mention.key if isinstance(news, Said | Edited) else news
            return self._writer.entry(Unreadable(source="", raw=f"{news.news}: {which!r}", because=because))

    async def _store_some(self, arrived: int, entries: list[Entry], cursors: Sequence[Cursor]) -> list[Heard]:
        try:
            entries, told = await self._agree(arrived, entries, cursors)
        except StoreAway:
            for one in entries:
                self._writer.doubt(one)
            raise
        heard: list[Heard] = []
        for one, code in zip(entries, told, strict=True):
            if code == _NEW:
                self._writer.stored(one)
                heard.append(Quarantined(because=one.news.because) if isinstance(one.news, Unreadable) else _STORED)
            else:
                heard.append(_DUPLICATE)
        return heard

    async def _agree(self, arrived: int, entries: list[Entry], cursors: Sequence[Cursor]) -> tuple[list[Entry], bytes]:
        """The entries as they were stored, and the script's code for each."""
        for _ in range(_ROUNDS):
            persons: dict[str, Entry] = {}
            for at, one in enumerate(entries):
                first = persons.setdefault(one.person, one)
                if first.key is not one.key:  # two of one person in one step have one key
                    entries[at] = one.under(first.key, first.fresh)
            match await self._send(arrived, persons, cursors, entries):
                case bytes(told):
                    return entries, told
                case list(wrong):
                    entries = self._corrected(entries, list(persons), wrong)
                case _:
                    break
        raise StoreAway("The store changes too fast for us to agree with it. Nothing of this was stored.")

    async def _send(
        self, arrived: int, persons: dict[str, Entry], cursors: Sequence[Cursor], entries: Sequence[Entry]
    ) -> object:
        homes = [self._keys.person(person) for person in persons]
        numbers = {person: number for number, person in enumerate(persons, 1)}
        beliefs = b"".join([(b"1" if one.fresh else b"0") + one.key.wrapped for one in persons.values()])
        news = b"".join([one.packed(numbers[one.person]) for one in entries])
        args: list[Argument] = [arrived, len(self._keys.person("")), beliefs, news]
        for cursor in cursors:
            args += (cursor.source.encode(errors="surrogatepass"), cursor.at.encode(errors="surrogatepass"))
        keys = [self._keys.inbox(), self._keys.seen(), self._keys.cursors(), *homes]
        return await _put(self._store.client, keys, args)

    def _corrected(self, entries: Sequence[Entry], persons: Sequence[str], wrong: Sequence[Any]) -> list[Entry]:
        """The entries, those of some persons locked anew with the key the store has for them."""
        right = {
            persons[number - 1]: self._writer.correct(persons[number - 1], wrapped)
            for number, wrapped in zip(wrong[::2], wrong[1::2], strict=True)
        }
        return [one.under(*right[one.person]) if one.person in right else one for one in entries]


def _cut(entries: list[Entry]) -> list[list[Entry]]:
    """In order, into calls of about as many bytes as one may have; at least one call."""
    calls: list[list[Entry]] = [[]]
    size = 0
    for one in entries:
        size += len(one.blob)
        if size > _SIZE and calls[-1]:
            calls.append([])
            size = len(one.blob)
        calls[-1].append(one)
    return calls
