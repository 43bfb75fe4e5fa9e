"""What was confirmed survives the primary: nothing is answered as kept before every replica that follows has it."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from adapters.stores.connect import Store, connect
from adapters.stores.timelines import RedisTimelines
from bot.errors import StoreAway
from bot.nouns.mention import Duplicate, Said, Stored
from bot.ports import Appended
from tests.contracts.stores.changes import change, claimed, open_one
from tests.contracts.stores.house import real_house
from tests.contracts.stores.post_room import mention, real
from tests.servers import Running, listening, running, valkey


@pytest.fixture
def pair() -> Iterator[tuple[Running, Running]]:
    """A primary and its replica."""
    with listening(valkey(), "--repl-diskless-sync-delay", "0", "--min-replicas-to-write", "1") as primary:
        host, _, port = primary.url.removeprefix("redis://").partition(":")
        with running(valkey(), "--replicaof", f"{host} {port}") as replica:
            yield primary, replica


@pytest.fixture
async def store(pair: tuple[Running, Running], tmp_path: Path) -> AsyncIterator[Store]:
    """Over the primary, once its replica follows."""
    async with connect(pair[0].url, tmp_path) as found:
        while (await found.client.info("replication")).get("slave0", {}).get("state") != "online":
            await asyncio.sleep(0.01)
        yield found


@contextmanager
def asleep(server: Running) -> Iterator[None]:
    """It takes nothing in meanwhile."""
    os.kill(server.pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(server.pid, signal.SIGCONT)


async def repeated(ask: Callable[[], Awaitable[object]]) -> object:
    """As whoever is told 503 does."""
    for _ in range(50):
        try:
            return await ask()
        except StoreAway:
            await asyncio.sleep(0.1)
    raise AssertionError("it is never kept")


async def test_a_mention_is_stored_when_the_replica_has_it(
    store: Store, pair: tuple[Running, Running], team: str
) -> None:
    """While the replica sleeps nobody is told that it is stored, not even as a duplicate; afterwards it is there once."""
    inbox, news = real(store, team).inbox, Said(mention=mention("1"))
    with asleep(pair[1]):
        for _ in range(2):
            with pytest.raises(StoreAway, match="0 of the store's 1 replicas"):
                await inbox.put([news], None)
    assert await repeated(lambda: inbox.put([news], None)) == [Duplicate()]
    assert await repeated(lambda: inbox.put([Said(mention=mention("2"))], None)) == [Stored()]


async def test_a_press_is_done_when_the_replica_has_it(store: Store, pair: tuple[Running, Running], team: str) -> None:
    """What somebody is told is done is on the replica too, whatever the event."""
    house = real_house(store, team)
    assert isinstance(house.timelines, RedisTimelines)
    await repeated(lambda: open_one(house))
    claim = change(await house.timelines.view(["i1"], ["c1"]), claimed(), command="claim")
    with asleep(pair[1]), pytest.raises(StoreAway, match="0 of the store's 1 replicas"):
        await house.timelines.append(claim)
    assert await repeated(lambda: house.timelines.append(claim)) == Appended(again=True)


async def test_nothing_is_decided_on_what_a_replica_shows(
    store: Store, pair: tuple[Running, Running], team: str, tmp_path: Path
) -> None:
    """A primary that was relieved goes on answering whoever is still connected; it is not asked what stands."""
    await repeated(lambda: open_one(real_house(store, team)))
    async with connect(pair[1].url, tmp_path) as relieved:
        with pytest.raises(StoreAway, match="is a replica"):
            await real_house(relieved, team).timelines.view(["i1"])


async def test_a_primary_without_its_replicas_is_still_read(
    store: Store, pair: tuple[Running, Running], team: str
) -> None:
    """It takes no write, but shows what stands."""
    house = real_house(store, team)
    await repeated(lambda: open_one(house))
    pair[1].kill()
    while (await store.client.info("replication"))["connected_slaves"]:
        await asyncio.sleep(0.01)
    with pytest.raises(StoreAway, match="too few replicas"):
        await open_one(house, incident="i2", conversation="c2")
    assert set((await house.timelines.view(["i1"])).incidents) == {"i1"}
