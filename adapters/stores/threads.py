"""Which thread stands in which place, which version it shows, and which lines were said."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from adapters.stores.away import away
from adapters.stores.connect import Store
from adapters.stores.keys import Keys
from adapters.stores.rows import dump, load
from adapters.stores.script import Script
from bot.nouns.base import Noun
from bot.nouns.team import Place
from bot.ports import LineRef, ThreadRef

_put = Script("put_thread")
_KNOWN = timedelta(days=91)


class _Standing(Noun):
    place: Place
    ref: ThreadRef


class RedisThreads:
    """The port Threads. Each method raises StoreAway."""

    def __init__(self, store: Store, keys: Keys) -> None:
        self._store = store
        self._keys = keys

    async def get(self, incident: str) -> Mapping[Place, tuple[ThreadRef, int]]:
        """Each place with its thread and the version of the incident that it shows."""
        async with away():
            fields: Any = await self._store.client.hgetall(self._keys.threads(incident))
        found: dict[Place, tuple[ThreadRef, int]] = {}
        for name, value in fields.items():
            kind, _, where = name.partition(b" ")
            if kind == b"ref":
                standing = load(_Standing, value)
                found[standing.place] = (standing.ref, int(fields[b"painted " + where]))
        return found

    async def put(self, incident: str, place: Place, ref: ThreadRef, painted: int) -> None:
        """This thread stands there and shows version `painted`. A late word of an older version changes nothing."""
        self._store.require_space()
        where = f"{place.room} {place.id}"
        standing = dump(_Standing(place=place, ref=ref))
        await _put(self._store.client, [self._keys.threads(incident)], [where, standing, painted])

    async def said(self, key: str) -> bool:
        """Whether the line of that key was said, within the last quarter of a year."""
        async with away():
            return bool(await self._store.client.exists(self._keys.said(key)))

    async def where_said(self, key: str) -> LineRef | None:
        """Where the line of that key stands, if it was said within the last quarter of a year."""
        async with away():
            row: Any = await self._store.client.get(self._keys.said(key))
        return None if row is None else load(LineRef, row)

    async def mark_said(self, key: str, ref: LineRef) -> None:
        """It was, and stands at `ref`."""
        self._store.require_space()
        async with away():
            await self._store.client.set(self._keys.said(key), dump(ref), ex=_KNOWN)
