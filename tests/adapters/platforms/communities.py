"""What tests of communities share: tables, a team that sits nowhere, a client whose Discord is away, sample payloads."""

from collections.abc import Sequence
from typing import Any

import aiohttp
import discord

from bot.nouns.community import Community
from bot.nouns.mention import MentionKey
from bot.nouns.team import Place


def discord_table(
    *channels: str, post_as_bot: bool = False, moderators: tuple[str, ...] = (), report_emoji: str = ""
) -> Community:
    """A community on Discord; without channels, channel 11."""
    return Community(
        platform="discord",
        channels=channels or ("11",),
        post_as_bot=post_as_bot,
        moderators=moderators,
        report_emoji=report_emoji,
    )


def slack_table(
    *channels: str, post_as_bot: bool = False, moderators: tuple[str, ...] = (), report_emoji: str = ""
) -> Community:
    """A community in Slack; without channels, C0CARE."""
    return Community(
        platform="slack",
        channels=channels or ("C0CARE",),
        post_as_bot=post_as_bot,
        moderators=moderators,
        report_emoji=report_emoji,
    )


async def nowhere() -> Sequence[Place]:
    """The team sits in no chat."""
    return ()


async def nobody_waits(key: MentionKey) -> Sequence[str]:
    """Nobody said they would post anything."""
    del key
    return ()


class _Away(discord.Client):
    async def login(self, token: str) -> None:
        raise OSError("no way there")


def away_client(intents: discord.Intents, trace: aiohttp.TraceConfig) -> discord.Client:
    """A client whose Discord cannot be reached."""
    del trace
    return _Away(intents=intents)


def discord_message(**more: Any) -> dict[str, Any]:
    """A message as Discord's API hands it out, written for the tests after its documentation."""
    return {
        "id": "22",
        "channel_id": "11",
        "type": 0,
        "author": {"id": "5", "username": "mara", "global_name": "Mara", "bot": False},
        "content": "My appeal was refused.",
        "timestamp": "2026-03-02T12:00:00+00:00",
        "edited_timestamp": None,
        "mentions": [],
        "attachments": [],
        "embeds": [],
    } | more


def slack_message(**more: Any) -> dict[str, Any]:
    """A message as Slack's API hands it out, written for the tests after its documentation."""
    return {
        "type": "message",
        "ts": "1700000000.000100",
        "user": "U0MARA",
        "text": "My appeal was refused.",
    } | more
