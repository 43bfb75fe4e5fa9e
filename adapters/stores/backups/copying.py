"""What a key holds, read as pieces and written again, in commands that every server of the Redis protocol knows.

DUMP and RESTORE would be shorter, and bind a copy to one server: Valkey and Redis cannot read each other's.
"""

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from typing import Any

from adapters.stores.away import away
from adapters.stores.backups.pieces_file import Piece, packed, unpacked
from adapters.stores.connect import Client
from adapters.stores.script import Argument

AT_ONCE = 200  # keys that one round trip asks about
MANY = 1_000  # items of one piece; a key that holds more is read bit by bit

_SIZE = {"hash": "HLEN", "set": "SCARD", "zset": "ZCARD", "stream": "XLEN", "string": "STRLEN"}
_SCAN = {"hash": "HSCAN", "set": "SSCAN", "zset": "ZSCAN"}
_EACH = {"hash": 2, "zset": 2}  # items that belong together
_WRITE = {"hash": "HSET", "set": "SADD"}
#: One command as the store takes it.
Command = tuple[Argument, ...]


async def pieces(client: Client, keys: Sequence[str], turn: int, now: int) -> AsyncIterator[Piece]:
    """All that these keys hold, each as it was at some instant meanwhile, key by key. Raises StoreAway.

    `now`: the store's time in ms, or an earlier one: then what expires does so a little early in the copy. (No script is
    run for it, because those wait while writes are paused.)
    """
    for begin in range(0, len(keys), AT_ONCE):
        some = keys[begin : begin + AT_ONCE]
        kinds, until = await _kinds(client, some, now)
        whole = await _small(client, some, kinds)
        for key in some:
            ends = until.get(key)
            if key in whole:
                yield Piece(key, turn, kinds[key], ends, whole[key])
            elif kinds[key] == "none":
                yield Piece(key, turn, "none", None, ())
            else:
                async for items in _large(client, key, kinds[key]):
                    yield Piece(key, turn, kinds[key], ends, items)


async def _kinds(client: Client, keys: Sequence[str], now: int) -> tuple[Mapping[str, str], Mapping[str, int]]:
    told = await asked_of(client, [*(("TYPE", key) for key in keys), *(("PTTL", key) for key in keys)])
    kinds = {key: _text(kind) for key, kind in zip(keys, told, strict=False)}
    left = dict(zip(keys, told[len(keys) :], strict=True))
    return kinds, {key: now + int(ms) for key, ms in left.items() if int(ms) >= 0}


async def _small(client: Client, keys: Sequence[str], kinds: Mapping[str, str]) -> Mapping[str, Sequence[bytes]]:
    there = [key for key in keys if kinds[key] in _SIZE]
    sizes = await asked_of(client, [(_SIZE[kinds[key]], key) for key in there])
    few = [key for key, size in zip(there, sizes, strict=True) if kinds[key] == "string" or int(size) <= MANY]
    found = await asked_of(client, [_whole(key, kinds[key]) for key in few])
    return {key: _flat(kinds[key], answer) for key, answer in zip(few, found, strict=True) if answer is not None}


def _whole(key: str, kind: str) -> Command:
    match kind:
        case "hash":
            return ("HGETALL", key)
        case "set":
            return ("SMEMBERS", key)
        case "zset":
            return ("ZRANGE", key, 0, -1, "WITHSCORES")
        case "stream":
            return ("XRANGE", key, "-", "+")
        case _:
            return ("GET", key)


async def _large(client: Client, key: str, kind: str) -> AsyncIterator[Sequence[bytes]]:
    if kind == "stream":
        after = "-"
        while page := _rows((await asked_of(client, [("XRANGE", key, after, "+", "COUNT", MANY)]))[0]):
            yield _entries(page)
            after = f"({_text(page[-1][0])}"
        return
    cursor: Any = 0
    while True:
        cursor, page = (await asked_of(client, [(_SCAN[kind], key, cursor, "COUNT", MANY)]))[0]
        if page:
            yield _flat(kind, page)
        if int(cursor) == 0:
            return


def _flat(kind: str, answer: Any) -> Sequence[bytes]:
    """An answer as items; the library gives some as mappings or pairs."""
    match kind, answer:
        case "stream", rows:
            return _entries(_rows(rows))
        case "string", text:
            return (_bytes(text),)
        case _, Mapping():
            return [_bytes(one) for pair in answer.items() for one in pair]
        case "zset", [[_, _], *_] | [(_, _), *_]:
            return [_bytes(one) for pair in answer for one in pair]
        case _:
            return [_bytes(one) for one in answer]


def _rows(answer: Any) -> Sequence[tuple[bytes, Any]]:
    return [(row[0], row[1]) for row in answer or ()]


def _entries(rows: Sequence[tuple[bytes, Any]]) -> Sequence[bytes]:
    """Id and fields in turn; the fields of an entry are one item."""
    return [one for id, fields in rows for one in (_bytes(id), packed(_flat("hash", fields)))]


def entries(items: Sequence[bytes]) -> Iterator[tuple[str, Sequence[bytes]]]:
    """The entries of a stream's piece: id, and field and value in turn."""
    for id, fields in zip(items[::2], items[1::2], strict=True):
        yield id.decode(), unpacked(fields)


def commands(piece: Piece) -> Iterator[Command]:
    """What writes a piece of a living key again."""
    match piece.kind:
        case "string":
            yield ("SET", piece.key, piece.items[0])
        case "stream":
            for id, fields in entries(piece.items):
                yield ("XADD", piece.key, id, *fields)
        case "zset":
            scored = [
                one
                for member, score in zip(piece.items[::2], piece.items[1::2], strict=True)
                for one in (score, member)
            ]
            for some in _cut(scored, 2):
                yield ("ZADD", piece.key, *some)
        case kind:
            for some in _cut(piece.items, _EACH.get(kind, 1)):
                yield (_WRITE[kind], piece.key, *some)
    if piece.until is not None:
        yield ("PEXPIREAT", piece.key, piece.until)


def _cut(items: Sequence[bytes], each: int) -> Iterator[Sequence[bytes]]:
    size = MANY * each
    for begin in range(0, len(items), size):
        yield items[begin : begin + size]


async def asked_of(client: Client, asked: Sequence[Command]) -> list[Any]:
    """The answer to each, in one round trip."""
    if not asked:
        return []
    async with away(), client.pipeline(transaction=False) as pipe:
        for command in asked:
            pipe.execute_command(*command)
        answers: list[Any] = await pipe.execute()
        return answers


def _text(answer: Any) -> str:
    return answer.decode() if isinstance(answer, bytes) else str(answer)


def _bytes(answer: Any) -> bytes:
    return (
        answer
        if isinstance(answer, bytes)
        else repr(answer).encode()
        if isinstance(answer, float)
        else str(answer).encode()
    )
