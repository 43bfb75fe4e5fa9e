"""Rows: one thing at a time in each, all side by side."""

import asyncio

import pytest

from bot.errors import StoreAway
from bot.work.rows import Rows, rows


async def test_a_row_that_hangs_holds_up_no_other() -> None:
    """It is busy until it is through; another may begin again and again meanwhile."""
    done: list[int] = []
    never = asyncio.Event()

    async def quick(number: int) -> None:
        done.append(number)

    async with rows() as made:
        made.begin("slow", _until(never))
        for number in range(3):
            made.begin("quick", quick(number))
            await asyncio.sleep(0)
            await made.heard()
        assert list(made.busy) == ["slow"]
    assert done == [0, 1, 2]


async def test_what_takes_one_from_us_is_raised() -> None:
    """By whoever asks, once; over is over all the same."""

    async def away() -> None:
        raise StoreAway("gone")

    async with rows() as made:
        made.begin("one", away())
        assert not await made.over()
        with pytest.raises(StoreAway):
            await made.heard()
        assert await made.over()
        await made.heard()
        assert made.busy == {}


async def test_nobody_is_left() -> None:
    """Whoever is busy at the end is told to end, and has the time it needs, even where the one who waits is told so too."""
    told: list[str] = []

    async def careful() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            await asyncio.sleep(0.01)
            told.append("ended")

    async def holds(made: "asyncio.Future[Rows]") -> None:
        async with rows() as mine:
            mine.begin("one", careful())
            mine.begin("two", careful())
            made.set_result(mine)
            await mine.over()

    made: asyncio.Future[Rows] = asyncio.get_running_loop().create_future()
    task = asyncio.create_task(holds(made))
    mine = await made
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert told == ["ended", "ended"]
    assert all(each.done() for each in mine.busy.values())


async def _until(event: asyncio.Event) -> None:
    await event.wait()
