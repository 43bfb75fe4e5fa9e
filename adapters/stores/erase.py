"""Forgetting persons so that no readable copy is left, in the store's file either."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

from redis.asyncio import RedisCluster
from redis.exceptions import NoPermissionError, ResponseError

from adapters.stores.away import away
from adapters.stores.connect import Client, Store
from adapters.stores.keys import Keys
from adapters.stores.script import Script
from bot.errors import StoreAway

_forget = Script("forget_person")
_unindex = Script("unindex")
_MANY = 500
_LOOK = 0.02  # seconds between two looks at a rewrite
_LOOKS = 3_000


async def erase(store: Store, keys: Keys, persons: Sequence[str]) -> int:
    """How many of `persons` were known. Their key, texts, salts and index entries are gone, and the file is rewritten.

    Raises StoreAway; whatever was done by then stays done, and asking again does the rest. No free space is asked
    for: it is freed here.
    """
    known = 0
    for person in persons:
        known += await _one(store.client, keys, person)
    if persons:
        await rewrite(store.client, keys)
    return known


async def _one(client: Client, keys: Keys, person: str) -> int:
    answer = await _forget(client, [keys.person(person), keys.forgotten()], [person])
    while await _some_tokens(client, keys, person):
        pass
    return 1 if answer == 1 else 0


async def _some_tokens(client: Client, keys: Keys, person: str) -> bool:
    """Take some of their entries out of the index. False once none is left."""
    async with away():
        entries: Sequence[bytes] = await client.execute_command("SRANDMEMBER", keys.found_by(person), _MANY)
    if not entries:
        return False
    named = [keys.found_by(person), *(keys.token(entry.partition(b" ")[0].decode()) for entry in entries)]
    await _unindex(client, named, entries)
    return True


async def rewrite(client: Client, keys: Keys) -> None:
    """Have the server that holds these keys write its append-only file anew, without what was deleted.

    Returns when it is done. A server that keeps no such file, or whose owner keeps this command to themselves, is left
    alone: what it writes and keeps is theirs, and the docs say so. Replicas rewrite theirs by their own rules.
    """
    target = await _target(client, keys)
    if not int((await _persistence(client, target))["aof_enabled"]):
        return
    await _idle(client, target)  # one that runs already may hold what was deleted since it began
    try:
        async with away():
            await client.execute_command("BGREWRITEAOF", **target)
    except StoreAway as error:
        if isinstance(error.__cause__, NoPermissionError):
            return
        raise
    except ResponseError as error:
        said = str(error).lower()
        if "unknown command" in said:
            return
        if "already in progress" not in said:
            raise  # else one began since we looked, after we deleted: it is as good as ours
    if (await _idle(client, target)).get("aof_last_bgrewrite_status") != "ok":
        raise StoreAway("The store could not rewrite its file, so it may still hold what was erased. Ask again.")


async def _idle(client: Client, target: Mapping[str, Any]) -> Mapping[str, Any]:
    """What the server says of its files once no rewrite runs or waits."""
    for _ in range(_LOOKS):
        found = await _persistence(client, target)
        if not int(found["aof_rewrite_in_progress"]) and not int(found["aof_rewrite_scheduled"]):
            return found
        await asyncio.sleep(_LOOK)
    raise StoreAway("The store is still rewriting its file, which may hold what was erased. Ask again.")


async def _persistence(client: Client, target: Mapping[str, Any]) -> Mapping[str, Any]:
    async with away():
        answer = await client.execute_command("INFO", "persistence", **target)
        found: Mapping[str, Any] = answer
        return found


async def _target(client: Client, keys: Keys) -> Mapping[str, Any]:
    if not isinstance(client, RedisCluster):
        return {}
    async with away():
        await client.initialize()
        return {"target_nodes": [client.get_node_from_key(keys.marker())]}
