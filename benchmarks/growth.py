"""What an append costs as events grow, and as one pile grows: through the product's own `act`, on the embedded store.

A small house and a large one stand side by side and take turns, so that whatever else the machine does falls on both.
"""

import asyncio
import time
from collections.abc import Awaitable, Sequence

from benchmarks.household import Household, household
from benchmarks.row import Row, p50

_SAMPLE, _AT_ONCE, _SIDE_BY_SIDE, _TURNS = 400, 25, 16, 19


def measure(long: bool) -> Sequence[Row]:
    """1,000 events against 100,000, and a pile of 100 against 10,000 (`long`: a million, and 100,000)."""
    return asyncio.run(_measure(1_000_000 if long else 100_000, 100_000 if long else 10_000))


async def _measure(events: int, pile: int) -> Sequence[Row]:
    async with household() as small, household() as large:
        await _events(small, 1_000)
        await _events(large, events)
        await _grow(small, 100)
        await _grow(large, pile)
        alone, into = await _turns(small, large, ""), await _turns(small, large, "pile")
        floor = p50([await _write(small) for _ in range(_SAMPLE)])
    return [
        Row("one bare write to the store, p50 (floor)", floor, "ms"),
        Row("an append at 1,000 events, p50", alone[0], "ms"),
        Row(f"an append at {events:,} events, p50", alone[1], "ms"),
        Row("    grown by", alone[1] / alone[0], "×", 1.5, 1.1),
        Row("an append to a pile of 100, p50", into[0], "ms"),
        Row(f"an append to a pile of {pile:,}, p50", into[1], "ms"),
        Row("    grown by", into[1] / into[0], "×", 1.5, 1.1),
    ]


async def _events(house: Household, many: int) -> None:
    """So many events: conversations of twenty each, every one an incident of its own."""
    names = [f"e{number}" for number in range(many // (_TURNS + 1))]
    for at in range(0, len(names), _SIDE_BY_SIDE):
        await asyncio.gather(*(house.fill(name, [name], more=_TURNS) for name in names[at : at + _SIDE_BY_SIDE]))


async def _grow(house: Household, many: int) -> None:
    for at in range(0, many, _AT_ONCE):
        await house.fill("pile", [f"p{number}" for number in range(at, min(many, at + _AT_ONCE))])


async def _turns(small: Household, large: Household, incident: str) -> tuple[float, float]:
    """The medians of arrivals in either house, each in `incident`, or in an incident of its own."""
    took: tuple[list[float], list[float]] = ([], [])
    for number in range(-20, _SAMPLE):
        for house, found in zip((small, large), took, strict=True):
            name = f"{incident}{number}"
            spent = await timed(house.arrive(name, incident or f"i{name}"))
            if number >= 0:  # the first ones warm up
                found.append(spent)
    return p50(took[0]), p50(took[1])


async def timed(work: Awaitable[object]) -> float:
    """How long awaiting `work` takes, in ms."""
    began = time.perf_counter()
    await work
    return (time.perf_counter() - began) * 1000


async def _write(house: Household) -> float:
    return await timed(house.store.client.execute_command("SET", "{bench}:probe", "x" * 300))
