"""The main job, lived wholly in Discord: simcord, which nobody here wrote, and the reply lands in a real Mastodon's double."""

from pathlib import Path

import pytest

from tests.adapters.rooms.discord.looks import answer, words
from tests.square import Square
from tests.stories.house import lived_in, until
from tests.stories.moderators import TOKEN, last, moderators
from tests.stories.test_slack_story import HEARD, _ledger, _text
from tests.stories.ways import listening


async def test_moderators_answer_without_leaving_discord(
    square: Square, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A mention becomes a card; it is claimed, answered, cooled, read once more, sent once, and all of it is in the thread."""
    async with moderators(monkeypatch) as discord:
        (tmp_path / "coolhead.toml").write_text(discord.place)
        async with lived_in(
            tmp_path,
            COOLHEAD_DISCORD_TOKEN=TOKEN,
            COOLHEAD_MASTODON_URL=square.url,
            COOLHEAD_MASTODON_TOKEN=square.token("shop"),
        ) as house:
            await listening(house, square)
            square.post("alice", "@shop Eleven days, three chats, still no parcel. I have had it with this shop.")
            card = await discord.card("Eleven days, three chats")
            assert answer(await discord.presses(discord.ana, card, "I have this")) == "You have this."
            assert answer(await discord.presses(discord.kim, card, "I have this")) == "ana has this already."

            card = await discord.card("Eleven days, three chats", "**Owner**: ana")
            done = await discord.writes(discord.ana, card, "Say we heard", HEARD)
            assert words(last(done)).startswith("Finished. It cools for 2 min")
            await discord.card("Eleven days, three chats", "Cooling")
            assert square.ledger() == []

            house.shift.advance(125)
            assert "On its way" in words(last(await discord.sends(discord.ana)))
            (sent,) = await _ledger(square, 1)
            assert _text(sent) == f"@alice {HEARD}"
            await discord.card("Eleven days, three chats", "Heard in public")

            async def told() -> bool:  # the lines follow the card
                return "ana has this" in discord.thread() and HEARD in discord.thread()

            await until(told, within=30)
