"""A primary of a cluster whom a replica has left: it confirms nothing until that one is known to be down."""

import asyncio
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from adapters.stores.connect import Store, connect
from adapters.stores.followers import Follower, followers
from adapters.stores.keys import Keys
from adapters.stores.replicas import wait_replicas
from bot.errors import StoreAway
from tests.chaos.fleet_cluster import cluster
from tests.chaos.fleets import Fleet, Server, asked

KEYS = Keys("home")


@pytest.fixture
def fleet() -> Iterator[Fleet]:
    """Three primaries; the team's has two replicas."""
    with cluster() as made:
        yield made


async def _confirmed(store: Store) -> int:
    async with asyncio.timeout(30):
        while True:
            try:
                return await wait_replicas(store, KEYS, "")
            except StoreAway:
                await asyncio.sleep(0.05)


def _leaves(primary: Server, replica: Server) -> None:
    """It lives, and follows nobody, as one does in the moment in which it is promoted."""
    asked(replica.port, "CONFIG", "SET", "primaryauth", "nobody knows it")
    asked(primary.port, "CLIENT", "KILL", "TYPE", "replica")


async def test_a_replica_that_left_and_lives(fleet: Fleet, tmp_path: Path) -> None:
    """It may have been promoted: nothing is confirmed. Once its process is gone the others are enough."""
    primary = fleet.primary()
    assert primary is not None
    replica = next(each for each in fleet.servers if each is not primary)
    async with connect(fleet.url, tmp_path) as store:
        assert await _confirmed(store) == 2
        _leaves(primary, replica)
        async with asyncio.timeout(30):
            while asked(primary.port, "INFO", "replication")["connected_slaves"] != 1:
                await asyncio.sleep(0.02)
        with pytest.raises(StoreAway, match="may be taking over"):
            await wait_replicas(store, KEYS, "")
        replica.end()
        assert await wait_replicas(store, KEYS, "") == 1


@pytest.mark.chaos
@pytest.mark.timeout(300)
async def test_one_that_slept_through_it_confirms_nothing(fleet: Fleet, tmp_path: Path) -> None:
    """A primary that was stopped while another took over, and goes on: what it would confirm is never taken for kept."""
    primary = fleet.primary()
    assert primary is not None
    async with connect(fleet.url, tmp_path) as store:
        assert await _confirmed(store) == 2
        primary.signal(signal.SIGSTOP)
        try:
            async with asyncio.timeout(150):
                while fleet.primary() in (None, primary):
                    await asyncio.sleep(0.1)
        finally:
            primary.signal(signal.SIGCONT)
        before = store.primary.id
        with pytest.raises(StoreAway):
            await wait_replicas(store, KEYS, before)


@pytest.mark.parametrize(
    ("told", "found"),
    [
        ("a h:1@2 myself,master - 0 0 1 connected 0-9\nb i:3@4,name slave a 0 0 1 connected", [Follower("i", 3)]),
        ("a h:1@2 myself,master - 0 0 1 connected\nb i:3@4 slave,fail? a 0 0 1 connected", [Follower("i", 3)]),
        ("a h:1@2 myself,master - 0 0 1 connected\nb i:3@4 slave,fail a 0 0 1 disconnected", []),
        ("a h:1@2 myself,master - 0 0 1 connected\nb :0@0 slave,noaddr a 0 0 1 disconnected", []),
        (
            "a h:1@2 myself,master - 0 0 1 connected\nb i:3@4 slave c 0 0 1 connected\nc j:5@6 master - 0 0 2 connected",
            [],
        ),
        ("a h:1@2 myself,slave b 0 0 1 connected\nb i:3@4 master - 0 0 2 connected 0-9", None),
        ("", None),
    ],
)
def test_who_follows(told: str, found: list[Follower] | None) -> None:
    """Its own replicas that are not known to be down, suspected ones among them; nobody's where it is no primary."""
    assert followers(told) == found
