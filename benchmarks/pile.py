"""An arrival, a press and a repaint: in a pile of one, and in a large one."""

import asyncio
from collections.abc import Sequence

from benchmarks.growth import timed
from benchmarks.household import Household, household
from benchmarks.row import Row, p50
from bot.ports import Query
from bot.screens.portrait import portrait

_SAMPLE, _AT_ONCE, _FRONT = 200, 25, 5


def measure(long: bool) -> Sequence[Row]:
    """A pile of 10,000 (`long`: 100,000) against piles of one."""
    return asyncio.run(_measure(100_000 if long else 10_000))


async def _measure(size: int) -> Sequence[Row]:
    async with household() as house:
        for number in range(20):
            await house.arrive(f"w{number}", f"iw{number}")
        small = await _piles_of_one(house)
        for at in range(0, size, _AT_ONCE):
            await house.fill("pile", [f"p{number}" for number in range(at, at + _AT_ONCE)])
        large = await _large(house)
    rows = []
    for what, one, many in zip(("an arrival", "a press", "a repaint"), small, large, strict=True):
        rows.append(Row(f"{what} in a pile of one, p50", one, "ms"))
        rows.append(Row(f"{what} in a pile of {size:,}, p50", many, "ms", None, None, f"{many / one:.2f} ×"))
        rows.append(Row("    grown by", many / one, "×", 1.5, 1.1))
    return rows


async def _piles_of_one(house: Household) -> tuple[float, float, float]:
    arrivals, presses, repaints = [], [], []
    for number in range(_SAMPLE):
        await house.arrive(f"s{number}", f"is{number}")
        arrivals.append(await timed(house.arrive(f"t{number}", f"is{number}")))
        presses.append(await timed(house.claim(f"s{number}", f"is{number}")))
        repaints.append(await timed(_repaint(house, f"is{number}")))
    return p50(arrivals), p50(presses), p50(repaints)


async def _large(house: Household) -> tuple[float, float, float]:
    arrivals = [await timed(house.arrive(f"l{number}", "pile")) for number in range(_SAMPLE)]
    presses = [await timed(house.claim(f"p{number * 7}", "pile")) for number in range(_SAMPLE)]
    repaints = [await timed(_repaint(house, "pile")) for _ in range(_SAMPLE)]
    return p50(arrivals), p50(presses), p50(repaints)


async def _repaint(house: Household, incident: str) -> None:
    """What the painter does up to the room: the front of the pile, and the card."""
    found = await house.timelines.find(Query(index=f"pile:{incident}", limit=_FRONT))
    view = await house.act.look((incident,), found.ids)
    front = [view.conversations[name] for name in found.ids]
    portrait(view.incidents[incident], front, view.team, await house.clock.now())
