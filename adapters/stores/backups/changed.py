"""Which keys of a team are written while somebody copies them, told by the server itself (CLIENT TRACKING, broadcast).

Two connections of its own: one that is told, one for whose sake. Every server from Redis 6 on can do it.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

from redis.asyncio import RedisCluster
from redis.exceptions import NoPermissionError, ResponseError

from adapters.stores.away import ANSWER, away
from adapters.stores.connect import Client
from adapters.stores.keys import Keys
from bot.errors import CoolheadError, StoreAway

_TOLD = "__redis__:invalidate"
_CANNOT = (
    "The store does not let us watch what is written while it is copied (CLIENT TRACKING, CLIENT PAUSE). "
    "Allow both to our user, or use the snapshots of whoever runs it."
)


class Changed:
    """`names`: the keys written since they were last taken, as far as the server has told by now."""

    def __init__(self, told: Any, own: Any) -> None:
        self._told = told
        self._own = own
        self._names: set[str] = set()
        self._pongs: dict[str, asyncio.Future[None]] = {}
        self._count = 0
        self.lost = False

    async def read(self) -> None:
        """Take in what the server tells, until cancelled. Where that breaks off, `lost` says so."""
        try:
            while True:
                self._note(await self._told.read_response())
        finally:
            self.lost = True
            for each in self._pongs.values():
                each.cancel()

    def _note(self, news: Any) -> None:
        match news:
            case [b"message", _, None]:
                self.lost = True  # everything was thrown away
            case [b"message", _, list(keys)]:
                self._names.update(key.decode() for key in keys)
            case [b"pong", name] if (asked := self._pongs.pop(name.decode(), None)) is not None:
                asked.set_result(None)

    async def take(self) -> set[str]:
        """The keys written since the last time, once all that was written before this is told. Raises StoreAway."""
        self._count += 1
        answer = asyncio.get_running_loop().create_future()
        self._pongs[str(self._count)] = answer
        async with away():
            await self._told.send_command("PING", str(self._count))
            await asyncio.wait((answer,), timeout=ANSWER)
        if self.lost or not answer.done() or answer.cancelled():
            raise StoreAway("The store stopped telling what is written, so it cannot be copied. Ask again.")
        names, self._names = self._names, set()
        return names

    async def pause(self, ms: int) -> None:
        """Have every write wait until `resume`, or so long."""
        await ask(self._own, "CLIENT", "PAUSE", ms, "WRITE")

    async def resume(self) -> None:
        """Let writes go on."""
        await ask(self._own, "CLIENT", "UNPAUSE")

    async def now(self) -> int:
        """The store's time, in ms."""
        seconds, micros = await ask(self._own, "TIME")
        return int(seconds) * 1000 + int(micros) // 1000


@asynccontextmanager
async def changes(client: Client, keys: Keys) -> AsyncIterator[Changed]:
    """Be told of every write to a team's keys. Raises StoreAway; CoolheadError where the store does not allow it."""
    told, own = await _connection(client, keys), await _connection(client, keys)
    try:
        number = await ask(told, "CLIENT", "ID")
        await ask(told, "SUBSCRIBE", _TOLD)
        await ask(own, "CLIENT", "TRACKING", "ON", "REDIRECT", number, "BCAST", "PREFIX", keys.tag)
        made = Changed(told, own)
        reading = asyncio.create_task(made.read(), name="what is written meanwhile")
        try:
            yield made
        finally:
            reading.cancel()
            await asyncio.wait((reading,))
            with suppress(StoreAway, CoolheadError):
                await made.resume()
    finally:
        for each in (told, own):
            await each.disconnect()


async def _connection(client: Client, keys: Keys) -> Any:
    """A connection of our own to the server that holds the team."""
    async with away():
        if isinstance(client, RedisCluster):
            await client.initialize()
            node = client.get_node_from_key(keys.marker())
            if node is None:
                raise StoreAway("No part of the store's cluster is in charge of this team.")
            made: Any = node.connection_class(**node.connection_kwargs)
        else:
            pool: Any = client.connection_pool
            made = pool.make_connection()
        await made.connect()
        return made


async def ask(connection: Any, *command: str | int) -> Any:
    """One command on that very connection, and its answer as it came."""
    async with away():
        try:
            await connection.send_command(*command)
            return await connection.read_response()
        except (NoPermissionError, ResponseError):
            raise CoolheadError(_CANNOT) from None
