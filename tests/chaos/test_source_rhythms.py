"""Ninety days of sources that tell us by themselves, each with its own rhythm; then they stop, and wake again (failures B6).

Simulated: time is moved by hand, in steps of a quarter of an hour; what judges, and what is said of it, is the product's.
"""

import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from bot.nouns.rhythm import SLOT, Rhythm
from bot.rules.sources import patience
from bot.work.quiet import Quiet
from tests.bot.work.house import House
from tests.chaos.summary import say
from tests.fakes.rhythms import FakeRhythms

STEP = timedelta(minutes=15)
#: How many arrivals an hour has: by the hour of the week, Monday 0:00 first.
Hourly = Callable[[int], float]
RHYTHMS: Mapping[str, Hourly] = {
    "busy": lambda hour: 2.0,
    "daytime": lambda hour: 1.5 if 8 <= hour % 24 < 20 else 0.0,
    "weekdays": lambda hour: 1.0 if hour < 120 and 9 <= hour % 24 < 18 else 0.0,
    "nightly": lambda hour: 3.0 if hour % 24 in (2, 3) else 0.0,
    "waves": lambda hour: 2.0 if hour % 24 >= 18 else 0.25,
}


@dataclass
class Told:
    """What one trial came to. `slow`: stops that were noticed later than the learned pause and one step."""

    stops: int = 0
    false: int = 0
    slow: list[str] = field(default_factory=list)
    silent: list[str] = field(default_factory=list)


class Listening:
    """A house that is told by these sources, and what judges them."""

    def __init__(self, dice: random.Random) -> None:
        self.house, self.dice, self.rhythms = House(), dice, FakeRhythms()
        house = self.house
        house.clock.wall = house.clock.store = datetime(2026, 3, 2, tzinfo=UTC)  # a Monday
        self.quiet = Quiet(
            act=house.act, rhythms=self.rhythms, health=house.health, clock=house.clock, sources=set(RHYTHMS)
        )

    async def step(self, deaf: str = "") -> frozenset[str]:
        """A quarter of an hour; what is quiet then."""
        begins = self.house.clock.wall
        hour = int((begins - datetime(2026, 3, 2, tzinfo=UTC)) / timedelta(hours=1)) % 168
        for name, hourly in RHYTHMS.items():
            arrivals = tuple(self._arrivals(begins, hourly(hour))) if name != deaf else ()
            if arrivals:
                await self.rhythms.note([Rhythm(source=name, arrivals=arrivals)])
        for _ in range(3):
            self.house.clock.advance(STEP.total_seconds() / 3)
            await self.quiet.look()
        return frozenset((await self.house.act.team()).quiet)

    def _arrivals(self, begins: datetime, hourly: float) -> Iterator[datetime]:
        share = 1 - 2.718281828 ** (
            -hourly * SLOT / timedelta(hours=1)
        )  # at least one in a slot, where they come by chance
        for number in range(int(STEP / SLOT)):
            if self.dice.random() < share:
                yield begins + number * SLOT

    async def expected(self, name: str) -> timedelta:
        """How long it may be silent from its last word on."""
        (rhythm,) = [each for each in await self.rhythms.all() if each.source == name]
        assert rhythm.last is not None
        return patience(rhythm, rhythm.last) or timedelta.max


async def stops(listening: Listening, name: str, told: Told) -> None:
    """It says nothing any more until that was noticed; then it wakes."""
    (rhythm,) = [each for each in await listening.rhythms.all() if each.source == name]
    assert rhythm.last is not None
    last, allowed = rhythm.last, await listening.expected(name)
    while name not in await listening.step(deaf=name):
        if listening.house.clock.wall - last > allowed + 2 * STEP:
            told.slow.append(f"{name}, silent since {last}, was not noticed within {allowed}")
            return
    told.stops += 1
    for _ in range(7 * 96):
        if name not in await listening.step():
            return
    told.silent.append(f"{name} woke, and nobody said so")


@pytest.mark.parametrize("days", [pytest.param(10, id="cut"), pytest.param(90, id="whole", marks=pytest.mark.chaos)])
@pytest.mark.timeout(1800)
async def test_a_source_that_stops_is_noticed_within_its_rhythm(days: int) -> None:
    """Each stop, wherever in the week; and what wakes is said to be back."""
    listening, told = Listening(random.Random(17)), Told()
    for day in range(days):
        for _ in range(96):
            told.false += len(await listening.step())
        if day >= 5:  # a rhythm is learned by then
            await stops(listening, listening.dice.choice(list(RHYTHMS)), told)
    kinds = await listening.house.kinds()
    gaps = len(RHYTHMS) * days
    result = f"{len(told.slow)} noticed late, {len(told.silent)} not said to be back, {told.false} false quarters of an hour in {gaps} days of sources"
    say("deaf source", "rhythms of five kinds, a stop each day", "simulated", told.stops, result, 17)
    assert told.slow == []
    assert told.silent == []
    assert kinds.count("source_quiet") >= told.stops > 0
