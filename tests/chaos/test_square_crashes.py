"""The outbox ends at any await, again and again, while squares of every shape lose answers (failures A1, A2, A3).

Simulated: one loop, virtual time. A process that ends does nothing more and tidies up nothing, as after kill -9. A
trial's seed is its number: `pytest -k 'crashes and 17]'` plays it again.
"""

import asyncio
from dataclasses import dataclass, field

import pytest

from bot.nouns.conversation import AttemptState
from tests.chaos.square_world import Shape
from tests.chaos.summary import say
from tests.chaos.town import ASKS_WITHIN, Town
from tests.chaos.virtual import Process, simulated

#: So many crashes each; ten thousand in all, two hundred in every run.
CRASHES = 100
SEEDS = range(100)
_PATIENCE = 3.0


@dataclass
class Told:
    """What one trial came to."""

    crashes: int = 0
    sends: int = 0
    posts: int = 0
    lost: int = 0
    asked: set[str] = field(default_factory=set)
    slowest: float = 0.0
    faults: list[str] = field(default_factory=list)


async def dies(town: Town, process: Process) -> bool:
    """Whether it ended while a send was open; one that got its work done first is ended here."""
    for _ in range(int(_PATIENCE / 0.1)):
        if process.dead:
            break
        await asyncio.sleep(0.1)
    process.kill()
    return town.busy()


async def crashing(seed: int, crashes: int) -> Told:
    """Sends, crashes and people who look, until so many crashes fell into a send."""
    async with Town(seed) as town:
        return await _crashing(town, crashes)


async def _crashing(town: Town, crashes: int) -> Told:
    told, dice = Told(), town.dice
    while told.crashes < crashes:
        town.breaks(dice.choice((0.0, 0.2, 0.5)))
        fresh = [await town.sends(dice.choice(tuple(Shape))) for _ in range(dice.randint(1, 4))]
        for _ in range(dice.randint(1, 6)):
            process = town.starts()
            process.crash_at(dice.randint(1, 80))
            told.crashes += await dies(town, process)
        survivor = town.starts()
        told.slowest = max(told.slowest, await town.settled())
        told.asked |= await town.asking()
        survivor.crash_at(dice.randint(1, 80))
        for each in fresh:
            await town.looks(each, again=dice.random() < 0.7)
        told.crashes += await dies(town, survivor)
        last = town.starts()
        told.slowest = max(told.slowest, await town.settled())
        last.kill()
    told.sends, told.posts, told.lost = len(town.sent), len(town.lines()), sum(w.lost for w in town.ways.values())
    told.faults = [*town.double(), *town.strange(), *await town.lost()]
    ends = {(await town.attempt(each)).state for each in town.sent}
    assert AttemptState.POSTED in ends
    return told


SEEDED = [pytest.param(n, marks=() if n < 2 else (pytest.mark.chaos,)) for n in SEEDS]


@pytest.mark.usefixtures("calm")
@pytest.mark.parametrize("seed", SEEDED)
def test_crashes_at_any_await(seed: int) -> None:
    """Nothing is posted twice, lost or without record, and every doubt asks a person within a minute."""
    told = simulated(lambda: crashing(seed, CRASHES))
    result = (
        f"{len(told.faults)} faults, {told.sends} sends, {told.posts} posts, {told.lost} answers lost, "
        f"{len(told.asked)} asked a person, within {told.slowest:.0f} s"
    )
    say("at most once", "the outbox ends at any await", "simulated", told.crashes, result, seed)
    assert told.faults == []
    assert told.slowest <= ASKS_WITHIN
