"""The room in a real browser: local-slack's own page, where somebody presses and fills in."""

import asyncio
from contextlib import suppress

from playwright.async_api import Page, async_playwright, expect

from bot.screens.shapes import GestureKind
from tests.adapters.rooms.slack.house import PLACES, house
from tests.adapters.rooms.slack.peers import LocalSlack, local_slack
from tests.adapters.rooms.slack.socket_stub import until
from tests.adapters.rooms.web.browser import launch
from tests.fakes import desk_pages as script

TYPED = "Mara, I am sorry. I call the depot now. Ana"


async def _written(page: Page, slack: LocalSlack) -> None:
    await page.goto(slack.url)
    await page.get_by_role("button", name="Read and edit").first.click()
    await expect(page.get_by_text("An offer in public")).to_be_visible()
    boxes = page.get_by_role("textbox").filter(visible=True)
    for number in range(await boxes.count()):
        if (await boxes.nth(number).input_value()).startswith("Mara, I"):
            await boxes.nth(number).fill(TYPED)
    await page.get_by_role("button", name="Finish, cools 30 min").click()


async def test_somebody_presses_reads_writes_and_finishes() -> None:
    """The card's likely press opens the form with everything beside it; what was typed reaches the desk, and it is said."""
    async with local_slack() as slack, house(slack.api_url) as made, async_playwright() as playwright:
        task = asyncio.ensure_future(made.room.attend(made.desk.hear))
        await slack.connected()
        await made.room.open_thread(PLACES[0], script.COOLING, "k1")
        browser = await launch(playwright)
        page = await browser.new_page()
        await _written(page, slack)
        await until(lambda: any(g.kind is GestureKind.FILLED for g in made.desk.heard))
        (filled,) = [g for g in made.desk.heard if g.kind is GestureKind.FILLED]
        assert filled.values["words"] == TYPED
        await expect(page.get_by_text("It is kept.")).to_be_visible()
        await browser.close()
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
