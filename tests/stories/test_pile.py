"""Many answers to one post of ours: one incident, several people, one list to close."""

from pathlib import Path

from playwright.async_api import Browser

from tests.stories.desk import Person
from tests.stories.house import lived_in
from tests.stories.ways import incident_of, joins, stands

SAYINGS = (
    "This new fee is a disgrace.",
    "So now we pay for returns as well, unbelievable.",
    "Twelve years a customer and this is the thanks.",
    "I cancelled my order because of this.",
    "Whoever decided this never shopped with you.",
    "My wheelchair does not fit your pickup point, now what?",
    "Greedy. Just greedy.",
    "Was there nobody who said no to this?",
    "You lost me as a customer today.",
)


async def test_nine_answers_to_one_post_are_one_pile(browser: Browser, tmp_path: Path) -> None:
    """They lie in one incident that says it storms; each person takes the next one; the rest is closed as a list."""
    async with lived_in(tmp_path) as house:
        post = {"platform": "somewhere", "in_reply_to": "our-post-7"}
        await house.mention(
            *(
                {"id": f"p{n}", "text": text, "author": {"id": f"a{n}", "name": f"Person {n}"}} | post
                for n, text in enumerate(SAYINGS)
            )
        )
        incident = await incident_of(house, SAYINGS[0])
        await stands(house, incident, "storm")
        assert len((await house.ask("/api/v1/incidents"))["incidents"]) == 1
        ana = await Person.comes_in(browser, house)
        ben = await joins(ana, browser, "Ben", "teammate")
        await ana.goes(f"/i/{incident}")
        said = await ana.reads()
        assert "9 conversations · 9 open" in said
        assert "It grows faster than it can be read." in said
        await ben.goes(f"/i/{incident}")
        await ana.presses("Take the next one")
        await ben.presses("Take the next one")
        assert "You have this one." in await ana.reads()
        hers, his = await ana.page.title(), await ben.page.title()
        assert hers != his  # two people, two conversations
        await ana.presses("Say we heard")  # the card they were handed can be acted on
        assert await ana.page.locator("[name='f.words']").count() == 1

        await ana.goes(f"/i/{incident}")
        await ana.presses("Show the list")
        assert (await ana.reads()).count("Person ") >= 9
        await ana.goes(f"/i/{incident}")
        await ana.presses("Close a list")
        boxes = ana.page.locator("[name='a.conversations']")
        for n in range(await boxes.count()):
            await boxes.nth(n).check()
        await ana.ticks("disposition", "acknowledged")
        await ana.finishes()
        assert "of these 9 can't be closed yet" in await ana.reads()  # nobody said a word to them
        await ana.goes(f"/i/{incident}")
        await ana.presses("Close a list")
        for n in range(await boxes.count()):
            await boxes.nth(n).check()
        await ana.ticks("disposition", "reported")
        await ana.finishes()
        await stands(house, incident, "settled")
        mentions = (await house.ask(f"/api/v1/incidents/{incident}/mentions"))["mentions"]
        assert [each["disposition"] for each in mentions] == ["reported"] * 9
