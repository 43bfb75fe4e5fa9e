"""The pages in a real browser: without a script, by keyboard, on a phone, live, and under attack."""

import asyncio
import re

import pytest
from playwright.async_api import Browser, Page, Route, expect

from bot.nouns.team import Handle
from bot.screens.shapes import Line, Quote, Section
from bot.screens.shapes import Page as Shown
from tests.adapters.rooms.web.browser import signed_in
from tests.adapters.rooms.web.house import House
from tests.adapters.rooms.web.looking import FAULTS, Watched, watched
from tests.adapters.rooms.web.vectors import VECTORS
from tests.fakes import desk_pages as script

PATHS = ["/", "/i/parcel", "/i/storm", "/hold", "/unforwarded", "/search?q=parcel", "/people", "/i/nothing", "/nowhere"]


async def test_reading_and_pressing_need_no_script(browser: Browser) -> None:
    """From the list to the thread to a press and its line, to a form, checked and finished: all without JavaScript."""
    house = House()
    async with house.served() as server, signed_in(browser, house, server, scripts=False) as page:
        await page.goto(server.url)
        await page.goto(f"{server.url}/i/parcel")
        await page.get_by_text("More", exact=True).click()
        await page.get_by_role("button", name="Hand it back").click()
        await expect(page.get_by_role("status").first).to_have_text("Ana has this.")
        await page.get_by_role("button", name="Read and edit").click()
        await page.get_by_role("button", name="Take it out").click()
        await expect(page.get_by_label("Your reply, as Mara will see it")).not_to_have_value(re.compile("20 %"))
        await expect(page.get_by_text("An offer in public")).to_have_count(0)
        await page.get_by_role("button", name="Check my words").click()
        await expect(page.get_by_text("Blames somebody else")).to_be_visible()
        await page.get_by_role("button", name="Finish, cools 30 min").click()
        await expect(page.get_by_role("heading", level=1)).to_have_text("Parcel never came")
    assert [one.act for one in house.desk.heard] == ["hand_back", "edit", "write", "write", "write"]
    assert [one.finished for one in house.desk.heard[2:]] == [False, False, True]


async def test_the_keyboard_reaches_everything(browser: Browser) -> None:
    """Skip link first, focus always seen, More opened and pressed by keys alone."""
    house = House()
    async with house.served() as server, signed_in(browser, house, server) as page:
        await page.goto(f"{server.url}/i/parcel")
        await page.keyboard.press("Tab")
        await expect(page.get_by_text("Skip to the page")).to_be_focused()
        await page.keyboard.press("Enter")
        await _tab_to(page, "More")
        outline = await page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline == "solid"
        await page.keyboard.press("Enter")
        await _tab_to(page, "Hand it back")
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("status").first).to_have_text("Ana has this.")


async def _tab_to(page: Page, label: str) -> None:
    for _ in range(40):
        await page.keyboard.press("Tab")
        if (await page.evaluate("document.activeElement.textContent.trim()")) == label:
            return
    pytest.fail(f"the keyboard does not reach {label}")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 400, 1200])
async def test_every_page_keeps_to_its_width(browser: Browser, width: int, scheme: str) -> None:
    """No page scrolls sideways, no button is smaller than a thumb, every field has a name, and no fault is left."""
    house = House()
    async with house.served() as server, signed_in(browser, house, server, width=width, scheme=scheme) as page:
        for path in PATHS:
            await page.goto(server.url + path)
            assert await page.evaluate(FAULTS) == [], path
        await page.goto(f"{server.url}/i/parcel")
        await page.get_by_role("button", name="Read and edit").click()
        assert await page.evaluate(FAULTS) == []


async def test_nothing_is_blocked_and_nothing_complains(browser: Browser) -> None:
    """No policy violation, no error on the console, no request to anywhere else, on any page."""
    house = House()
    async with house.served() as server, signed_in(browser, house, server) as page:
        seen = watched(page, server)
        for path in PATHS:
            await page.goto(server.url + path)
        await page.goto(f"{server.url}/i/parcel")
        await page.get_by_role("button", name="Read and edit").click()
        await page.get_by_role("button", name="Take these words: lost parcel, second answer").click()
        await expect(page.get_by_label("Your reply, as Mara will see it")).to_have_value(re.compile("in front of me"))
    assert seen.console == [one for one in seen.console if "404" in one]  # the two pages that are not there
    assert seen == Watched(console=seen.console)


