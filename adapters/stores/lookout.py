"""What sentinels know of the store: who is in charge, and whether any of its replicas may be taking over from it.

A primary that is relieved while it lives does not hear of it at once. For a second or two it goes on confirming, with the
replicas that it still has, what its successor never got. The successor follows it no more, though; and sentinels know it, as
it was they who chose it. So a primary whom a replica has left confirms nothing until that one is known to be down.
"""

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

from redis.asyncio import Redis
from redis.asyncio.sentinel import SentinelConnectionPool
from redis.exceptions import RedisError, ResponseError

from adapters.stores.away import away
from bot.errors import StoreAway

_PAUSE = 1.0  # seconds between two looks
_PATIENCE = 1.0  # seconds for a sentinel's answer
#: Milliseconds. A sentinel promotes no replica that has not answered it for five seconds (SENTINEL_PING_PERIOD * 5 in
#: sentinelSelectSlave); one more for the way.
_SILENT = 6_000

_LEFT = "A replica has left the store's primary and is not known to be down: it may be taking over."
_ALONE = "A replica has left the store's primary, and too few sentinels answer to say why."

Replica = Mapping[str, Any]


class Pool(SentinelConnectionPool):
    """Connections to the primary. One that leads to an earlier primary is led anew before it is used: a primary that was
    relieved and does not know it yet refuses writes for as long as ten seconds.
    """

    async def get_connection(self, *args: Any, **options: Any) -> Any:
        """As the library's."""
        above: Any = super()  # the library gives it no types
        found = await above.get_connection(*args, **options)
        if self.master_address not in (None, (found.host, found.port)):
            await found.disconnect()
            await found.connect()
        return found


class Lookout:
    """`sentinels`: a client of each. `pools` are told when another server is in charge."""

    def __init__(self, sentinels: Sequence[Redis], service: str, pools: Sequence[SentinelConnectionPool]) -> None:
        self._sentinels = sentinels
        self._service = service
        self._pools = pools
        self._known = 0

    async def watch(self) -> None:
        """Look, again and again, until cancelled."""
        myself = asyncio.current_task()
        while (
            myself is not None and not myself.cancelling()
        ):  # the library may swallow a cancellation while it connects
            with suppress(RedisError, OSError):
                await self.look()
            await asyncio.sleep(_PAUSE)

    async def look(self) -> None:
        """How many replicas there are, down or not, and who is in charge. Raises what the library raises for the latter."""
        self._known = max((len(each) for each in await self._told()), default=self._known)
        for pool in self._pools:
            untyped: Any = pool
            await untyped.get_master_address()

    async def require_followed(self, following: int, key: str = "") -> None:
        """Ask this after a write was confirmed by everybody who follows; so many do.

        Raises StoreAway where a replica is missing that may have been promoted before the write. Sentinels that cannot be
        reached are no fault where none is missing: whoever is promoted leaves the primary first. `key`: they watch one primary.
        """
        del key
        if following >= self._known:
            return
        told = await self._told()
        if 2 * len(told) <= len(self._sentinels):
            raise StoreAway(_ALONE)
        if following < max(sum(map(_may_be_promoted, each)) for each in told):
            raise StoreAway(_LEFT)

    async def _told(self) -> list[Sequence[Replica]]:
        """The replicas, as each sentinel that answers has them; a service that only stands in for sentinels may not know."""
        answers = await asyncio.gather(*(self._asked(each) for each in self._sentinels))
        return [each for each in answers if each is not None]

    async def _asked(self, sentinel: Redis) -> Sequence[Replica] | None:
        try:
            async with away(_PATIENCE):
                told: Sequence[Replica] = await sentinel.sentinel_slaves(self._service)
                return told
        except (StoreAway, ResponseError):
            return None


def _may_be_promoted(replica: Replica) -> bool:
    """As sentinels choose: not one that is down, that was silent, that never told of itself, or that is not to be chosen."""
    down = replica["is_sdown"] or replica["is_odown"]
    silent = int(replica["last-ok-ping-reply"]) > _SILENT
    return bool(replica["runid"]) and replica["slave-priority"] != 0 and not down and not silent
