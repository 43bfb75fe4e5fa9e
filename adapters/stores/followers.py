"""Whether a replica of a cluster's primary may be taking over from it.

A replica that is promoted leaves its primary and tells every node, both at once. Until its word has come, some milliseconds,
the one before goes on confirming with the replicas it still has. So where one is missing that its primary still counts among
its own, nothing is confirmed, unless that one's machine says that nobody listens there any more.
"""

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from redis.asyncio import RedisCluster

from adapters.stores.away import away
from bot.errors import StoreAway

_PATIENCE = 1.0  # seconds for a connection to a replica that is missing

_LEFT = "A replica has left the store's primary and is not known to be down: it may be taking over."
_RELIEVED = "Another server has taken over, and what was just written may have gone to the one before."


@dataclass(frozen=True, slots=True)
class Follower:
    """A replica as its primary has it in CLUSTER NODES."""

    host: str
    port: int


class Followers:
    """Of the primaries that `client` reaches. It remembers the most that ever followed each slot's, and asks where one is
    missing."""

    def __init__(self, client: RedisCluster) -> None:
        self._client = client
        self._most: dict[str, int] = {}

    async def require_followed(self, following: int, key: str) -> None:
        """Ask this after a write was confirmed by everybody who follows the primary of `key`; so many do.

        Raises StoreAway where a replica is missing that may have been promoted before the write. One that the cluster has
        found to be down (`cluster-node-timeout`) may not.
        """
        most = self._most[key] = max(following, self._most.get(key, 0))
        if following == most and following:
            return
        listed = await self._listed(key)
        if following < len(listed) and following + await _gone(listed) < len(listed):
            raise StoreAway(_LEFT)

    async def _listed(self, key: str) -> Sequence[Follower]:
        async with away():
            node: Any = self._client.get_node_from_key(key)
            if node is None:
                raise StoreAway("No part of the store's cluster is in charge of this team.")
            told: bytes | str = await node.execute_command("CLUSTER", "NODES")
        found = followers(told.decode() if isinstance(told, bytes) else told)
        if found is None:
            raise StoreAway(_RELIEVED)
        return found


def followers(told: str) -> Sequence[Follower] | None:
    """The replicas, not known to be down, of whoever told this; None where that one is no primary.

    A line: `id host:port@bus[,name] flags primary …` (valkey.io/commands/cluster-nodes).
    """
    lines = [parts for line in told.splitlines() if len(parts := line.split()) > 3]
    flags: Mapping[str, Sequence[str]] = {parts[0]: parts[2].split(",") for parts in lines}
    me = next((id for id, said in flags.items() if "myself" in said), "")
    if "master" not in flags.get(me, ()):
        return None
    mine = [parts for parts in lines if parts[3] == me and "slave" in flags[parts[0]]]
    return [_place(parts[1]) for parts in mine if not {"fail", "noaddr"} & set(flags[parts[0]])]


def _place(address: str) -> Follower:
    host, _, port = address.partition("@")[0].rpartition(":")
    return Follower(host, int(port) if port.isdigit() else 0)


async def _gone(listed: Sequence[Follower]) -> int:
    """How many of them are no process any more: their machine refuses a connection."""
    return sum(await asyncio.gather(*map(_refuses, listed)))


async def _refuses(one: Follower) -> bool:
    try:
        async with asyncio.timeout(_PATIENCE):
            _, writer = await asyncio.open_connection(one.host, one.port)
    except ConnectionRefusedError:
        return True
    except OSError:  # nobody can tell; a TimeoutError is one of these
        return False
    writer.close()
    with suppress(OSError):
        await writer.wait_closed()
    return False