async def test_hostile_words_are_only_words(browser: Browser) -> None:
    """All vectors on one page and in one form: no dialog, no stray element, no policy violation, no request outside."""
    house = House()
    quotes = tuple(Quote(text, by=text, url=text) for text in VECTORS)
    lines = tuple(Line(text, script.NOON, by=text, quote=text) for text in VECTORS)
    house.desk.thread = Shown("incident", "x", "", (Section("x", passages=quotes, lines=lines),), card=script.COOLING)
    async with house.served() as server, signed_in(browser, house, server) as page:
        seen = watched(page, server)
        await page.goto(f"{server.url}/i/parcel")
        assert await page.locator("main blockquote").count() == len(VECTORS) + 1
        assert await page.locator("main .lines li").count() == len(VECTORS)
        assert (
            await page.locator("main :is(script, img, iframe, svg, object, embed, style, link, meta, base)").count()
            == 0
        )
        assert await page.evaluate("document.title") == "Parcel never came · Coolhead"
        await page.get_by_role("button", name="Read and edit").click()
        for text in VECTORS[:: len(VECTORS) // 20]:
            await page.get_by_label("Your reply, as Mara will see it").fill(text[:500])
        assert await page.locator("main :is(script, img, iframe, svg)").count() == 0
    assert seen == Watched()


async def test_news_arrive_by_themselves(browser: Browser) -> None:
    """A change is painted without a reload; open details and the focus stay where they were."""
    house = House()
    async with house.served() as server, signed_in(browser, house, server) as page:
        async with page.expect_response("**/events"):
            await page.goto(f"{server.url}/i/parcel")
        await page.get_by_text("More", exact=True).click()
        await page.mouse.move(2, 2)
        await page.get_by_role("button", name="Hand it back").focus()
        await page.evaluate("window.same = 1")
        await _once_listening(house)
        house.desk.thread = Shown(
            "incident",
            "x",
            "",
            (Section("What happened so far", lines=(Line("Ben rang the depot.", script.NOON),)),),
            card=script.COOLING,
        )
        house.room.changed("elsewhere")
        house.room.changed("parcel")
        await expect(page.get_by_text("Ben rang the depot.")).to_be_visible()
        await expect(page.get_by_role("button", name="Hand it back")).to_be_focused()
        assert await page.evaluate("window.same") == 1


async def _once_listening(house: House) -> None:
    """The hub knows its listeners as soon as a stream's first line goes out."""
    async with asyncio.timeout(40):
        while not house.room._hall.hub._listeners:  # the hub rings no bell for tests
            await asyncio.sleep(0.01)


async def test_typed_words_are_never_painted_over(browser: Browser) -> None:
    """While somebody types a line for the team, news are offered and not forced on them."""
    house = House()
    async with house.served() as server, signed_in(browser, house, server) as page:
        await page.goto(f"{server.url}/i/parcel")
        await _once_listening(house)
        box = page.get_by_label("To the team only. It is never published.")
        await box.fill("I think we should")
        house.desk.thread = Shown("incident", "x", "", (Section("Changed", lines=script.LINES),), card=script.COOLING)
        house.room.changed("parcel")
        await expect(page.get_by_text("There is news.")).to_be_visible()
        await expect(box).to_have_value("I think we should")
        await page.get_by_role("button", name="Show it").click()
        await expect(page.get_by_role("heading", name="Changed")).to_be_visible()
        await expect(page.get_by_label("To the team only. It is never published.")).to_have_value("I think we should")


async def _news(house: House) -> None:
    """Something changes on the page that is open."""
    await _once_listening(house)
    house.desk.thread = Shown("incident", "x", "", (Section("Changed", lines=script.LINES),), card=script.COOLING)
    house.room.changed("parcel")


async def test_the_page_keeps_still_under_a_pointer(browser: Browser) -> None:
    """Who has come to rest on a button is shown that there is news; it comes once they leave it, or ask for it."""
    house = House()
    async with house.served() as server, signed_in(browser, house, server) as page:
        await page.goto(f"{server.url}/i/parcel")
        button = page.get_by_role("button", name="Take it offline")
        await button.hover()
        before = await button.bounding_box()
        await _news(house)
        await expect(page.get_by_text("There is news.")).to_be_visible()
        await expect(page.get_by_role("heading", name="Changed")).to_have_count(0)
        assert await button.bounding_box() == before
        assert await page.evaluate(FAULTS) == []
        await page.mouse.move(2, 2)
        await expect(page.get_by_role("heading", name="Changed")).to_be_visible()
        await expect(page.get_by_text("There is news.")).to_have_count(0)


async def test_the_page_keeps_still_under_the_keyboard(browser: Browser) -> None:
    """Who has come to a button by keys is not moved on either; what they ask for is shown at once."""
    house = House()
    async with house.served() as server, signed_in(browser, house, server) as page:
        await page.goto(f"{server.url}/i/parcel")
        await _tab_to(page, "Read and edit")
        await _news(house)
        await expect(page.get_by_text("There is news.")).to_be_visible()
        await expect(page.get_by_role("button", name="Read and edit")).to_be_focused()
        await page.get_by_role("button", name="Show it").press("Enter")
        await expect(page.get_by_role("heading", name="Changed")).to_be_visible()


async def test_a_pointer_that_never_moved_holds_nothing(browser: Browser) -> None:
    """Where a press led to a page with a button under the pointer by chance, news comes as ever."""
    house = House()
    async with house.served() as server, signed_in(browser, house, server) as page:
        await page.goto(f"{server.url}/i/parcel")
        await page.get_by_role("button", name="Take it offline").hover()
        await page.goto(f"{server.url}/i/parcel")
        await _news(house)
        await expect(page.get_by_role("heading", name="Changed")).to_be_visible()


async def test_a_note_appears_above_now(browser: Browser) -> None:
    """What is told to somebody comes to their page while they look."""
    house = House()
    async with house.served() as server, signed_in(browser, house, server) as page:
        await page.goto(server.url)
        await _once_listening(house)
        await house.room.tell(Handle(room="web", id="ana"), script.NOTE, "n1")
        await expect(page.get_by_role("heading", name="For you")).to_be_visible()


async def test_two_people_see_each_other(browser: Browser) -> None:
    """Ben opens the form; Ana's page says that he writes; he goes, and it does not."""
    house = House()
    async with house.served() as server, signed_in(browser, house, server) as ana:
        await ana.goto(f"{server.url}/i/parcel")
        async with signed_in(browser, house, server, person="ben") as ben:
            await ben.goto(f"{server.url}/i/parcel")
            await expect(ana.locator("#here")).to_have_text("Ben is reading.")
            await ben.get_by_role("button", name="Read and edit").click()
            await expect(ana.locator("#here")).to_have_text("Ben is writing.")
            await expect(ben.locator("#here")).to_have_text("Ana is reading.")
            await ben.goto("about:blank")
            await expect(ana.locator("#here")).to_have_text("")


async def test_a_stream_that_breaks_is_mended(browser: Browser) -> None:
    """After the stream was refused, the page tries again and then asks for what it missed."""
    house = House()
    refused: list[bool] = []

    async def once(route: Route) -> None:
        if not refused:
            refused.append(True)
            await route.fulfill(status=503, body="away")
        else:
            await route.continue_()

    async with house.served() as server, signed_in(browser, house, server) as page:
        await page.route("**/events", once)
        await page.goto(f"{server.url}/i/parcel")
        house.desk.thread = Shown(
            "incident", "x", "", (Section("What we missed", lines=script.LINES),), card=script.COOLING
        )
        await expect(page.get_by_role("heading", name="What we missed")).to_be_visible()


async def test_signing_in_by_the_link(browser: Browser) -> None:
    """The link, the button, the first page; the same link again says what to do."""
    house = House()
    await house.roster.invite("token", "ana", script.at(60))
    async with house.served() as server, signed_in(browser, house, server, person="") as page:
        await page.goto(f"{server.url}/sign-in/token")
        await page.get_by_role("button", name="Sign in").click()
        await expect(page.get_by_role("heading", level=1)).to_have_text("What needs someone now")
        await page.get_by_role("button", name="Sign out").click()
        await expect(page.get_by_role("heading", level=1)).to_have_text("Please sign in")
        await page.goto(f"{server.url}/sign-in/token")
        await page.get_by_role("button", name="Sign in").click()
        await expect(page.get_by_role("heading", level=1)).to_contain_text("used already")


async def test_a_forged_press_in_the_page_is_answered_calmly(browser: Browser) -> None:
    """A value changed in the browser's own tools does nothing."""
    house = House()
    async with house.served() as server, signed_in(browser, house, server) as page:
        await page.goto(f"{server.url}/i/parcel")
        await page.evaluate(
            """document.querySelectorAll('input[name=values]').forEach((one) => { one.value = '{"draft":"d2"}'; })"""
        )
        await page.get_by_role("button", name="Read and edit").click()
        await expect(page.get_by_role("heading", level=1)).to_contain_text("nothing was done")
    assert house.desk.heard == []


async def test_a_missing_token_is_a_calm_403(browser: Browser) -> None:
    """Without its token a form does nothing, and the page says so."""
    house = House()
    async with house.served() as server, signed_in(browser, house, server) as page:
        await page.goto(f"{server.url}/i/parcel")
        await page.evaluate("document.querySelectorAll('input[name=csrf]').forEach((one) => one.remove())")
        async with page.expect_response("**/press") as answered:
            await page.get_by_role("button", name="Read and edit").click()
        assert (await answered.value).status == 403
        await expect(page.get_by_role("heading", level=1)).to_contain_text("nothing was done")
    assert house.desk.heard == []
