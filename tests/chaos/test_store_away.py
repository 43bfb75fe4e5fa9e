"""The store is away for half an hour while answers are on their way and mentions come in (failure D2).

Simulated: one loop, virtual time, the product's own outbox, rules, intake and sorter; the store is a fake that fails every
call. Mentions are sent again until they are taken, as platforms do. The squares' ledgers are the oracle.
"""

import asyncio
import random
from dataclasses import dataclass, field
from functools import partial

import pytest

from bot.errors import StoreAway
from bot.nouns import commands as c
from bot.nouns.mention import News, Said
from bot.nouns.team import Refusal
from tests.chaos.square_world import Shape
from tests.chaos.summary import say
from tests.chaos.town import ASKS_WITHIN, Town
from tests.chaos.virtual import simulated

#: Seconds; what a press asked for is sent back after five minutes.
AWAY = 1800.0
SEEDS = range(20)
EVERY = 15.0


@dataclass
class Told:
    """What one outage came to. `refused`: how often a sender was told 503, `unsaved`: presses that were not done."""

    sends: int = 0
    mentions: int = 0
    refused: int = 0
    unsaved: int = 0
    late: float = 0.0
    faults: list[str] = field(default_factory=list)


async def _insists(town: Town, number: int, told: Told) -> None:
    """A mention is sent until it is taken in."""
    news: News = Said(
        mention=town.house.mention(f"Where is my order {number}? It never came.", f"n{number}", f"p{number}")
    )
    while isinstance(await town.house.intake.hear([news], None), Refusal):
        told.refused += 1
        await asyncio.sleep(EVERY)


async def _people(town: Town, told: Told, gone: asyncio.Event) -> None:
    """Somebody presses while it is away, and is not told that it is done."""
    await gone.wait()
    for sent in town.sent:
        try:
            await town.say(c.Claim, sent, epoch=1)
        except StoreAway:
            told.unsaved += 1


def _is_away(town: Town, away: bool) -> None:
    town.leases.away = town.house.inbox.away = town.house.timelines.away = away


async def outage(seed: int) -> Told:
    """Answers are asked for around the moment at which the store goes; it comes back half an hour later."""
    told, dice = Told(), random.Random(seed)
    async with Town(seed, slow=0.3, store=0.02) as town:
        town.stands_by()
        town.stands_by()
        ready = [(shape, *await town.cooled(shape)) for shape in Shape]
        for answer in ready:
            await town.presses_send(*answer)
        await asyncio.sleep(dice.uniform(0.0, 1.2))
        gone = asyncio.Event()
        people = asyncio.create_task(_people(town, told, gone))
        _is_away(town, True)
        left = town.now()
        gone.set()
        senders = [asyncio.create_task(_insists(town, number, told)) for number in range(20)]
        await asyncio.sleep(AWAY)
        _is_away(town, False)
        back = town.now()
        told.late = await town.settled()
        await asyncio.gather(people, *senders)
        while await town.house.sorter.sort_all():
            pass
        told.sends, told.mentions = len(town.sent), len(senders)
        meanwhile = [line for line in town.lines() if left + town.wire < line.at < back]
        told.faults = [
            *town.double(),
            *town.strange(),
            *await town.lost(),
            *(f"meanwhile: {line}" for line in meanwhile),
        ]
        told.faults += [f"lost: n{number}" for number in range(len(senders)) if not town.house.lies(f"n{number}")]
    return told


@pytest.mark.usefixtures("calm")
@pytest.mark.parametrize("seed", [pytest.param(n, marks=() if n == 0 else (pytest.mark.chaos,)) for n in SEEDS])
def test_half_an_hour_without_a_store(seed: int) -> None:
    """Nothing goes out meanwhile, every sender and presser is told, and afterwards everything ends as it should."""
    told = simulated(partial(outage, seed))
    result = (
        f"{told.mentions} mentions after {told.refused} × 503, {told.sends} sends, {told.unsaved} presses not saved, "
        f"{len(told.faults)} faults, settled within {told.late:.0f} s"
    )
    say("nothing lost, never twice", "the store is away for 30 minutes", "simulated", 1, result, seed)
    assert told.faults == []
    assert told.refused >= told.mentions
    assert told.unsaved == told.sends
    assert told.late <= ASKS_WITHIN
