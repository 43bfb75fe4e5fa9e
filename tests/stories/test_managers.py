"""What a manager sees first: what waits, what was promised, what is away."""

from pathlib import Path

from playwright.async_api import Browser

from tests.stories.desk import Person
from tests.stories.house import lived_in
from tests.stories.ways import incident_of, joins, mara, stands


async def test_a_promise_is_recorded_and_counted_when_it_is_overdue(browser: Browser, tmp_path: Path) -> None:
    """Its date is kept, its maker is asked, and the managers' page counts what waits too long and what is overdue."""
    async with lived_in(tmp_path) as house:
        await house.mention(
            mara("Eleven days, still no parcel."),
            mara("Your chair broke on day one, I want my money back.", id="m2", author={"id": "kay", "name": "Kay"}),
        )
        parcel, chair = await incident_of(house, "Eleven"), await incident_of(house, "chair")
        ana = await Person.comes_in(browser, house)
        max_ = await joins(ana, browser, "Max", "manager")
        await max_.goes("/review")
        assert "Two conversations open, no waited too long." not in await max_.reads()
        assert "Two conversations open" in await max_.reads()
        assert "Nobody waited too long." in await max_.reads()
        await ana.goes(f"/i/{parcel}")
        await ana.presses("I have this")
        await ana.presses("Take it offline")
        await ana.presses("I have taken it")
        await ana.ticks("way", "phone")
        await ana.fills(contact="+44 20 1234567")
        await ana.finishes()
        await ana.goes(f"/i/{parcel}")
        await ana.presses("Record a promise", more=True)
        await ana.fills(words="The parcel is there on Friday.", due="2030-01-01T12:00")
        await ana.finishes()
        await ana.sees("Promised")
        house.shift.advance(5 * 60 * 60)
        await max_.goes("/review")
        told = await max_.reads()
        assert "1 waited too long" in told
        assert "chair" in told
        assert "No promise is overdue." in told
        assert "+44 20 1234567" not in told
        house.shift.advance(6 * 365 * 24 * 3600)
        assert "settled" != (await house.ask(f"/api/v1/incidents/{chair}"))["mood"]


__all__ = ["stands"]
