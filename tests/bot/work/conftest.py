"""What the tests of work share."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest

from tests.bot.work.house import House

Start = Callable[[Awaitable[None]], "asyncio.Future[None]"]


@pytest.fixture
async def house() -> House:
    """A house with Ana, Ben and Kim (a lead) in it."""
    return await House().staffed()


@pytest.fixture
async def start() -> AsyncIterator[Start]:
    """Begin something that runs; whatever still does is ended with the test."""
    running: list[asyncio.Future[None]] = []

    def begin(work: Awaitable[None]) -> "asyncio.Future[None]":
        running.append(asyncio.ensure_future(work))
        return running[-1]

    yield begin
    for each in running:
        each.cancel()
    await asyncio.gather(*running, return_exceptions=True)
