"""The store's primary is lost, falls silent or gives over while answers go out, behind sentinels and in a cluster.

Two replicas of the product, mentions through both all the while. Real: processes, servers, sockets, the square. What we
said 200 to, and what a press was answered, is held against the record in the end; what was said, against the square.
"""

import asyncio
import random
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from tests.chaos.answers import Answers
from tests.chaos.fleet_cluster import cluster
from tests.chaos.fleets import Fleet, alone, sentinels
from tests.chaos.oracle import counts, pressed_again
from tests.chaos.round import Kill
from tests.chaos.several import Several, replicas, several
from tests.chaos.summary import say
from tests.servers import temporary
from tests.square import ACCOUNTS, running_square
from tests.stories.process import ROOT

MANY, AT_ONCE = 30, 2
HOW = ("killed", "planned", "frozen", "relieved")
#: Each complains once: who complains again goes on with their first conversation.
GUESTS = tuple(f"guest{number}" for number in range(AT_ONCE * MANY))
#: A person is asked about at most so many of the sends.
ASKED = 0.06


@pytest.fixture
def folder() -> Iterator[Path]:
    """With a short path."""
    with temporary() as found:
        yield found


ALL = range(MANY)
RELIEVED, KILLED = HOW.index("relieved"), HOW.index("killed")


@pytest.mark.parametrize(
    ("kind", "make", "which"),
    [
        pytest.param("failover behind sentinels", sentinels, range(RELIEVED, RELIEVED + 1), id="sentinel-cut"),
        pytest.param("failover in a cluster", cluster, range(KILLED, KILLED + 1), id="cluster-cut"),
        pytest.param("failover behind sentinels", sentinels, ALL, marks=pytest.mark.chaos, id="sentinel"),
        pytest.param("failover in a cluster", cluster, ALL, marks=pytest.mark.chaos, id="cluster"),
        pytest.param("kill -9 of its only server", alone, ALL, marks=pytest.mark.chaos, id="alone"),
    ],
)
@pytest.mark.timeout(1800)
async def test_failovers(
    kind: str, make: Callable[[], AbstractContextManager[Fleet]], which: range, folder: Path
) -> None:
    """Nothing acknowledged is lost, nothing is said twice, nobody has to repair anything, and hardly anybody is asked to look or to
    press again."""
    with make() as fleet, running_square((*ACCOUNTS, *GUESTS[: AT_ONCE * which.stop])) as square:
        houses = replicas(folder, square, fleet.url, (ROOT, ROOT))
        async with several(houses, square, []) as one:
            over = asyncio.Event()
            chatter = asyncio.create_task(one.chatter(over, pause=1.5))
            sends = [each for number in which for each in await _around(one, fleet, number)]
            over.set()
            await chatter
            one.story.posts += [post for each in sends for post in each.posts]
            lines = await one.settled()
            told = [line for each in sends for line in each.told]
            found = counts(lines, square.ledger(), one.mentions, told, [each.words for each in sends])
            asked = sum(each.asks for each in sends) + len(pressed_again(lines))
            say(
                "at most once, several replicas",
                f"the store around a send: {kind}",
                "real",
                len(which),
                f"{len(sends)} sends, {len(found.double)} double, {len(one.mentions)} mentions acknowledged, "
                f"{len(told)} presses acknowledged, {len(found.lost)} lost, {asked} asked a person",
                "none",
            )
            assert found.faults == []
            assert one.hand.faults == []
            assert asked <= max(1, ASKED * len(sends))
            assert [await asyncio.to_thread(house.stop) for house in houses] == [0, 0]
            assert [said for house in houses if "Traceback" in (said := house.err)] == []


async def _around(one: Several, fleet: Fleet, number: int) -> list[Answers]:
    """Two answers are given, and a failover falls somewhere around their sending."""
    dice = random.Random(number)
    how = HOW[number % len(HOW)]

    async def strike() -> None:
        await fleet.fail_over(how)

    step = dice.choice(("read response", "send response", "send response"))
    one.strike = strike
    one.kills.append(Kill(step, dice.uniform(0.0, 0.6), bot=False, store=True))
    made = [
        Answers(
            one.hand,
            one.story.square,
            one.before,
            one.story.find,
            author=GUESTS[AT_ONCE * number + each],
            words=_answer(number, each),
        )
        for each in range(AT_ONCE)
    ]
    complaints = (f"@shop Order {number}-{each}: where is it? It never came." for each in range(AT_ONCE))
    await asyncio.gather(*(each.is_given(text) for each, text in zip(made, complaints, strict=True)))
    await asyncio.gather(*one.killing)
    return made


def _answer(number: int, each: int) -> str:
    return f"I'm sorry that order {number}-{each} is late. I look for it now and write to you here by four. Ana"
