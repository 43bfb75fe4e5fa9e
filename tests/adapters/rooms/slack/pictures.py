"""Pictures for docs/slack.md: `python -m tests.adapters.rooms.slack.pictures [OUTDIR]`, taken of local-slack's own page.

The stand-in shows date tokens as they are written, and the hour at which the picture is taken beside each message; both
are put here as Slack itself would have shown them on that morning.
"""

import asyncio
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from aiohttp import web
from playwright.async_api import Browser, FloatRect, Page, async_playwright
from slack_sdk.web.async_client import AsyncWebClient

from adapters.rooms.slack.card import card
from adapters.rooms.slack.form import form
from adapters.rooms.slack.line import line
from adapters.rooms.slack.message import Message
from bot.nouns.caution import Caution, Length, Level
from bot.screens.shapes import Line
from tests.adapters.rooms.slack.forms import SUGGESTIONS, THEIRS, writing
from tests.adapters.rooms.slack.golden_files import SIGNER
from tests.adapters.rooms.slack.peers import CARE, TOKEN, LocalSlack, local_slack
from tests.adapters.rooms.web.browser import launch
from tests.bot.build import ANA, START, a_mention, a_write, after, done, opened
from tests.bot.screens.states import heard
from tests.bot.screens.test_portrait import painted
from tests.servers import free_ports

_SHOWN = Path(__file__).parents[4] / "docs" / "pictures"
#: Of the page: the channel without what is around it; the modal.
_CHANNEL: FloatRect = {"x": 220, "y": 44, "width": 760, "height": 636}
_MODAL: FloatRect = {"x": 220, "y": 160, "width": 540, "height": 660}
_WORDS = "Hello Mara, eleven days is far too long. We look into it now. You must have missed the courier. Ana"
_DATES = """(posted) => {
  const hour = (at) => new Date(at * 1000).toLocaleTimeString("en-US", {hour: "numeric", minute: "2-digit", timeZone: "UTC"});
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walk.nextNode()) found.push(walk.currentNode);
  for (const node of found)
    node.nodeValue = node.nodeValue.replace(/\\b\\d\\d:\\d\\d [AP]M\\b/, (was) => posted.length ? hour(posted.shift()) : was)
      .replace(/<!date\\^(\\d+)\\^[^|]*\\|[^>]*>/g, (_, at) => "today " + hour(at));
}"""
_LAMP = "The lamp came broken, and the photo I sent got no answer."
_AT = {minute: START + timedelta(minutes=minute) for minute in (0, 2, 22, 24, 25, 45)}
_LINES = (
    Line("Arrived", _AT[0], quote="Eleven days, three chats, still no parcel."),
    Line("Ana has this.", _AT[2]),
    Line("We said we heard", _AT[22], by="Ana"),
    Line("Ana's answer cools until", _AT[25], moment=_AT[45]),
)
#: When each message was posted, as the page lists them: a card, its last reply, the other card; the thread.
_POSTED = (_AT[0], _AT[25], _AT[24], _AT[0], *(one.at for one in _LINES))


async def take(browser: Browser, out: Path) -> list[Path]:
    """A card with its thread, and the writing form; where the pictures lie."""
    async with _triggers() as (url, triggers), local_slack("events", url) as slack:
        client = AsyncWebClient(token=TOKEN, base_url=slack.api_url, retry_handlers=[])
        page = await browser.new_page(viewport={"width": 980, "height": 780})
        await page.goto(slack.url)
        ts = await _post(client, card(painted(done(heard(), a_write(), ANA, after(25)), 26), SIGNER))
        await _post(client, card(painted(opened(a_mention(_LAMP, id="m2", person="kay", minutes=24)), 26), SIGNER))
        for one in _LINES:
            await _post(client, line(one), ts)
        await page.get_by_text("4 replies").click()
        thread = await _shot(page, out / "slack-thread.png", _CHANNEL, _POSTED)
        await page.set_viewport_size({"width": 980, "height": 980})
        await _open(client, slack, triggers)
        return [thread, await _shot(page, out / "slack-write.png", _MODAL)]


async def _open(client: AsyncWebClient, slack: LocalSlack, triggers: "asyncio.Queue[str]") -> None:
    at = _WORDS.index("You must")
    caution = Caution(
        code="blame",
        level=Level.WARN,
        span=(at, at + 32),
        because="It puts the fault on them.",
        instead="I am sorry we missed you.",
    )
    one = writing(
        _WORDS,
        cautions=(caution,),
        suggestions=SUGGESTIONS[:1],
        beside=(replace(THEIRS, text="Eleven days, three chats, still no parcel."),),
        length=Length(len(_WORDS), 500),
    )
    await slack.command("U0ANA", "mine")
    await client.views_open(trigger_id=await triggers.get(), view=form(one, SIGNER))


async def _post(client: AsyncWebClient, message: Message, thread: str | None = None) -> str:
    posted = await client.chat_postMessage(
        channel=CARE, text=message.text, blocks=list(message.blocks), thread_ts=thread
    )
    return str(posted["ts"])


async def _shot(page: Page, file: Path, part: FloatRect, posted: Sequence[datetime] = ()) -> Path:
    await page.mouse.move(5, 5)
    await page.wait_for_timeout(1500)
    await page.evaluate(_DATES, [at.timestamp() for at in posted])
    await page.screenshot(path=file, clip=part)
    return file


@asynccontextmanager
async def _triggers() -> AsyncIterator[tuple[str, "asyncio.Queue[str]"]]:
    """A door that the stand-in calls, and the triggers it was handed: each opens one modal."""
    found: asyncio.Queue[str] = asyncio.Queue()

    async def called(request: web.Request) -> web.Response:
        trigger = (await request.post()).get("trigger_id")
        if trigger:
            await found.put(str(trigger))
        return web.Response()

    app = web.Application()
    app.router.add_post("/", called)
    runner, (port,) = web.AppRunner(app), free_ports(1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    try:
        yield f"http://127.0.0.1:{port}/", found
    finally:
        await runner.cleanup()


async def _main(out: Path) -> None:
    async with async_playwright() as playwright:
        browser = await launch(playwright)
        for file in await take(browser, out):
            print(file)
        await browser.close()


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else _SHOWN
    target.mkdir(parents=True, exist_ok=True)
    asyncio.run(_main(target))
