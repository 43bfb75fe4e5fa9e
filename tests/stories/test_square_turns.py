"""What the public does while our words cool, and what we do when nobody can tell what became of them."""

import asyncio
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser

from tests.square import Square
from tests.stories.desk import Person
from tests.stories.house import lived_in, until
from tests.stories.ways import ANSWER, LOST, cools, dispositions, happened, incident_of, listening, stands, writes


def _mastodon(square: Square) -> dict[str, Any]:
    return {"COOLHEAD_MASTODON_URL": square.url, "COOLHEAD_MASTODON_TOKEN": square.token("shop")}


async def _has_it(square: Square) -> bool:
    return not await asyncio.to_thread(square.faulty)


async def test_what_its_author_deleted_is_not_answered(browser: Browser, square: Square, tmp_path: Path) -> None:
    """Deleted while the answer cools: nothing is posted, whenever Send is pressed, and the page says why."""
    async with lived_in(tmp_path, **_mastodon(square)) as house:
        ana = await Person.comes_in(browser, house)
        await listening(house, square)
        hers = square.post("alice", f"@shop {LOST}")
        incident = await incident_of(house, LOST)
        await ana.goes(f"/i/{incident}")
        await ana.presses("I have this")
        await writes(ana, incident, "Write a reply", ANSWER)
        await cools(house, incident, 30)
        await ana.goes(f"/i/{incident}")
        await ana.presses("Read once more and send")
        square.delete("alice", hers["id"])  # while she reads
        await ana.sends()
        await happened(house, incident, "mention_deleted")
        await ana.goes(f"/i/{incident}")
        await ana.sees("They deleted it.")
        assert (
            await ana.page.get_by_role("button", name="Read once more and send").count() == 0
        )  # there is nobody to send it to
        assert square.ledger() == []
        await ana.presses("Close")
        await ana.finishes()
        await stands(house, incident, "settled")
        assert await dispositions(house, incident) == {"withdrawn"}


async def test_what_its_author_changed_is_read_again(browser: Browser, square: Square, tmp_path: Path) -> None:
    """Edited between the last reading and the press: it comes back with the words before and now, then it may go."""
    async with lived_in(tmp_path, **_mastodon(square)) as house:
        ana = await Person.comes_in(browser, house)
        await listening(house, square)
        hers = square.post("alice", f"@shop {LOST}")
        incident = await incident_of(house, LOST)
        await ana.goes(f"/i/{incident}")
        await ana.presses("I have this")
        await writes(ana, incident, "Write a reply", ANSWER)
        await cools(house, incident, 30)
        await ana.goes(f"/i/{incident}")
        await ana.presses("Read once more and send")
        square.edit("alice", hers["id"], "@shop It came this minute. Sorry for shouting.")
        await ana.sends()
        await happened(house, incident, "mention_edited")
        await ana.goes(f"/i/{incident}")
        await ana.sees("They edited it")
        await ana.presses("Read once more and send")
        read = await ana.reads()
        assert "It came this minute" in read
        assert LOST in read  # what stood there when she wrote
        assert square.ledger() == []
        await ana.sends()
        await ana.sees("We answered")
        assert len(square.ledger()) == 1


@pytest.mark.parametrize("there", [True, False])
async def test_a_lost_answer_is_asked_of_a_person(
    browser: Browser, square: Square, tmp_path: Path, there: bool
) -> None:
    """The platform's answer tells nothing: nobody tries again blindly. A person says that it is there, or has it tried
    once more."""
    async with lived_in(tmp_path, **_mastodon(square)) as house:
        ana = await Person.comes_in(browser, house)
        await listening(house, square)
        square.post("alice", f"@shop {LOST}")
        incident = await incident_of(house, LOST)
        await ana.goes(f"/i/{incident}")
        await ana.presses("I have this")
        await writes(ana, incident, "Write a reply", ANSWER)
        await cools(house, incident, 30)
        square.fault("^/api/v1/statuses$", 1, ("POST",), type="status", status=502)
        await ana.goes(f"/i/{incident}")
        await ana.presses("Read once more and send")
        await ana.sends()
        # Before its first byte a send that finds forty seconds gone gives up for certain: wait until the square has it.
        await until(partial(_has_it, square), within=20)
        house.shift.advance(40)  # by now it would show
        await happened(house, incident, "delivered")
        await ana.goes(f"/i/{incident}")
        await ana.sees("We can't tell whether the reply went out.")
        await ana.sees("once, Ana pressed Send")
        await ana.sees("among the replies to")
        await ana.sees(ANSWER)
        if there:
            await ana.presses("It is there")
            await ana.fills(url="https://square.example/@shop/1")
            await ana.finishes()
        else:
            await ana.presses("It is not there, try again")
        await ana.sees("We answered")
        assert len(square.ledger()) == (0 if there else 1)  # it was tried once, and again only at a press
