"""Fifty outages of a platform that we ask, of ten seconds to six hours, while people go on writing there (failures B5).

Simulated: one loop, virtual time; listening, intake and sorter are the product's. The platform is asked every twenty
seconds for what is newer than the cursor, a page at a time, as Mastodon is; it fails, answers nothing in time, or answers
200 with nothing in it, and hands out everything once it is back.
"""

import asyncio
import json
import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum

import pytest

from bot.nouns.mention import Cursor, Hear, Said
from bot.nouns.team import Refusal
from bot.work.ears import Ears
from tests.bot.work.house import House
from tests.chaos.summary import say
from tests.chaos.virtual import VirtualClock, simulated
from tests.fakes.platform import FakePlatform

ASKS_EVERY, ANSWERS_WITHIN, PAGE = 20.0, 10.0, 40
SHORTEST, LONGEST = 10.0, 6 * 3600.0
#: What was missed is here so many seconds after the platform is back.
CLOSED_WITHIN = 120.0


class Out(StrEnum):
    """How a platform is away."""

    FAILS = "fails"
    HANGS = "hangs"
    EMPTY = "empty"


class Away(FakePlatform):
    """A platform with posts in order; `out` says how it is away."""

    def __init__(self, house: House) -> None:
        super().__init__(house.clock)
        self.house = house
        self.out: Out | None = None
        self.posts: list[str] = []

    def writes(self) -> str:
        """Somebody complains there."""
        self.posts.append(f"m{len(self.posts)}")
        return self.posts[-1]

    async def listen(self, since: Cursor | None, hear: Hear) -> None:
        """Ask until cancelled."""
        at = int(since.at) if since is not None else 0
        while True:
            at = await self._asked(at, hear)
            await self._clock.sleep(ASKS_EVERY)

    async def _asked(self, at: int, hear: Hear) -> int:
        """Where we have read to by then: as far as a whole page says, and the next page at once."""
        while True:
            match self.out:
                case Out.HANGS:
                    await self._clock.sleep(ANSWERS_WITHIN)
                    return at
                case Out.FAILS:
                    return at
                case Out.EMPTY:
                    page: list[str] = []
                case _:
                    page = self.posts[at : at + PAGE]
            news = [Said(mention=self.house.mention(f"Where is my parcel? {id}", id, f"p{id}")) for id in page]
            if isinstance(await hear(news, Cursor(source=self.name, at=str(at + len(page)))), Refusal):
                return at
            at += len(page)
            if len(page) < PAGE:
                return at


@dataclass
class Told:
    """What one trial came to. `slowest`: seconds from the end of an outage until everything of it stood."""

    outages: int = 0
    mentions: int = 0
    slowest: float = 0.0
    faults: list[str] = field(default_factory=list)


def _rows(house: House) -> Counter[str]:
    lines = (json.loads(line) for lines in house.timelines.lines.values() for line in lines)
    return Counter(line["mention"]["id"] for line in lines if line["kind"] in ("opened", "wrote_again"))


async def outages(seed: int, count: int) -> Told:
    """So many, one after the other."""
    dice, told = random.Random(seed), Told()
    house = House(clock=VirtualClock())
    await house.staffed()
    platform = Away(house)
    ears = Ears(inbox=house.inbox, hear=house.intake.hear, health=house.health, clock=house.clock)
    working = [asyncio.create_task(ears.listen(platform, 1)), asyncio.create_task(_sorts(house))]
    for _ in range(count):
        platform.out = dice.choice(list(Out))
        left = SHORTEST * (LONGEST / SHORTEST) ** dice.random()  # as many short ones as long ones
        while left > 0:
            pause = min(left, dice.expovariate(1 / 300))
            await asyncio.sleep(pause)
            left -= pause
            platform.writes()
        platform.out = None
        told.outages += 1
        told.slowest = max(told.slowest, await _closed(house, platform, told))
        for _ in range(dice.randrange(4)):
            await asyncio.sleep(dice.uniform(1, 60))
            platform.writes()
    await asyncio.sleep(CLOSED_WITHIN)
    rows = _rows(house)
    told.mentions = len(platform.posts)
    told.faults += [f"{id}: {rows[id]} rows" for id in platform.posts if rows[id] != 1]
    told.faults += [f"stuck: {len(await house.inbox.work(500))}"] if await house.inbox.work(500) else []
    for task in working:
        task.cancel()
    await asyncio.gather(*working, return_exceptions=True)
    return told


async def _sorts(house: House) -> None:
    while True:
        while await house.sorter.sort_all():
            pass
        await asyncio.sleep(1.0)


async def _closed(house: House, platform: Away, told: Told) -> float:
    """How long it takes until everything that was written meanwhile stands; or as long as nobody should have to wait."""
    missed, began = list(platform.posts), house.clock.wall
    while not _rows(house).keys() >= set(missed):
        waited = (house.clock.wall - began).total_seconds()
        if waited > 10 * CLOSED_WITHIN:
            told.faults.append(f"the gap of outage {told.outages} stays open")
            return waited
        await asyncio.sleep(1.0)
    return (house.clock.wall - began) / timedelta(seconds=1)


@pytest.mark.parametrize("count", [pytest.param(3, id="cut"), pytest.param(50, id="whole", marks=pytest.mark.chaos)])
@pytest.mark.timeout(1800)
def test_an_outage_leaves_no_gap(count: int) -> None:
    """Everything that was written meanwhile stands once, two minutes after the platform is back at the latest."""
    told = simulated(lambda: outages(5, count))
    result = (
        f"{len(told.faults)} lost, double or stuck, {told.mentions} mentions, gap closed within {told.slowest:.0f} s"
    )
    say("nothing lost on the way in", "outages of 10 s to 6 h of what we ask", "simulated", told.outages, result, 5)
    assert told.faults == []
    assert told.slowest <= CLOSED_WITHIN
