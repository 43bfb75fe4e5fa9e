"""How each source is heard: its last answer, and the slots of time in which it told us something by itself."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from adapters.stores.away import away
from adapters.stores.connect import Store
from adapters.stores.keys import Keys
from bot.nouns.rhythm import KEPT, Rhythm, Trouble

#: Somebody who has not looked for so long was away.
_BREAK = timedelta(minutes=5)
_WATCH = ""


class RedisRhythms:
    """The port Rhythms. Every method raises StoreAway."""

    def __init__(self, store: Store, keys: Keys) -> None:
        self._store = store
        self._keys = keys

    async def note(self, heard: Sequence[Rhythm]) -> None:
        """Add what was heard. A source whose pace this replica does not know yet keeps the one that is known."""
        if not heard:
            return
        self._store.require_space()
        known = await self._rows()
        async with away(), self._store.client.pipeline(transaction=False) as pipe:
            for rhythm in heard:
                known[rhythm.source] = _merged(rhythm, known.get(rhythm.source, {}))
                pipe.hset(self._keys.rhythms(), _field(rhythm.source), json.dumps(known[rhythm.source]))
                if rhythm.arrivals:
                    arrivals = self._arrivals(rhythm.source)
                    pipe.zadd(arrivals, {str(at.timestamp()): at.timestamp() for at in rhythm.arrivals})
                    pipe.zremrangebyscore(arrivals, "-inf", (rhythm.arrivals[-1] - KEPT).timestamp())
            await pipe.execute()

    async def all(self) -> Sequence[Rhythm]:
        """Every source that was ever heard."""
        rows = {source: row for source, row in (await self._rows()).items() if source != _WATCH}
        async with away(), self._store.client.pipeline(transaction=False) as pipe:
            for source in rows:
                pipe.zrange(self._arrivals(source), 0, -1, withscores=True)
            slots: Any = await pipe.execute()
        return [_rhythm(source, row, some) for (source, row), some in zip(rows.items(), slots, strict=True)]

    async def watch(self, now: datetime) -> datetime:
        """Somebody looks now; hands back since when they have without a break of more than five minutes."""
        self._store.require_space()
        row = (await self._rows()).get(_WATCH, {})
        last = _moment(row.get("until"))
        began = _moment(row.get("since"))
        since = began if began and last and timedelta() <= now - last <= _BREAK else now
        kept = json.dumps({"since": since.isoformat(), "until": now.isoformat()})
        async with away():
            await self._store.client.execute_command("HSET", self._keys.rhythms(), _WATCH, kept)
        return since

    async def trouble(self, trouble: Trouble) -> None:
        """This is wrong with a source, instead of what was known before."""
        self._store.require_space()
        async with away():
            kept = trouble.model_dump_json(exclude={"source"})
            await self._store.client.execute_command("HSET", self._keys.troubles(), _field(trouble.source), kept)

    async def well(self, source: str) -> None:
        """Nothing is."""
        async with away():
            await self._store.client.execute_command("HDEL", self._keys.troubles(), _field(source))

    async def troubles(self) -> Sequence[Trouble]:
        """All that is known."""
        async with away():
            rows: Any = await self._store.client.hgetall(self._keys.troubles())
        return [Trouble(source=_name(field), **json.loads(row)) for field, row in rows.items()]

    async def _rows(self) -> dict[str, dict[str, Any]]:
        async with away():
            rows: Any = await self._store.client.hgetall(self._keys.rhythms())
        return {_name(field): json.loads(row) for field, row in rows.items()}

    def _arrivals(self, source: str) -> bytes:
        return self._keys.arrivals(source).encode(errors="surrogatepass")


def _field(source: str) -> bytes:
    return source.encode(errors="surrogatepass")


def _name(field: bytes) -> str:
    return field.decode(errors="surrogatepass")


def _merged(rhythm: Rhythm, before: dict[str, Any]) -> dict[str, Any]:
    """The later answer counts."""
    last = _moment(before.get("beat"))
    beat = max((at for at in (last, rhythm.beat) if at is not None), default=None)
    every = rhythm.every or before.get("every", 0.0)
    return {"beat": beat.isoformat() if beat is not None else None, "every": every}


def _rhythm(source: str, row: dict[str, Any], slots: Sequence[tuple[bytes, float]]) -> Rhythm:
    arrivals = tuple(datetime.fromtimestamp(score, UTC) for _, score in slots)
    return Rhythm(source=source, beat=_moment(row["beat"]), every=row["every"], arrivals=arrivals)


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
