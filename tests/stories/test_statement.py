"""A post of ours that answers nobody, and its correction."""

from pathlib import Path

from playwright.async_api import Browser

from tests.square import Square
from tests.stories.desk import Person
from tests.stories.house import lived_in, until
from tests.stories.ways import listening

FIRST = (
    "Our checkout is down since nine. Nothing you paid is lost. We are on it and will say more here before noon. "
    "Ana for the shop"
)
THEN = "Our checkout is up again since half past ten. Nothing you paid is lost. Thank you for waiting. Ana for the shop"


async def test_a_statement_is_published_and_corrected(browser: Browser, square: Square, tmp_path: Path) -> None:
    """It cools like an answer, goes out once on our account, and a correction changes the post in place."""
    token = square.token("shop")
    async with lived_in(tmp_path, COOLHEAD_MASTODON_URL=square.url, COOLHEAD_MASTODON_TOKEN=token) as house:
        ana = await Person.comes_in(browser, house)
        await listening(house, square)
        await ana.page.get_by_role("link", name="Say something to all").click()
        await ana.ticks("account", "mastodon")
        await ana.fills(words=FIRST)
        await ana.finishes()
        await ana.sees("cools, until")
        house.shift.advance(61 * 60)
        await ana.sees("to be read once more")
        await ana.presses("Read once more and send")
        await ana.sends()
        await until(lambda: _holds(square, "down since nine"))
        (posted,) = square.ledger()
        assert posted["in_reply_to_id"] is None
        await ana.sees("We said in public")
        await ana.presses("Correct what we said", more=True)
        await ana.fills(words=THEN)
        await ana.finishes()
        await ana.sees("cools, until")
        house.shift.advance(61 * 60)
        await ana.sees("to be read once more, ")
        await ana.presses("Read once more and send")
        await ana.sends()
        await until(lambda: _holds(square, "up again"))
        (corrected,) = square.ledger()
        assert corrected["id"] == posted["id"]
        await ana.sees("We corrected what we said")


async def _holds(square: Square, words: str) -> bool:
    return any(words in each["content"] for each in square.ledger())
