"""Two replicas, of which one sits in Discord and the other one sends: what was pressed there goes out from here."""

from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from tests.adapters.rooms.discord.looks import words
from tests.servers import Running, running, valkey
from tests.square import Square
from tests.stories.house import Shift, lived_in, until
from tests.stories.moderators import TOKEN, last, moderators
from tests.stories.test_slack_story import HEARD, _ledger, _text
from tests.stories.ways import listening


def _lease(store: Running, work: str) -> str:
    found = store.ask("KEYS", f"*:lease:{work}")
    assert isinstance(found, list)
    (name,) = (each.decode() if isinstance(each, bytes) else str(each) for each in found)
    return name


def _split(store: Running) -> bool:
    """Whether one replica sends and the other one sits with the moderators."""
    sender, sitter = (store.ask("HGET", _lease(store, work), "holder") for work in ("outbox", "chats"))
    return sender != sitter


async def _comes_to_be_split(store: Running) -> None:
    """Who sends has lost it, as where the store was away for a moment; then the other one is first."""

    async def split() -> bool:
        if not _split(store):
            store.ask("HSET", _lease(store, "outbox"), "until", "0")
        return _split(store)

    await until(split)


async def test_who_does_not_sit_with_the_moderators_sends_what_they_press(
    square: Square, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The replica that sends asks Discord who Ana is, and is not connected; her reply goes out once."""
    shift = Shift()
    async with moderators(monkeypatch) as discord, AsyncExitStack() as both:
        store = both.enter_context(running(valkey()))
        for name in ("one", "other"):
            (tmp_path / name).mkdir()
            (tmp_path / name / "coolhead.toml").write_text(discord.place)
            house = await both.enter_async_context(
                lived_in(
                    tmp_path / name,
                    shift=shift,
                    COOLHEAD_REDIS_URL=store.url,
                    COOLHEAD_SECRET="a long random text for the replicas",
                    COOLHEAD_DISCORD_TOKEN=TOKEN,
                    COOLHEAD_MASTODON_URL=square.url,
                    COOLHEAD_MASTODON_TOKEN=square.token("shop"),
                )
            )
            if name == "one":
                await listening(house, square)
        await _comes_to_be_split(store)
        square.post("alice", "@shop Eleven days, three chats, still no parcel. I have had it with this shop.")
        card = await discord.card("Eleven days, three chats")
        await discord.presses(discord.ana, card, "I have this")
        card = await discord.card("Eleven days, three chats", "**Owner**: ana")
        await discord.writes(discord.ana, card, "Say we heard", HEARD)
        await discord.card("Eleven days, three chats", "Cooling")
        shift.advance(125)
        assert "On its way" in words(last(await discord.sends(discord.ana)))
        assert _split(store)
        (sent,) = await _ledger(square, 1)
        assert _text(sent) == f"@alice {HEARD}"
