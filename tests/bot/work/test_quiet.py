"""A source that goes quiet is noticed, said once, and forgotten when it is heard again."""

from datetime import timedelta

import pytest

from bot.errors import StoreAway
from bot.nouns import events as e
from bot.nouns.mention import Cursor, Said
from bot.nouns.rhythm import SLOT, Rhythm
from bot.work.quiet import Quiet
from tests.bot.work.conftest import Start
from tests.bot.work.house import House
from tests.fakes.clock import START
from tests.fakes.rhythms import FakeRhythms

CURSOR = Cursor(source="mastodon", at="1")


class Listening:
    """A house in which one thing judges what is quiet, listens to Mastodon, and hears by heartbeats."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.rhythms = FakeRhythms()
        house.health.listening["mastodon"] = house.clock.elapsed
        self.quiet = self.another()

    def another(self, *sources: str) -> Quiet:
        """One more that looks, as after a restart."""
        house = self.house
        return Quiet(
            act=house.act,
            rhythms=self.rhythms,
            health=house.health,
            clock=house.clock,
            sources=sources or ("mastodon", "shop"),
        )

    async def goes_on(self, minutes: float, *, beating: bool = True, every: float = 20) -> None:
        """Time passes; looks are taken, and the source answers or does not."""
        for _ in range(round(minutes * 60 / every)):
            self.house.clock.advance(every)
            if beating:
                assert await self.house.intake.hear([], CURSOR) == []
            await self.quiet.note()
            await self.quiet.look()

    async def said(self) -> list[str]:
        """What the team's timeline has of it."""
        return [kind for kind in await self.house.kinds() if kind in ("source_quiet", "source_back", "gap_found")]


@pytest.fixture
def listening(house: House) -> Listening:
    """It."""
    return Listening(house)


async def test_a_heartbeat_that_stops_is_noticed_once_and_so_is_its_return(listening: Listening) -> None:
    """After five minutes it is on the timeline and in health; what a source is asked for again is no gap."""
    await listening.goes_on(10)
    assert await listening.said() == []
    last = listening.house.clock.wall
    await listening.goes_on(4.6, beating=False)
    assert await listening.said() == []
    await listening.goes_on(30, beating=False)
    assert await listening.said() == ["source_quiet"]
    (quiet,) = [event for event in await listening.house.events() if isinstance(event, e.SourceQuiet)]
    assert (quiet.source, quiet.since, quiet.because) == ("mastodon", last, "")
    assert listening.house.health.all()["quiet mastodon"].startswith("Nothing has come from Mastodon")
    await listening.goes_on(1)
    assert await listening.said() == ["source_quiet", "source_back"]
    await listening.quiet.note()
    assert listening.house.health.all() == {}


async def test_it_is_remembered_over_a_restart(listening: Listening) -> None:
    """A new process neither says it again nor forgets it, and knows when each source was last heard."""
    await listening.goes_on(10)
    await listening.goes_on(10, beating=False)
    house = listening.house
    heard = house.health.last_heard["mastodon"]
    house.health.last_heard.clear()
    house.health.reasons.clear()
    listening.quiet = listening.another()
    await listening.goes_on(10, beating=False)
    assert await listening.said() == ["source_quiet"]
    assert list(house.health.reasons) == ["quiet mastodon"]
    assert house.health.last_heard == {"mastodon": heard}


async def test_while_nobody_looked_nobody_was_silent(listening: Listening) -> None:
    """After a night in which nothing ran, silence counts from the morning."""
    await listening.goes_on(10)
    listening.house.clock.advance(8 * 3600)
    await listening.goes_on(4, beating=False)
    assert await listening.said() == []
    await listening.goes_on(2, beating=False)
    assert await listening.said() == ["source_quiet"]


async def test_a_source_that_answers_with_nothing_new_for_ever(listening: Listening) -> None:
    """Each answer is whole and empty: that is said once its news have stayed away for too long, and over with the next one."""
    house = listening.house

    async def says(number: int) -> None:
        await house.hears(Said(mention=house.mention("Where is it?", f"m{number}", source="mastodon")))

    for number in range(21):
        await listening.goes_on(5)
        await says(number)
    last = house.clock.wall
    await listening.goes_on(3 * 1440 - 10, every=240)
    assert await listening.said() == []
    await listening.goes_on(30, every=240)
    assert await listening.said() == ["source_quiet"]
    (quiet,) = [event for event in await house.events() if isinstance(event, e.SourceQuiet)]
    assert quiet.because == "It answers, but has told nothing new for longer than usual. Please look there yourself."
    assert abs(quiet.since - last) <= SLOT
    await says(21)
    await listening.goes_on(5)
    assert await listening.said() == ["source_quiet", "source_back"]


