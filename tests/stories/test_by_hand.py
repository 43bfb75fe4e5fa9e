"""Where no platform of ours can post: the words pass every rule, and a person carries them."""

from pathlib import Path

from playwright.async_api import Browser

from tests.adapters.platforms.feeds import entry, feed, serving
from tests.stories.desk import Person
from tests.stories.house import lived_in
from tests.stories.ways import LOST, cools, dispositions, incident_of, mara, stands, writes

WORDS = (
    "You wrote that our couriers leave parcels in the rain. You are right about March, and I am sorry for it. "
    "Since then every round carries covers. I would be glad to show you a depot this week. Ana"
)


async def test_what_a_person_carries_is_as_long_as_the_place_takes(browser: Browser, tmp_path: Path) -> None:
    """A post on X that came by the inbox: more than 280 of its characters are told of at once, and go nowhere."""
    async with lived_in(tmp_path) as house:
        await house.mention(mara(platform="x"))
        incident = await incident_of(house, LOST)
        ana = await Person.comes_in(browser, house)
        await ana.goes(f"/i/{incident}")
        await ana.presses("I have this")
        await ana.presses("Write a reply")
        await ana.fills(words=WORDS + WORDS)
        await ana.sees("of 280")
        await ana.finishes()
        await ana.sees("Too long for this place")
        await ana.fills(words=WORDS)
        await ana.finishes()
        await stands(house, incident, "cooling")


async def test_an_article_is_answered_by_a_persons_own_hand(browser: Browser, tmp_path: Path) -> None:
    """An article cools as long as articles do; Copy and Open appear only with the press on Send, and one press ends it."""
    async with serving() as feeds:
        feeds.pages["/alerts"] = feed(entry(1, "https://news.example/rain", "Wet parcels, broken promises"))
        async with lived_in(tmp_path, COOLHEAD_ALERT_FEEDS=f"{feeds.url}/alerts") as house:
            incident = await incident_of(house, "Wet parcels")
            ana = await Person.comes_in(browser, house)
            await ana.sees("Wet parcels, broken promises")
            await ana.goes(f"/i/{incident}")
            assert "Google Alerts" in await ana.reads()
            await ana.presses("I have this")
            await writes(ana, incident, "Write a reply", WORDS)
            house.shift.advance(55 * 60)
            await ana.goes(f"/i/{incident}")
            assert "Copy" not in await ana.reads()  # nothing to carry before it has cooled
            await cools(house, incident, 6)
            await ana.goes(f"/i/{incident}")
            await ana.presses("Read once more and send")
            assert await ana.page.locator("[data-copy]").count() == 0
            await ana.page.get_by_label("I looked, nothing changed").check()
            await ana.sends()
            await ana.sees("By hand")
            await ana.presses("Copy and open")
            assert await ana.page.locator("[data-copy]").inner_text() == WORDS
            assert await ana.page.get_by_role("button", name="Copy").count() == 1
            opens = ana.page.get_by_role("link", name="Open on news.example")
            assert await opens.get_attribute("href") == "https://news.example/rain"
            await ana.fills(url="https://news.example/rain#comment-7")
            await ana.finishes()
            await ana.sees("We answered")
            await ana.presses("Close")
            await ana.finishes()
            await stands(house, incident, "settled")
            assert await dispositions(house, incident) == {"answered"}
        assert set(feeds.fetched) == {"/alerts"}  # nothing that an article names was fetched
