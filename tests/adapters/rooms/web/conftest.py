"""One browser for a module's tests, a house and its server for each."""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, async_playwright

from tests.adapters.rooms.web.browser import launch


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    """A Chromium of this test's own: its loop is the test's."""
    async with async_playwright() as playwright:
        opened = await launch(playwright)
        yield opened
        await opened.close()
