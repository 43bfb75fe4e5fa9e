"""Several people at one desk: who was first, whose second name it takes, and whom one asks."""

import asyncio
from pathlib import Path

from playwright.async_api import Browser

from tests.square import Square
from tests.stories.desk import Person
from tests.stories.house import lived_in, until
from tests.stories.ways import (
    ANSWER,
    LOST,
    cools,
    dispositions,
    happened,
    incident_of,
    joins,
    listening,
    mara,
    stands,
    writes,
)


async def _together(*people: Person, label: str) -> str:
    """All of them press at once, each on the page as they had it; what they read then."""
    buttons = [person.page.locator("main").get_by_role("button", name=label) for person in people]
    shown = [button.locator("visible=true").first for button in buttons]
    await asyncio.gather(*(person.clicks(button) for person, button in zip(people, shown, strict=True)))
    return "\n".join([await person.reads() for person in people])


async def test_two_press_at_once_and_one_is_told_who_was_first(
    browser: Browser, square: Square, tmp_path: Path
) -> None:
    """Of two claims one wins; of two sends one goes out; the other person is told by whom they were outrun."""
    token = square.token("shop")
    async with lived_in(tmp_path, COOLHEAD_MASTODON_URL=square.url, COOLHEAD_MASTODON_TOKEN=token) as house:
        ana = await Person.comes_in(browser, house)
        ben = await joins(ana, browser, "Ben", "teammate")
        await listening(house, square)
        square.post("alice", f"@shop {LOST}")
        incident = await incident_of(house, LOST)
        await ana.goes(f"/i/{incident}")
        await ben.goes(f"/i/{incident}")
        said = await _together(ana, ben, label="I have this")
        await happened(house, incident, "claimed")
        won = "Ana" if "Ana has this." in said else "Ben"
        assert f"{won} has this already." in said

        owner, other = (ana, ben) if won == "Ana" else (ben, ana)
        await writes(owner, incident, "Write a reply", ANSWER)
        await cools(house, incident, 30)
        house.shift.advance(16 * 60)  # now anybody may send it
        for person in (other, owner):
            await person.goes(f"/i/{incident}")
            await person.presses("Read once more and send")
        said = await _together(owner, other, label="Send, as")
        await until(lambda: _out(square))
        # Pressed a moment after the other, or a moment before and turned away: the answer names who is at it.
        assert any(f"{won} {is_at_it}" in said for is_at_it in ("pressed first", "has it open to send", "wrote this"))
        assert len(square.ledger()) == 1


async def _out(square: Square) -> bool:
    return bool(square.ledger())


async def test_a_second_teammate_lifts_a_stop_and_a_lead_releases_early(browser: Browser, tmp_path: Path) -> None:
    """A stop is lifted by another person with a reason; the wait is shortened by a lead who did not write it."""
    async with lived_in(tmp_path) as house:
        await house.mention(mara())
        incident = await incident_of(house, LOST)
        ana = await Person.comes_in(browser, house)  # the only lead
        ben = await joins(ana, browser, "Ben", "teammate")
        await ben.goes(f"/i/{incident}")
        await ben.presses("I have this")
        await ben.presses("Write a reply")
        await ben.fills(words="Mara, I am sorry. Here is 20 % off your next order, and your parcel comes tomorrow. Ben")
        await ben.finishes()
        assert "ask Ana to lift the stop" in await ben.reads()
        await ben.page.get_by_role("button", name="Keep as a draft").click()
        await ana.goes(f"/i/{incident}")
        assert "It still holds: public offer" in await ana.reads()
        await ana.presses("Lift a stop", more=True)
        await ana.fills(words="The offer is agreed with the shop's owner.")
        await ana.finishes()
        await ana.sees("Ana lifted a stop")
        await ben.goes(f"/i/{incident}")
        await ben.presses("Go on writing")
        await ben.finishes()
        await stands(house, incident, "cooling")

        await ben.goes(f"/i/{incident}")
        await ben.presses("Ask a lead to release early", more=True)
        assert "Asked Ana in the thread." in await ben.reads()  # the author does not release it
        await ana.goes(f"/i/{incident}")
        await ana.presses("Ask a lead to release early", more=True)
        await ana.fills(words="The van leaves in ten minutes.")
        await ana.finishes()
        await stands(house, incident, "ready")
        (released,) = await happened(house, incident, "released")
        assert released["by"] != (await happened(house, incident, "drafted"))[-1]["by"]


