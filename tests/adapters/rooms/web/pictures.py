"""Pictures of every page: `python -m tests.adapters.rooms.web.pictures OUTDIR`, to be looked at by a person."""

import asyncio
import sys
from pathlib import Path

from playwright.async_api import Browser, async_playwright

from bot.nouns.team import Handle, Hold
from bot.nouns.words import Words
from bot.screens.shapes import Card
from tests.adapters.rooms.web.browser import launch, signed_in
from tests.adapters.rooms.web.house import House
from tests.fakes import desk_pages as script

LOOKS = {"light": (1200, 900, "light"), "dark": (1200, 900, "dark"), "phone": (400, 860, "light")}


async def take(browser: Browser, out: Path, looks: tuple[str, ...] = tuple(LOOKS)) -> list[Path]:
    """One picture of each page in each look, in the folder `out`; where they lie."""
    house = House()
    taken = []
    async with house.served() as server:
        await house.post("/here", {"csrf": "csrf-ben", "incident": "parcel", "doing": "writing"}, person="ben")
        for look in looks:
            width, height, scheme = LOOKS[look]
            async with signed_in(
                browser, house, server, width=width, height=height, scheme=scheme, scripts=False
            ) as page:

                async def shoot(name: str, look: str = look) -> None:
                    file = out / f"{name}-{look}.png"
                    await page.screenshot(path=file, full_page=True)
                    taken.append(file)

                for name, path in _PATHS.items():
                    await page.goto(server.url + path)
                    await shoot(name)
                await page.goto(f"{server.url}/i/parcel")
                await page.get_by_text("More", exact=True).click()
                await shoot("more")
                await page.get_by_role("button", name="Read and edit").click()
                await shoot("write")
                await _with_note(house, script.NOTE)
                await page.goto(server.url)
                await shoot("now-note")
                await page.get_by_role("button", name="Read once more and send").click()
                await shoot("ready")
                await house.notes.drop("ana", "n1")
                house.desk.answers["now"] = script.EMPTY
                _hold(house)
                await page.goto(server.url)
                await shoot("empty-held")
                house.desk.answers.clear()
                house.team = house.team.model_copy(update={"hold": None})
                await page.context.clear_cookies()
                await page.goto(f"{server.url}/i/parcel")
                await shoot("stranger")
                await page.goto(f"{server.url}/sign-in/x")
                await shoot("sign-in")
    return taken


_PATHS = {
    "now": "/",
    "thread": "/i/parcel",
    "pile": "/i/storm",
    "missing": "/i/nothing",
    "hold": "/hold",
    "unforwarded": "/unforwarded",
    "search": "/search?q=parcel",
    "nowhere": "/nowhere",
}


async def _with_note(house: House, card: Card) -> None:
    await house.room.tell(Handle(room="web", id="ana"), card, "n1")


def _hold(house: House) -> None:
    reason = Words(ref="r", seal="s", text="product recall, wait for the statement")
    hold = Hold(by="ben", reason=reason, since=script.at(-20), until=script.at(180))
    house.team = house.team.model_copy(update={"hold": hold})


async def _main(out: Path) -> None:
    async with async_playwright() as playwright:
        browser = await launch(playwright)
        for file in await take(browser, out):
            print(file)
        await browser.close()


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    asyncio.run(_main(target))
