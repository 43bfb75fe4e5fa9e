"""Faults of work that nobody waits for any longer: no words of theirs reach the log, and what fell is named by its kind."""

import asyncio
import gc
import logging
from collections.abc import Coroutine
from typing import Any

import pytest

from bot.work.alone import alone
from bot.work.lifecycle import log_fall
from bot.work.waiting import outlast, together, within
from tests.bot.work.conftest import Start
from tests.fakes.clock import FakeClock
from tests.fakes.leases import FakeLeases

HERS = "My parcel never came, my number is 0171 555."


async def _ends_badly() -> None:
    """Falls over while it is being ended, with somebody's words in its error."""
    try:
        await asyncio.Event().wait()
    finally:
        raise RuntimeError(HERS)


async def _once_collected() -> None:
    """Let the loop and the collector do what they do with tasks that nobody keeps."""
    for _ in range(3):
        await asyncio.sleep(0)
        gc.collect()


async def test_work_whose_lease_was_lost_falls_over_quietly(start: Start, caplog: pytest.LogCaptureFixture) -> None:
    """The lease ran out, the work is ended and fails at it: the next holder goes on, and the log holds no words."""
    clock = FakeClock()
    leases = FakeLeases(clock)

    async def body(epoch: int) -> None:
        await _ends_badly()

    start(alone("sorter", "a", leases, clock, body))
    await clock.run(1)
    leases.lose("sorter")
    await clock.run(2)
    await _once_collected()
    assert HERS not in caplog.text
    assert "never retrieved" not in caplog.text


async def test_work_that_was_too_slow_falls_over_quietly(caplog: pytest.LogCaptureFixture) -> None:
    """Whoever waited was told that it took too long; how it ended afterwards is nobody's news."""
    clock = FakeClock()
    told = asyncio.ensure_future(_too_slow(clock))
    await clock.run(2)
    assert await told
    await _once_collected()
    assert caplog.text == ""


async def _too_slow(clock: FakeClock) -> bool:
    """Whether whoever waited was told so; nothing keeps the work afterwards."""
    try:
        await within(clock, 1, _ends_badly())
    except TimeoutError:
        return True
    return False


async def test_work_that_outlasts_its_waiter_falls_over_quietly(caplog: pytest.LogCaptureFixture) -> None:
    """Being cancelled while it ends is what is told; its own fault is not told beside it."""
    work = asyncio.ensure_future(_ends_badly())
    await asyncio.sleep(0)
    waiting = asyncio.ensure_future(outlast(work))
    await asyncio.sleep(0)
    waiting.cancel()
    await asyncio.sleep(0)
    work.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    del work
    await _once_collected()
    assert caplog.text == ""


async def test_parts_that_fail_while_they_are_ended_do_so_quietly(caplog: pytest.LogCaptureFixture) -> None:
    """What took the store from one takes it from the others: one error is raised, and theirs are not told beside it."""

    async def part() -> None:
        await asyncio.sleep(0)
        raise RuntimeError

    assert await _fails(together(part(), _ends_badly(), _ends_badly()))
    await _once_collected()
    assert caplog.text == ""


async def _fails(work: Coroutine[Any, Any, None]) -> bool:
    """Whether it does; nothing keeps its error afterwards."""
    try:
        await work
    except RuntimeError:
        return True
    return False


@pytest.mark.parametrize("level", [logging.DEBUG, logging.INFO])
def test_a_fall_is_logged_by_its_kind(level: int, caplog: pytest.LogCaptureFixture) -> None:
    """An operator reads which part fell, what sort of fault it was and where; no level writes what was in it or behind it."""
    caplog.set_level(level)
    try:
        raise RuntimeError(HERS) from ValueError(HERS)
    except RuntimeError as error:
        log_fall("painter", error)
    (said,) = caplog.records
    assert said.levelname == "ERROR"
    assert said.getMessage().startswith("painter fell over: RuntimeError at ")
    assert "test_unheard.py:" in caplog.text
    assert "in test_a_fall_is_logged_by_its_kind; from ValueError" in caplog.text
    assert HERS not in caplog.text
