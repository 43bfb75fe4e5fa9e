"""Waiting for several things at once, by the injected clock. Whoever is not waited for any longer is ended, never left."""

import asyncio
from collections.abc import Awaitable, Collection, Coroutine
from typing import Any, TypeVar

from bot.ports import Clock

T = TypeVar("T")


async def first(*waits: Coroutine[Any, Any, object]) -> None:
    """Until the first of these is over; the others are broken off. What they hand back is of no interest."""
    tasks = [asyncio.ensure_future(each) for each in waits]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()


async def within(clock: Clock, seconds: float, work: Awaitable[T]) -> T:
    """What `work` hands back within so many seconds. Raises TimeoutError after that, and breaks it off."""
    task = asyncio.ensure_future(work)
    try:
        await first(asyncio.wait({task}), clock.sleep(seconds))
        if task.done():
            return await task
        raise TimeoutError
    finally:
        _break_off(task)


async def outlast(task: asyncio.Future[T]) -> T:
    """Until `task` is over, whatever comes. Being cancelled meanwhile is passed on once it is."""
    cancelled: asyncio.CancelledError | None = None
    while not task.done():
        try:
            await asyncio.wait({task})
        except asyncio.CancelledError as error:
            cancelled = error
    if cancelled is not None:
        heard(task)
        raise cancelled
    return await task


async def together(*parts: Coroutine[Any, Any, object]) -> None:
    """Run all until the first of them ends; the others are then broken off, and its error is raised. Whoever is broken off
    has the time it needs, even where this is broken off twice; each time they are told so again."""
    tasks = [asyncio.ensure_future(each) for each in parts]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        await end_all(tasks)
    for task in tasks:
        if not task.cancelled():
            await task


async def end_all(tasks: Collection[asyncio.Future[Any]]) -> None:
    """End them all, and wait until they are ended, even where this is broken off: they are told so again then. Their errors are
    of no interest: what takes the store from one mostly takes it from the others as they end."""
    for task in tasks:
        task.cancel()
    try:
        await _ended(tasks)
    finally:
        for task in tasks:
            heard(task)


async def _ended(tasks: Collection[asyncio.Future[Any]]) -> None:
    cancelled: asyncio.CancelledError | None = None
    while not all(task.done() for task in tasks):
        try:
            await asyncio.wait(tasks)
        except asyncio.CancelledError as error:
            cancelled = error
            for task in tasks:
                task.cancel()
    if cancelled is not None:
        raise cancelled


def _break_off(task: asyncio.Future[Any]) -> None:
    task.cancel()
    task.add_done_callback(heard)


def heard(task: asyncio.Future[Any]) -> None:
    """Ask for a task's error, so that it is not reported as one nobody heard of."""
    if not task.cancelled():
        task.exception()
