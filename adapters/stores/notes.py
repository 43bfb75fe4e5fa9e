"""Notes for one person of the team. Encrypted, because they hold a customer's words and ours; gone after a week.

A note points at a thread and repeats what stands there, so losing one loses nothing. What somebody typed in a form and did
not finish is kept the same way, by what the form is about, for a day.
"""

from collections.abc import Sequence
from typing import Protocol

from adapters.stores.away import away
from adapters.stores.connect import Store
from adapters.stores.crypt import PersonKey, lock, unlock
from adapters.stores.keys import Keys
from bot.errors import Tampered

WEEK, DAY = 7 * 24 * 3600, 24 * 3600  # seconds after the newest
_MOST = 50
#: Each note begins with its number, by which the oldest is known; the counter stands among them under no name.
_ORDER = 8
_COUNTER = b""


class Derives(Protocol):
    """What gives a key for one use: 32 bytes, the same on every replica."""

    def derive(self, purpose: str) -> bytes: ...


class RedisNotes:
    """The web room's port Notes, and the chats' Scratch. Every method raises StoreAway.

    `purpose` gives a key of its own: what was put under another does not open.
    """

    def __init__(self, store: Store, keys: Keys, vault: Derives, *, purpose: str = "notes", kept: int = WEEK) -> None:
        self._store = store
        self._keys = keys
        self._kept = kept
        self._key = PersonKey(b"", vault.derive(purpose))

    async def put(self, person: str, key: str, body: bytes) -> None:
        """Keep it. The same key again is the same note; of more than fifty the oldest go."""
        self._store.require_space()
        at, client = self._keys.notes(person), self._store.client
        async with away():
            number = await client.execute_command("HINCRBY", at, _COUNTER, 1)
        kept = number.to_bytes(_ORDER, "big") + lock(self._key, f"{person} {key}", body)
        async with away(), client.pipeline(transaction=False) as pipe:
            pipe.execute_command("HSET", at, key, kept)
            pipe.execute_command("EXPIRE", at, self._kept)
            await pipe.execute()
        rows = await self._rows(person)
        if extra := [field for field, _ in rows[: max(0, len(rows) - _MOST)]]:
            async with away():
                await client.execute_command("HDEL", at, *extra)

    async def list(self, person: str) -> Sequence[bytes]:
        """All of theirs, the oldest first. One that does not open with our key is left out."""
        opened = (self._open(person, field, kept) for field, kept in await self._rows(person))
        return [body for body in opened if body is not None]

    async def _rows(self, person: str) -> Sequence[tuple[str, bytes]]:
        async with away():
            rows = await self._store.client.execute_command("HGETALL", self._keys.notes(person))
        pairs = rows.items() if isinstance(rows, dict) else zip(rows[::2], rows[1::2], strict=True)
        found = [(field.decode(), kept) for field, kept in pairs if field != _COUNTER]
        return sorted(found, key=lambda row: row[1][:_ORDER])

    async def drop(self, person: str, key: str) -> None:
        """It is done with."""
        async with away():
            await self._store.client.execute_command("HDEL", self._keys.notes(person), key)

    async def clear(self, person: str) -> None:
        """All of theirs are done with, whatever they were put for."""
        async with away():
            await self._store.client.execute_command("DEL", self._keys.notes(person))

    def _open(self, person: str, key: str, kept: bytes) -> bytes | None:
        try:
            return unlock(self._key, f"{person} {key}", kept[_ORDER:])
        except Tampered:
            return None