async def test_a_cooled_draft_left_unread_is_sent_by_another_as_themselves(browser: Browser, tmp_path: Path) -> None:
    """For a quarter of an hour it is its author's; then anybody may read it and send it under their own name."""
    async with lived_in(tmp_path) as house:
        await house.mention(mara())
        incident = await incident_of(house, LOST)
        ana = await Person.comes_in(browser, house)
        ben = await joins(ana, browser, "Ben", "teammate")
        await ana.goes(f"/i/{incident}")
        await ana.presses("I have this")
        await writes(ana, incident, "Write a reply", ANSWER)
        await cools(house, incident, 30)
        await ben.goes(f"/i/{incident}")
        await ben.presses("Read once more and send")
        assert "Ana wrote this and is asked to read it." in await ben.reads()
        house.shift.advance(15 * 60 + 5)
        await ben.goes("/")
        await ben.sees("nobody read")  # he was told
        await ben.goes(f"/i/{incident}")
        await ben.presses("Read once more and send")
        await ben.sees("It is signed by Ana.")
        assert await ben.page.locator("#finish").inner_text() == "Send, as Ben"
        await ben.page.get_by_label("I looked, nothing changed").check()
        await ben.sends()
        await ben.sees("By hand")
        (asked,) = await happened(house, incident, "send_asked")
        (drafted,) = await happened(house, incident, "drafted")
        assert asked["by"] != drafted["by"]


async def test_silence_takes_a_second_name(browser: Browser, tmp_path: Path) -> None:
    """Leaving it unanswered needs a reason and somebody else's name before it can be closed as that."""
    async with lived_in(tmp_path) as house:
        await house.mention(mara("You are all clowns and always were, the lot of you."))
        incident = await incident_of(house, "clowns")
        ana = await Person.comes_in(browser, house)
        ben = await joins(ana, browser, "Ben", "teammate")
        await ben.goes(f"/i/{incident}")
        await ben.presses("Leave it unanswered", more=True)
        await ben.fills(words="It asks for nothing; an answer would only feed it.")
        await ben.finishes()
        await ben.sees("left unanswered")
        await ben.presses("Put my name to it")
        assert "A second name has to be somebody else's. Ask Ana." in await ben.reads()
        await ana.goes(f"/i/{incident}")
        await ana.presses("Put my name to it")
        await ana.sees("Ana agrees that it stays unanswered.")
        await ana.presses("Close")
        await ana.finishes()
        await stands(house, incident, "settled")
        assert await dispositions(house, incident) == {"silence"}


async def test_a_hold_stops_a_cooled_send_until_a_lead_ends_it(browser: Browser, tmp_path: Path) -> None:
    """Anybody starts it, the page says so everywhere, what has cooled stays, and only a lead ends it."""
    async with lived_in(tmp_path) as house:
        await house.mention(mara())
        incident = await incident_of(house, LOST)
        ana = await Person.comes_in(browser, house)
        ben = await joins(ana, browser, "Ben", "teammate")
        await ana.goes(f"/i/{incident}")
        await ana.presses("I have this")
        await writes(ana, incident, "Write a reply", ANSWER)
        await cools(house, incident, 30)
        await ben.goes("/hold")
        await ben.fills(words="A product recall. Wait for the statement.")
        await ben.page.get_by_label("Automatic replies and newsletters").check()
        await ben.finishes()
        await ana.goes(f"/i/{incident}")
        await ana.sees("Posting is on hold")
        await ana.presses("Read once more and send")
        await ana.page.get_by_label("I looked, nothing changed").check()
        await ana.sends()
        assert "Posting is on hold until then: A product recall. Wait for the statement (Ben)." in await ana.reads()
        await ben.goes("/hold")
        await ben.finishes()
        assert "Ask Ana" in await ben.reads()  # he began it and may not end it
        await ana.goes("/hold")
        await ana.fills(words="The recall is over; we return with answers, not with advertisements.")
        await ana.finishes()
        await ana.goes(f"/i/{incident}")
        assert "on hold" not in await ana.reads()
        await ana.presses("Read once more and send")
        await ana.page.get_by_label("I looked, nothing changed").check()
        await ana.sends()
        await ana.sees("By hand")
