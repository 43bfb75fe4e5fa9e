"""Every wire of the house stalls and drops while the story is lived: to the store, to the platform, from the teammate at the
web desk, and from whoever sends us mentions (failures A3, B3, D8).

Real: the program, its store's server, a Mastodon server that nobody here wrote, a relay on each wire. A round's seed is its
number: `pytest -k 'wires[7]'` plays it again.
"""

import asyncio
import random
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from tests.chaos.oracle import counts
from tests.chaos.round import Round, a_round, until
from tests.chaos.summary import say
from tests.chaos.wires import Relay, relay
from tests.servers import listening, valkey
from tests.square import Square
from tests.stories.process import House

ROUNDS = 10
SEEDS = [pytest.param(n, marks=pytest.mark.chaos) for n in range(ROUNDS)]
#: The longest that one of them stalls, in seconds; a platform's adapter gives up after eight. How often a wire is harmed.
STALLS, HARMS = 10.0, 40


async def _harm(dice: random.Random, relays: Sequence[Relay]) -> int:
    """Now one of them, now another; most of the stalls end in a lost connection. How often, once it is told to end."""
    harms = 0
    try:
        while harms < HARMS:
            await asyncio.sleep(dice.uniform(0.1, 0.8))
            one, harms = dice.choice(relays), harms + 1
            if dice.random() < 0.5:
                await one.stalls(dice.choice((0.5, 2.0, STALLS)) * dice.random())
            if dice.random() < 0.7:
                one.drops()
    except asyncio.CancelledError:
        pass
    for one in relays:
        one.passing.set()
    return harms


async def _chatter(one: Round, front: House, over: asyncio.Event) -> None:
    """Others write in through the relay, each again until it is taken."""
    number = 0
    while not over.is_set():
        number += 1
        body = {"id": f"chat-{number}", "text": f"Number {number}: where do I find my parcel?"}
        await until(partial(one.told, front, body))
        await asyncio.sleep(0.5)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.timeout(600)
async def test_wires(seed: int, square: Square, tmp_path: Path) -> None:
    """Nothing is lost, nothing said twice or too early, and nobody has to repair anything."""
    dice = random.Random(f"wires {seed}")
    with listening(valkey()) as server:
        async with AsyncExitStack() as stack:
            store, platform = [await stack.enter_async_context(relay(url)) for url in (server.url, square.url)]
            settings = {
                "COOLHEAD_REDIS_URL": f"redis://127.0.0.1:{store.port}",
                "COOLHEAD_SECRET": "a long random text",
                "COOLHEAD_MASTODON_URL": platform.url,
            }
            one = await stack.enter_async_context(a_round(tmp_path / "data", square, [], **settings))
            desk, inbox = [await stack.enter_async_context(relay(one.house.base_url)) for _ in range(2)]
            one.hand.goes_by(desk.url)
            over = asyncio.Event()
            harm = asyncio.create_task(_harm(dice, (store, platform, desk, inbox)))
            chatter = asyncio.create_task(_chatter(one, replace(one.house, port=inbox.port), over))
            await one.story.begins()
            await one.story.ends()
            over.set()
            await chatter
            harm.cancel()
            harms = await harm
            lines = await one.settled()
            found = counts(lines, square.ledger(), one.mentions, one.story.told)
            result = (
                f"{len(found.faults)} faults, {harms} stalls and drops, {len(one.mentions)} mentions, "
                f"{one.story.by_hand} asked a person"
            )
            say(
                "at most once, nothing lost", "a stall-and-drop relay on every wire of a story", "real", 1, result, seed
            )
            assert found.faults == []
            assert one.hand.faults == []
            assert harms > 0
            assert one.house.stop() == 0
            assert "Traceback" not in one.house.err
