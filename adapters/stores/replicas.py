"""Waiting until every replica has what was just written, so that a failover cannot forget it."""

from collections.abc import Mapping, Sequence
from typing import Any

from redis.asyncio import RedisCluster
from redis.asyncio.cluster import PipelineCommand

from adapters.stores.away import away
from adapters.stores.connect import Client, Store
from adapters.stores.keys import Keys
from bot.errors import StoreAway

_PATIENCE_MS = 1_000
_ANOTHER = "Another server has taken over, and what was just written may have gone to the one before."


async def wait_replicas(store: Store, keys: Keys, before: str, patience_ms: int = _PATIENCE_MS) -> int:
    """How many replicas now have everything written so far to these keys' primary; 0 where it has none.

    Raises StoreAway where one of the replicas that follow does not confirm in time (at most 4 s are sensible), or none
    follows a primary that asks for some.
    One that is still being handed its first copy is not waited for: `min-replicas-to-write` on the server asks that there
    be any, and `check_durable` asks for that. Nor is one that is not connected, unless it may be taking over.

    `before`: `store.primary.id` as it was before what is to be confirmed was written. Where another server is in charge by
    now it may have gone to the one before, and be lost: that is StoreAway too.
    """
    client = store.client
    async with away():
        (replication,) = await _on_one_connection(client, keys, ("INFO", "replication"))
        following = int(replication["connected_slaves"])
        replicas = _with_their_copy(replication)
        asked = store.primary.id = _name(replication)
        if replicas == 0:
            _require_alone(replication)
            await store.require_followed(following, keys.marker())
            return 0
        if before not in ("", asked):
            raise StoreAway(_ANOTHER)
        # WAIT speaks of the writes of its own connection, and ours went out on any of several. Replication is one
        # stream, so whoever has the marker, written on this connection, has all that came before it.
        _, confirmed, after = await _on_one_connection(
            client, keys, ("SET", keys.marker(), "1"), ("WAIT", replicas, patience_ms), ("INFO", "replication")
        )
    if _name(after) != asked:
        raise StoreAway(_ANOTHER)
    if int(confirmed) < replicas:
        raise StoreAway(f"Only {confirmed} of the store's {replicas} replicas confirmed what was written.")
    await store.require_followed(following, keys.marker())
    return replicas


def _require_alone(replication: Mapping[str, Any]) -> None:
    """Raise StoreAway where replicas are asked for, and none follows. A primary that slept through a failover counts those
    it had for a moment more, and takes writes in: so it is asked again afterwards.
    """
    if "min_slaves_good_slaves" in replication:  # told only where `min-replicas-to-write` is set
        raise StoreAway("The store's primary has no replica at hand, so what was written may be thrown away.")


def _name(replication: Mapping[str, Any]) -> str:
    return str(replication.get("master_replid", ""))


def _with_their_copy(replication: Mapping[str, Any]) -> int:
    """How many have it all; one that has only just connected is counted by the server, and not listed yet."""
    listed = [told for name, told in replication.items() if name.startswith("slave") and isinstance(told, Mapping)]
    return sum(told.get("state") == "online" for told in listed)


async def _on_one_connection(client: Client, keys: Keys, *commands: tuple[Any, ...]) -> Sequence[Any]:
    if not isinstance(client, RedisCluster):
        async with client.pipeline(transaction=False) as pipe:
            for command in commands:
                pipe.execute_command(*command)
            answers: Sequence[Any] = await pipe.execute()
            return answers
    await client.initialize()
    node = client.get_node_from_key(keys.marker())
    if node is None:
        raise StoreAway("No part of the store's cluster is in charge of this team.")
    asked = [PipelineCommand(number, *command) for number, command in enumerate(commands)]
    await node.execute_pipeline(asked)
    for one in asked:
        if isinstance(one.result, Exception):
            raise one.result
    return [one.result for one in asked]
