"""Answers are lost in six ways before squares of four shapes, and somebody presses *Try again* as soon as it is offered
(failures A3); then the one window that remains: a square that does what it was asked only after everybody looked.

Simulated: one loop, virtual time.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest

from bot.nouns.conversation import AttemptState
from tests.chaos.square_inside import LOSSES, Choose, Fault, Inside
from tests.chaos.square_world import Asked, Shape
from tests.chaos.summary import say
from tests.chaos.town import ASKS_WITHIN, OPEN, Sent, Town
from tests.chaos.virtual import simulated

#: So many lost answers of each kind; a thousand under `make chaos`, twenty in every run.
MANY, FEW = 1000, 12
_EACH_ROUND, QUEUED = 12, 96


@dataclass
class Told:
    """What one trial came to. `slowest`: seconds from the beginning of an attempt until it asked a person."""

    lost: int = 0
    posts: int = 0
    asked: int = 0
    slowest: float = 0.0
    faults: list[str] = field(default_factory=list)


def every(kind: Fault, town: Town) -> Choose:
    """The first post of a key meets it, a third of the later ones too, and some of the looks."""
    seen: set[str] = set()

    def choose(asked: Asked) -> Fault:
        first = asked.method == "POST" and asked.key not in seen
        seen.add(asked.key)
        return kind if first or town.dice.random() < 0.33 else Fault.NONE

    return choose


async def person(town: Town, sent: Sent, told: Told, looks: float = 0.5) -> None:
    """Waits for an end, or is asked; then tries it again, or says what they saw. Looks every so many seconds."""
    began, asked = town.now(), set[int]()
    while (attempt := await town.attempt(sent)).state in (*OPEN, AttemptState.UNKNOWN):
        if attempt.state is AttemptState.UNKNOWN:
            if attempt.round not in asked:  # what they see again was asked of them before: their press was not taken
                told.slowest = max(told.slowest, town.now() - (attempt.intended or attempt.asked).timestamp())
            told.asked += not asked
            asked.add(attempt.round)
            await town.looks(sent)
        await town.house.clock.sleep(looks)
        if town.now() - began > 30 * ASKS_WITHIN:
            told.faults.append(f"open: {sent.attempt}")
            return


async def losing(
    kind: Fault, lost: int, shapes: Sequence[Shape] = tuple(Shape), behind: float = 15.0, at_once: int = _EACH_ROUND
) -> Told:
    """So many answers lost in that way, `at_once` of them asked for together."""
    told, seed = Told(), 0
    while told.lost < lost:
        seed += 1
        async with Town(seed) as town:
            for shape in shapes:
                town.ways[shape] = town.platforms[shape.value].ask = Inside(
                    town.within[shape], town.dice, every(kind, town), behind=behind
                )
            town.starts()
            answers = [(shape, *await town.cooled(shape)) for shape in (*shapes,) * (at_once // len(shapes))]
            sent = [await town.presses_send(*answer) for answer in answers]
            await asyncio.gather(*(person(town, one, told) for one in sent))
            await asyncio.sleep(behind + 10.0)
            told.lost += sum(way.lost for way in town.ways.values())
            told.posts += len(town.lines())
            told.faults += [*town.double(), *town.strange(), *await town.lost()]
    return told


KINDS = [
    *(pytest.param(kind, FEW, id=f"{kind.value} cut") for kind in LOSSES),
    *(pytest.param(kind, MANY, id=kind.value, marks=pytest.mark.chaos) for kind in LOSSES),
]


@pytest.mark.usefixtures("calm")
@pytest.mark.parametrize(("kind", "count"), KINDS)
def test_an_answer_is_lost(kind: Fault, count: int) -> None:
    """Nothing is posted twice, nothing is without record, and each doubt asks a person within a minute."""
    told = simulated(lambda: losing(kind, count))
    result = f"{len(told.faults)} faults, {told.posts} posts, {told.asked} asked a person, within {told.slowest:.0f} s"
    say("at most once", f"answers lost: {kind.value}", "simulated", told.lost, result, "1 and on")
    assert told.faults == []
    assert told.slowest <= ASKS_WITHIN


@pytest.mark.chaos
@pytest.mark.usefixtures("calm")
def test_a_doubt_waits_for_no_queue() -> None:
    """However many answers wait for a platform that hangs: each doubt asks a person within a minute."""
    told = simulated(lambda: losing(Fault.LATE, QUEUED, at_once=QUEUED))
    result = f"{len(told.faults)} faults, {told.posts} posts, {told.asked} asked a person, within {told.slowest:.0f} s"
    say("at most once", "platforms that hang, 24 answers waiting for each", "simulated", told.lost, result, "1 and on")
    assert told.faults == []
    assert told.slowest <= ASKS_WITHIN


_OTHERS = (Shape.IDEMPOTENT, Shape.BLIND, Shape.UPSERT)
#: A square does what it was asked so many seconds later. Words settle after 28 s: the socket's deadline and `settle`.
WINDOW = [(5.0, False), (20.0, False), (40.0, True)]


@pytest.mark.usefixtures("calm")
@pytest.mark.parametrize("shape", [Shape.FINDABLE, *(pytest.param(s, marks=pytest.mark.chaos) for s in _OTHERS)])
@pytest.mark.parametrize(("behind", "open_"), WINDOW)
def test_the_window_that_remains(shape: Shape, behind: float, open_: bool) -> None:
    """Only a square that acts after everybody has looked, and honours no key, posts twice, and only by a person's press. Where
    the key is honoured a person may still say that it is not there, and then it comes."""
    told = simulated(lambda: losing(Fault.BEHIND, FEW, [shape], behind))
    double, later = ([each for each in told.faults if each.startswith(kind)] for kind in ("double", "without record"))
    result = f"{len(double)} double, {len(later)} came after a person said that it is not there"
    say("at most once", f"{shape.value}: done {behind:.0f} s later", "simulated", told.lost, result, 1)
    assert bool(double or later) == open_ or (shape is Shape.IDEMPOTENT and open_)
    assert shape is not Shape.IDEMPOTENT or double == []
