"""Notes in the store: one a key, encrypted, theirs alone."""

import hashlib

from adapters.stores.away import away
from adapters.stores.connect import Store
from adapters.stores.keys import Keys
from adapters.stores.notes import DAY, RedisNotes


class _Vault:
    """Gives keys by purpose, as the vault does."""

    def __init__(self, master: bytes = b"master") -> None:
        self._master = master

    def derive(self, purpose: str) -> bytes:
        return hashlib.sha256(self._master + purpose.encode()).digest()


async def test_a_note_is_kept_until_dropped(store: Store, team: str) -> None:
    """The same key is one note, the newer one; dropping it twice is no error."""
    notes = RedisNotes(store, Keys(team), _Vault())
    await notes.put("ana", "k1", b"one")
    await notes.put("ana", "k1", b"one again")
    await notes.put("ana", "k2", b"two")
    assert sorted(await notes.list("ana")) == [b"one again", b"two"]
    assert await notes.list("ben") == []
    for _ in range(2):
        await notes.drop("ana", "k1")
    assert await notes.list("ana") == [b"two"]


async def test_what_lies_in_the_store_cannot_be_read(store: Store, team: str) -> None:
    """No word stands there in the clear, and another secret opens nothing."""
    keys = Keys(team)
    await RedisNotes(store, keys, _Vault()).put("ana", "k1", b"their words")
    async with away():
        blob = await store.client.execute_command("HGET", keys.notes("ana"), "k1")
    assert b"their words" not in blob
    assert await RedisNotes(store, keys, _Vault(b"other")).list("ana") == []


async def test_a_note_cannot_be_moved(store: Store, team: str) -> None:
    """A blob put under another person's name does not open there."""
    keys = Keys(team)
    notes = RedisNotes(store, keys, _Vault())
    await notes.put("ana", "k1", b"for Ana")
    async with away():
        blob = await store.client.execute_command("HGET", keys.notes("ana"), "k1")
        await store.client.execute_command("HSET", keys.notes("ben"), "k1", blob)
    assert await notes.list("ben") == []


async def test_the_list_stays_short(store: Store, team: str) -> None:
    """Of more than fifty the newest are kept, in order; all of them go a week after the last."""
    keys = Keys(team)
    notes = RedisNotes(store, keys, _Vault())
    for number in range(53):
        await notes.put("ana", f"k{number}", str(number).zfill(300).encode())
    assert [int(body) for body in await notes.list("ana")] == list(range(3, 53))
    async with away():
        left = await store.client.execute_command("TTL", keys.notes("ana"))
    assert 0 < left <= 7 * 24 * 3600


async def test_what_was_typed_goes_within_a_day(store: Store, team: str) -> None:
    """Under a key of its own, which opens no notes; whoever it is about is forgotten with all of it at once."""
    keys = Keys(team)
    notes = RedisNotes(store, keys, _Vault())
    typed = RedisNotes(store, keys, _Vault(), purpose="typed", kept=DAY)
    await typed.put("c1", "k1", b"call me")
    await typed.put("c2", "k1", b"another")
    assert await typed.list("c1") == [b"call me"]
    assert await notes.list("c1") == []
    async with away():
        left = await store.client.execute_command("TTL", keys.notes("c1"))
    assert 0 < left <= DAY
    await notes.clear("c1")
    assert (await typed.list("c1"), await typed.list("c2")) == ([], [b"another"])
