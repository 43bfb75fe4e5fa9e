"""A backup: everything a team's keys hold at one instant, taken while everything runs.

All keys are copied first; those that were written meanwhile are copied again, until they are few; the last of them while
writes wait, a fraction of a second as a rule. Then nothing is missing and nothing stands half.

`data` holds everything but the persons' wrapped keys, `keys` those alone: without the second no text of the first can be
read, by nobody and with no secret. Both are encrypted under what the master secret gives, which is in neither.
"""

import json
import os
import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from redis.asyncio import RedisCluster

from adapters.stores import backup_file
from adapters.stores.away import away
from adapters.stores.backup_file import Piece, Writer
from adapters.stores.changed import Changed, changes
from adapters.stores.connect import Client
from adapters.stores.copying import entries, pieces
from adapters.stores.crypt import Secrets
from adapters.stores.keys import Keys
from adapters.stores.list_of_forgotten import written
from bot.errors import CoolheadError, WrongUse
from bot.nouns.record import Line
from bot.review.anchors import Anchor

Say = Callable[[str], None]

_FORM = 1
_STEP = 20_000  # keys between two words of progress
_FEW = 2_000  # keys that are copied while writes wait
_PAUSE_MS = 3_000
_ROUNDS = 12
_WRAPPED = b"key"
_BUSY = "The store is written to so much that no moment could be found to copy it whole. Try again at a calmer hour."


@dataclass(frozen=True, slots=True)
class Backup:
    """A finished backup in a folder. `at`: the store's time when it was begun, in ms. `keys_file` may lie elsewhere."""

    folder: Path
    keys_file: Path
    id: str
    team: str
    at: int

    @property
    def data_file(self) -> Path:
        """Everything but the persons' keys."""
        return self.folder / "data.coolhead"

    @property
    def forgotten_file(self) -> Path:
        """Who had been forgotten by then, in the clear: keyed hashes and times."""
        return self.folder / "forgotten"

    def data(self, secrets_: Secrets) -> Iterator[Piece]:
        """What each key held, key by key. Raises Tampered."""
        turns: dict[str, int] = {}
        for piece in backup_file.read(self.data_file, secrets_.derive("backup data"), f"{self.id} data"):
            if piece.turn:
                turns[piece.key] = piece.turn
        for piece in backup_file.read(self.data_file, secrets_.derive("backup data"), f"{self.id} data"):
            if piece.turn == turns.get(piece.key, 0) and piece.kind != "none":
                yield piece

    def persons(self, secrets_: Secrets) -> Mapping[str, bytes]:
        """The wrapped key of each person, by the name of what they are kept under. Raises Tampered."""
        read = backup_file.read(self.keys_file, secrets_.derive("backup keys"), f"{self.id} keys")
        return {piece.key: piece.items[0] for piece in read}

    def timelines(self, secrets_: Secrets, keys: Keys) -> Iterator[list[Line]]:
        """Every timeline's lines."""
        name, lines = "", list[Line]()
        for piece in self.data(secrets_):
            if piece.kind != "stream" or not piece.key.startswith((keys.timeline(""), keys.timeline("x")[:-1])):
                continue
            if piece.key != name and lines:
                yield lines
                lines = []
            name = piece.key
            lines += [json.loads(fields[1]) for _, fields in entries(piece.items)]
        if lines:
            yield lines

    def anchors(self, secrets_: Secrets, keys: Keys) -> Iterable[Anchor]:
        """The signed heads in it."""
        for piece in self.data(secrets_):
            if piece.key == keys.anchors():
                yield from map(Anchor.model_validate_json, piece.items[1::2])


def find_backup(folder: Path, keys_file: Path | None = None) -> Backup:
    """The backup in a folder. Raises WrongUse where there is no finished one."""
    try:
        told: dict[str, Any] = json.loads((folder / "backup.json").read_bytes())
        if told["form"] != _FORM:
            raise WrongUse(f"The backup in {folder} was made by a later version. Use that one.")
        return Backup(folder, keys_file or folder / "keys.coolhead", told["id"], told["team"], int(told["at"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise WrongUse(f"There is no finished backup in {folder}.") from error


async def back_up(
    client: Client, keys: Keys, secrets_: Secrets, folder: Path, keys_file: Path | None, say: Say
) -> tuple[Backup, int]:
    """Copy everything into `folder`, and say how many keys. What an earlier one that was broken off left is written over.

    Raises StoreAway, OSError, WrongUse where a finished backup lies there, CoolheadError where it cannot be done.
    """
    if (folder / "backup.json").exists():
        raise WrongUse(f"A backup lies in {folder} already. Name another folder.")
    _make(folder)
    async with changes(client, keys) as meanwhile:
        at = await meanwhile.now()
        made = Backup(folder, keys_file or folder / "keys.coolhead", secrets.token_hex(16), keys.team, at)
        copy = _Copy(client, keys, made, secrets_, say)
        try:
            await copy.everything(meanwhile)
            copy.finish()
        finally:
            copy.leave()
    _sign_off(made)
    return made, copy.count


def _make(folder: Path) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def _sign_off(made: Backup) -> None:
    """Its last file: with it the backup counts."""
    told = {"form": _FORM, "id": made.id, "team": made.team, "at": made.at}
    part = made.folder / "backup.json.part"
    with part.open("wb") as file:
        file.write(json.dumps(told, indent=2).encode() + b"\n")
        file.flush()
        os.fsync(file.fileno())
    part.rename(made.folder / "backup.json")
    for folder in {made.folder, made.keys_file.parent}:
        descriptor = os.open(folder, os.O_RDONLY)
        os.fsync(descriptor)
        os.close(descriptor)


class _Copy:
    """`count`: keys copied so far, again and again ones too."""

    def __init__(self, client: Client, keys: Keys, made: Backup, secrets_: Secrets, say: Say) -> None:
        self._client = client
        self._keys = keys
        self._made = made
        self._secrets = secrets_
        self._say = say
        self._data = Writer(made.data_file, secrets_.derive("backup data"), f"{made.id} data")
        self._persons: dict[str, bytes] = {}
        self._forgotten: dict[bytes, bytes] = {}
        self._left_out = (keys.session(""), keys.invite(""), keys.restoring())
        self._turn = 0
        self.count = 0

    async def everything(self, meanwhile: Changed) -> None:
        """Until nothing was written that is not copied."""
        await self._these(await self._all())
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

    async def _these(self, names: list[str]) -> None:
        wanted = [name for name in names if not name.startswith(self._left_out)]
        last = ""
        async for piece in pieces(self._client, wanted, self._turn, self._made.at):
            self.count += piece.key != last
            if piece.key != last and self.count % _STEP == 0:
                self._say(f"{self.count} keys copied so far.")
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
