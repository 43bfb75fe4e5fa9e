"""The main job as its people live it: a real browser, the real program, a Mastodon server that nobody here wrote."""

import html
import json
import re
from pathlib import Path
from typing import Any

from playwright.async_api import Browser

from bot.cli import main as coolhead
from tests.square import Square
from tests.stories.desk import Person
from tests.stories.house import Lived, lived_in, until
from tests.stories.ways import listening

CONTACTS = '[contacts]\nemail = "help@shop.example"\nphone = "+44 20 7946 0000"\n'
HEARD = "Eleven days is far too long, Alice. I am looking for your parcel now and will be back here before four. Ana"
OFFER = (
    "Alice, I'm sorry you waited eleven days. I found it at the depot and it is on the van for tomorrow before noon. "
    "Here is 20 % off your next order. Ana"
)
ANSWER = (
    "Alice, I'm sorry you waited eleven days. I found it at the depot and it is on the van for tomorrow before noon. "
    "If it is not there, I am here. Ana"
)


async def _incident(house: Lived) -> str:
    async def first() -> str:
        found = await house.ask("/api/v1/incidents")
        return str(found["incidents"][0]["id"]) if found["incidents"] else ""

    name: str = await until(first, within=20)
    return name


async def _mood(house: Lived, incident: str, mood: str) -> None:
    async def there() -> bool:
        return bool((await house.ask(f"/api/v1/incidents/{incident}"))["mood"] == mood)

    await until(there)


async def _posted(square: Square, count: int) -> list[dict[str, Any]]:
    async def enough() -> list[dict[str, Any]]:
        ledger = square.ledger()
        return ledger if len(ledger) >= count else []

    found: list[dict[str, Any]] = await until(enough)
    return found


def _text(status: dict[str, Any]) -> str:
    return html.unescape(re.sub(r"<[^>]+>", "", status["content"]))


async def test_one_mention_walks_through_the_whole_house(
    browser: Browser, square: Square, tmp_path: Path, capsys: Any
) -> None:
    """A mention is claimed, heard, repaired, cooled, sent once, taken to the phone, closed, reviewed and verified."""
    (tmp_path / "coolhead.toml").write_text(CONTACTS)
    token = square.token("shop")
    async with lived_in(tmp_path, COOLHEAD_MASTODON_URL=square.url, COOLHEAD_MASTODON_TOKEN=token) as house:
        ana = await Person.comes_in(browser, house)

        await listening(house, square)
        square.post("alice", "@shop Eleven days, three chats, still no parcel. I have had it with this shop.")

        async def alices() -> str:
            found = (await house.ask("/api/v1/incidents"))["incidents"]
            return next((i["id"] for i in found if "Eleven" in i["mentions"]["first"][0]["text"]), "")

        incident = await until(alices, within=20)
        await ana.goes("/")
        await ana.sees("Eleven days, three chats")  # the card is there; nobody had to look twice
        await ana.goes(f"/i/{incident}")

        await ana.presses("I have this")
        await ana.sees("Ana has this")
        await ana.presses("Say we heard")
        await ana.fills(words=HEARD)
        await ana.finishes()
        await _mood(house, incident, "cooling")
        assert square.ledger() == []

        house.shift.advance(125)
        await _mood(house, incident, "ready")
        await ana.goes(f"/i/{incident}")
        await ana.presses("Read once more and send")
        assert HEARD in await ana.reads()
        await ana.sends()
        first = (await _posted(square, 1))[0]
        assert _text(first) == f"@alice {HEARD}"
        assert first["in_reply_to_id"] is not None

        async def heard() -> bool:
            await ana.goes(f"/i/{incident}")
            return "Heard in public" in await ana.reads()

        await until(heard)

        await ana.presses("Write a reply")
        await ana.fills(words=OFFER)
        await ana.finishes()
        said = await ana.reads()
        assert "An offer in public" in said, said
        assert OFFER in await ana.page.locator("[name='f.words']").input_value()  # what was typed is still there
        await ana.fills(words=ANSWER)
        await ana.finishes()
        await _mood(house, incident, "cooling")

        house.shift.advance(10 * 60)  # too early
        await ana.goes(f"/i/{incident}")
        assert "Send, as" not in await ana.reads()
        assert len(square.ledger()) == 1
        house.shift.advance(25 * 60)
        await _mood(house, incident, "ready")
        await ana.goes(f"/i/{incident}")
        await ana.presses("Read once more and send")
        await ana.sends()
        ledger = await _posted(square, 2)
        assert [_text(each) for each in ledger] == [f"@alice {HEARD}", f"@alice {ANSWER}"]

        square.post("alice", "@shop It did not come. Please call me.", reply_to=ledger[1]["id"])
        await ana.goes(f"/i/{incident}")

        async def wrote_again() -> bool:
            lines = (await house.ask(f"/api/v1/incidents/{incident}/timeline"))["timeline"]
            return any(line["kind"] == "wrote_again" for line in lines)

        await until(wrote_again, within=45)
        await ana.sees("It did not come")  # the page in front of her says so by itself
        await ana.presses("Take it offline")
        await ana.presses("I have taken it")
        await ana.ticks("way", "phone")
        await ana.fills(contact="+49 170 1234567")
        await ana.finishes()
        assert "+49 170 1234567" not in await ana.reads()  # masked until somebody presses
        await ana.presses("Log a contact")
        await ana.ticks("reached", "yes")
        await ana.fills(words="Spoke with her. The depot brings it tonight.")
        await ana.finishes()
        await ana.presses("Close")
        await ana.fills(words="It came at seven. She is fine with it.")
        await ana.ticks("made_good", "explained")
        await ana.finishes()
        await _mood(house, incident, "settled")

        await ana.goes(f"/i/{incident}")
        await ana.presses("Look back")
        looked = await ana.reads()
        assert "Ana" in looked

        lines = (await house.ask(f"/api/v1/incidents/{incident}/timeline"))["timeline"]
        assert "+49 170 1234567" not in json.dumps(lines)
        exported = tmp_path / "export.jsonl"
        exported.write_text("".join(json.dumps(line) + "\n" for line in lines))
        mentions = (await house.ask(f"/api/v1/incidents/{incident}/mentions"))["mentions"]
        assert {m["disposition"] for m in mentions} == {"offline"}
    assert coolhead(["verify", str(exported)]) == 0
    assert len(square.ledger()) == 2
    exported.write_text(exported.read_text().replace("explained", "refunded"))
    assert coolhead(["verify", str(exported)]) == 1
