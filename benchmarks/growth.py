"""What an append costs as events grow, and as one pile grows: through the product's own `act`, on the embedded store."""

import asyncio
import time
from collections.abc import Awaitable, Sequence

from benchmarks.household import Household, household
from benchmarks.row import Row, p50

_SAMPLE, _AT_ONCE, _TURNS = 300, 25, 19


def measure(long: bool) -> Sequence[Row]:
    """1,000 events against 100,000, and a pile of 100 against 10,000 (`long`: a million, and 100,000)."""
    return asyncio.run(_measure(1_000_000 if long else 100_000, 100_000 if long else 10_000))


async def _measure(events: int, pile: int) -> Sequence[Row]:
    async with household() as house:
        await _events(house, 0, 1_000)
        await _alone(house, "warm")
        small = await _alone(house, "small")
        await _events(house, 1_000, events)
        large = await _alone(house, "large")
        await _grow(house, 0, 100)
        low = await _into(house, "low")
        await _grow(house, 100, pile)
        high = await _into(house, "high")
        probe = [await _ping(house) for _ in range(_SAMPLE)]
    return [
        Row("one bare write of the store, p50 (floor)", p50(probe), "ms"),
        Row("an append at 1,000 events, p50", small, "ms"),
        Row(f"an append at {events:,} events, p50", large, "ms"),
        Row("    grown by", large / small, "×", 1.5, 1.1),
        Row("an append to a pile of 100, p50", low, "ms"),
        Row(f"an append to a pile of {pile:,}, p50", high, "ms"),
        Row("    grown by", high / low, "×", 1.5, 1.1),
    ]


async def _events(house: Household, begin: int, end: int) -> None:
    """From `begin` to `end` events in all: conversations of twenty events each, one an incident."""
    for at in range(begin // (_TURNS + 1), end // (_TURNS + 1)):
        await house.fill(f"e{at}", [f"e{at}"], more=_TURNS)


async def _grow(house: Household, begin: int, end: int) -> None:
    for at in range(begin, end, _AT_ONCE):
        await house.fill("pile", [f"p{number}" for number in range(at, min(end, at + _AT_ONCE))])


async def _alone(house: Household, run: str) -> float:
    return p50([await timed(house.arrive(f"{run}{n}", f"i{run}{n}")) for n in range(_SAMPLE)])


async def _into(house: Household, run: str) -> float:
    return p50([await timed(house.arrive(f"{run}{n}", "pile")) for n in range(_SAMPLE)])


async def timed(work: Awaitable[object]) -> float:
    """How long awaiting `work` takes, in ms."""
    began = time.perf_counter()
    await work
    return (time.perf_counter() - began) * 1000


async def _ping(house: Household) -> float:
    return await timed(house.store.client.execute_command("SET", "{bench}:probe", "x" * 300))
