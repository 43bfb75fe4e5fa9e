"""What a backup that was broken off left, and which of it is still the same: that is not copied again.

The server tells what each key holds in a few bytes, a hash of it, and the same is made of what lies in the file. Larger keys,
those that end in time, and those whose items the server tells in another order now, are copied again.
"""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha1
from typing import cast

from adapters.stores.backups import pieces_file
from adapters.stores.backups.copying import MANY
from adapters.stores.backups.finished import Backup
from adapters.stores.backups.pieces_file import Piece, Whole, packed
from adapters.stores.connect import Client
from adapters.stores.crypt import Secrets
from adapters.stores.script import Script

_AT_ONCE = 50  # keys of one call, so that nobody waits long for the server meanwhile

_digests = Script("digests")


@dataclass(frozen=True, slots=True)
class Left:
    """What a try left. `held`: what each key held when it was copied last, as kind and hash, '' where that must be copied
    again; `turn`: the next one's.
    """

    whole: Whole
    turn: int
    held: Mapping[str, tuple[str, str]]


def left_by(made: Backup, secrets: Secrets) -> Left:
    """What is whole of its data file. Nothing, where there is none or it does not open with this secret."""
    whole, turns, held = Whole(0, 0), dict[str, int](), dict[str, tuple[str, str]]()
    for piece, so_far in pieces_file.begun(made.data_file, secrets.derive("backup data"), f"{made.id} data"):
        whole = so_far
        first = turns.get(piece.key, -1) < piece.turn
        turns[piece.key] = piece.turn
        same = first and piece.until is None and piece.kind != "none"  # what may still be the same
        held[piece.key] = (piece.kind, _digest(piece) if same else "")
    return Left(whole, max(turns.values(), default=-1) + 1, held)


def _digest(piece: Piece) -> str:
    """As lua/digests.lua makes it."""
    return _sha1(packed(sorted(map(_sha1, piece.items)) if piece.kind == "set" else piece.items)).decode()


def _sha1(text: bytes) -> bytes:
    return sha1(text, usedforsecurity=False).hexdigest().encode()


async def unchanged(client: Client, left: Left, names: Sequence[str], apart: bytes) -> AsyncIterator[tuple[str, bytes]]:
    """Which of these keys hold what the file has of them, and what stands in a hash's field `apart`, which is not in the file.

    `apart` b"": there is no such field, and the second is empty. Raises StoreAway.
    """
    asked = [name for name in names if left.held.get(name, ("", ""))[1]]
    for begin in range(0, len(asked), _AT_ONCE):
        some = asked[begin : begin + _AT_ONCE]
        told = await _digests(client, some, [*(left.held[name][0] for name in some), MANY, apart])
        for name, (digest, field) in zip(some, cast("Sequence[tuple[bytes, bytes]]", told), strict=True):
            if digest.decode() == left.held[name][1]:
                yield name, field
