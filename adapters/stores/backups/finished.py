"""A finished backup: everything a team's keys held at one instant.

`data` holds everything but the persons' wrapped keys, `keys` those alone: without the second no text of the first can be
read, by nobody and with no secret. Both are encrypted under what the master secret gives, which is in neither.
"""

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from adapters.stores.backups import pieces_file
from adapters.stores.backups.copying import entries
from adapters.stores.backups.pieces_file import Piece
from adapters.stores.crypt import Secrets
from adapters.stores.keys import Keys
from bot.errors import WrongUse
from bot.nouns.record import Line
from bot.review.anchors import Anchor

_FORM = 1
DATA = "data.coolhead"
TOLD = "backup.json"  # with this file a backup counts
BEGUN = "backup.json.part"  # until then it tells the same of what was begun


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup in a folder. `at`: the store's time, in ms, when the try that finished it was begun. `keys_file` may lie
    elsewhere.
    """

    folder: Path
    keys_file: Path
    id: str
    team: str
    at: int

    @property
    def data_file(self) -> Path:
        """Everything but the persons' keys."""
        return self.folder / DATA

    @property
    def forgotten_file(self) -> Path:
        """Who had been forgotten by then, in the clear: keyed hashes and times."""
        return self.folder / "forgotten"

    def data(self, secrets_: Secrets) -> Iterator[Piece]:
        """What each key held, key by key. Raises Tampered."""
        turns: dict[str, int] = {}
        for piece in pieces_file.read(self.data_file, secrets_.derive("backup data"), f"{self.id} data"):
            if piece.turn:
                turns[piece.key] = piece.turn
        for piece in pieces_file.read(self.data_file, secrets_.derive("backup data"), f"{self.id} data"):
            if piece.turn == turns.get(piece.key, 0) and piece.kind != "none":
                yield piece

    def persons(self, secrets_: Secrets) -> Mapping[str, bytes]:
        """The wrapped key of each person, by the name of what they are kept under. Raises Tampered."""
        read = pieces_file.read(self.keys_file, secrets_.derive("backup keys"), f"{self.id} keys")
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
        return _described(folder, keys_file, TOLD)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise WrongUse(f"There is no finished backup in {folder}.") from error


def begun_backup(folder: Path, keys_file: Path | None = None) -> Backup | None:
    """The one that was begun there and broken off. None where nothing can be made of it: then it begins anew."""
    try:
        return _described(folder, keys_file, BEGUN)
    except (OSError, ValueError, KeyError, TypeError, WrongUse):
        return None


def _described(folder: Path, keys_file: Path | None, name: str) -> Backup:
    told: dict[str, Any] = json.loads((folder / name).read_bytes())
    if told["form"] != _FORM:
        raise WrongUse(f"The backup in {folder} was made by a later version. Use that one.")
    return Backup(folder, keys_file or folder / "keys.coolhead", told["id"], told["team"], int(told["at"]))


def describe(made: Backup) -> None:
    """Write which one lies there, so that another try can go on with it."""
    told = {"form": _FORM, "id": made.id, "team": made.team, "at": made.at}
    with (made.folder / BEGUN).open("wb") as file:
        file.write(json.dumps(told, indent=2).encode() + b"\n")
        file.flush()
        os.fsync(file.fileno())


def sign_off(made: Backup) -> None:
    """Its last file: with it the backup counts."""
    describe(made)
    (made.folder / BEGUN).rename(made.folder / TOLD)
    for folder in {made.folder, made.keys_file.parent}:
        descriptor = os.open(folder, os.O_RDONLY)
        os.fsync(descriptor)
        os.close(descriptor)
