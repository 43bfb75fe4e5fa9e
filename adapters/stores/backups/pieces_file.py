"""A file of a backup: pieces, each compressed, encrypted and bound to its place, so that one that was changed, moved, left
out or cut off is found when it is read.

A piece is its length (4 bytes), a nonce (12) and AES-256-GCM over a header line (JSON) and its items, each behind its
own length. The last piece says that it is the last.
"""

import json
import os
import zlib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from struct import Struct
from typing import Any, BinaryIO, NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bot.errors import Tampered, WrongUse

_length = Struct(">I")
_NONCE = 12
_LARGEST = 256 * 1024 * 1024  # bytes of one piece; a length beyond it is no length
_QUICK = 1  # zlib's level: the store's disk is slower than that

BROKEN = "The backup does not fit this master secret, or it was changed or cut off."


class Piece(NamedTuple):
    """Some of what one key holds. `turn`: of several that tell of the same key, the highest is true.

    `kind` is the store's word for what it is (`none`: it is gone); `until` when it ends, in ms of the store's time.
    `items`: a hash's fields and values in turn, a sorted set's members and scores, a stream's entries as `entries` reads
    them, a text alone.
    """

    key: str
    turn: int
    kind: str
    until: int | None
    items: Sequence[bytes]


class Whole(NamedTuple):
    """How much of a file is whole: so many pieces, in so many bytes."""

    pieces: int
    size: int


_NOTHING = Whole(0, 0)


class Writer:
    """Writes one file, `after` what of it is whole already; the rest of it is cut away. `close` says that all is there, and
    brings it to the disk. Raises OSError.
    """

    def __init__(self, path: Path, secret: bytes, bound: str, after: Whole = _NOTHING) -> None:
        self._file: BinaryIO = os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600), "wb")
        self._file.truncate(after.size)
        self._file.seek(after.size)
        self._cipher = AESGCM(secret)
        self._bound = bound
        self._count = after.pieces

    def write(self, piece: Piece) -> None:
        """One more piece."""
        head = {"key": piece.key, "turn": piece.turn, "kind": piece.kind, "until": piece.until}
        self._put(json.dumps(head).encode() + b"\n" + packed(piece.items))

    def close(self) -> None:
        """The last piece, and all of it on the disk."""
        self._put(json.dumps({"end": self._count}).encode() + b"\n")
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()

    def abandon(self) -> None:
        """Leave it as it is, without an end."""
        self._file.close()

    def _put(self, plain: bytes) -> None:
        nonce = os.urandom(_NONCE)
        sealed = self._cipher.encrypt(nonce, zlib.compress(plain, _QUICK), _place(self._bound, self._count))
        self._file.write(_length.pack(len(nonce) + len(sealed)) + nonce + sealed)
        self._count += 1


def read(path: Path, secret: bytes, bound: str) -> Iterator[Piece]:
    """Every piece, in order. Raises Tampered for a file that is not what was written, WrongUse for one that is not there."""
    for piece, _ in _opened(path, secret, bound):
        if piece is None:
            return
        yield piece
    raise Tampered(BROKEN)


def begun(path: Path, secret: bytes, bound: str) -> Iterator[tuple[Piece, Whole]]:
    """The pieces of a file that was broken off, as far as they are whole, and how much of it that is by then."""
    size = 0
    with suppress(Tampered, WrongUse):
        for count, (piece, length) in enumerate(_opened(path, secret, bound), 1):
            size += length
            if piece is None:
                return
            yield piece, Whole(count, size)


def _opened(path: Path, secret: bytes, bound: str) -> Iterator[tuple[Piece | None, int]]:
    """Each piece and how many bytes it takes; None for the last, which says that it is the last."""
    cipher = AESGCM(secret)
    for count, body in enumerate(_bodies(path)):
        try:
            plain = zlib.decompress(cipher.decrypt(body[:_NONCE], body[_NONCE:], _place(bound, count)))
        except (InvalidTag, ValueError, zlib.error):
            raise Tampered(BROKEN) from None
        head, _, items = plain.partition(b"\n")
        told: dict[str, Any] = json.loads(head)
        piece = (
            None if "end" in told else Piece(told["key"], told["turn"], told["kind"], told["until"], unpacked(items))
        )
        yield piece, _length.size + len(body)


def _bodies(path: Path) -> Iterator[bytes]:
    try:
        with path.open("rb") as file:
            while head := file.read(_length.size):
                size = _length.unpack(head)[0] if len(head) == _length.size else 0
                if not _NONCE < size <= _LARGEST:
                    raise Tampered(BROKEN)
                body = file.read(size)
                if len(body) < size:
                    raise Tampered(BROKEN)
                yield body
    except OSError as error:
        raise WrongUse(f"{path} cannot be read: {error.strerror}.") from error


def _place(bound: str, number: int) -> bytes:
    return f"{bound} {number}".encode()


def packed(items: Sequence[bytes]) -> bytes:
    """Texts in one, each behind its length."""
    return b"".join([_length.pack(len(item)) + item for item in items])


def unpacked(text: bytes) -> Sequence[bytes]:
    """What `packed` was given."""
    items: list[bytes] = []
    at = 0
    while at < len(text):
        (size,) = _length.unpack_from(text, at)
        items.append(text[at + 4 : at + 4 + size])
        at += 4 + size
    return items
