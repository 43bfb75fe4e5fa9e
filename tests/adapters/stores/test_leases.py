"""Leases keep their promises on every kind of server."""

import asyncio
from pathlib import Path

import pytest

from adapters.stores.connect import Store, connect
from adapters.stores.keys import Keys
from adapters.stores.leases import RedisLeases
from bot.ports import Leases
from tests.servers import faked_clock, running, valkey

_LONG = 600_000


@pytest.fixture
def leases(store: Store, team: str) -> Leases:
    """One team's leases."""
    return RedisLeases(store.client, Keys(team))


async def test_only_one_holder(leases: Leases) -> None:
    """While one holds a lease, nobody else gets it, and another name is another lease."""
    assert await leases.take("sorter", "ann", _LONG) == 1
    assert await leases.take("sorter", "bob", _LONG) is None
    assert await leases.take("outbox", "bob", _LONG) == 1


async def test_many_ask_at_once(leases: Leases) -> None:
    """Of twenty who ask at the same moment exactly one is served."""
    answers = await asyncio.gather(*(leases.take("sorter", f"holder {n}", _LONG) for n in range(20)))
    assert sorted(answer for answer in answers if answer is not None) == [1]


async def test_epochs_grow_past_dropping(leases: Leases) -> None:
    """A dropped lease can be taken at once, with a higher epoch."""
    assert await leases.take("sorter", "ann", _LONG) == 1
    await leases.drop("sorter", "ann", 1)
    assert await leases.take("sorter", "bob", _LONG) == 2


async def test_epochs_outlive_the_lease(leases: Leases) -> None:
    """A lease that has ended is free, and its epoch goes on growing."""
    assert await leases.take("sorter", "ann", 1) == 1
    await asyncio.sleep(0.05)
    assert await leases.take("sorter", "bob", _LONG) == 2


async def test_an_earlier_self_is_fenced_off(leases: Leases) -> None:
    """Taking what one holds begins a new epoch, and the old one can no longer keep it."""
    assert await leases.take("sorter", "ann", _LONG) == 1
    assert await leases.take("sorter", "ann", _LONG) == 2
    assert await leases.keep("sorter", "ann", 1, _LONG) is False
    assert await leases.keep("sorter", "ann", 2, _LONG) is True


async def test_keeping_needs_holder_and_epoch(leases: Leases) -> None:
    """Only the holder with the present epoch keeps or drops a lease."""
    assert await leases.take("sorter", "ann", _LONG) == 1
    assert await leases.keep("sorter", "bob", 1, _LONG) is False
    assert await leases.keep("sorter", "ann", 0, _LONG) is False
    assert await leases.keep("never taken", "ann", 1, _LONG) is False
    await leases.drop("sorter", "bob", 1)
    await leases.drop("sorter", "ann", 0)
    assert await leases.keep("sorter", "ann", 1, _LONG) is True


async def test_keeping_prolongs(leases: Leases) -> None:
    """A kept lease lasts the new time from then on."""
    assert await leases.take("sorter", "ann", 60_000) == 1
    assert await leases.keep("sorter", "ann", 1, 1) is True
    await asyncio.sleep(0.05)
    assert await leases.take("sorter", "bob", _LONG) == 2


async def test_an_ended_lease_is_not_revived(leases: Leases) -> None:
    """Whoever slept past the end is told so, even if nobody took it in between."""
    assert await leases.take("sorter", "ann", 1) == 1
    await asyncio.sleep(0.05)
    assert await leases.keep("sorter", "ann", 1, _LONG) is False


async def test_teams_do_not_meet(store: Store, team: str) -> None:
    """The same work of two teams, and of none, is three leases."""
    for keys in (Keys(team), Keys(f"{team}x"), Keys.shared()):
        assert await RedisLeases(store.client, keys).take(f"sorter {team}", "ann", _LONG) == 1


async def test_the_stores_clock_decides(tmp_path: Path, team: str) -> None:
    """A lease ends when the store's clock says so, whatever ours says."""
    with faked_clock() as clock, running(valkey(), before=clock.before, environment=clock.environment) as server:
        async with connect(server.url, tmp_path) as store:
            leases = RedisLeases(store.client, Keys(team))
            began = await _seconds(store)
            assert await leases.take("sorter", "ann", _LONG) == 1
            assert await leases.take("sorter", "bob", _LONG) is None
            clock.move(601)
            while await _seconds(store) < began + 600:  # the moved clock is noticed some milliseconds later
                await asyncio.sleep(0.01)
            assert await leases.keep("sorter", "ann", 1, _LONG) is False
            assert await leases.take("sorter", "bob", _LONG) == 2


async def test_a_lease_from_a_future_that_never_came_is_free(tmp_path: Path, team: str) -> None:
    """A clock that was wrong and is set right keeps nobody from working: the lease a dead process left can be taken."""
    with faked_clock() as clock, running(valkey(), before=clock.before, environment=clock.environment) as server:
        async with connect(server.url, tmp_path) as store:
            leases = RedisLeases(store.client, Keys(team))
            began = await _seconds(store)
            clock.move(7200)
            while await _seconds(store) < began + 7000:
                await asyncio.sleep(0.01)
            assert await leases.take("sorter", "ann", 60_000) == 1
            assert await leases.keep("sorter", "ann", 1, _LONG) is True
            assert await leases.take("sorter", "bob", 1_000) is None
            clock.move(0)
            while await _seconds(store) > began + 7000:
                await asyncio.sleep(0.01)
            assert await leases.take("sorter", "bob", 1_000) == 2
            assert await leases.keep("sorter", "ann", 1, _LONG) is False


async def _seconds(store: Store) -> int:
    seconds, _ = await store.client.time()
    return int(seconds)
