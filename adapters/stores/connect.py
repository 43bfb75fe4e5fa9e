"""Connects to the store, wherever it is. The forms of an address stand in address.py.

Two clients, both speaking RESP2 (the same reply shapes in every version of the library from 5.2 on) and handing
back bytes:

- `client` never sends anything twice: the library would otherwise repeat a write whose reply was lost (seen: one
  XADD left three entries).
- `blocking` is for XREAD BLOCK and its like; it has sockets of its own, so that readers who wait keep nobody waiting,
  and it does not repeat itself either.

Every use stands inside `async with away():`, which turns failures into StoreAway and limits the waiting (for a
blocking read: `away(block + ANSWER)`). The clients themselves wait for ever.
"""

import asyncio
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import redis
import redis.asyncio.sentinel as sentinels
from redis.asyncio import (
    BlockingConnectionPool,
    Redis,
    RedisCluster,
)
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

from adapters.stores.address import Access, Address, Local, Node, Single, Spread, Watched, read_address
from adapters.stores.away import ANSWER, away
from adapters.stores.followers import Followers
from adapters.stores.lookout import Lookout, Pool
from adapters.stores.packed import Beside, Plain, Sealed
from adapters.stores.space import FLOOR
from adapters.stores.spread import spread
from bot.errors import StoreAway

Client = Redis | RedisCluster
Followed = Callable[[int, str], Awaitable[None]]

_CONNECT = 2.0  # seconds
_SENTINEL = 1.0  # seconds for a sentinel's answer, then the next one is asked
_SOCKETS = 32  # per client; whoever comes when all are busy waits its turn
_MANY_SOCKETS = 512  # where the library knows no waiting, per node; opened only as needed


def _never() -> None:
    return None


async def _unwatched(_following: int, _key: str) -> None:
    return None


@dataclass(slots=True)
class Primary:
    """The replication id of the server that confirmed last; '' before anything was confirmed."""

    id: str = ""


@dataclass(frozen=True, slots=True)
class Store:
    """An open store. `require_space()` comes before every write and raises StoreFull when the disk is nearly full
    (an embedded server's; others say so themselves). `trouble()` is a sentence for the page and health, or None.
    `require_followed(n, key)` comes after every write to the server of `key` that n replicas may have, and raises StoreAway
    where one that is missing may be taking over.
    """

    client: Client
    blocking: Client
    require_space: Callable[[], None] = _never
    trouble: Callable[[], str | None] = _never
    embedded: bool = False
    primary: Primary = field(default_factory=Primary)
    require_followed: Followed = _unwatched


@asynccontextmanager
async def connect(url: str | None, data_dir: Path, *, floor: int = FLOOR) -> AsyncIterator[Store]:
    """The store at `url`, or, where that is None, the embedded one in `data_dir`. It answered before this yields.

    Raises StoreAway, or WrongSettings for an address that cannot be read. Closed on the way out; the last process
    out of an embedded store stops its server.
    """
    if url is not None:
        async with _open(read_address(url)) as (client, blocking), _watching(client, blocking) as require_followed:
            yield Store(client, blocking, require_followed=require_followed)
        return
    if sys.platform == "win32":
        raise StoreAway("There is no embedded store on Windows: set COOLHEAD_REDIS_URL to a Redis or Valkey server.")
    from adapters.stores.launcher import embedded  # flock and unix sockets: not to be had on Windows

    async with embedded(data_dir, floor=floor) as server, _open(read_address(server.url)) as (client, blocking):
        yield Store(client, blocking, server.space.require, lambda: server.trouble, embedded=True)


@asynccontextmanager
async def _open(address: Address) -> AsyncIterator[tuple[Client, Client]]:
    async with AsyncExitStack() as closing:
        clients = (_client(address, closing), _client(address, closing))
        async with away():
            await (first.initialize() if isinstance(first := clients[0], RedisCluster) else first.ping())
        yield clients


@asynccontextmanager
async def _watching(*clients: Client) -> AsyncIterator[Followed]:
    """`require_followed` of a store; behind sentinels, what they say is looked at once a second meanwhile."""
    pools = [pool for each in clients if isinstance(pool := getattr(each, "connection_pool", None), Pool)]
    if not pools:
        yield Followers(clients[0]).require_followed if isinstance(clients[0], RedisCluster) else _unwatched
        return
    lookout = Lookout(tuple(pools[0].sentinel_manager.sentinels), pools[0].service_name, pools)
    async with away():
        await lookout.look()
    watching = asyncio.create_task(lookout.watch(), name="what sentinels say of the store")
    try:
        yield lookout.require_followed
    finally:
        watching.cancel()
        await asyncio.wait((watching,))


def _client(address: Address, closing: AsyncExitStack) -> Client:
    client: Client
    match address:
        case Single(node, access):
            client = _single(_link(access), access, host=node[0], port=node[1], socket_keepalive=True)
        case Local(path, access):
            client = _single(Beside, access, path=path)
        case Watched():
            client = _watched(address, closing)
        case Spread(nodes, access):
            client = _spread(nodes, access)
    closing.push_async_callback(client.aclose)
    return client


def _common(access: Access) -> dict[str, Any]:
    """What every connection has in common, but for TLS: a pool takes that as a kind of connection."""
    return {
        **access.login,
        "socket_timeout": None,  # away() keeps the time, and says why
        "socket_connect_timeout": _CONNECT,
        "retry": Retry(NoBackoff(), 0),
        "protocol": 2,
        "decode_responses": False,
    }


def _network(access: Access) -> dict[str, Any]:
    return {"socket_keepalive": True} | ({} if access.tls is None else {"ssl": True, **access.tls})


def _link(access: Access) -> type[Plain | Sealed]:
    return Plain if access.tls is None else Sealed


def _single(link: type[Any], access: Access, **where: str | int) -> Redis:
    pool = BlockingConnectionPool(
        max_connections=_SOCKETS,
        timeout=ANSWER,
        connection_class=link,
        db=access.db,
        **_common(access) | dict(access.tls or {}) | where,
    )
    return Redis.from_pool(pool)


def _watched(address: Watched, closing: AsyncExitStack) -> Redis:
    network = _network(address.access)
    sentinel = sentinels.Sentinel(  # type: ignore[no-untyped-call]  # the library gives it no types
        list(address.sentinels),
        sentinel_kwargs=_common(Access(address.login)) | network | {"socket_timeout": _SENTINEL},
    )
    for one in sentinel.sentinels:
        closing.push_async_callback(one.aclose)
    primary: Redis = sentinel.master_for(
        address.service,
        connection_pool_class=Pool,
        db=address.access.db,
        max_connections=_MANY_SOCKETS,
        **_common(address.access) | network,
    )
    return primary


def _spread(nodes: tuple[Node, ...], access: Access) -> RedisCluster:
    more = _common(access) | _network(access)
    if int(redis.__version__.partition(".")[0]) < 6:
        more["cluster_error_retry_attempts"] = 0  # before 6.0 `retry` did not govern the sending anew
    return spread(nodes, max_connections=_MANY_SOCKETS, **more)
