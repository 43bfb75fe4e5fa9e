"""The pictures of docs/slack.md can be taken anew, from software that nobody here wrote."""

from pathlib import Path

from playwright.async_api import async_playwright

from tests.adapters.rooms.slack.pictures import take
from tests.adapters.rooms.web.browser import launch


async def test_the_pictures_can_be_taken(tmp_path: Path) -> None:
    """The card with its thread, and the form, as the stand-in paints them."""
    async with async_playwright() as playwright:
        browser = await launch(playwright)
        taken = await take(browser, tmp_path)
        await browser.close()
    assert [file.name for file in taken] == ["slack-thread.png", "slack-write.png"]
    assert all(file.stat().st_size > 10_000 for file in taken)
