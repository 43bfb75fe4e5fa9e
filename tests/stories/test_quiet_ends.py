"""The mentions that are no fire: praise, one star without words, a wrong name, and what was not forwarded at all."""

from pathlib import Path

from playwright.async_api import Browser, expect

from tests.stories.desk import Person
from tests.stories.house import lived_in
from tests.stories.ways import cools, dispositions, incident_of, mara, stands, writes

WATCH = '[[watch]]\nname = "us"\nwords = ["corner shop"]\n'


async def test_praise_is_thanked(browser: Browser, tmp_path: Path) -> None:
    """Thanks are offered in words that fit, posted by hand, and the way it ended is chosen beforehand."""
    async with lived_in(tmp_path) as house:
        await house.mention(mara("Wonderful service, the parcel came in a day and Ben was so kind. Thank you!"))
        incident = await incident_of(house, "Wonderful")
        ana = await Person.comes_in(browser, house)
        await ana.goes(f"/i/{incident}")
        assert "Praise" in await ana.reads()
        await ana.presses("I have this")
        await ana.presses("Write a reply")
        await ana.page.get_by_role("button", name="Take these words").first.click()
        words = ana.page.locator("[name='f.words']")
        await expect(words).not_to_have_value("")
        taken = await words.input_value()
        assert "Ana" in taken
        await writes(ana, incident, "Write a reply", "Mara, that made Ben's day. Thank you for telling us. Ana")
        await cools(house, incident, 30)
        await ana.goes(f"/i/{incident}")
        await ana.presses("Read once more and send")
        await ana.page.get_by_label("I looked, nothing changed").check()
        await ana.sends()
        await ana.sees("By hand")
        await ana.presses("Copy and open")
        await ana.finishes()
        await ana.sees("We answered")
        await ana.presses("Close")
        assert await ana.page.locator("[name='f.disposition']").first.input_value() == "thanked"
        await ana.finishes()
        await stands(house, incident, "settled")
        assert await dispositions(house, incident) == {"thanked"}


async def test_one_star_without_words_is_still_somebody(browser: Browser, tmp_path: Path) -> None:
    """It is called by what it is, and the words offered ask where we fell short."""
    async with lived_in(tmp_path) as house:
        await house.mention({"id": "r1", "rating": 1, "platform": "reviews", "author": {"id": "kay", "name": "Kay"}})
        incident = await incident_of(house)
        ana = await Person.comes_in(browser, house)
        await ana.sees("One star, no words")
        await ana.goes(f"/i/{incident}")
        assert "Kay on Reviews" in await ana.reads()
        await ana.presses("Say we heard")
        assert "I would like to know where" in await ana.reads()


async def test_a_wrong_name_is_signed_and_put_away(browser: Browser, tmp_path: Path) -> None:
    """Not for us: signed by a person, with a reason, and findable afterwards; a reopened one waits again."""
    async with lived_in(tmp_path) as house:
        await house.mention(mara("The barber shop on Elm Street ruined my hair, I hate that place."))
        incident = await incident_of(house, "barber")
        ana = await Person.comes_in(browser, house)
        await ana.goes(f"/i/{incident}")
        await ana.presses("Not for us")
        await ana.fills(words="Another shop of that name.")
        await ana.finishes()
        await stands(house, incident, "settled")
        assert await dispositions(house, incident) == {"not_for_us"}
        await ana.goes("/settled")
        await ana.sees("barber shop")
        await ana.goes("/search?q=barber")
        await ana.sees("One incident holds these words.")
        await ana.goes(f"/i/{incident}")
        await ana.presses("Reopen")
        await stands(house, incident, "waiting")


async def test_what_was_not_forwarded_lies_in_a_list(browser: Browser, tmp_path: Path) -> None:
    """Small talk a watch heard and did not forward can be read by anyone and brought in with one press."""
    (tmp_path / "coolhead.toml").write_text(WATCH)
    async with lived_in(tmp_path) as house:
        await house.mention(mara("Met an old friend at the corner shop today, we talked for an hour.", direct=False))
        ana = await Person.comes_in(browser, house)
        await ana.goes("/unforwarded")
        await ana.sees("Met an old friend")
        await ana.goes("/")
        assert "Met an old friend" not in await ana.reads()
        await ana.goes("/unforwarded")
        await ana.presses("Bring it in")
        incident = await incident_of(house, "old friend")
        await ana.goes(f"/i/{incident}")
        await ana.sees("Ana brought it in")
        await ana.goes("/unforwarded")
        await ana.sees("Everything was forwarded.")

        await ana.goes("/bring")
        await ana.fills(words="My aunt says the corner shop sold her a broken lamp.", author="Lee", platform="A letter")
        await ana.finishes()
        await incident_of(house, "broken lamp")
        await ana.goes("/")
        await ana.sees("Lee on A Letter")
