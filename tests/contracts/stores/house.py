"""Timelines, whereabouts, dues and threads of one team on each kind of server, and the fakes that stand in for them.

Import the fixture `house` into a test module: its tests then run against all four.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from adapters.stores.connect import Store, connect
from adapters.stores.dues import RedisDues
from adapters.stores.keys import Keys
from adapters.stores.threads import RedisThreads
from adapters.stores.timelines import RedisTimelines
from adapters.stores.vault import RedisVault
from adapters.stores.whereabouts import RedisWhereabouts
from bot.ports import Dues, Threads, Timelines, Vault, Whereabouts
from tests.fakes.timelines import FakeDues, FakeThreads, FakeTimelines, FakeWhereabouts

MASTER = b"a master secret for tests only!!"


@dataclass(frozen=True, slots=True)
class House:
    """What the tests are run against, by its ports alone."""

    timelines: Timelines
    whereabouts: Whereabouts
    dues: Dues
    threads: Threads
    vault: Vault


def real_house(store: Store, team: str) -> House:
    """A team's house over a store."""
    keys = Keys(team)
    vault = RedisVault(store, keys, MASTER)
    return House(
        RedisTimelines(store, keys, vault),
        RedisWhereabouts(store, keys, vault),
        RedisDues(store, keys),
        RedisThreads(store, keys),
        vault,
    )


def fake_house() -> House:
    """The same in memory."""
    timelines = FakeTimelines()
    return House(timelines, FakeWhereabouts(timelines), FakeDues(timelines), FakeThreads(), timelines.vault)


@pytest.fixture(params=["valkey_url", "redis_url", "cluster_url", "fake"], ids=["valkey", "redis", "cluster", "fake"])
async def house(request: pytest.FixtureRequest, team: str, tmp_path: Path) -> AsyncIterator[House]:
    """An empty house of each kind."""
    if request.param == "fake":
        yield fake_house()
        return
    async with connect(request.getfixturevalue(request.param), tmp_path) as store:
        yield real_house(store, team)
