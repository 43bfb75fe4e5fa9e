"""A cluster with a node that is connected and says nothing: five nodes, two of them replicas of the team's primary."""

import asyncio
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from adapters.stores.away import away
from adapters.stores.connect import connect
from adapters.stores.keys import Keys
from adapters.stores.replicas import wait_replicas
from bot.errors import StoreAway
from tests.chaos.fleet_cluster import cluster
from tests.chaos.fleets import Fleet

KEYS = Keys("home")


@pytest.fixture
def fleet() -> Iterator[Fleet]:
    """Whole."""
    with cluster() as made:
        yield made


async def test_the_silence_of_the_primary(fleet: Fleet, tmp_path: Path) -> None:
    """Once another is in charge, writes and waiting reads go to it, whatever the silent one still holds of ours."""
    silent = fleet.primary()
    assert silent is not None
    async with connect(fleet.url, tmp_path) as store:

        async def works() -> bool:
            try:
                async with away():
                    await store.client.set(KEYS.marker(), "1")
                    await store.blocking.xread({KEYS.feed(): "0-0"}, block=1)
                return bool(await wait_replicas(store, KEYS, ""))
            except StoreAway:
                return False

        assert await works()
        silent.signal(signal.SIGSTOP)
        try:
            assert not await works()
            async with asyncio.timeout(60):
                while not await works():
                    await asyncio.sleep(0.1)
        finally:
            silent.signal(signal.SIGCONT)


@pytest.mark.parametrize("which", [0, 1])
async def test_the_silence_of_somebody_elses_node(fleet: Fleet, tmp_path: Path, which: int) -> None:
    """A store is opened all the same where the team's own node answers.

    One for each cluster: a node that was silent counts as failed for a while, and two of three are no majority.
    """
    silent = fleet.others[which]
    silent.signal(signal.SIGSTOP)
    try:
        async with connect(fleet.url, tmp_path) as store, away():
            assert await store.client.set(KEYS.marker(), "1")
    finally:
        silent.signal(signal.SIGCONT)


async def test_a_read_that_waits_longer_than_an_answer(fleet: Fleet, tmp_path: Path) -> None:
    """It is no silence."""
    async with connect(fleet.url, tmp_path) as store, away(9.0):
        assert not await store.blocking.xread({KEYS.feed(): "$"}, block=4_000)
