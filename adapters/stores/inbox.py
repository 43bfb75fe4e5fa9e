"""The inbox: raw news, its text in the vault, its source's cursor and a work entry, stored in one step.

Requests that arrive together share that step, and nobody is told "stored" before it is on disk.
"""

import logging
from collections.abc import Mapping, Sequence
from typing import Any

from adapters.stores.away import away
from adapters.stores.connect import Store
from adapters.stores.entries import Entry, Fields, Writer, read, ref_of
from adapters.stores.group import Group
from adapters.stores.keys import Keys
from adapters.stores.script import Argument, Script
from adapters.stores.vault import Locked, RedisVault
from bot.errors import StoreAway
from bot.nouns.mention import Cursor, Duplicate, Heard, News, Quarantined, Stored, Unreadable
from bot.ports import Clock, Work

_put = Script("put_news")
_failed = Script("failed_news")
_log = logging.getLogger(__name__)

MOST = 512  # pieces of news in one step
_SIZE = 4 * 1024 * 1024  # bytes of them
_LANES = 2  # while the store writes one step down, the next is on its way
_ROUNDS = 5  # how often a step is tried when persons' keys turn out to be others than we knew

_STORED, _DUPLICATE = Stored(), Duplicate()


class RedisInbox:
    """The port Inbox. Every method raises StoreAway; a `put` may be repeated after it."""

    def __init__(self, store: Store, keys: Keys, vault: RedisVault, clock: Clock) -> None:
        self._store = store
        self._keys = keys
        self._vault = vault
        self._clock = clock
        self._writer = Writer(vault)
        self._group = Group[Entry | Cursor, Heard | None](self._commit, _measure, most=MOST, size=_SIZE, lanes=_LANES)

    async def put(self, news: Sequence[News], cursor: Cursor | None) -> Sequence[Heard]:
        """What became of each, in order, once all is on disk, and `cursor` with the last of it.

        No news: only the cursor is written.
        """
        answers: list[Heard] = []
        for start in range(0, len(news), MOST) or (0,):
            some: list[Entry | Cursor] = [self._writer.entry(one) for one in news[start : start + MOST]]
            if cursor is not None and start + MOST >= len(news):
                some.append(cursor)
            answers += [heard for heard in await self._group.put(some) if heard is not None]
        return answers

    async def _commit(self, asked: Sequence[Entry | Cursor]) -> Sequence[Heard | None]:
        self._store.require_space()
        arrived = int((await self._clock.now()).wall.timestamp() * 1000)
        entries = [one for one in asked if isinstance(one, Entry)]
        cursors = [one for one in asked if isinstance(one, Cursor)]
        for _ in range(_ROUNDS):
            persons = {(one.person, one.key.wrapped): one for one in entries}
            match await self._send(arrived, list(persons.values()), cursors, entries):
                case bytes(told):
                    heard = iter([_heard(one.news, code) for one, code in zip(entries, told, strict=True)])
                    for one in persons.values():
                        self._writer.stored(one)
                    return [next(heard) if isinstance(one, Entry) else None for one in asked]
                case list(wrong):
                    entries = self._corrected(entries, list(persons.values()), wrong)
                case _:
                    break
        raise StoreAway("The store changes too fast for us to agree with it. Nothing of this was stored.")

    async def _send(
        self, arrived: int, persons: Sequence[Entry], cursors: Sequence[Cursor], entries: Sequence[Entry]
    ) -> object:
        numbers = {(one.person, one.key.wrapped): number for number, one in enumerate(persons, 1)}
        args: list[Argument] = [arrived, len(persons), len(cursors)]
        for one in persons:
            args += (one.key.wrapped, "1" if one.fresh else "0")
        for cursor in cursors:
            args += (cursor.source.encode(errors="surrogatepass"), cursor.at.encode(errors="surrogatepass"))
        for one in entries:
            spot = one.ref.rpartition(".")[2]
            args += (numbers[one.person, one.key.wrapped], one.seen, spot, one.ref, one.seal, one.blob)
        keys = self._keys
        homes = [keys.person(one.person) for one in persons]
        return await _put(self._store.client, [keys.inbox(), keys.seen(), keys.cursors(), *homes], args)

    def _corrected(self, entries: Sequence[Entry], persons: Sequence[Entry], wrong: Sequence[Any]) -> list[Entry]:
        """The entries, those of some persons locked anew with the key the store has for them."""
        known = {
            (persons[number - 1].person, persons[number - 1].key.wrapped): wrapped
            for number, wrapped in zip(wrong[::2], wrong[1::2], strict=True)
        }
        right = {person: self._writer.correct(person, wrapped) for (person, _), wrapped in known.items()}
        return [
            one.under(right[one.person][0], fresh=right[one.person][1]) if one.person in right else one
            for one in entries
        ]

    async def work(self, limit: int = 64) -> Sequence[Work]:
        """The oldest news that waits, in order. What a forgotten person said is done without being handed out."""
        rows, team_key, tries = await self._waiting(limit)
        refs = [ref for _, fields in rows if (ref := ref_of(fields))]
        locked = await self._vault.fetch(refs)
        gone = {id for id, fields in rows if _gone(locked.get(ref_of(fields)))}
        await self.done([id.decode() for id in gone])
        return [
            read(self._vault.secrets, id.decode(), fields, locked.get(ref_of(fields)), team_key, int(tries.get(id, 0)))
            for id, fields in rows
            if id not in gone
        ]

    async def _waiting(self, limit: int) -> tuple[Sequence[tuple[bytes, Fields]], bytes | None, Mapping[bytes, bytes]]:
        async with away():
            async with self._store.client.pipeline(transaction=False) as pipe:
                pipe.execute_command("XRANGE", self._keys.inbox(), "-", "+", "COUNT", limit)
                pipe.execute_command("HGET", self._keys.person(self._vault.team), "key")
                pipe.execute_command("HGETALL", self._keys.tries())
                rows, team_key, tries = await pipe.execute()
                return rows, team_key, tries

    async def done(self, ids: Sequence[str]) -> None:
        """These need not be sorted any more."""
        if not ids:
            return
        self._store.require_space()
        async with away():
            async with self._store.client.pipeline(transaction=False) as pipe:
                pipe.execute_command("XDEL", self._keys.inbox(), *ids)
                pipe.execute_command("HDEL", self._keys.tries(), *ids)
                await pipe.execute()

    async def failed(self, id: str, because: str) -> int:
        """How often sorting this one failed so far; 0 for one that is done. `because` goes to the log."""
        self._store.require_space()
        answer = await _failed(self._store.client, [self._keys.inbox(), self._keys.tries()], [id])
        tries = answer if isinstance(answer, int) else 0
        _log.warning("News %s could not be sorted (%d times so far): %s", id, tries, because)
        return tries

    async def cursor(self, source: str) -> Cursor | None:
        """How far that source was read, as last stored."""
        async with away():
            found = await self._store.client.execute_command(
                "HGET", self._keys.cursors(), source.encode(errors="surrogatepass")
            )
        return None if found is None else Cursor(source=source, at=found.decode(errors="surrogatepass"))


def _measure(one: Entry | Cursor) -> int:
    return len(one.blob) if isinstance(one, Entry) else 0


def _heard(news: News, code: int) -> Heard:
    match chr(code), news:
        case "0", _:
            return _DUPLICATE
        case _, Unreadable(because=because):
            return Quarantined(because=because)
        case _:
            return _STORED


def _gone(locked: Locked | None) -> bool:
    return locked is not None and (locked.wrapped is None or locked.blob is None)
