"""From due to run with 10,000 waiting: the real due-set on the embedded store, the clockwork's loop around it."""

import asyncio
import random
from collections.abc import Sequence
from datetime import datetime, timedelta

from benchmarks.household import Household, household
from benchmarks.row import Row, p50, p99
from bot.nouns.view import Due
from bot.work.clockwork import CAP

_WAITING, _FALLING, _EACH = 10_000, 400, 100


def measure(long: bool) -> Sequence[Row]:
    """Four hundred fall due at random moments of eight seconds (`long`: forty times as many in a minute)."""
    falling, seconds = (_FALLING * 10, 60.0) if long else (_FALLING, 8.0)
    late, naps = asyncio.run(_run(falling, seconds))
    return [
        Row("a bare asyncio.sleep until the same moments, p50 (floor)", p50(naps), "ms"),
        Row("due to run, p50", p50(late), "ms", None, 2),
        Row("due to run, p99", p99(late), "ms", 50, None, f"{len(late)} fell due, {_WAITING} waiting"),
        Row("run before they were due", sum(each < 0 for each in late), "", 0),
    ]


async def _run(falling: int, seconds: float) -> tuple[list[float], list[float]]:
    async with household() as house:
        now = (await house.clock.now()).wall
        far = [Due(what=f"far{number}", at=now + timedelta(hours=1, seconds=number)) for number in range(_EACH)]
        for number in range(_WAITING // _EACH):
            await house.fill(f"i{number}", [str(number)], dues=far)
        begin = (await house.clock.now()).wall + timedelta(seconds=1)
        rolled = random.Random(1)  # no secret
        moments = sorted(begin + timedelta(seconds=rolled.random() * seconds) for _ in range(falling))
        for at in range(0, falling, _EACH):
            due = [Due(what=f"now{at + n}", at=moment) for n, moment in enumerate(moments[at : at + _EACH])]
            await house.fill(f"n{at}", [f"n{at}"], dues=due)
        late = await asyncio.wait_for(_work(house, falling), seconds + 60)
        return late, await _bare(house)


async def _work(house: Household, falling: int) -> list[float]:
    """Take, run, done, nap, as the clockwork does. What was due before the loop began counts like the rest."""
    late: list[float] = []
    while len(late) < falling:
        taken = await house.dues.take((await house.clock.now()).wall)
        late += [_ms((await house.clock.now()).wall, each.at) for each in taken]
        await house.dues.done(taken)
        until = await house.dues.next()
        now = (await house.clock.now()).wall
        await house.clock.sleep(CAP if until is None else min(CAP, max(0.0, (until - now).total_seconds())))
    return late


async def _bare(house: Household) -> list[float]:
    late = []
    for _ in range(100):
        at = (await house.clock.now()).wall + timedelta(milliseconds=10)
        await asyncio.sleep((at - (await house.clock.now()).wall).total_seconds())
        late.append(_ms((await house.clock.now()).wall, at))
    return late


def _ms(now: datetime, at: datetime) -> float:
    return (now - at).total_seconds() * 1000
