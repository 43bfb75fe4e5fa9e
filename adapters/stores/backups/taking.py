"""Taking a backup while everything runs.

All keys are copied first; those that were written meanwhile are copied again, until they are few; the last of them while
writes wait, a fraction of a second as a rule. Then nothing is missing and nothing stands half.

One that was broken off is gone on with: what it copied and what is still the same is not read again.
"""

import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from redis.asyncio import RedisCluster

from adapters.stores.away import away
from adapters.stores.backups.broken_off import Left, left_by, unchanged
from adapters.stores.backups.changed import Changed, changes
from adapters.stores.backups.copying import pieces
from adapters.stores.backups.finished import DATA, TOLD, Backup, begun_backup, describe, sign_off
from adapters.stores.backups.pieces_file import Piece, Writer
from adapters.stores.connect import Client
from adapters.stores.crypt import Secrets
from adapters.stores.keys import Keys
from adapters.stores.list_of_forgotten import written
from adapters.stores.locks import try_alone
from bot.errors import CoolheadError, WrongUse

Say = Callable[[str], None]

_STEP = 20_000  # keys between two words of progress
_FEW = 2_000  # keys that are copied while writes wait
_PAUSE_MS = 3_000
_ROUNDS = 12
_WRAPPED = b"key"
_BUSY = "The store is written to so much that no moment could be found to copy it whole. Try again at a calmer hour."


async def back_up(
    client: Client, keys: Keys, secrets_: Secrets, folder: Path, keys_file: Path | None, say: Say
) -> tuple[Backup, int]:
    """Copy everything into `folder`, and say how many keys. One that was broken off there is gone on with.

    Raises StoreAway, OSError, WrongUse where a finished backup lies there or another try is at it, CoolheadError where it
    cannot be done.
    """
    if (folder / TOLD).exists():
        raise WrongUse(f"A backup lies in {folder} already. Name another folder.")
    _make(folder)
    with _alone(folder):
        begun = _begun(folder, keys_file, keys.team)
        left = left_by(begun, secrets_)  # before anything is told of what is written: reading it may take long
        async with changes(client, keys) as meanwhile:
            made = replace(begun, at=await meanwhile.now())
            describe(made)
            copy = _Copy(client, keys, made, secrets_, left, say)
            try:
                await copy.everything(meanwhile)
                copy.finish()
            finally:
                copy.leave()
        sign_off(made)
    return made, copy.count


def _make(folder: Path) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Nobody else writes into it meanwhile."""
    if (lock := try_alone(folder / DATA)) is None:
        raise WrongUse(f"Another coolhead backup is writing into {folder}. Wait for it, or name another folder.")
    try:
        yield
    finally:
        os.close(lock)


def _begun(folder: Path, keys_file: Path | None, team: str) -> Backup:
    """The one that was broken off there, or another."""
    before = begun_backup(folder, keys_file)
    if before is not None and before.team == team:
        return before
    return Backup(folder, keys_file or folder / "keys.coolhead", secrets.token_hex(16), team, 0)


class _Copy:
    """`count`: keys copied so far, again and again ones too, and those that an earlier try had."""

    def __init__(self, client: Client, keys: Keys, made: Backup, secrets_: Secrets, left: Left, say: Say) -> None:
        self._client = client
        self._keys = keys
        self._made = made
        self._secrets = secrets_
        self._say = say
        self._left = left
        self._data = Writer(made.data_file, secrets_.derive("backup data"), f"{made.id} data", self._left.whole)
        self._persons: dict[str, bytes] = {}
        self._forgotten: dict[bytes, bytes] = {}
        self._left_out = (keys.session(""), keys.invite(""), keys.restoring())
        self._turn = self._left.turn
        self.count = 0

    async def everything(self, meanwhile: Changed) -> None:
        """Until nothing was written that is not copied."""
        await self._these(await self._not_yet(await self._all()))
        late = await meanwhile.take()
        for tries_left in reversed(range(_ROUNDS)):
            pausing = len(late) <= _FEW or not tries_left
            if pausing:
                await meanwhile.pause(_PAUSE_MS)
            await self._these(sorted(late | await meanwhile.take()))
            late = await meanwhile.take()
            if pausing:
                await meanwhile.resume()
                if not late:  # so nothing was written since before the last of it was copied
                    return
        raise CoolheadError(_BUSY)

    async def _all(self) -> list[str]:
        names: set[bytes] = set()
        target: dict[str, Any] = {}
        if isinstance(self._client, RedisCluster):
            target = {"target_nodes": self._client.get_node_from_key(self._keys.marker())}
        async with away(None):
            async for name in self._client.scan_iter(match=f"{self._keys.tag}*", count=1_000, **target):
                names.add(name)
        return sorted(name.decode() for name in names)

    async def _not_yet(self, names: list[str]) -> list[str]:
        """Which of these are to be copied, and which are gone since an earlier try."""
        person, forgotten = self._keys.person(""), self._keys.forgotten()
        persons = [name for name in names if name.startswith(person)]
        # Who was forgotten is always read: it goes into a file of its own, too.
        others = [name for name in names if not name.startswith(person) and name != forgotten]
        there = {name async for name, _ in unchanged(self._client, self._left, others, b"")}
        async for name, wrapped in unchanged(self._client, self._left, persons, _WRAPPED):
            there.add(name)
            if wrapped:
                self._persons[name] = wrapped
        if self._left.held:
            self._say(f"{len(there)} of {len(names)} keys are as an earlier try copied them.")
        self.count += len(there)
        return sorted((set(names) | set(self._left.held)) - there)

    async def _these(self, names: list[str]) -> None:
        wanted = [name for name in names if not name.startswith(self._left_out)]
        total, last = self.count + len(wanted), ""
        async for piece in pieces(self._client, wanted, self._turn, self._made.at):
            self.count += piece.key != last
            if piece.key != last and self.count % _STEP == 0:
                self._say(f"{self.count} of {total} keys are copied.")
            self._note(piece, begins=piece.key != last)
            last = piece.key
        self._turn += 1

    def _note(self, piece: Piece, *, begins: bool) -> None:
        if piece.key.startswith(self._keys.person("")):
            if begins:
                self._persons.pop(piece.key, None)
            piece = self._without_key(piece)
        if piece.key == self._keys.forgotten():
            self._forgotten |= dict(zip(piece.items[::2], piece.items[1::2], strict=True))
        self._data.write(piece)

    def _without_key(self, piece: Piece) -> Piece:
        kept: list[bytes] = []
        for field, value in zip(piece.items[::2], piece.items[1::2], strict=True):
            if field == _WRAPPED:
                self._persons[piece.key] = value
            else:
                kept += (field, value)
        return piece._replace(items=kept)

    def finish(self) -> None:
        """The keys, the list of the forgotten, and both files whole on the disk."""
        self._data.close()
        keys = Writer(self._made.keys_file, self._secrets.derive("backup keys"), f"{self._made.id} keys")
        for name, wrapped in sorted(self._persons.items()):
            keys.write(Piece(name, 0, "string", None, (wrapped,)))
        keys.close()
        written(self._made.forgotten_file, {one.decode(): float(at) for one, at in self._forgotten.items()})

    def leave(self) -> None:
        """Whatever happened, no file stays open."""
        self._data.abandon()
