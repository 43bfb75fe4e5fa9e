"""Two replicas on machines of their own take the clockwork from each other, again and again."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest

from bot.nouns.events import Recounted
from bot.screens.lines import said
from bot.work.act import Act
from bot.work.alive import Alive
from tests.bot.work.conftest import Start
from tests.bot.work.house import House
from tests.bot.work.test_clockwork import is_ready, until
from tests.fakes.clock import FakeClock
from tests.fakes.roster import FakePulse


@dataclass
class Hosts:
    """The house's own machine, and another whose clock on the wall is wrong by so much; the store's stands with the first."""

    house: House
    start: Start
    wrong: timedelta = timedelta()

    def __post_init__(self) -> None:
        self.here = self.house.clock
        self.there = FakeClock(self.here.wall + self.wrong)
        self.there.store, self.there.boot, self.there.elapsed = self.here.store, "boot-there", 77_000.0
        self.epoch = 0
        for clock in (self.here, self.there):
            self.start(Alive(pulse=self.house.pulse, clock=clock).run())

    async def turn(self, clock: FakeClock, seconds: float) -> None:
        """Whoever that is has the lease for so long."""
        self.epoch += 1
        act = Act(self.house.timelines, clock, self.house.lay)
        running = self.start(self.house.a_clockwork(clock=clock, act=act).run(self.epoch))
        await self.pass_time(seconds)
        running.cancel()
        await self.here.settle()

    async def pass_time(self, seconds: float) -> None:
        """On both machines."""
        for _ in range(round(seconds / 0.5)):
            await self.here.run(0.5)
            await self.there.run(0.5)
            await self.here.settle()

    async def recounts(self, incident: str) -> list[Recounted]:
        """How the wait was counted again, as the timeline says."""
        return [event for event in await self.house.events(incident) if isinstance(event, Recounted)]


async def shown(house: House, talk: str) -> datetime:
    """Until when its wait is shown."""
    return until(await house.talk(talk))


async def test_a_wait_is_counted_again_once_for_each_machine(house: House, start: Start) -> None:
    """However often the lease goes to and fro: one line, the time that both proved, and ready when it was shown."""
    hosts = Hosts(house, start)
    talk = await house.arrives()
    found = await house.drafted(talk)
    first = until(found)
    for _ in range(6):
        await hosts.turn(hosts.here, 20)
        await hosts.turn(hosts.there, 20)
    assert len(await hosts.recounts(found.incident)) == 1
    last = await shown(house, talk)
    assert first <= last <= first + timedelta(seconds=6)
    left = (last - house.clock.wall).total_seconds()
    await hosts.turn(hosts.here, left - 2)
    assert not await is_ready(house, talk)
    await hosts.turn(hosts.there, 4)
    assert await is_ready(house, talk)
    assert len(await hosts.recounts(found.incident)) == 1


@pytest.mark.parametrize("hours", [2, -2])
async def test_a_machine_whose_clock_is_wrong_takes_turns_with_one_that_is_right(
    house: House, start: Start, hours: float
) -> None:
    """It counts the wait, and the other may put the shown time right: each once, and the wait grows by nothing."""
    hosts = Hosts(house, start, timedelta(hours=hours))
    talk = await house.arrives()
    found = await house.drafted(talk)
    over = house.clock.elapsed + (until(found) - house.clock.wall).total_seconds()
    for _ in range(8):
        await hosts.turn(hosts.here, 10)
        await hosts.turn(hosts.there, 10)
    assert 1 <= len(await hosts.recounts(found.incident)) <= 2
    await hosts.turn(hosts.here, over - house.clock.elapsed - 2)
    assert not await is_ready(house, talk)
    await hosts.turn(hosts.here, 9)
    assert await is_ready(house, talk)


async def test_people_are_told_again_only_if_what_they_were_shown_changed(house: House, start: Start) -> None:
    """A third machine counts the wait, and nobody is told of a few seconds; a fourth that can prove little says the time."""
    hosts = Hosts(house, start)
    talk = await house.arrives()
    found = await house.drafted(talk)
    await hosts.turn(hosts.here, 10)
    await hosts.turn(hosts.there, 10)
    hosts.there.boot = "boot-third"
    await hosts.turn(hosts.there, 80)
    hosts.there.boot, house.pulse = "boot-fourth", FakePulse()
    await hosts.turn(hosts.there, 10)
    team = await house.act.team()
    counted = await hosts.recounts(found.incident)
    lines = [said(event, team, None) for event in counted]
    assert [line.moment if line else None for line in lines[:2]] == [counted[0].cooling.until, None]
    assert lines[2] is not None
    assert lines[2].moment == await shown(house, talk)


async def test_a_wait_that_began_where_nobody_has_the_clockwork(house: House, start: Start) -> None:
    """Finished on a replica's own machine: what passed there is proven by its sign of life, and is not waited for twice."""
    hosts = Hosts(house, start)
    talk = await house.arrives()
    start(house.a_clockwork().run(1))
    await hosts.pass_time(3)
    house.act = Act(house.timelines, hosts.there, house.lay)
    first = until(await house.drafted(talk))
    await hosts.pass_time((first - house.clock.wall).total_seconds() - 1)
    assert not await is_ready(house, talk)
    await hosts.pass_time(8)
    assert await is_ready(house, talk)


async def test_every_replica_writes_down_that_its_machine_lives(house: House, start: Start) -> None:
    """Every five seconds, so that a reboot, or another machine, costs a wait no more than that."""
    start(Alive(pulse=house.pulse, clock=house.clock).run())
    await house.pass_time(seconds=21)
    last = await house.pulse.last("boot-1")
    assert last is not None
    assert house.clock.elapsed - last.elapsed <= 5.25
    assert await house.pulse.last("boot-2") is None
