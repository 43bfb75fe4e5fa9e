"""The inbox: raw news, its text in the vault, its source's cursor and a work entry, stored in one step.

Requests that arrive together share that step, and nobody is told "stored" before it is on disk.
"""

import logging
from collections.abc import Mapping, Sequence

from adapters.stores.away import away
from adapters.stores.commit import Commit
from adapters.stores.connect import Store
from adapters.stores.entries import Fields, read, ref_of
from adapters.stores.group import Group
from adapters.stores.keys import Keys
from adapters.stores.replicas import wait_replicas
from adapters.stores.script import Script
from adapters.stores.vault import Locked, RedisVault
from bot.nouns.mention import Cursor, Heard, News
from bot.ports import Clock, Work

_failed = Script("failed_news")
_log = logging.getLogger(__name__)

_MOST = 512  # pieces of news in one step


class RedisInbox:
    """The port Inbox. Every method raises StoreAway; a `put` may be repeated after it."""

    def __init__(self, store: Store, keys: Keys, vault: RedisVault, clock: Clock) -> None:
        self._store = store
        self._keys = keys
        self._vault = vault
        self._primary = ""  # who was in charge when the work was read
        self._group = Group[News | Cursor, Heard | None](Commit(store, keys, vault, clock), most=_MOST)

    async def put(self, news: Sequence[News], cursor: Cursor | None) -> Sequence[Heard]:
        """What became of each, in order, once all is on disk, and `cursor` with the last of it.

        No news: only the cursor is written.
        """
        if cursor is None and 0 < len(news) <= _MOST:  # as a webhook's mostly is
            return [heard for heard in await self._group.put(news) if heard is not None]
        answers: list[Heard] = []
        for start in range(0, len(news), _MOST) or (0,):
            some: list[News | Cursor] = list(news[start : start + _MOST])
            if cursor is not None and start + _MOST >= len(news):
                some.append(cursor)
            if some:
                answers += [heard for heard in await self._group.put(some) if heard is not None]
        return answers

    async def work(self, limit: int = 64) -> Sequence[Work]:
        """The oldest news that waits, in order. What a forgotten person said is done without being handed out.

        Every replica has what is handed out: its text lies in the vault, and whoever appends it elsewhere must find it there.
        """
        before = self._store.primary.id
        rows, team_key, tries = await self._waiting(limit)
        if rows and not self._store.embedded:
            await wait_replicas(self._store, self._keys, before)
        self._primary = self._store.primary.id
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
        async with away(), self._store.client.pipeline(transaction=False) as pipe:
            pipe.execute_command("XRANGE", self._keys.inbox(), "-", "+", "COUNT", limit)
            pipe.execute_command("HGET", self._keys.person(self._vault.team), "key")
            pipe.execute_command("HGETALL", self._keys.tries())
            rows, team_key, tries = await pipe.execute()
            return rows, team_key, tries

    async def done(self, ids: Sequence[str]) -> None:
        """These need not be sorted any more. StoreAway, too, where another server has taken over since they were read: what
        was seen meanwhile, and sorted by, may be lost.
        """
        if not ids:
            return
        self._store.require_space()
        if not self._store.embedded:
            await wait_replicas(self._store, self._keys, self._primary)
        async with away(), self._store.client.pipeline(transaction=False) as pipe:
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


def _gone(locked: Locked | None) -> bool:
    return locked is not None and (locked.wrapped is None or locked.blob is None)
