"""Asked to write or call: only by words that were meant so, and over as soon as they write again."""

from pathlib import Path

from playwright.async_api import Browser

from tests.square import Square
from tests.stories.desk import Person
from tests.stories.house import lived_in
from tests.stories.ways import ANSWER, LOST, cools, happened, incident_of, listening, writes

CONTACTS = '[contacts]\nemail = "help@shop.example"\nphone = "+44 20 7946 0000"\n'


async def test_who_was_asked_to_write_and_wrote_again_is_answered(
    browser: Browser, square: Square, tmp_path: Path
) -> None:
    """The invitation is recorded by the way its words name; new words of theirs bring the answer's choices back."""
    (tmp_path / "coolhead.toml").write_text(CONTACTS)
    token = square.token("shop")
    async with lived_in(tmp_path, COOLHEAD_MASTODON_URL=square.url, COOLHEAD_MASTODON_TOKEN=token) as house:
        ana = await Person.comes_in(browser, house)
        await listening(house, square)
        square.post("alice", f"@shop {LOST}")
        incident = await incident_of(house, LOST)
        await ana.goes(f"/i/{incident}")
        await ana.presses("I have this")
        await ana.presses("Take it offline")
        await ana.presses("Ask them in public")
        words = await ana.page.locator("[name='f.words']").input_value()
        assert "+44 20 7946 0000" in words
        await ana.fills(words=words.replace(" or +44 20 7946 0000", ""))
        await ana.finishes()
        await cools(house, incident, 5)
        await ana.goes(f"/i/{incident}")
        await ana.presses("Read once more and send")
        await ana.sends()
        (invited,) = await happened(house, incident, "invited")
        assert invited["data"]["way"] == "email"  # as the words say, whatever else we list
        await ana.goes(f"/i/{incident}")
        await ana.sees("We asked them to come to e-mail.")
        assert await ana.page.locator("main .press.likely").inner_text() == "I have taken it"
        (ours,) = square.ledger()
        square.post("alice", "@shop No. Tell me here where it is.", reply_to=ours["id"])
        await ana.sees("Tell me here where it is")
        assert await ana.page.locator("main .press.likely").inner_text() == "Write a reply"


async def test_an_answer_that_names_our_address_is_an_answer(browser: Browser, square: Square, tmp_path: Path) -> None:
    """Naming the e-mail address in passing invites nobody: it is answered, and nobody waits for a talk."""
    (tmp_path / "coolhead.toml").write_text(CONTACTS)
    token = square.token("shop")
    async with lived_in(tmp_path, COOLHEAD_MASTODON_URL=square.url, COOLHEAD_MASTODON_TOKEN=token) as house:
        ana = await Person.comes_in(browser, house)
        await listening(house, square)
        square.post("alice", f"@shop {LOST}")
        incident = await incident_of(house, LOST)
        await ana.goes(f"/i/{incident}")
        await ana.presses("I have this")
        await writes(ana, incident, "Write a reply", ANSWER.replace("I am here.", "I am at help@shop.example."))
        await cools(house, incident, 30)
        await ana.goes(f"/i/{incident}")
        await ana.presses("Read once more and send")
        await ana.sends()
        await happened(house, incident, "delivered")
        await ana.goes(f"/i/{incident}")
        await ana.sees("We answered")
        assert "asked them to come" not in await ana.reads()
        await ana.presses("Write a reply", more=True)
        await ana.sees("first answer")
        assert "they wrote again" not in await ana.reads()  # for nobody did
