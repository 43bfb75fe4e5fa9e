"""kill -9 of the bot and of the store's server at random moments of the main story (failures A1, B1, B3).

Real: processes, sockets, a Mastodon server that nobody here wrote. Every round is one story in a house of its own, and
its seed is its number: `pytest -k 'kills[17]'` plays it again.
"""

import asyncio
import random
from pathlib import Path

import pytest

from tests.chaos.oracle import counts, lost_answers
from tests.chaos.round import SLOW, a_round, plan
from tests.chaos.summary import say
from tests.square import Square

ROUNDS = 50
IN_EVERY_RUN = (8,)
SEEDS = [pytest.param(n, marks=() if n in IN_EVERY_RUN else (pytest.mark.chaos,)) for n in range(ROUNDS)]


@pytest.mark.parametrize("seed", SEEDS)
async def test_kills(seed: int, square: Square, tmp_path: Path) -> None:
    """Nothing is lost, nothing said twice or too early, and nobody has to repair anything."""
    async with a_round(tmp_path / "data", square, plan(seed)) as one:
        slow = random.Random(seed).choice(SLOW)
        square.fault("^/api/v1/statuses$", None, methods=("POST",), type="latency", delay_ms=slow)
        over = asyncio.Event()
        chatter = asyncio.create_task(one.chatter(over))
        await one.story.begins()
        await one.story.ends()
        over.set()
        await chatter
        await asyncio.gather(*one.killing)
        await asyncio.to_thread(one.house.up)
        lines = await one.settled()
        print(
            f"seed {seed}: {one.made}; pressed again {one.hand.again}, answers of the square lost {lost_answers(lines)}, "
            f"asked a person {one.story.by_hand}, mentions {len(one.mentions)}"
        )
        found = counts(lines, square.ledger(), one.mentions, one.story.told)
        result = f"{len(found.faults)} faults, {len(one.made)} kills, {len(one.mentions)} mentions"
        say("at most once", "kill -9 of bot and store around a whole story", "real", 1, result, seed)
        assert found.faults == []
        assert one.hand.faults == []
        assert one.house.stop() == 0
        assert one.house.store == 0
        assert "Traceback" not in one.house.err
