"""What is asked for together is done together, nobody waits for ever, and a failure is told to all it concerns."""

import asyncio
from collections.abc import Sequence

import pytest

from adapters.stores.group import Group
from bot.errors import StoreAway


class Bench:
    """Commits that double each number, and what each was handed."""

    def __init__(self, most: int = 4) -> None:
        self.steps: list[list[int]] = []
        self.fail: BaseException | None = None
        self.gate = asyncio.Event()
        self.gate.set()
        self.group = Group[int, int](self._commit, most=most)

    async def _commit(self, items: Sequence[int]) -> Sequence[int]:
        self.steps.append(list(items))
        await self.gate.wait()
        if self.fail is not None:
            raise self.fail
        return [2 * item for item in items]


async def test_the_first_goes_at_once_and_the_rest_together() -> None:
    """Who comes while a step is on its way shares the next; answers are each one's own, in order."""
    bench = Bench()
    bench.gate.clear()
    first = asyncio.create_task(bench.group.put([1]))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    rest = [asyncio.create_task(bench.group.put([n, n + 1])) for n in (2, 4)]
    await asyncio.sleep(0)
    bench.gate.set()
    assert [await task for task in (first, *rest)] == [[2], [4, 6], [8, 10]]
    assert bench.steps == [[1], [2, 3, 4, 5]]


async def test_nobody_is_left_waiting() -> None:
    """Whoever asks in the very moment a step ends is served too, at every turn of the loop at which that can be."""
    bench = Bench()

    async def ask(turns: int) -> None:
        for number in range(20):
            for _ in range(turns):
                await asyncio.sleep(0)
            assert await bench.group.put([number]) == [2 * number]

    async with asyncio.timeout(30):
        for turns in range(8):
            await asyncio.gather(ask(turns), ask(0))
            await ask(turns)


async def test_a_step_has_bounds() -> None:
    """No more items than allowed go into one step, but for a single request that has more."""
    bench = Bench(most=3)
    asked = [[1, 2], [3, 4], [5, 6, 7, 8, 9], [10, 11, 12], [13, 14]]
    told = await asyncio.gather(*(bench.group.put(items) for items in asked))
    assert told == [[2 * item for item in items] for items in asked]
    assert bench.steps == asked


async def test_a_failure_is_told_to_each() -> None:
    """Everybody in the step hears StoreAway as an error of their own; the next step goes its way."""
    bench = Bench()
    bench.fail = StoreAway("The store does not answer.")
    told = await asyncio.gather(bench.group.put([1]), bench.group.put([2]), return_exceptions=True)
    assert [(type(each), str(each)) for each in told] == [(StoreAway, "The store does not answer.")] * 2
    assert told[0] is not told[1]
    bench.fail = ValueError("ours")
    with pytest.raises(ValueError, match="ours"):
        await bench.group.put([3])
    bench.fail = None
    assert await bench.group.put([4]) == [8]


async def test_who_leaves_takes_nothing_back() -> None:
    """A request whose caller stopped waiting is done all the same, and harms nobody in its step."""
    bench = Bench()
    bench.gate.clear()
    gone, stays = asyncio.create_task(bench.group.put([1])), asyncio.create_task(bench.group.put([2]))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    gone.cancel()
    bench.gate.set()
    assert await stays == [4]
    assert bench.steps == [[1, 2]]
