"""A first day: an empty page, a sample, a second person, and what each of them sets for themselves."""

from pathlib import Path

from playwright.async_api import Browser

from tests.stories.desk import Person
from tests.stories.house import lived_in
from tests.stories.ways import LOST, incident_of, joins, mara, writes

HARSH = "You are idiots, all of you, you lying thieving clowns. Shut your stupid shop and rot."


async def test_a_newcomer_tries_it_with_a_sample(browser: Browser, tmp_path: Path) -> None:
    """The empty page offers a sample; it comes as a card like any other, and the offer is gone."""
    async with lived_in(tmp_path) as house:
        ana = await Person.comes_in(browser, house)
        assert "Nobody is waiting" in await ana.reads()
        await ana.presses("Try it with a sample mention")
        await ana.sees("Eleven days, three chats")
        await ana.goes("/")
        assert "Mara on Sample · 1.2k followers" in await ana.reads()
        assert await ana.page.get_by_role("button", name="Try it with a sample mention").count() == 0


async def test_a_guest_reads_headlines_and_presses_nothing(browser: Browser, tmp_path: Path) -> None:
    """A guest sees what is going on, nobody's words, no button, and no page beyond."""
    async with lived_in(tmp_path) as house:
        await house.mention(mara("The parcel with my medicine is lost, I wrote you twice and nobody answers me."))
        incident = await incident_of(house, "medicine")
        ana = await Person.comes_in(browser, house)
        gil = await joins(ana, browser, "Gil", "guest")
        await gil.goes("/")
        listed = await gil.reads()
        assert "medicine" not in listed.replace(await gil.page.locator("h3").first.inner_text(), "")
        await gil.goes(f"/i/{incident}")
        assert await gil.page.locator("main button").count() == 0
        assert "I wrote you twice" not in await gil.reads()
        for page in ("/people", "/review", "/unforwarded", "/settings", "/hold", f"/i/{incident}/c0"):
            await gil.goes(page)
            assert await gil.page.locator("main button, main [name='f.name']").count() == 0, page


async def test_people_and_their_own_settings(browser: Browser, tmp_path: Path) -> None:
    """A link lets one person in once, in their role; each sets how they sign, where they live, duty and shield."""
    async with lived_in(tmp_path) as house:
        await house.mention(mara(HARSH))
        incident = await incident_of(house, "idiots")
        ana = await Person.comes_in(browser, house)
        ben = await joins(ana, browser, "Ben", "teammate")
        await ana.goes("/people")
        assert "Two people, two on duty." in await ana.reads()
        await ben.goes("/settings")
        await ben.fills(public_name="Benedict", zone="Nowhere/Never")
        await ben.page.get_by_label("Veil hostile words until I ask for them").check()
        await ben.finishes()
        assert "That is no time zone we know." in await ben.reads()
        await ben.fills(zone="Asia/Tokyo")
        await ben.finishes()
        await ben.goes(f"/i/{incident}")
        shown = ben.page.locator("blockquote").first
        assert not await shown.is_visible()
        assert "insults a person, speaks with contempt" in await ben.reads()
        await ben.page.get_by_text("Show the words").click()
        assert await shown.is_visible()
        assert await ben.page.locator("html").get_attribute("data-zone") == "Asia/Tokyo"
        await ben.presses("I have this")
        await writes(
            ben, incident, "Say we heard", "I hear that you are angry. I am looking at what happened. Benedict"
        )

        await ana.goes("/people")
        await ana.page.locator("section", has_text="Ben").get_by_role("button", name="Change").last.click()
        await ana.page.get_by_label("Lead: releases, assigns, ends a hold").check()
        await ana.finishes()
        await ana.goes("/people")
        assert "lead, teammate" in await ana.reads()


async def test_a_link_lets_one_person_in_once(browser: Browser, tmp_path: Path) -> None:
    """The same link a second time, or one nobody was given, opens nothing and says how to get another."""
    async with lived_in(tmp_path) as house:
        link = house.sign_in
        await Person.comes_in(browser, house)
        other = await (await browser.new_context()).new_page()
        for again in (link, f"{house.base_url}/sign-in/{'x' * 32}"):
            await other.goto(again)
            await other.get_by_role("button", name="Sign in").click()
            assert "This link has been used already" in await other.locator("main").inner_text()
        await other.goto(f"{house.base_url}/")
        assert LOST not in await other.content()
        assert "sign in" in (await other.content()).lower()
