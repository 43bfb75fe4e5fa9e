"""What the stories meet: a square of its own process, and one browser a test."""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, async_playwright

from tests.adapters.rooms.web.browser import launch
from tests.square import square, square_process

__all__ = ["browser", "square", "square_process"]


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    """A real Chromium."""
    async with async_playwright() as playwright:
        found = await launch(playwright)
        try:
            yield found
        finally:
            await found.close()
