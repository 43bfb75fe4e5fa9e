"""An arrival, a press and a repaint: in a pile of one, and in a large one. They take turns, so that noise falls on both."""

import asyncio
from collections.abc import Sequence

from benchmarks.growth import timed
from benchmarks.household import Household, household
from benchmarks.row import Row, p50
from bot.ports import Query
from bot.screens.portrait import portrait

_SAMPLE, _AT_ONCE, _FRONT, _FEW = 200, 25, 5, 80
_WHAT = ("an arrival", "a press", "a repaint")


def measure(long: bool) -> Sequence[Row]:
    """A pile of 10,000 (`long`: 100,000) against piles of one.

    A card shows five and an incident remembers the newest arrivals, 64 at most, so a repaint is held against a pile of 80.
    """
    return asyncio.run(_measure(100_000 if long else 10_000))


async def _measure(size: int) -> Sequence[Row]:
    async with household() as house:
        for at in range(0, size, _AT_ONCE):
            await house.fill("pile", [f"p{number}" for number in range(at, at + _AT_ONCE)])
        await house.fill("few", [f"f{number}" for number in range(_FEW)])
        took = [await _turn(house, number) for number in range(-10, _SAMPLE)][10:]
    small, large = ([p50(each) for each in zip(*side, strict=True)] for side in zip(*took, strict=True))
    rows = []
    for what, one, many in zip(_WHAT, small, large, strict=True):
        few = f"a pile of {_FEW}" if what == "a repaint" else "a pile of one"
        rows.append(Row(f"{what} in {few}, p50", one, "ms"))
        rows.append(Row(f"{what} in a pile of {size:,}, p50", many, "ms"))
        rows.append(Row("    grown by", many / one, "×", 1.5, 1.1))
    return rows


async def _turn(house: Household, number: int) -> tuple[tuple[float, float, float], tuple[float, float, float]]:
    """Each of the three once in a pile of one, once in the large one."""
    await house.arrive(f"s{number}", f"is{number}")
    arrivals = (
        await timed(house.arrive(f"t{number}", f"is{number}")),
        await timed(house.arrive(f"l{number}", "pile")),
    )
    presses = await timed(house.claim(f"s{number}", f"is{number}")), await timed(house.claim(f"l{number}", "pile"))
    repaints = await timed(_repaint(house, "few")), await timed(_repaint(house, "pile"))
    small, large = zip(arrivals, presses, repaints, strict=True)
    return (small[0], small[1], small[2]), (large[0], large[1], large[2])


async def _repaint(house: Household, incident: str) -> None:
    """What the painter does up to the room: the front of the pile, and the card."""
    found = await house.timelines.find(Query(index=f"pile:{incident}", limit=_FRONT))
    view = await house.act.look((incident,), found.ids)
    front = [view.conversations[name] for name in found.ids]
    portrait(view.incidents[incident], front, view.team, await house.clock.now())
