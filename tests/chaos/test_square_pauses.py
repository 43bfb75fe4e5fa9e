"""The one that sends is stopped for longer than its lease, at any await, and goes on when another has taken over while the
presser presses *Try again* as soon as it is offered (failures A4).

Simulated: one loop, virtual time; every task of a stopped process stands still, timers and all, as with SIGSTOP.
"""

import asyncio
from dataclasses import dataclass, field
from functools import partial

import pytest

from bot.nouns.conversation import AttemptState
from bot.work.alone import LEASE_MS
from tests.chaos.square_world import Shape
from tests.chaos.summary import say
from tests.chaos.town import ASKS_WITHIN, OPEN, Sent, Town
from tests.chaos.virtual import Process, simulated

#: So many pauses each; a thousand in all, twenty in every run.
PAUSES = 20
SEEDS = range(50)
#: What one that wakes may still do takes no longer, in seconds.
_WAKES = 10.0
#: A send has about forty steps.
_EVERY = 50
_ASKABLE = (Shape.IDEMPOTENT, Shape.FINDABLE, Shape.UPSERT)


@dataclass
class Told:
    """What one trial came to. `asked`: sends of which a person was asked."""

    pauses: int = 0
    sends: int = 0
    again: int = 0
    asked: set[str] = field(default_factory=set)
    late: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


async def presses_again(town: Town, sent: Sent, told: Told) -> None:
    """Ana, who does not wait to be asked twice."""
    until = town.now() + 2 * ASKS_WITHIN
    while town.now() < until:
        attempt = await town.attempt(sent)
        if attempt.state not in (*OPEN, AttemptState.UNKNOWN):
            return
        if attempt.state is AttemptState.UNKNOWN:
            told.asked.add(sent.attempt)
            if sent.shape is Shape.BLIND:
                await town.looks(sent, again=False)
            else:
                told.again += await town.tries_again(sent, attempt.round)
        await asyncio.sleep(0.25)


async def pausing(seed: int, pauses: int, *shapes: Shape) -> Told:
    """Two replicas; whichever holds the lease is stopped in the middle of a send, so many times."""
    async with Town(seed, slow=0.3, store=0.02) as town:
        told, replicas = Told(), {"replica-1": town.stands_by(), "replica-2": town.stands_by()}
        while told.pauses < pauses:
            fresh = [await town.sends(shape) for shape in town.dice.sample(shapes, town.dice.randint(1, len(shapes)))]
            people = [asyncio.create_task(presses_again(town, sent, told)) for sent in fresh]
            stopped = replicas[town.leases.holder("outbox") or "replica-1"]
            told.pauses += await _pauses(town, stopped)
            await asyncio.gather(*people)
            while stopped.paused:
                await asyncio.sleep(1.0)
            await asyncio.sleep(_WAKES)
            if await town.settled() > ASKS_WITHIN:
                told.late.append(fresh[0].attempt)
        told.sends = len(town.sent)
        told.faults = [*town.double(), *town.strange(), *await town.lost(), *told.late]
    return told


async def _pauses(town: Town, process: Process) -> bool:
    """Whether it was stopped, for longer than its lease, with a send under way."""
    seconds = town.dice.uniform(LEASE_MS / 1000 + 0.1, ASKS_WITHIN)
    process.pause_at(town.dice.randint(1, 60), seconds)
    for _ in range(30):
        if process.paused:
            return town.busy()
        await asyncio.sleep(0.1)
    return False


async def stopped_at(step: int, shape: Shape) -> tuple[list[str], bool]:
    """One send whose process is stopped for a minute before that step of it; the faults, and whether it was stopped."""
    async with Town(step) as town:
        first, told = town.starts(), Told()
        sent = await town.sends(shape, before=lambda: first.pause_at(step, 60.0))
        person = asyncio.create_task(presses_again(town, sent, told))
        await asyncio.sleep(4.0)
        town.starts()
        stopped = first.paused
        await person
        await asyncio.sleep(60.0 + _WAKES)
        return [*town.double(), *town.strange(), *await town.lost()], stopped


@pytest.mark.usefixtures("calm")
@pytest.mark.parametrize("shape", [Shape.FINDABLE, pytest.param(Shape.BLIND, marks=pytest.mark.chaos)])
def test_a_pause_at_every_await(shape: Shape) -> None:
    """Of one send, each in turn: the one that wakes a minute later does not send what another has tried again."""
    step, faults, reached = 0, list[str](), 0
    while step < _EVERY:
        step += 1
        found, stopped = simulated(partial(stopped_at, step, shape))
        reached += stopped
        faults += [f"step {step}: {each}" for each in found]
    say(
        "at most once, several replicas",
        f"a pause at every await, {shape}",
        "simulated",
        step,
        f"{len(faults)} faults",
        0,
    )
    assert faults == []


SEEDED = [pytest.param(n, marks=() if n == 0 else (pytest.mark.chaos,)) for n in SEEDS]
#: In every run one seed, of whose few sends no share can be told.
CASES = [pytest.param(range(20, 21), id="20 cut"), pytest.param(SEEDS, id="whole", marks=pytest.mark.chaos)]
#: A person is asked about at most so many of the sends.
ASKED, ENOUGH = 0.06, 1000


@pytest.mark.usefixtures("calm")
@pytest.mark.parametrize("seeds", CASES)
def test_pauses_beyond_the_lease(seeds: range) -> None:
    """Where the platform can be asked, whatever sleeps and wakes, nothing is posted twice, and hardly anybody is asked."""
    told = [simulated(partial(pausing, seed, PAUSES, *_ASKABLE)) for seed in seeds]
    pauses, sends, asked = sum(e.pauses for e in told), sum(e.sends for e in told), sum(len(e.asked) for e in told)
    faults = [f"seed {seed}: {fault}" for seed, each in zip(seeds, told, strict=True) for fault in each.faults]
    result = f"{len(faults)} faults, {sends} sends, {asked / sends:.1%} asked a person, {sum(e.again for e in told)} tried again"
    seen = f"{seeds.start}–{seeds.stop - 1}"
    say("at most once, several replicas", "pauses beyond the lease", "simulated", pauses, result, seen)
    assert faults == []
    assert sends < ENOUGH or asked <= ASKED * sends


@pytest.mark.usefixtures("calm")
@pytest.mark.parametrize("seed", SEEDED)
def test_pauses_before_a_blind_platform(seed: int) -> None:
    """Where nothing can be asked, somebody who looks with their own eyes settles it, and nothing is posted twice."""
    told = simulated(lambda: pausing(seed, PAUSES // 5, Shape.BLIND))
    share = len(told.asked) / told.sends
    result = f"{len(told.faults)} faults, {told.sends} sends, {share:.1%} asked a person"
    say("at most once, several replicas", "pauses, a blind platform", "simulated", told.pauses, result, seed)
    assert told.faults == []
