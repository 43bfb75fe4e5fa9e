"""Where no platform of ours can post: the words pass every rule, and a person carries them."""

from pathlib import Path

from playwright.async_api import Browser

from tests.adapters.platforms.feeds import entry, feed, serving
from tests.stories.desk import Person
from tests.stories.house import lived_in
from tests.stories.ways import cools, dispositions, incident_of, stands, writes

WORDS = (
    "You wrote that our couriers leave parcels in the rain. You are right about March, and I am sorry for it. "
    "Since then every round carries covers. I would be glad to show you a depot this week. Ana"
)


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
