"""What a manager sees first: what waits, what was promised, what is away, what is left in silence."""

from pathlib import Path

from playwright.async_api import Browser

from tests.stories.desk import Person
from tests.stories.house import lived_in
from tests.stories.ways import happened, incident_of, joins, mara

NUMBER = "+44 20 7946 1234"


async def test_the_managers_page_counts_what_binds_us(browser: Browser, tmp_path: Path) -> None:
    """What waited too long, who talks with whom since when, which promise is overdue and whose; no contact is shown."""
    async with lived_in(tmp_path) as house:
        await house.mention(
            mara("Eleven days, still no parcel."),
            mara("Your chair broke on day one, I want my money back.", id="m2", author={"id": "kay", "name": "Kay"}),
        )
        parcel = await incident_of(house, "Eleven")
        ana = await Person.comes_in(browser, house)
        max_ = await joins(ana, browser, "Max", "manager")
        await max_.goes("/review")
        assert "Two conversations open, none waited too long." in await max_.reads()
        await ana.goes(f"/i/{parcel}")
        await ana.presses("I have this")
        await ana.presses("Take it offline")
        await ana.presses("I have taken it")
        await ana.ticks("way", "phone")
        await ana.fills(contact=NUMBER)
        await ana.finishes()
        await ana.presses("Log a contact")
        await ana.ticks("reached", "yes")
        await ana.fills(words="She wants it by Friday.")
        await ana.finishes()
        await _promises(ana, parcel)
        await ana.sees("Ana promised, by")
        house.shift.advance(5 * 60 * 60)
        await max_.goes("/review")
        told = await max_.reads()
        assert "two waited too long" in told  # she talks with Mara, but nobody said a word in public
        assert "Kay on Somewhere" in told
        assert "one contact, taken by Ana" in told
        assert "The parcel is there on Friday. (Ana)" in told
        assert "No promise is overdue." not in told
        assert NUMBER not in told
        await happened(house, parcel, "reminded")
        assert await max_.page.locator("main button").count() == 0  # a manager alone presses nothing here
        await ana.goes("/mine")
        assert "You promised" in await ana.reads()

        await ana.goes(f"/i/{parcel}")
        await ana.presses("How the promise went", more=True)
        await ana.ticks("state", "kept")
        await ana.finishes()
        await ana.sees("We kept what we promised.")
        await max_.goes("/review")
        assert "No promise is overdue." in await max_.reads()


async def _promises(who: Person, incident: str) -> None:
    """Record a promise that falls due in four hours, by the clock of the house's own page."""
    await who.goes(f"/i/{incident}")
    await who.presses("Record a promise", more=True)
    due = await who.page.evaluate("new Date(Date.now() + 4 * 3600e3).toISOString().slice(0, 16)")
    await who.fills(words="The parcel is there on Friday.", due=due)
    await who.finishes()
