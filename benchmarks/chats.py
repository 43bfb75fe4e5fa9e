"""Cards in Slack and in Discord under load, at the chats' own limits, in virtual time (issues 4 and 5).

500 cards and 100,000 changes in ten minutes, and somebody who presses all the while; the cards are painted in the
painter's lanes. Slack allows 50 edits a minute in a workspace, Discord five in five seconds in each channel (a post of a
forum is one) and fifty a second over all: nobody can show every state, so the newest is what counts.
`least` is what the chat allows in that time. Slack's press comes with its latency; Discord's answer goes over the press's
own address, which is not limited, and simcord answers at once: its figure tells only that nothing stands before it.
"""

import asyncio
from collections.abc import Sequence

from benchmarks.row import Row
from tests.adapters.rooms.discord.load import Figures as DiscordFigures
from tests.adapters.rooms.discord.load import load as discord_load
from tests.adapters.rooms.slack.load import Figures as SlackFigures
from tests.adapters.rooms.slack.load import load as slack_load

_CARDS, _CHANGES, _MINUTES, _CHANNELS = 500, 100_000, 10.0, 5


def slack(long: bool) -> Sequence[Row]:
    """One card after the other is handed to the room, as the painter does."""
    del long
    found = asyncio.run(slack_load(_CARDS, _CHANGES, _MINUTES, _CHANNELS, painted=True))
    return [*_rows("slack", found), Row("slack: Slack said no", found.limited, "times", must=0)]


def discord(long: bool) -> Sequence[Row]:
    """In five text channels, and as posts of five forums."""
    del long
    cards = asyncio.run(discord_load(_CARDS, _CHANGES, _MINUTES, _CHANNELS))
    posts = asyncio.run(discord_load(_CARDS, _CHANGES, _MINUTES, _CHANNELS, forum=True))
    return [*_rows("discord", cards), *_rows("discord, in forums", posts)]


def _rows(name: str, found: SlackFigures | DiscordFigures) -> Sequence[Row]:
    return [
        Row(f"{name}: cards that end in another state", found.lost, "cards", must=0),
        Row(f"{name}: card freshness p50", found.fresh_p50, "s"),
        Row(f"{name}: card freshness p99", found.fresh_p99, "s"),
        Row(f"{name}: press to answer p99", found.answer_p99, "s", must=1.0),
        Row(f"{name}: edits against the chat's limit", found.edits / found.least, "×", must=1.0, note=f"{found.edits}"),
    ]
