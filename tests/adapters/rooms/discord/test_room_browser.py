"""The room in a real browser: simcord's own page of a channel, where somebody presses and fills in."""

from playwright.async_api import async_playwright, expect

from bot.ports import ThreadRef
from bot.screens.shapes import GestureKind
from tests.adapters.rooms.discord.server import Server, place
from tests.adapters.rooms.web.browser import launch
from tests.fakes import desk_pages as script

TYPED = "Mara, I am sorry. I call the depot now. Ana"


async def test_somebody_presses_reads_writes_and_finishes(server: Server) -> None:
    """The card's likely press leads to the window; what was typed there is looked at, finished, and reaches the desk."""
    assert isinstance(await server.room.open_thread(place(server.text), script.COOLING, "k1"), ThreadRef)
    looked = server.env.preview(server.text, viewers=[server.ana], layout="channel", timezone="Europe/Berlin")
    async with async_playwright() as playwright, looked as preview:
        browser = await launch(playwright)
        page = await browser.new_page()
        await page.goto(preview.url)
        await page.get_by_role("button", name="Read and edit").first.click()
        await page.get_by_role("button", name="Edit", exact=True).last.click()
        dialog = page.get_by_role("dialog")
        await dialog.get_by_role("textbox").last.fill(TYPED)
        await dialog.get_by_role("button", name="Submit").click()
        await expect(page.get_by_text(TYPED).last).to_be_visible()
        await page.get_by_role("button", name="Finish").last.click()
        await expect(page.get_by_text("It is kept.").last).to_be_visible()
        await browser.close()
    (filled,) = [each for each in server.desk.heard if each.kind is GestureKind.FILLED and each.finished]
    assert filled.values["words"] == TYPED