async def test_a_source_that_tells_us_by_itself_has_a_rhythm(listening: Listening) -> None:
    """In its first days three without a word are too long, and its return opens a gap, for nobody fetches it."""
    house = listening.house
    for number in range(21):
        house.clock.advance(300)
        await house.hears(Said(mention=house.mention("Where is it?", f"m{number}", source="shop")))
        await listening.quiet.note()
        await listening.quiet.look()
    await listening.goes_on(3 * 1440 - 10, beating=False, every=240)
    assert await listening.said() == []
    await listening.goes_on(20, beating=False, every=240)
    assert await listening.said() == ["source_quiet"]
    await house.hears(Said(mention=house.mention("Here?", "late", source="shop")))
    await listening.quiet.note()
    await listening.quiet.look()
    assert await listening.said() == ["source_quiet", "source_back", "gap_found"]


async def test_nothing_was_heard_in_the_future(listening: Listening) -> None:
    """What tells us by itself is known by slots of five minutes; the one that still goes on ends now, for the page."""
    house = listening.house
    house.clock.advance(10)
    await house.hears(Said(mention=house.mention("Where is it?", "m1", source="shop")))
    await listening.quiet.note()
    assert house.health.last_heard == {"shop": house.clock.wall}
    house.clock.advance(3600)
    await listening.quiet.note()
    assert START < house.health.last_heard["shop"] <= START + SLOT


async def test_a_platform_in_trouble_is_quiet_though_it_answers(listening: Listening) -> None:
    """One of its feeds may be deaf: what it says of itself for five minutes is said, with the reason."""
    house, trouble = listening.house, ["Feed 2 answered 404."]
    house.health.watchers["mastodon"] = lambda: trouble[0] if trouble else None
    began = house.clock.wall + timedelta(seconds=20)
    await listening.goes_on(4)
    assert await listening.said() == []
    await listening.goes_on(4)
    (quiet,) = [event for event in await house.events() if isinstance(event, e.SourceQuiet)]
    assert (quiet.because, quiet.since) == ("Feed 2 answered 404.", began)
    trouble.clear()
    await listening.goes_on(1)
    assert await listening.said() == ["source_quiet", "source_back"]


async def test_what_is_set_up_no_more_is_left_alone(listening: Listening) -> None:
    """A source that was taken out of the settings is neither missed nor shown."""
    await listening.goes_on(10)
    listening.quiet = listening.another("shop")
    await listening.goes_on(60, beating=False)
    assert await listening.said() == []
    assert listening.house.health.all() == {}


async def test_what_could_not_be_written_down_is_written_later(listening: Listening, start: Start) -> None:
    """While the store is away nothing of the rhythm is lost; looks go on by themselves."""
    house = listening.house
    await house.hears(Said(mention=house.mention("Where is it?", "m1", source="shop")))
    listening.rhythms.away = True
    with pytest.raises(StoreAway):
        await listening.quiet.note()
    listening.rhythms.away = False
    start(listening.quiet.run())
    await house.pass_time(seconds=1)
    assert list(await listening.rhythms.all()) == [Rhythm(source="shop", arrivals=(START,))]
    await house.hears(Said(mention=house.mention("And now?", "m2", source="shop")))
    house.clock.advance(300)
    await house.hears(Said(mention=house.mention("And now?", "m3", source="shop")))
    await house.pass_time(seconds=16)
    (found,) = await listening.rhythms.all()
    assert len(found.arrivals) == 2


async def test_one_that_never_answered_is_said_too(listening: Listening) -> None:
    """Five minutes after health says so; nothing is known of when it was last heard."""
    listening.house.health.trouble("unheard mastodon", "It has not answered.")
    await listening.goes_on(4, beating=False)
    assert await listening.said() == []
    await listening.goes_on(2, beating=False)
    assert await listening.said() == ["source_quiet"]
    listening.house.health.well("unheard mastodon")
    await listening.goes_on(1)
    assert await listening.said() == ["source_quiet", "source_back"]
