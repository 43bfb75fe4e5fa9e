"""Waiting for replicas."""

import asyncio
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from adapters.stores.connect import Store, connect
from adapters.stores.dues import RedisDues
from adapters.stores.house import open_house
from adapters.stores.inbox import RedisInbox
from adapters.stores.keys import Keys
from adapters.stores.replicas import wait_replicas
from adapters.stores.vault import RedisVault
from bot.errors import StoreAway
from bot.nouns.mention import Said
from bot.nouns.view import Due
from bot.settings import read
from tests.contracts.stores.changes import START, change, kept, opened, said
from tests.contracts.stores.house import MASTER, real_house
from tests.contracts.stores.test_append import intended
from tests.fakes.clock import FakeClock
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


async def _followed(store: Store) -> None:
    while (await store.client.info("replication")).get("slave0", {}).get("state") != "online":
        await asyncio.sleep(0.01)


async def test_a_press_that_is_repeated(pair: tuple[Running, Running], tmp_path: Path, team: str) -> None:
    """That it was applied is not told before every replica has it: it was not saved until then, and may still be lost."""
    async with connect(pair[0].url, tmp_path) as store:
        await _followed(store)
        house = real_house(store, team)
        mention, sealed = await kept(house, said())
        made = change(await house.timelines.view(), opened(mention), command="open-1", sealed=[sealed])
        os.kill(pair[1].pid, signal.SIGSTOP)
        for asked in (lambda: house.timelines.append(made), lambda: house.timelines.view(command="open-1")):
            with pytest.raises(StoreAway, match="0 of the store's 1 replicas"):
                await asked()
        os.kill(pair[1].pid, signal.SIGCONT)
        assert (await house.timelines.view(command="open-1")).applied


async def test_news_that_was_sorted_on_the_word_of_an_earlier_primary(
    pair: tuple[Running, Running], tmp_path: Path, team: str
) -> None:
    """It is kept, and sorted again: what was read while another was in charge may be lost."""
    async with connect(pair[0].url, tmp_path) as store:
        await _followed(store)
        inbox = RedisInbox(store, Keys(team), RedisVault(store, Keys(team), MASTER), FakeClock())
        await inbox.put([Said(mention=said())], None)
        store.primary.id = "the one before"
        with pytest.raises(StoreAway, match="Another server has taken over"):
            await inbox.work()
        (work,) = await inbox.work()
        inbox._primary = "the one before"
        with pytest.raises(StoreAway, match="Another server has taken over"):
            await inbox.done([work.id])
        assert len(await inbox.work()) == 1
        await inbox.done([work.id])
        assert not await inbox.work()


async def test_an_intent_in_a_store_that_confirms_nothing(
    pair: tuple[Running, Running], tmp_path: Path, team: str
) -> None:
    """It is not written at all: once it is, and nobody can tell whether it counts, a person would have to look."""
    async with connect(pair[0].url, tmp_path) as store:
        await _followed(store)
        house = real_house(store, team)
        mention, sealed = await kept(house, said())
        await house.timelines.append(change(await house.timelines.view(), opened(mention), sealed=[sealed]))
        view = await house.timelines.view(["i1"], ["c1"])
        os.kill(pair[1].pid, signal.SIGSTOP)
        with pytest.raises(StoreAway, match="0 of the store's 1 replicas"):
            await house.timelines.append(change(view, intended(), sender=1))
        os.kill(pair[1].pid, signal.SIGCONT)
        assert (await house.timelines.view(["i1"])).incidents["i1"].version == 1


async def test_what_is_handed_out_is_everywhere(pair: tuple[Running, Running], tmp_path: Path, team: str) -> None:
    """News, and a person's key: what is built upon them may be written on another server, and its text would be lost there."""
    async with connect(pair[0].url, tmp_path) as store:
        await _followed(store)
        vault = RedisVault(store, Keys(team), MASTER)
        inbox = RedisInbox(store, Keys(team), vault, FakeClock())
        await inbox.put([Said(mention=said())], None)
        os.kill(pair[1].pid, signal.SIGSTOP)
        for asked in (inbox.work, lambda: vault.seal("mara", "My number is 0171 555.")):
            with pytest.raises(StoreAway, match="0 of the store's 1 replicas"):
                await asked()
        assert await vault.seal(vault.team, "Ours was there before.")
        os.kill(pair[1].pid, signal.SIGCONT)
        assert len(await inbox.work()) == 1


async def test_timers_that_another_server_has_yet_to_run(
    pair: tuple[Running, Running], tmp_path: Path, team: str
) -> None:
    """What was taken from an earlier primary, and done there, is left due: nothing of what came of it may be there."""
    async with connect(pair[0].url, tmp_path) as store:
        await _followed(store)
        house, dues = real_house(store, team), RedisDues(store, Keys(team))
        mention, sealed = await kept(house, said())
        timer = Due(what="remind", at=START)
        made = change(await house.timelines.view(), opened(mention), sealed=[sealed], dues={"c1": (timer,)})
        await house.timelines.append(made)
        store.primary.id = "the one before"
        taken = await dues.take(START)
        assert [each.what for each in taken] == ["remind"]
        with pytest.raises(StoreAway, match="Another server has taken over"):
            await dues.done(taken)
        assert await dues.next() is not None
        await dues.take(START)
        await dues.done(taken)
        assert await dues.next() is None


async def test_ready_while_nothing_is_confirmed(pair: tuple[Running, Running], tmp_path: Path) -> None:
    """Whoever asks is told that no mention can be kept, though the store answers every question."""
    given = {"COOLHEAD_REDIS_URL": pair[0].url, "COOLHEAD_DATA_DIR": str(tmp_path)}
    settings = read({**given, "COOLHEAD_SECRET": "a long random text for tests only", "COOLHEAD_ACCEPT_LOSS": "true"})
    async with open_house(settings) as house:
        await _followed(house.store)
        await wait_replicas(house.store, house.keys, "", patience_ms=4_000)  # it has its first copy, and reads it still
        await house.ready()
        os.kill(pair[1].pid, signal.SIGSTOP)
        with pytest.raises(StoreAway, match="0 of the store's 1 replicas"):
            await house.ready()
        os.kill(pair[1].pid, signal.SIGCONT)
