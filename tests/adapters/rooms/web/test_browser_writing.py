"""Writing in a real browser: cautions at a pause, better wordings by a press, and no word lost."""

import json
import re
from urllib.parse import parse_qs

from playwright.async_api import Browser, Page, expect

from adapters.http.server import Server
from bot.nouns.team import Refusal
from tests.adapters.rooms.web.browser import signed_in
from tests.adapters.rooms.web.house import House
from tests.fakes import desk_pages as script

LABEL = "Your reply, as Mara will see it"


async def _open(page: Page, server: Server) -> None:
    await page.goto(f"{server.url}/i/parcel")
    await page.get_by_role("button", name="Read and edit").click()


async def test_cautions_come_at_a_pause(browser: Browser) -> None:
    """Typing and stopping brings count and cautions; no press is needed and nothing is finished."""
    house = House()
    async with house.served() as server, signed_in(browser, house, server) as page:
        await _open(page, server)
        await expect(page.get_by_role("button", name="Check my words")).to_be_hidden()
        words = "I am sorry. Here is 20 % off your next order."
        await page.get_by_label(LABEL).fill(words)
        await expect(page.get_by_text(f"{len(words)} of 500")).to_be_visible()
        await expect(page.get_by_text("An offer in public")).to_be_visible()
        await expect(page.get_by_text("Blames somebody else")).to_have_count(0)
        marked = await page.locator("#backdrop mark.caution").all_text_contents()
        assert marked == ["Here is 20 % off your next order."]
        await expect(page.get_by_label(LABEL)).to_have_value(words)
    assert all(not one.finished for one in house.desk.heard if one.act == "write")


async def test_marks_lie_under_the_words_they_mean(browser: Browser) -> None:
    """The text behind the box breaks its lines exactly where the box does."""
    house = House()
    async with house.served() as server:
        for width in (320, 400, 1200):
            async with signed_in(browser, house, server, width=width) as page:
                await _open(page, server)
                sizes = await page.evaluate(
                    """() => { const box = document.querySelector("textarea[name='f.words']"), behind = document.getElementById("backdrop");
                    const style = (one) => ["fontSize", "lineHeight", "fontFamily", "paddingLeft", "paddingTop", "letterSpacing"].map((name) => getComputedStyle(one)[name]);
                    return [box.clientWidth, behind.clientWidth, box.scrollHeight > box.clientHeight + 1, JSON.stringify(style(box)) === JSON.stringify(style(behind))]; }"""
                )
                assert sizes == [sizes[0], sizes[0], False, True]


async def test_a_wording_is_taken_in_place(browser: Browser) -> None:
    """One press puts the better words where the others stood; the page stays and the rest of the text too."""
    house = House()
    async with house.served() as server, signed_in(browser, house, server) as page:
        await _open(page, server)
        await page.evaluate("window.same = 1")
        await page.get_by_role("button", name="Say instead: “It was ours to bring.”").click()
        await expect(page.get_by_label(LABEL)).to_have_value(
            re.compile(r"cut off\. It was ours to bring\. I have found")
        )
        await expect(page.get_by_text("Blames somebody else")).to_have_count(0)
        assert await page.evaluate("window.same") == 1


async def test_the_last_look_wins(browser: Browser) -> None:
    """An answer to older words that comes late does not paint over newer ones."""
    house = House()
    async with house.served() as server, signed_in(browser, house, server) as page:
        await _open(page, server)
        await page.route("**/fill", lambda route: route.continue_())
        box = page.get_by_label(LABEL)
        await box.fill("Here is 20 % off your next order.")
        await expect(page.get_by_text("An offer in public")).to_be_visible()
        await box.fill("Nothing to see")
        await expect(page.get_by_text("An offer in public")).to_have_count(0)
        await expect(page.get_by_text("14 of 500")).to_be_visible()


async def test_words_survive_a_closed_form(browser: Browser) -> None:
    """Typed, not finished, gone back and opened again: the words can be put back by a press; finished, they are not offered."""
    house = House()
    async with house.served() as server, signed_in(browser, house, server) as page:
        await _open(page, server)
        await page.get_by_label(LABEL).fill("Half a thought")
        await page.get_by_role("link", name="Back").click()
        await page.get_by_role("button", name="Read and edit").click()
        await page.get_by_role("button", name="Put back what you typed here before").click()
        await expect(page.get_by_label(LABEL)).to_have_value("Half a thought")
        await page.get_by_role("button", name=re.compile("^Finish")).click()
        await expect(page.get_by_role("heading", level=1)).to_have_text("Parcel never came")
        await page.get_by_role("button", name="Read and edit").click()
        await expect(page.get_by_label(LABEL)).to_have_value(script.DRAFT)
        await expect(page.get_by_role("button", name="Put back what you typed here before")).to_have_count(0)


async def test_a_refusal_keeps_the_words_in_sight(browser: Browser) -> None:
    """A hold that came in between: the sentence, the time, and every word typed."""
    house = House()
    house.desk.answers["write"] = Refusal(because="Posting is on hold until 18:00.", until=script.at(219))
    async with house.served() as server, signed_in(browser, house, server) as page:
        await _open(page, server)
        await page.get_by_label(LABEL).fill("My careful words")
        await page.get_by_role("button", name=re.compile("^Finish")).click()
        await expect(page.get_by_role("heading", level=1)).to_have_text("Posting is on hold until 18:00.")
        await expect(page.get_by_text("My careful words")).to_be_visible()


async def test_enter_in_a_line_presses_the_likely_button(browser: Browser) -> None:
    """Not the first wording on the page, and not a way out."""
    house = House()
    async with house.served() as server, signed_in(browser, house, server) as page:
        await page.goto(f"{server.url}/hold")
        await page.get_by_label("Why").fill("recall")
        async with page.expect_request("**/fill") as sent:
            await page.get_by_label("Why").press("Enter")
        assert parse_qs((await sent.value).post_data or "")["do"] == ["finish"]
    assert house.desk.heard[-1].finished
    assert json.dumps(dict(house.desk.heard[-1].values), sort_keys=True) == json.dumps(
        {"again": "2h", "beyond": "ads\napps", "reason": "recall", "secret": "s1", "until": "2026-03-02T17:00:00+00:00",
         "way": "all", "words": "", "zone": ""}, sort_keys=True
    )  # fmt: skip
