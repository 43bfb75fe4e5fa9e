"""Notes for one person of the team. Encrypted, because they hold a customer's words and ours; gone after a week.

A note points at a thread and repeats what stands there, so losing one loses nothing.
"""

from collections.abc import Sequence
from typing import Protocol

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from adapters.stores.away import away
from adapters.stores.connect import Store
from adapters.stores.crypt import PersonKey, lock, unlock
from adapters.stores.keys import Keys
from bot.errors import Tampered

_KEPT = 7 * 24 * 3600  # seconds after the newest
_MOST = 50


class Derives(Protocol):
    """What gives a key for one use: 32 bytes, the same on every replica."""

    def derive(self, purpose: str) -> bytes: ...


class RedisNotes:
    """The web room's port Notes. Every method raises StoreAway."""

    def __init__(self, store: Store, keys: Keys, vault: Derives) -> None:
        self._store = store
        self._keys = keys
        self._key = PersonKey(b"", AESGCM(vault.derive("notes")))

    async def put(self, person: str, key: str, body: bytes) -> None:
        """Keep it. The same key again is the same note; of more than fifty the ones longest there go."""
        self._store.require_space()
        at = self._keys.notes(person)
        async with away(), self._store.client.pipeline(transaction=False) as pipe:
            pipe.execute_command("HSET", at, key, lock(self._key, f"{person} {key}", body))
            pipe.execute_command("EXPIRE", at, _KEPT)
            pipe.execute_command("HKEYS", at)
            _, _, held = await pipe.execute()
        # A hash keeps no order once it is large, but fifty small fields are a listpack, which does.
        if len(held) > _MOST:
            async with away():
                await self._store.client.execute_command("HDEL", at, *held[: len(held) - _MOST])

    async def list(self, person: str) -> Sequence[bytes]:
        """All of theirs. One that does not open with our key is left out."""
        async with away():
            rows = await self._store.client.execute_command("HGETALL", self._keys.notes(person))
        pairs = rows.items() if isinstance(rows, dict) else zip(rows[::2], rows[1::2], strict=True)
        opened = (self._open(person, field.decode(), blob) for field, blob in pairs)
        return [body for body in opened if body is not None]

    async def drop(self, person: str, key: str) -> None:
        """It is done with."""
        async with away():
            await self._store.client.execute_command("HDEL", self._keys.notes(person), key)

    def _open(self, person: str, key: str, blob: bytes) -> bytes | None:
        try:
            return unlock(self._key, f"{person} {key}", blob)
        except Tampered:
            return None
