"""Ninety days of sources that tell us by themselves, each with its own rhythm; then they stop, and wake again (failures B6).

Simulated: time is moved by hand, in steps of a quarter of an hour; what judges, and what is said of it, is the product's.
"""

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from bot.nouns.rhythm import KEPT, SLOT, Rhythm
from bot.rules.sources import patience, quiet_since
from bot.work.quiet import Quiet
from tests.bot.work.house import House
from tests.chaos.summary import say
from tests.fakes.rhythms import FakeRhythms

STEP, MONDAY = timedelta(minutes=15), datetime(2026, 3, 2, tzinfo=UTC)
#: How many arrivals an hour has: by the hour of the week, Monday 0:00 first.
Hourly = Callable[[int], float]
RHYTHMS: Mapping[str, Hourly] = {
    "busy": lambda hour: 2.0,
    "daytime": lambda hour: 1.5 if 8 <= hour % 24 < 20 else 0.0,
    "weekdays": lambda hour: 1.0 if hour < 120 and 9 <= hour % 24 < 18 else 0.0,
    "nightly": lambda hour: 3.0 if hour % 24 in (2, 3) else 0.0,
    "waves": lambda hour: 2.0 if hour % 24 >= 18 else 0.25,
    "office": lambda hour: (6.0 if hour < 120 and hour % 24 < 18 else 0.1) if hour % 24 >= 8 else 0.0,
    "saturdays": lambda hour: (3.0 if 120 <= hour < 144 else 0.3) if 8 <= hour % 24 < 20 else 0.0,
}


@dataclass
class Told:
    """What one trial came to. `after`: how long each stop took to be noticed. `false`: sources that were said to be quiet
    while they were not; `slow`: stops that were noticed later than the learned pause and one step.
    """

    after: list[timedelta] = field(default_factory=list)
    false: list[str] = field(default_factory=list)
    slow: list[str] = field(default_factory=list)
    silent: list[str] = field(default_factory=list)


def _hour_of_week(at: datetime) -> int:
    return int((at - MONDAY) / timedelta(hours=1)) % 168


def arriving(dice: random.Random, begins: datetime, hourly: float) -> Iterator[datetime]:
    """The slots of a step in which something comes, where it comes by chance, so often an hour."""
    share = 1 - 2.718281828 ** (-hourly * SLOT / timedelta(hours=1))  # at least one in a slot
    for number in range(int(STEP / SLOT)):
        if dice.random() < share:
            yield begins + number * SLOT


class Listening:
    """A house that is told by these sources, and what judges them."""

    def __init__(self, dice: random.Random, told: Told) -> None:
        self.house, self.dice, self.rhythms, self.told = House(), dice, FakeRhythms(), told
        self._quiet: frozenset[str] = frozenset()
        house = self.house
        house.clock.wall = house.clock.store = MONDAY
        self.quiet = Quiet(
            act=house.act, rhythms=self.rhythms, health=house.health, clock=house.clock, sources=set(RHYTHMS)
        )

    async def step(self, deaf: str = "") -> frozenset[str]:
        """A quarter of an hour; what is quiet then."""
        begins = self.house.clock.wall
        hour = _hour_of_week(begins)
        for name, hourly in RHYTHMS.items():
            arrivals = tuple(arriving(self.dice, begins, hourly(hour))) if name != deaf else ()
            if arrivals:
                await self.rhythms.note([Rhythm(source=name, arrivals=arrivals)])
        for _ in range(3):
            self.house.clock.advance(STEP.total_seconds() / 3)
            await self.quiet.look()
        before, self._quiet = self._quiet, frozenset((await self.house.act.team()).quiet)
        self.told.false += [f"{name} on {begins}" for name in self._quiet - before - {deaf}]
        return self._quiet

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
    told.after.append(listening.house.clock.wall - last)
    for _ in range(7 * 96):
        if name not in await listening.step():
            return
    told.silent.append(f"{name} woke, and nobody said so")


@pytest.mark.parametrize("days", [pytest.param(10, id="cut"), pytest.param(90, id="whole", marks=pytest.mark.chaos)])
@pytest.mark.timeout(1800)
async def test_a_source_that_stops_is_noticed_within_its_rhythm(days: int) -> None:
    """Each stop, wherever in the week; and what wakes is said to be back."""
    told = Told()
    listening = Listening(random.Random(17), told)
    for day in range(days):
        for _ in range(96):
            await listening.step()
        if day >= 5:  # a rhythm is learned by then
            await stops(listening, listening.dice.choice(list(RHYTHMS)), told)
    kinds = await listening.house.kinds()
    lengths = [after / timedelta(hours=1) for after in sorted(told.after)]
    result = (
        f"{len(told.slow)} noticed later than learned, {len(told.silent)} not said to be back, "
        f"after {lengths[len(lengths) // 2]:.0f} h at the median and {lengths[-1]:.0f} h at most, "
        f"{len(told.false)} missed without reason"
    )
    say("deaf source", "rhythms of seven kinds, a stop each day", "simulated", len(told.after), result, 17)
    assert told.slow == []
    assert told.silent == []
    assert told.false == []
    assert kinds.count("source_quiet") == len(told.after) > 0


@pytest.mark.parametrize("days", [pytest.param(28, id="cut"), pytest.param(90, id="whole", marks=pytest.mark.chaos)])
def test_nobody_is_missed_without_reason(days: int) -> None:
    """From a source's first day on, whichever day of the week that is: no night, no weekend and no chance is a silence."""
    missed, sources = list[str](), 0
    for name, hourly in RHYTHMS.items():
        for begins in range(0, 7, 1 if days == 90 else 3):
            dice, sources = random.Random(f"{name}:{begins}"), sources + 1
            steps = (MONDAY + timedelta(days=begins) + number * STEP for number in range(96 * days))
            arrivals = [at for step in steps for at in arriving(dice, step, hourly(_hour_of_week(step)))]
            missed += [f"{name} from {begins} on: {at}" for at in _missed(arrivals)]
    result = f"{len(missed)} missed without reason"
    say(
        "deaf source",
        f"{len(RHYTHMS)} rhythms that never stop, from each day on",
        "simulated",
        sources * days,
        result,
        0,
    )
    assert missed == []


def _missed(arrivals: Sequence[datetime]) -> Iterator[datetime]:
    """The pauses after which it would have been said to be quiet; a shorter one than an hour never is."""
    first = 0
    for place, (last, following) in enumerate(pairwise(arrivals)):
        silent = last + SLOT
        if following - silent >= timedelta(hours=1):
            while arrivals[first] <= last - KEPT:
                first += 1
            learned = Rhythm(source="shop", arrivals=tuple(arrivals[first : place + 1]))
            if quiet_since(learned, silent, following) is not None:
                yield last
