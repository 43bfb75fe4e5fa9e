"""One replica listens, another judges: what a platform says of itself is known to both."""

import asyncio
from collections.abc import Sequence

import pytest

from bot.nouns import events as e
from bot.work.ears import Ears
from bot.work.health import Health
from bot.work.quiet import Quiet
from tests.bot.work.conftest import Start
from tests.bot.work.house import House
from tests.fakes.rhythms import FakeRhythms

DEAF = "Feed 2 answered 404."


class Replica:
    """One process. `wrong`: what its platform says of itself there, as far as it knows; `heard`: whether it answers there."""

    def __init__(self, house: House, rhythms: FakeRhythms, start: Start) -> None:
        self.wrong: str | None = None
        self.heard = False
        self._house = house
        self._start = start
        self._listening: asyncio.Future[None] | None = None
        self._health = Health()
        self._health.watchers["mastodon"] = lambda: self.wrong
        self.quiet = Quiet(
            act=house.act, rhythms=rhythms, health=self._health, clock=house.clock, sources=("mastodon", "shop")
        )

    async def listens(self) -> None:
        """It has the lease from now on."""
        house = self._house
        ears = Ears(inbox=house.inbox, hear=house.intake.hear, health=self._health, clock=house.clock)
        self._listening = self._start(ears.listen(house.platform, 1))
        self.heard = True
        await house.pass_time(seconds=0)

    async def listens_no_more(self) -> None:
        """It lost it. What its platform was wrong with stays as it was: nobody asks any more."""
        assert self._listening is not None
        self._listening.cancel()
        self.heard = False
        await self._house.pass_time(seconds=0)

    async def note(self) -> None:
        """Its look at what it hears itself."""
        if self.heard:
            self._health.listened("mastodon", self._house.clock.wall)
        await self.quiet.note()


class Two:
    """Replicas over one store, of which the second has to judge at first."""

    def __init__(self, house: House, start: Start) -> None:
        self.house = house
        self.rhythms = FakeRhythms()
        self.one, self.other = (Replica(house, self.rhythms, start) for _ in range(2))
        self.judge = self.other

    async def go_on(self, minutes: float) -> None:
        """Time passes; everybody notes, one judges."""
        for _ in range(round(minutes * 3)):
            await self.house.pass_time(seconds=20)
            for replica in (self.one, self.other):
                await replica.note()
            await self.judge.quiet.look()

    async def said(self) -> Sequence[str]:
        """What the team's timeline has of it."""
        return [kind for kind in await self.house.kinds() if kind in ("source_quiet", "source_back")]


@pytest.fixture
async def two(house: House, start: Start) -> Two:
    """The first listens."""
    two = Two(house, start)
    await two.one.listens()
    return two


async def test_a_trouble_is_known_where_nobody_listens(two: Two) -> None:
    """It is said with its reason, and over once whoever listens says nothing more of it."""
    await two.go_on(10)
    two.one.wrong = DEAF
    await two.go_on(4)
    assert await two.said() == []
    await two.go_on(2)
    (quiet,) = [event for event in await two.house.events() if isinstance(event, e.SourceQuiet)]
    assert quiet.because == DEAF
    two.one.wrong = None
    await two.go_on(1)
    assert await two.said() == ["source_quiet", "source_back"]


async def test_another_one_judges(two: Two) -> None:
    """What is broken is not said to be back because somebody else looks, or one that has only begun to."""
    two.one.wrong = DEAF
    two.judge = two.one
    await two.go_on(10)
    assert await two.said() == ["source_quiet"]
    two.judge = two.other
    await two.go_on(10)
    assert await two.said() == ["source_quiet"]


async def test_another_one_listens(two: Two) -> None:
    """It is not back before the new one has listened for a while; what is still broken there stays so all along."""
    two.one.wrong = DEAF
    await two.go_on(10)
    await two.one.listens_no_more()
    await two.other.listens()
    await two.go_on(2)
    two.other.wrong = DEAF
    await two.go_on(10)
    assert await two.said() == ["source_quiet"]


async def test_who_listens_no_more_says_nothing(two: Two) -> None:
    """Its platform may say for ever what was wrong when it last asked; the new one heard that all is well."""
    two.one.wrong = DEAF
    await two.go_on(10)
    await two.one.listens_no_more()
    await two.other.listens()
    await two.go_on(4)
    assert await two.said() == ["source_quiet"]
    await two.go_on(4)
    assert await two.said() == ["source_quiet", "source_back"]
    two.judge = two.one
    await two.go_on(20)
    assert await two.said() == ["source_quiet", "source_back"]


async def test_a_trouble_that_nobody_repeats_is_no_longer_believed(two: Two) -> None:
    """Its listener died, or is an older version that does not tell: after ten minutes only its answers count."""
    two.one.wrong = DEAF
    await two.go_on(10)
    await two.one.listens_no_more()
    two.other.heard = True
    await two.go_on(9)
    assert await two.said() == ["source_quiet"]
    await two.go_on(2)
    assert await two.said() == ["source_quiet", "source_back"]
