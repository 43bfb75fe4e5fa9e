"""Pictures for docs/discord.md: `python -m tests.adapters.rooms.discord.pictures OUTDIR`, to be looked at by a person.

Needs simcord[preview] and a browser. The whole product is real, and plays a small afternoon; Discord is simcord.
"""

import asyncio
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.async_api import Browser, FloatRect, async_playwright
from simcord.actors import MemberActor
from simcord.builders import ChannelHandle

from tests.adapters.rooms.web.browser import launch
from tests.stories.house import lived_in
from tests.stories.moderators import TOKEN, last, moderators

_WIDTH, _HIGH, _BAR = 760, 1330, 112
_WANTS = "Her parcel, lost for eleven days. Wants it, and somebody to own it."
_LOST = "Eleven days, three chats, still no parcel. The last one hung up on me. I have had it with this shop."
_ANSWER = (
    "Mara, I'm sorry you waited eleven days and were cut off. As we explained in chat, the carrier lost it. "
    "I found it at the depot and it will be with you tomorrow before noon. Ana"
)


async def take(out: Path) -> None:
    """A form beside the card, the card while the answer cools, and the thread under it."""
    with pytest.MonkeyPatch.context() as patch, tempfile.TemporaryDirectory() as folder:
        async with async_playwright() as playwright, moderators(patch) as there:
            (Path(folder) / "coolhead.toml").write_text(there.place)
            async with lived_in(Path(folder), COOLHEAD_DISCORD_TOKEN=TOKEN) as house:
                browser = await launch(playwright)
                author = {"id": "mara", "name": "Mara", "followers": 1200}
                said = {"id": "m1", "text": _LOST, "platform": "mastodon", "url": "https://social.example/@mara/1"}
                await house.mention({**said, "author": author, "at": datetime.now(UTC).isoformat()})
                card = await there.card("Eleven days")
                await there.presses(there.ana, card, "I have this")
                card = await there.card("Eleven days", "**Owner**: ana")
                thread = there.text.threads[0]
                await there.kim.slash(thread, "coolhead note", text="The depot says it was scanned out twice.")
                lead = await there.presses(there.ana, card, "Write a reply")
                opened = await there.presses(there.ana, last(lead), "Write")
                looked = await there.fills(there.ana, opened, what=_WANTS, words=_ANSWER)
                await _look(browser, there.ana, there.text, out / "discord-write.png", 1060, _BAR + 1060 + 70)
                await there.presses(there.ana, last(looked), "Finish")
                await there.card("Eleven days", "Cooling")
                await _look(browser, there.kim, there.text, out / "discord-card.png", 580)
                await _look(browser, there.ana, thread, out / "discord-thread.png", 360)
                await browser.close()


async def _look(
    browser: Browser, viewer: MemberActor, channel: ChannelHandle, file: Path, height: int, high: int = _HIGH
) -> None:
    """The channel as somebody sees it in a window so `high`, without the stand-in's own bar."""
    looked = channel._env.preview(
        channel, viewers=[viewer], layout="channel", timezone="Europe/Berlin", presentation_time=datetime.now(UTC)
    )
    async with looked as preview:
        page = await browser.new_page(viewport={"width": _WIDTH, "height": high})
        await page.goto(preview.url)
        await page.get_by_role("textbox").last.wait_for()
        await page.wait_for_timeout(1500)  # its own pictures and letters arrive
        clip: FloatRect = {"x": 0, "y": _BAR, "width": _WIDTH, "height": height}
        await page.screenshot(path=file, clip=clip)
        await page.close()


if __name__ == "__main__":
    asyncio.run(take(Path(sys.argv[1])))
