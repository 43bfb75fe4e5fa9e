"""A real Chromium for tests. Where there is none: skipped with a line that says how to get it; in CI a failure.

Starting one takes longer than most tests that look through it, so one is shared: a conftest.py imports `chromium_shared`
and `browser`, and hands its tests to `share_the_loop`, because a browser belongs to the loop it was started in.
"""

import asyncio
import os
import shutil
from collections.abc import AsyncIterator, Awaitable, Iterable
from contextlib import asynccontextmanager, suppress
from typing import Literal

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, Playwright, async_playwright, expect

from adapters.http.server import Server
from tests.adapters.rooms.web.house import House

Scheme = Literal["light", "dark"]

#: Seconds after which nobody waits any longer for a page that is to be closed.
CLOSES = 20.0
# A machine that is busy with other tests is slow, not wrong.
expect.set_options(timeout=30_000)


def chromium() -> str:
    """Where it lies: $COOLHEAD_CHROMIUM, else a `chromium` of the system."""
    found = os.environ.get("COOLHEAD_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if found:
        return found
    missing = "chromium is missing; on Debian: apt-get install chromium, or set COOLHEAD_CHROMIUM to its path"
    if os.environ.get("CI"):
        pytest.fail(missing)
    pytest.skip(missing)


async def launch(playwright: Playwright) -> Browser:
    """Started without its sandbox, which containers rarely allow."""
    return await playwright.chromium.launch(
        executable_path=chromium(), args=["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"], timeout=60_000
    )


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def chromium_shared() -> AsyncIterator[Browser]:
    """The one that all of a folder's tests look through."""
    async with async_playwright() as playwright:
        opened = await launch(playwright)
        yield opened
        await _closed(opened.close())


@pytest_asyncio.fixture(loop_scope="session")
async def browser(chromium_shared: Browser) -> AsyncIterator[Browser]:
    """A Chromium in which nobody has been anywhere yet, and nothing of this test's is left afterwards."""
    yield chromium_shared
    for context in chromium_shared.contexts:
        await _closed(context.close())


async def _closed(closing: Awaitable[None]) -> None:
    """Chromium now and then never says that a page of it is closed; what is left ends with its process."""
    with suppress(TimeoutError):
        async with asyncio.timeout(CLOSES):
            await closing


def share_the_loop(items: Iterable[pytest.Item]) -> None:
    """Those of these tests that look through a browser run in its loop."""
    for item in items:
        if isinstance(item, pytest.Function) and "browser" in item.fixturenames:
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


@asynccontextmanager
async def signed_in(
    browser: Browser,
    house: House,
    server: Server,
    *,
    person: str = "ana",
    width: int = 1200,
    height: int = 900,
    scheme: str = "light",
    scripts: bool = True,
) -> AsyncIterator[Page]:
    """A page of a browser in which `person` is signed in, not yet gone anywhere."""
    context = await browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if scheme == "dark" else "light",
        java_script_enabled=scripts,
        reduced_motion="reduce",
    )
    if person:
        session = await house.sign_in(person)
        await context.add_cookies(
            [{"name": "coolhead", "value": session.id, "url": server.url, "httpOnly": True, "sameSite": "Strict"}]
        )
    try:
        yield await context.new_page()
    finally:
        await _closed(context.close())
