"""The main job, lived wholly in Discord: simcord, which nobody here wrote, and the reply lands in a real Mastodon's double."""

import asyncio
from pathlib import Path

import pytest

from tests.adapters.rooms.discord.looks import words
from tests.square import Square
from tests.stories.house import lived_in
from tests.stories.moderators import TOKEN, hears, last, moderators
from tests.stories.test_slack_story import HEARD, _ledger, _text


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
            await hears(house, square)
            square.post("alice", "@shop Eleven days, three chats, still no parcel. I have had it with this shop.")
            card = await discord.card("Eleven days, three chats")
            print(words(card))
            said = await discord.presses(discord.ana, card, "I have this")
            print(words(last(said)))
            said = await discord.presses(discord.kim, card, "I have this")
            print(words(last(said)))
            card = await discord.card("Eleven days, three chats", "ana")
            from tests.adapters.rooms.discord.looks import buttons
            beside = await discord.presses(discord.ana, card, "Say we heard")
            print("BESIDE", words(last(beside)), buttons(last(beside)))
            opened = await discord.presses(discord.ana, last(beside), "Write")
            print(opened.modal)
            looked = await discord.fills(discord.ana, opened, words=HEARD)
            print("LOOKED", words(last(looked)), buttons(last(looked)))
            done = await discord.presses(discord.ana, last(looked), "Finish")
            print(words(last(done)))
            await discord.card("Eleven days, three chats", "Cooling")
            assert square.ledger() == []
            house.shift.advance(125)
            note = await discord.note(discord.ana, "cooled")
            print(words(note), buttons(note))
            shown = await discord.presses(discord.ana, note, "Read once more")
            print(words(last(shown)), buttons(last(shown)))
            sent = await discord.presses(discord.ana, last(shown), "Send")
            print(words(last(sent)))
            (sent,) = await _ledger(square, 1)
            assert _text(sent) == f"@alice {HEARD}"
            await discord.card("Eleven days, three chats", "Heard in public")
            assert "ana has this" in discord.thread()
            assert HEARD in discord.thread()
