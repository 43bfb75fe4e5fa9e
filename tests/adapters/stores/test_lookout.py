"""What sentinels know, and what it is asked for: three servers, three sentinels, all on this machine."""

import asyncio
import signal
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from redis.exceptions import ResponseError

from adapters.stores.connect import Store, connect
from adapters.stores.keys import Keys
from adapters.stores.lookout import Lookout
from adapters.stores.replicas import wait_replicas
from bot.errors import StoreAway
from tests.chaos.fleets import Fleet, Server, asked, sentinels

KEYS = Keys("home")


@pytest.fixture
def fleet() -> Iterator[Fleet]:
    """Whole."""
    with sentinels() as made:
        yield made


@pytest.fixture
async def store(fleet: Fleet, tmp_path: Path) -> AsyncIterator[Store]:
    """Through its sentinels."""
    async with connect(fleet.url, tmp_path) as made:
        yield made


async def _confirmed(store: Store) -> bool:
    """Whether a write is confirmed."""
    try:
        await wait_replicas(store, KEYS, "")
    except StoreAway:
        return False
    return True


async def _until(true: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(30):
        while not await true():
            await asyncio.sleep(0.05)


def _replicas(fleet: Fleet) -> list[Server]:
    return [each for each in fleet.servers if each is not fleet.primary()]


async def test_a_replica_that_takes_over_before_its_primary_knows(fleet: Fleet, store: Store) -> None:
    """The primary confirms nothing with the one that is left to it."""
    successor, _ = _replicas(fleet)
    assert await wait_replicas(store, KEYS, "") == 2
    asked(successor.port, "REPLICAOF", "NO", "ONE")  # as a sentinel begins a failover, and before it tells anybody
    with pytest.raises(StoreAway, match="may be taking over"):
        await wait_replicas(store, KEYS, "")


async def test_a_replica_that_dies(fleet: Fleet, store: Store) -> None:
    """Once it is known to be down, the other one is enough."""
    _replicas(fleet)[0].end()
    with pytest.raises(StoreAway):
        await wait_replicas(store, KEYS, "")
    await _until(lambda: _confirmed(store))
    assert await wait_replicas(store, KEYS, "") == 1


async def test_sentinels_that_do_not_answer(fleet: Fleet, store: Store) -> None:
    """Nobody needs them while every replica is there, and without them nobody is believed to be down."""
    replica, _ = _replicas(fleet)
    for each in fleet.others:
        each.signal(signal.SIGSTOP)
    assert await wait_replicas(store, KEYS, "") == 2
    replica.end()
    with pytest.raises(StoreAway, match="too few sentinels"):
        await wait_replicas(store, KEYS, "")


async def test_connections_to_the_one_before_are_not_used(fleet: Fleet, store: Store) -> None:
    """Though it lives, and takes itself for the primary: within moments what is written goes to its successor."""
    before = fleet.primary()
    assert before is not None
    assert await store.client.execute_command("CONFIG GET", "port") == {"port": str(before.port)}
    before.signal(signal.SIGSTOP)
    await _until(lambda: asyncio.to_thread(lambda: fleet.primary() not in (None, before)))
    before.signal(signal.SIGCONT)
    assert asked(before.port, "ROLE")[0] == "master"

    async def leads_on() -> bool:
        return bool((await store.client.execute_command("CONFIG GET", "port"))["port"] != str(before.port))

    await _until(leads_on)
    assert asked(before.port, "ROLE")[0] == "master"


class StandIn:
    """A service that names the primary as a sentinel does, and knows nothing else of it."""

    async def sentinel_slaves(self, service: str) -> object:
        """Not here."""
        raise ResponseError(f"unknown command for {service}")


async def test_what_only_stands_in_for_sentinels() -> None:
    """Where nobody tells of replicas, none is missed."""
    known: Any = [StandIn(), StandIn()]
    lookout = Lookout(known, "coolhead", ())
    await lookout.look()
    await lookout.require_followed(0)
