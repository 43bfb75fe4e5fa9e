"""Bringing a backup back into an empty store.

From its first write to the last a mark stands in the store, and nobody works on a store that bears it. It says how many
keys are back whole: a restore that was broken off goes on from there, where the backup is the same and so are those who
were forgotten since; else it begins anew.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from redis.asyncio import RedisCluster

from adapters.stores.away import away
from adapters.stores.backups.copying import Command, commands
from adapters.stores.backups.finished import Backup
from adapters.stores.backups.pieces_file import Piece
from adapters.stores.connect import Client, Store, connect
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

    Nothing is written before every piece of it was read once, and what the mark says is back is not written again. Raises
    WrongUse for a store that holds something, Tampered, StoreAway.
    """
    gone = since(backup, lists)
    persons = backup.persons(secrets)
    kept = {name: wrapped for name, wrapped in persons.items() if name not in {keys.person(one) for one in gone}}
    say("The backup is looked through.")
    wanted = _Wanted(backup, secrets, keys.person(""), frozenset(kept))
    total = len({piece.key for piece in wanted.pieces()})
    mark = _Mark(store, keys, _work(backup, gone))
    back = await mark.found()
    if back is None:
        await _require_empty(store.client, keys)
        await mark.put(0)
    else:
        say(f"{back} of {total} keys are back from the last time.")
    if back != total:
        await _write(store, wanted, kept, mark, _Progress(back or 0, total, say))
        await mark.put(total)
    return Filled(total, gone)


def _work(backup: Backup, gone: Sequence[str]) -> str:
    """What is being done here: this backup, without these persons."""
    return hashlib.sha256("\n".join((backup.id, *gone)).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class _Wanted:
    """The pieces of a backup, in an order that is always the same, without those of the persons who are not `kept`."""

    backup: Backup
    secrets: Secrets
    persons: str
    kept: frozenset[str]

    def pieces(self) -> Iterator[Piece]:
        for piece in self.backup.data(self.secrets):
            if not piece.key.startswith(self.persons) or piece.key in self.kept:
                yield piece


@dataclass(frozen=True, slots=True)
class _Mark:
    """Beside what is brought back: `work`, and how many keys of it are back."""

    store: Store
    keys: Keys
    work: str

    async def found(self) -> int | None:
        """How many are back from the last time; None where that was other work, or there was none."""
        async with away():
            told = await self.store.client.execute_command("GET", self.keys.restoring())
        work, _, count = (told or b"").decode().partition(" ")
        return int(count) if work == self.work and count.isdigit() else None

    async def put(self, count: int) -> None:
        """So many are confirmed."""
        async with away():
            await self.store.client.execute_command("SET", self.keys.restoring(), f"{self.work} {count}")


@dataclass(frozen=True, slots=True)
class _Progress:
    """`back`: how many keys are back already, of `total`."""

    back: int
    total: int
    say: Say

    def tell(self, count: int) -> None:
        if count % _STEP == 0:
            self.say(f"{count} of {self.total} keys are back.")


async def _write(store: Store, wanted: _Wanted, kept: Mapping[str, bytes], mark: _Mark, progress: _Progress) -> None:
    """Every key that is not back yet, from its first piece on; what an earlier try left of it goes first."""
    sending = _Sending(store, mark, progress.back)
    count, last = 0, ""
    for piece in wanted.pieces():
        if piece.key != last:
            count, last = count + 1, piece.key
            if count > progress.back:
                sending.begins(count)
                progress.tell(count)
                await sending.send(("UNLINK", piece.key))
        if count > progress.back:
            for command in commands(piece):
                await sending.send(command)
    for name, wrapped in kept.items():
        await sending.send(("HSET", name, b"key", wrapped))
    await sending.flush()


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


class _Sending:
    """Sends commands many at a time, and marks which keys are whole by then."""

    def __init__(self, store: Store, mark: _Mark, whole: int) -> None:
        self._store = store
        self._mark = mark
        self._waiting: list[Command] = []
        self._size = 0
        self._whole = whole

    def begins(self, count: int) -> None:
        """What is sent from here on is of the key of that number."""
        self._whole = count - 1

    async def send(self, command: Command) -> None:
        """Now or with those that follow. Raises StoreAway, StoreFull."""
        self._waiting.append(command)
        self._size += sum(len(one) for one in command if isinstance(one, bytes | str))
        if len(self._waiting) >= _AT_ONCE or self._size >= _BYTES:
            await self.flush()

    async def flush(self) -> None:
        """All of it, confirmed."""
        if not self._waiting:
            return
        self._store.require_space()
        async with away(60.0), self._store.client.pipeline(transaction=False) as pipe:
            for each in self._waiting:
                pipe.execute_command(*each)
            await pipe.execute()
        self._waiting.clear()
        self._size = 0
        await self._mark.put(self._whole)
