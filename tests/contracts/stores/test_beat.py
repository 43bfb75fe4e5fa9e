"""The last moment each machine was known to live, and the store's own time."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from adapters.stores.beat import StoreTime
from adapters.stores.connect import Store, connect
from adapters.stores.keys import Keys
from bot.nouns.time import Moment
from bot.ports import Pulse
from tests.contracts.stores.post_room import PostRoom, fake
from tests.fakes.clock import START
from tests.servers import faked_clock, running, valkey


def test_it_is_the_port() -> None:
    """What stands in is the port itself, for the type checker."""
    pulse: Pulse = fake().pulse
    assert pulse


def moment(seconds: float, boot: str = "boot-1") -> Moment:
    """So long after a boot at START."""
    return Moment(wall=START + timedelta(seconds=seconds), elapsed=seconds, boot=boot)


async def test_the_last_beat_counts(room: PostRoom) -> None:
    """Each boot has its own last moment, exact to the microsecond; one never heard of has none."""
    assert await room.pulse.last("boot-1") is None
    for seconds in (1.0, 2.25, 7.000001):
        await room.pulse.beat(moment(seconds))
    await room.pulse.beat(moment(3.0, "boot-2"))
    assert await room.pulse.last("boot-1") == moment(7.000001)
    assert await room.pulse.last("boot-2") == moment(3.0, "boot-2")


async def test_the_store_tells_its_time(store_url: str, team: str, tmp_path: Path) -> None:
    """It is in UTC, and grows."""
    async with connect(store_url, tmp_path) as store:
        ask = StoreTime(store, Keys(team))
        first, second = await ask(), await ask()
        assert first <= second
        assert first.tzinfo is UTC
        assert first > datetime(2020, 1, 1, tzinfo=UTC)


async def test_it_is_the_stores_time_and_not_ours(tmp_path: Path, team: str) -> None:
    """A store whose clock was moved says so."""
    with faked_clock() as clock, running(valkey(), before=clock.before, environment=clock.environment) as server:
        async with connect(server.url, tmp_path) as store:
            began = await _asked(store, team)
            clock.move(86_400)
            while await _asked(store, team) < began + timedelta(days=1):  # noticed some milliseconds later
                continue


async def _asked(store: Store, team: str) -> datetime:
    return await StoreTime(store, Keys(team))()
