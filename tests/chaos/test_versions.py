"""This version and one of the history together on one store, as while a new one is rolled out (failure D5).

Mentions come in through both, some of them through both at once; somebody presses now at one, now at the other; either
is killed on the way. In the end the older one is stopped for good. Real: processes, the store's server, the square.
"""

import asyncio
import random
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest

from tests.chaos.oracle import counts
from tests.chaos.round import SLOW, plan
from tests.chaos.several import Several, replicas, several
from tests.chaos.summary import say
from tests.chaos.versions import EARLIER, unpack
from tests.servers import running, valkey
from tests.square import Square
from tests.stories.process import ROOT, House, cleaned

ROUNDS = 10
CASES = [
    pytest.param(which, seed, marks=() if (which, seed) == ("0.1.0", 0) else (pytest.mark.chaos,), id=f"{which}-{seed}")
    for which in EARLIER
    for seed in range(ROUNDS)
]


@pytest.mark.parametrize(("which", "seed"), CASES)
@pytest.mark.timeout(300)
async def test_two_versions_on_one_store(which: str, seed: int, square: Square, tmp_path: Path) -> None:
    """Nothing is lost, nothing stands or is said twice, neither of them falls over."""
    commit = EARLIER[which]()
    older = unpack(commit, tmp_path / "older")
    with running(valkey()) as server:
        houses = replicas(tmp_path, square, server.url, (older, ROOT))
        async with several(houses, square, plan(seed) + plan(100 + seed)) as one:
            slow = random.Random(seed).choice(SLOW)
            square.fault("^/api/v1/statuses$", None, methods=("POST",), type="latency", delay_ms=slow)
            await _played(one)
            codes = [await asyncio.to_thread(houses[0].stop)]
            lines = await one.settled()
            found = counts(lines, square.ledger(), one.mentions, one.story.told)
            lost, double = len(found.lost), len(found.double)
            say(
                "at most once, nothing lost",
                f"this version and {which} ({commit[:7]}) on one store, either killed",
                "real",
                1,
                f"{len(one.mentions)} mentions, {lost} lost, {double} double, {one.story.by_hand} asked a person",
                seed,
            )
            assert found.faults == []
            assert one.hand.faults == []
            codes.append(await asyncio.to_thread(one.house.stop))
            assert codes == [0, 0]
            assert not any("Traceback" in _said(house) for house in one.houses)


async def _played(one: Several) -> None:
    """The whole story, with others writing in meanwhile."""
    over = asyncio.Event()
    chatter = asyncio.create_task(one.chatter(over))
    try:
        await one.story.begins()
        await one.story.ends()
    finally:
        over.set()
        await chatter
        await asyncio.gather(*one.killing)
    for house in one.houses:
        await asyncio.to_thread(house.up)


def _said(house: House) -> str:
    with suppress(OSError):
        return house.err
    return ""


@pytest.mark.chaos
async def test_without_layouts_the_same_mention_would_stand_twice(square: Square, tmp_path: Path) -> None:
    """The trial can fail: the two earlier versions hash otherwise, and each takes in what the other has."""
    homes = [unpack(EARLIER[which](), tmp_path / name) for which, name in (("0.1.0", "one"), ("before layouts", "two"))]
    with running(valkey()) as server, ExitStack() as cleaning:
        for house in replicas(tmp_path, square, server.url, homes):
            cleaning.enter_context(cleaned(house))
            house.start()
            await asyncio.to_thread(house.up)
            said = await asyncio.to_thread(house.mention, {"id": "m1", "text": "Where is my parcel?"})
            assert said["accepted"] == 1


@pytest.mark.chaos
async def test_the_released_version_refuses_a_store_that_we_began(square: Square, tmp_path: Path) -> None:
    """It stops at its start with a sentence, before it hashes anything, and ours goes on."""
    older = unpack(EARLIER["0.1.0"](), tmp_path / "older")
    with running(valkey()) as server, ExitStack() as cleaning:
        ours, theirs = replicas(tmp_path, square, server.url, (ROOT, older))
        for house in (ours, theirs):
            cleaning.enter_context(cleaned(house))
            house.start()
            await asyncio.to_thread(house.up if house is ours else house.ends)
        assert (theirs.ends(), theirs.err.strip()) == (1, "The master secret does not fit the vault's keys.")
        assert (await asyncio.to_thread(ours.mention, {"id": "m1", "text": "Where is my parcel?"}))["accepted"] == 1
        assert ours.stop() == 0
