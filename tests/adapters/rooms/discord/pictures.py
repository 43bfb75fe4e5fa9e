"""Pictures for docs/discord.md: `python -m tests.adapters.rooms.discord.pictures OUTDIR`, to be looked at by a person.

Needs simcord[preview] and a browser. The room and what it paints are real; Discord is simcord, the desk the story's.
"""

import asyncio
import sys
from pathlib import Path

from playwright.async_api import Browser, FloatRect, async_playwright
from simcord.builders import ChannelHandle

from bot.ports import ThreadRef
from tests.adapters.rooms.discord.server import Server, place, serving
from tests.adapters.rooms.web.browser import launch
from tests.fakes import desk_pages as script

_WIDTH, _HEIGHT, _BAR = 760, 1330, 112


async def take(out: Path) -> None:
    """The card in its channel with a form beside it, and the thread."""
    async with async_playwright() as playwright, serving() as server:
        browser = await launch(playwright)
        one = await server.room.open_thread(place(server.text), script.COOLING, "k1")
        assert isinstance(one, ThreadRef)
        for nth, line in enumerate(script.LINES):
            await server.room.say(one, line, f"l{nth}")
        await _look(browser, server, server.text, out / "discord-card.png", 600)
        await _look(browser, server, server.text.threads[0], out / "discord-thread.png", 420)
        await server.ana.click(server.text.history()[0], label="Read and edit")
        await _look(browser, server, server.text, out / "discord-write.png", _HEIGHT - _BAR - 70)
        await browser.close()


async def _look(browser: Browser, server: Server, channel: ChannelHandle, file: Path, height: int) -> None:
    """The channel as Ana sees it, without the stand-in's own bar."""
    looked = server.env.preview(
        channel, viewers=[server.ana], layout="channel", timezone="Europe/Berlin", presentation_time=script.NOON
    )
    async with looked as preview:
        page = await browser.new_page(viewport={"width": _WIDTH, "height": _HEIGHT})
        await page.goto(preview.url)
        await page.get_by_role("textbox").last.wait_for()
        await page.wait_for_timeout(1500)  # its own pictures and letters arrive
        clip: FloatRect = {"x": 0, "y": _BAR, "width": _WIDTH, "height": height}
        await page.screenshot(path=file, clip=clip)
        await page.close()


if __name__ == "__main__":
    asyncio.run(take(Path(sys.argv[1])))
