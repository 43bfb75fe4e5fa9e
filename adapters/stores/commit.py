"""The inbox's one step: dedupe, keys, texts, work entries and cursors in a single script call."""

from collections.abc import Sequence
from typing import Any

from adapters.stores.connect import Store
from adapters.stores.entries import Entry, Writer
from adapters.stores.keys import Keys
from adapters.stores.script import Argument, Script
from adapters.stores.vault import RedisVault
from bot.errors import StoreAway
from bot.nouns.mention import Cursor, Duplicate, Heard, News, Quarantined, Stored, Unreadable
from bot.ports import Clock

_put = Script("put_news")

MOST = 512  # pieces of news in one step
_ROUNDS = 5  # how often a step is tried when persons' keys turn out to be others than we knew
_NEW = ord("1")
_STORED, _DUPLICATE = Stored(), Duplicate()


class Commit:
    """Stores what `entry` made. A person's key is chosen here, without asking, and put right when the store knows
    another: a newcomer costs no extra round trip.
    """

    def __init__(self, store: Store, keys: Keys, vault: RedisVault, clock: Clock) -> None:
        self._store = store
        self._keys = keys
        self._clock = clock
        self._writer = Writer(vault)

    def entry(self, news: News) -> Entry:
        """News made ready."""
        return self._writer.entry(news)

    async def __call__(self, asked: Sequence[Entry | Cursor]) -> Sequence[Heard | None]:
        """What became of each entry; None for a cursor. All of it is stored, or, at StoreAway, perhaps none."""
        self._store.require_space()
        arrived = int((await self._clock.now()).wall.timestamp() * 1000)
        entries = [one for one in asked if isinstance(one, Entry)]
        cursors = [one for one in asked if isinstance(one, Cursor)]
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
        if not cursors:
            return heard
        following = iter(heard)
        return [next(following) if isinstance(one, Entry) else None for one in asked]

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


def measure(one: Entry | Cursor) -> int:
    """Its bytes, as far as they count."""
    return len(one.blob) if isinstance(one, Entry) else 0
