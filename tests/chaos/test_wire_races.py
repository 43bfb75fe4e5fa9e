"""Between the press on Send and the post something happens, on a real wire: they delete or edit, a colleague answers by
hand, somebody takes the talk away from the public, or the team holds all posting (failures A12, A15).

Real: sockets, and a public square that is a process of its own with its ledger on disk; the store is a fake. The oracle is
the ledger: when each post was made, by the square's own clock, which is this machine's. Only under `make chaos`: what is
asked of it is said in seconds by the wall; the same is tried in virtual time in every run (test_square_races.py).
"""

import asyncio
import random
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest

from bot.nouns import commands as c
from bot.nouns.conversation import OfflineWay
from tests.bot.work.house import BEN, KIM
from tests.chaos.square_world import Line, Shape
from tests.chaos.summary import say
from tests.chaos.test_square_wire import Squares, side_by_side, squares
from tests.chaos.town import Sent, Town

__all__ = ["squares"]

#: So many answers wait for each other on their way to each square; twelve races for each team.
QUEUE = 3
#: So many teams speak on the squares at the same time, each with its own record and its own holds.
RACING, HOLDING = 3, 5
ROUNDS, MOMENTS = 3, 100
KINDS = ("deleted", "edited", "answered by hand", "taken offline")
#: From the last look at the mention to the post: a look, and a request, each of which may wait for a busy machine.
CROSSES = 1.5
#: Nothing public goes out later than that after a hold was confirmed.
HOLDS_WITHIN = 1.0


async def happens(town: Town, sent: Sent, kind: str) -> tuple[str, Sent, float]:
    """After a moment: what happened to whose answer, and when that was confirmed."""
    await asyncio.sleep(town.dice.uniform(0.0, 1.0))
    square = town.squares[sent.shape]
    match kind:
        case "deleted":
            await asyncio.to_thread(square.deletes, sent.mention)
        case "edited":
            await asyncio.to_thread(square.says, sent.mention, f"author{sent.mention[1:]}", "It came today after all.")
        case "answered by hand":
            await asyncio.to_thread(square.by_hand, sent.mention, "Hello, we look into it. Joe")
        case _:
            done = await town.say(c.TakeOffline, sent, BEN, way=OfflineWay.PHONE)
            kind = kind if done else "nothing"
    return kind, sent, time.time()


def late(line: Line, kind: str, sent: Sent, at: float) -> bool:
    """Whether that post should not have been made any more. A blind square does not show what a colleague posted."""
    if line.key != sent.attempt or kind == "nothing":
        return False
    return line.at > at + CROSSES and not (kind == "answered by hand" and sent.shape is Shape.BLIND)


async def _sent(town: Town, shapes: tuple[Shape, ...]) -> list[Sent]:
    answers = [(shape, *await town.cooled(shape)) for shape in shapes * QUEUE]
    return [await town.presses_send(*answer) for answer in answers]


async def _raced(town: Town, dice: random.Random) -> tuple[list[str], int, int]:
    """Twelve answers on their way, and something that happens to each: faults, races, posts."""
    sent = await _sent(town, tuple(Shape))
    town.starts()
    happened = await asyncio.gather(*(happens(town, one, dice.choice(KINDS)) for one in sent))
    await town.settled()
    lines = [line for line in town.lines() if line.key in {one.attempt for one in sent}]
    faults = [
        f"{kind} {line.at - at:.2f} s before {line}"
        for line in lines
        for kind, one, at in happened
        if late(line, kind, one, at)
    ]
    return [*faults, *town.double(), *await town.lost()], len(sent), len(lines)


@asynccontextmanager
async def _teams(squares: Squares, number: int, count: int) -> AsyncIterator[Sequence[Town]]:
    """So many at once; what they name bears other numbers in each round."""
    async with side_by_side(squares, count, 1.0) as (towns, _):
        for place, town in enumerate(towns):
            town.counts_from(1 + (number * count + place) * 1000)
        yield towns


@pytest.mark.timeout(1800)
@pytest.mark.chaos
async def test_what_happens_meanwhile(squares: Squares) -> None:
    """Nothing goes out to what is gone, changed, answered by hand or handed off, but what was on the wire just then."""
    faults, races, posts, dice = list[str](), 0, 0, random.Random(21)
    for number in range(ROUNDS):
        async with _teams(squares, number, RACING) as towns:
            for found, raced, posted in await asyncio.gather(*(_raced(town, dice) for town in towns)):
                faults, races, posts = faults + found, races + raced, posts + posted
    result = f"{len(faults)} faults, {posts} posts"
    say("look again", "deletion, edit, colleague's reply, handoff, on the wire", "real", races, result, 21)
    assert faults == []
    assert races >= MOMENTS
    assert posts > 0


async def _held(town: Town, dice: random.Random) -> tuple[list[str], int]:
    """Six answers on their way, and a hold at some moment: faults, and how many posts were on the wire already."""
    sent = await _sent(town, (Shape.IDEMPOTENT, Shape.FINDABLE))
    town.starts()
    await asyncio.sleep(dice.uniform(0.0, 0.3))
    until = (await town.house.clock.now()).wall + timedelta(hours=1)
    await town.house.press(dice.choice((BEN, KIM)), c.BeginHold, until=until, text="There was an accident.")
    held = time.time()
    await asyncio.sleep(HOLDS_WITHIN + 0.5)
    await town.settled()
    mine = {one.attempt for one in sent}
    after = [line for line in town.lines() if line.key in mine and line.at > held]
    faults = [f"{line.at - held:.2f} s after: {line}" for line in after if line.at > held + HOLDS_WITHIN]
    return [*faults, *await town.lost()], len(after)


@pytest.mark.timeout(1800)
@pytest.mark.chaos
async def test_a_hold_at_any_moment(squares: Squares) -> None:
    """Nothing public goes out later than one second after it was confirmed."""
    faults, crossed, dice = list[str](), 0, random.Random(22)
    for number in range(MOMENTS // HOLDING):
        async with _teams(squares, number, HOLDING) as towns:
            for found, posted in await asyncio.gather(*(_held(town, dice) for town in towns)):
                faults, crossed = faults + found, crossed + posted
    result = f"{len(faults)} later than 1 s after, {crossed} on the wire already"
    say("hold", "all posting is held at any moment of a send, on the wire", "real", MOMENTS, result, 22)
    assert faults == []
