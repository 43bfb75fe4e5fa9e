"""Waiting for replicas."""

import asyncio
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from adapters.stores.connect import Store, connect
from adapters.stores.keys import Keys
from adapters.stores.replicas import wait_replicas
from bot.errors import StoreAway
from tests.servers import Running, listening, running, valkey


@pytest.fixture
def pair() -> Iterator[tuple[Running, Running]]:
    """A primary and its replica."""
    with listening(valkey(), "--repl-diskless-sync-delay", "0") as primary:
        host, _, port = primary.url.removeprefix("redis://").partition(":")
        with running(valkey(), "--replicaof", f"{host} {port}") as replica:
            yield primary, replica


async def test_none_to_wait_for(store: Store, team: str) -> None:
    """A store without replicas is not waited for."""
    assert await wait_replicas(store, Keys(team), "") == 0


async def test_what_was_written_before_is_there(pair: tuple[Running, Running], tmp_path: Path, team: str) -> None:
    """After the wait the replica has every earlier write, whichever connection it went out on."""
    primary, replica = pair
    async with connect(primary.url, tmp_path) as store, connect(replica.url, tmp_path) as copy:
        while (await copy.client.info("replication"))["master_link_status"] != "up":
            await asyncio.sleep(0.01)
        while not (await store.client.info("replication"))["connected_slaves"]:
            await asyncio.sleep(0.01)
        for turn in range(20):
            await asyncio.gather(*(store.client.set(f"{team}:{turn}:{n}", "x") for n in range(10)))
            assert await wait_replicas(store, Keys(team), "") == 1
            assert await copy.client.exists(*(f"{team}:{turn}:{n}" for n in range(10))) == 10


async def test_a_replica_that_sleeps(pair: tuple[Running, Running], tmp_path: Path, team: str) -> None:
    """One that does not confirm in time is an error that counts them, not a silent yes."""
    primary, replica = pair
    async with connect(primary.url, tmp_path) as store:
        while (await store.client.info("replication")).get("slave0", {}).get("state") != "online":
            await asyncio.sleep(0.01)
        os.kill(replica.pid, signal.SIGSTOP)
        await store.client.set(team, "x")
        with pytest.raises(StoreAway, match="0 of the store's 1 replicas"):
            await wait_replicas(store, Keys(team), "", patience_ms=100)


async def test_another_has_taken_over(pair: tuple[Running, Running], tmp_path: Path, team: str) -> None:
    """What was written before it did may have gone to the one before; what is written from then on is confirmed."""
    async with connect(pair[0].url, tmp_path) as store:
        while (await store.client.info("replication")).get("slave0", {}).get("state") != "online":
            await asyncio.sleep(0.01)
        with pytest.raises(StoreAway, match="Another server has taken over"):
            await wait_replicas(store, Keys(team), "the one before")
        assert await wait_replicas(store, Keys(team), store.primary.id) == 1


async def test_a_primary_that_has_lost_them_all(tmp_path: Path, team: str) -> None:
    """Where the server asks for replicas, none is not enough: what it took in a moment ago may be thrown away."""
    with running(valkey(), "--min-replicas-to-write", "1") as server:
        async with connect(server.url, tmp_path) as store:
            with pytest.raises(StoreAway, match="has no replica"):
                await wait_replicas(store, Keys(team), "")
