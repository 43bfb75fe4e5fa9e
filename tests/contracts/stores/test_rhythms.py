"""How each source is heard: noted by every replica, kept over restarts, in slots that cost the same however much came."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from adapters.stores.connect import connect
from adapters.stores.keys import Keys
from adapters.stores.rhythms import RedisRhythms
from bot.nouns.rhythm import KEPT, SLOT, Rhythm, Trouble
from bot.ports import Rhythms
from tests.fakes.clock import START
from tests.fakes.rhythms import FakeRhythms

HOUR = timedelta(hours=1)


@pytest.fixture(params=["valkey_url", "redis_url", "cluster_url", "fake"], ids=["valkey", "redis", "cluster", "fake"])
async def rhythms(request: pytest.FixtureRequest, team: str, tmp_path: Path) -> AsyncIterator[Rhythms]:
    """Nothing heard yet, on each kind of server."""
    if request.param == "fake":
        yield FakeRhythms()
        return
    async with connect(request.getfixturevalue(request.param), tmp_path) as store:
        yield RedisRhythms(store, Keys(team))


def told(*arrivals: datetime, source: str = "shop") -> Rhythm:
    """A source told us something in these slots."""
    return Rhythm(source=source, arrivals=arrivals)


def answered(at: datetime, every: float = 0.0) -> Rhythm:
    """A source that we ask answered."""
    return Rhythm(source="mastodon", beat=at, every=every)


async def test_what_replicas_note_is_laid_together(rhythms: Rhythms) -> None:
    """Slots of all of them, each once and in order; what is noted twice is noted once."""
    assert list(await rhythms.all()) == []
    await rhythms.note([])
    await rhythms.note([told(START + SLOT, START + HOUR)])
    await rhythms.note([told(START, START + SLOT), told(START, source="s\udc80")])
    found = {each.source: each for each in await rhythms.all()}
    assert found["shop"] == told(START, START + SLOT, START + HOUR)
    assert found["s\udc80"].arrivals == (START,)


async def test_the_later_answer_counts_and_a_known_pace_stays(rhythms: Rhythms) -> None:
    """A replica that is behind or has only begun to listen takes nothing away."""
    await rhythms.note([answered(START + HOUR, 20.0)])
    await rhythms.note([answered(START)])
    assert list(await rhythms.all()) == [answered(START + HOUR, 20.0)]
    await rhythms.note([answered(START + 2 * HOUR, 30.0), Rhythm(source="mastodon", arrivals=(START,))])
    (found,) = await rhythms.all()
    assert (found.beat, found.every, found.arrivals) == (START + 2 * HOUR, 30.0, (START,))


async def test_old_slots_are_let_go(rhythms: Rhythms) -> None:
    """Four weeks are kept, counted from the newest."""
    await rhythms.note([told(START, START + HOUR)])
    await rhythms.note([told(START + KEPT + timedelta(minutes=5))])
    (found,) = await rhythms.all()
    assert found.arrivals == (START + HOUR, START + KEPT + timedelta(minutes=5))


async def test_somebody_looks_without_a_break(rhythms: Rhythms) -> None:
    """Looks at most five minutes apart are one watch; a longer break, or a clock that went back, begins another."""
    minute = timedelta(minutes=1)
    assert await rhythms.watch(START) == START
    assert await rhythms.watch(START + 5 * minute) == START
    assert await rhythms.watch(START + 9 * minute) == START
    assert await rhythms.watch(START + 15 * minute) == START + 15 * minute
    assert await rhythms.watch(START) == START
    assert list(await rhythms.all()) == []


async def test_what_is_wrong_stands_until_it_is_well(rhythms: Rhythms) -> None:
    """The last word counts, whatever is noted of the source's answers meanwhile; to be well again may be said twice."""
    assert list(await rhythms.troubles()) == []
    shop = Trouble(source="shop", because="Feed 2: “404”.", since=START, said=START)
    other = Trouble(source="s\udc80", because="It is gone.", since=START, said=START)
    for each in (shop, other, shop.model_copy(update={"said": START + HOUR})):
        await rhythms.trouble(each)
    await rhythms.note([Rhythm(source="shop", beat=START + HOUR)])
    found = {each.source: each for each in await rhythms.troubles()}
    assert found == {"shop": shop.model_copy(update={"said": START + HOUR}), "s\udc80": other}
    assert [each.source for each in await rhythms.all()] == ["shop"]
    await rhythms.well("shop")
    await rhythms.well("shop")
    assert list(await rhythms.troubles()) == [other]
