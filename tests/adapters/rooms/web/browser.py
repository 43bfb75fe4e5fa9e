"""A real Chromium for tests. Where there is none: skipped with a line that says how to get it; in CI a failure."""

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Literal

import pytest
from playwright.async_api import Browser, Page, Playwright, expect

from adapters.http.server import Server
from tests.adapters.rooms.web.house import House

Scheme = Literal["light", "dark"]

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
        await context.close()
