"""Bringing a backup back into an empty store.

From its first write to the last a mark stands in the store, and nobody works on a store that bears it: one that was
half brought back is brought back again from the beginning.
"""

from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from redis.asyncio import RedisCluster

from adapters.stores.away import away
from adapters.stores.backup import Backup
from adapters.stores.connect import Client, Store, connect
from adapters.stores.copying import Command, commands
from adapters.stores.crypt import Secrets
from adapters.stores.durability import check_durable
from adapters.stores.keys import Keys
from adapters.stores.list_of_forgotten import listed
from adapters.stores.vault import RedisVault
from bot.errors import StoreUnsafe, WrongUse
from bot.settings import Settings

Say = Callable[[str], None]

_AT_ONCE = 500  # commands of one round trip
_BYTES = 4 * 1024 * 1024  # or so many bytes
_STEP = 20_000
_UNFINISHED = "A backup was being brought back into this store, and that broke off. Run coolhead restore again."


async def require_whole(store: Store, keys: Keys) -> None:
    """Raise StoreUnsafe for a store into which a backup was brought back only by half."""
    async with away():
        half = await store.client.execute_command("EXISTS", keys.restoring())
    if half:
        raise StoreUnsafe(_UNFINISHED)


async def done(store: Store, keys: Keys) -> None:
    """It is brought back whole, and may be worked on."""
    async with away():
        await store.client.execute_command("DEL", keys.restoring())


@dataclass(frozen=True, slots=True)
class Filled:
    """What was brought back. `forgotten`: the persons who were forgotten since the backup, none of whose texts came back."""

    keys: int
    forgotten: Sequence[str]


async def fill(store: Store, keys: Keys, secrets: Secrets, backup: Backup, lists: Iterable[Path], say: Say) -> Filled:
    """Write all of `backup`, but nothing of whom `lists` name as forgotten since. The mark stands until `done`.

    Nothing is written before every piece of it was read once. Raises WrongUse for a store that holds something, Tampered,
    StoreAway.
    """
    gone = since(backup, lists)
    persons = backup.persons(secrets)
    kept = {name: wrapped for name, wrapped in persons.items() if name not in {keys.person(one) for one in gone}}
    say("The backup is looked through.")
    total = len({piece.key for piece in backup.data(secrets)})
    await _require_empty(store.client, keys)
    async with away():
        await store.client.execute_command("SET", keys.restoring(), backup.id)
    async with _sending(store) as send:
        count, last = 0, ""
        for piece in backup.data(secrets):
            if piece.key.startswith(keys.person("")) and piece.key not in kept:
                continue
            if piece.key != last:
                count, last = count + 1, piece.key
                if count % _STEP == 0:
                    say(f"{count} of {total} keys are back.")
            for command in commands(piece):
                await send(command)
        for name, wrapped in kept.items():
            await send(("HSET", name, b"key", wrapped))
    return Filled(count, gone)


def since(backup: Backup, lists: Iterable[Path]) -> Sequence[str]:
    """Whom these lists name as forgotten after the backup was begun. Whoever came back before it is known again."""
    latest: dict[str, float] = {}
    for path in lists:
        for person, at in listed(path).items():
            latest[person] = max(at, latest.get(person, 0.0))
    return sorted(person for person, at in latest.items() if at >= backup.at // 1000)


async def bring_back(settings: Settings, backup: Backup, lists: Iterable[Path], say: Say) -> Filled:
    """`fill` the store that the settings name. Raises StoreUnsafe and WrongSettings too."""
    settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    async with connect(settings.redis_url, settings.data_dir) as store:
        await check_durable(store.client, bool(settings.get("ACCEPT_LOSS")))
        secrets = Secrets(settings.master_secret(), backup.team)
        return await fill(store, Keys(backup.team), secrets, backup, lists, say)


async def _require_empty(client: Client, keys: Keys) -> None:
    """Raise WrongUse where somebody said or did something there.

    What a restore that broke off left is thrown away, and what merely looking at an empty store leaves in it.
    """
    looked = (keys.person(RedisVault.team), keys.lease(""), keys.pulse(""), keys.marker(), keys.layout())
    async with away():
        half = await client.execute_command("EXISTS", keys.restoring())
    target: dict[str, Any] = {}
    if isinstance(client, RedisCluster):
        target = {"target_nodes": client.get_node_from_key(keys.marker())}
    found: list[bytes] = []
    async with away(None):
        async for name in client.scan_iter(match=f"{keys.tag}*", count=1_000, **target):
            if not half and not name.decode().startswith(looked):
                raise WrongUse("The store is not empty. A backup is brought back only into an empty one.")
            if name != keys.restoring().encode():
                found.append(name)
    for begin in range(0, len(found), _AT_ONCE):
        async with away():
            await client.execute_command("UNLINK", *found[begin : begin + _AT_ONCE])


@asynccontextmanager
async def _sending(store: Store) -> AsyncIterator[Callable[[Command], Any]]:
    """Sends commands many at a time; all are confirmed on the way out."""
    waiting: list[Command] = []
    size = 0

    async def flush() -> None:
        nonlocal size
        if not waiting:
            return
        store.require_space()
        async with away(60.0), store.client.pipeline(transaction=False) as pipe:
            for each in waiting:
                pipe.execute_command(*each)
            await pipe.execute()
        waiting.clear()
        size = 0

    async def send(command: Command) -> None:
        nonlocal size
        waiting.append(command)
        size += sum(len(one) for one in command if isinstance(one, bytes | str))
        if len(waiting) >= _AT_ONCE or size >= _BYTES:
            await flush()

    yield send
    await flush()
