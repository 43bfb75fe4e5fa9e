"""Support in Slack and moderators in Discord, at once, on one mention: local-slack, simcord and a real Mastodon's double."""

import asyncio
from pathlib import Path

import pytest

from tests.adapters.rooms.discord.looks import answer, words
from tests.adapters.rooms.slack.peers import APP_TOKEN, TOKEN, local_slack
from tests.square import Square
from tests.stories.house import lived_in
from tests.stories.moderators import TOKEN as DISCORD_TOKEN
from tests.stories.moderators import last, moderators
from tests.stories.test_slack_story import ANA, HEARD, PLACE, _card, _ledger, _text, _whispered
from tests.stories.ways import listening

WATCH = '[[watch]]\nname = "us"\nany = ["shop", "parcel"]\nplaces = ["care", "mods"]\n'
LOST = "Eleven days, three chats"


async def test_two_chats_hear_of_one_mention(square: Square, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A card in each; who comes second is told who was first in the other; one reply goes out, and both cards say so."""
    async with local_slack() as slack, moderators(monkeypatch) as discord:
        (tmp_path / "coolhead.toml").write_text(PLACE + discord.place + WATCH)
        async with lived_in(
            tmp_path,
            COOLHEAD_SLACK_BOT_TOKEN=TOKEN,
            COOLHEAD_SLACK_APP_TOKEN=APP_TOKEN,
            COOLHEAD_SLACK_API_URL=slack.api_url,
            COOLHEAD_DISCORD_TOKEN=DISCORD_TOKEN,
            COOLHEAD_MASTODON_URL=square.url,
            COOLHEAD_MASTODON_TOKEN=square.token("shop"),
        ) as house:
            await slack.connected()
            await listening(house, square)
            square.post("alice", "@shop Eleven days, three chats, still no parcel. I have had it with this shop.")
            theirs, ours = await asyncio.gather(_card(slack, LOST), discord.card(LOST))

            assert answer(await discord.presses(discord.kim, ours, "I have this")) == "You have this."
            await slack.press(ANA, theirs, "I have this")
            await _whispered(slack, ANA, "kim has this already")
            await asyncio.gather(_card(slack, LOST, "*Owner:* kim"), discord.card(LOST, "**Owner**: kim"))

            card = await discord.card(LOST, "**Owner**: kim")
            await discord.writes(discord.kim, card, "Say we heard", HEARD)
            await asyncio.gather(_card(slack, LOST, "Cooling"), discord.card(LOST, "Cooling"))
            house.shift.advance(125)
            theirs = await _card(slack, LOST, "Ready")
            await slack.press(ANA, theirs, "Read once more and send")
            await _whispered(slack, ANA, "kim wrote this and is asked to read it")
            assert "On its way" in words(last(await discord.sends(discord.kim)))

            (sent,) = await _ledger(square, 1)
            assert _text(sent) == f"@alice {HEARD}"
            await asyncio.gather(_card(slack, LOST, "Heard in public"), discord.card(LOST, "Heard in public"))
