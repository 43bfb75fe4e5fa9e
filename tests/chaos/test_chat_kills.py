"""kill -9 of the bot while people press in Slack (failures A1, B1): local-slack, which nobody here wrote, and a real square.

A thousand kills: several houses live side by side, each with a Slack and a square of its own, and every life of a house is
forked from a process that has read the program's code already (`chat_lives`). What a kill costs is then the lease of the dead,
three seconds in which nobody listens. A house's seed is its number: `pytest -k 'slack_kills[17]'` plays the houses that
begin with seed 17 again.

Another chat is killed the same way: it brings a `chat_killing.Chat`, as `SlackChat` here, and its own test.
"""

import asyncio
import random
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.adapters.rooms.slack.peers import APP_TOKEN, CARE, TOKEN, local_slack
from tests.chaos.chat_book import Book
from tests.chaos.chat_hands import Hands
from tests.chaos.chat_killing import Stall, account_of, played
from tests.chaos.chat_lives import Nursery, nursery
from tests.chaos.chat_metadata import remembering
from tests.chaos.chat_story import Cases
from tests.chaos.chat_window import Window, window
from tests.square import ACCOUNTS, Square, running_square

#: Houses side by side, and kills in each: in every run, and in each of the trials of `make chaos`.
FEW = (4, 5)
MANY, TRIALS = (7, 20), 7
SEEDS = {0: FEW, **{100 * n: MANY for n in range(1, TRIALS + 1)}}
ROUNDS = [
    pytest.param(seed, *of, marks=() if of == FEW else pytest.mark.chaos, id=str(seed)) for seed, of in SEEDS.items()
]


@dataclass
class SlackChat:
    """The port `Chat` on local-slack."""

    window: Window
    hands: Hands
    api_url: str
    seed: int
    room: str = "slack"

    @property
    def book(self) -> Book:
        """What people pressed."""
        return self.hands.book

    @property
    def settings(self) -> Mapping[str, str]:
        """What the house is told of it."""
        return {
            "COOLHEAD_SLACK_BOT_TOKEN": TOKEN,
            "COOLHEAD_SLACK_APP_TOKEN": APP_TOKEN,
            "COOLHEAD_SLACK_API_URL": self.api_url,
        }

    @property
    def place(self) -> str:
        """Its channel."""
        return f'[[place]]\nroom = "slack"\nid = "{CARE}"\nname = "care"\n'

    def cards(self, subject: str) -> int:
        """How many stand there."""
        return len(self.hands.cards(subject))

    async def listened(self, within: float) -> bool:
        """Whether the app listens, at the latest after so many seconds."""
        return await self.window.until(lambda: self.window.connected, within)

    async def lived(self, subject: str, stall: Stall, busy: Callable[[], bool], *, answers: bool, end: bool) -> None:
        """Three people and a card."""
        dice = random.Random(f"{self.seed} {subject}")
        await Cases(self.hands, stall, subject, dice, busy, answers).lived(to_the_end=end)


@asynccontextmanager
async def slack_chat(seed: int) -> AsyncIterator[SlackChat]:
    """One, empty."""
    async with local_slack() as slack, remembering(slack.api_url) as api_url, window(slack) as open_window:
        yield SlackChat(open_window, Hands(open_window), api_url, seed)


@pytest.fixture(scope="module")
def lives() -> Iterator[Nursery]:
    """Where all lives of this file begin."""
    with nursery() as one:
        yield one


@pytest.fixture(scope="module")
def stalls() -> Iterator[Square]:
    """A square on which every house of this file has an account."""
    houses = [account_of(seed + n) for seed, (count, _) in SEEDS.items() for n in range(count)]
    with running_square((*ACCOUNTS, *houses)) as one:
        yield one


async def _house(seed: int, kills: int, lives: Nursery, stalls: Square, folder: Path, end: bool) -> None:
    async with slack_chat(seed) as chat:
        print(await played(chat, lives, stalls, folder, seed=seed, kills=kills, end=end))


@pytest.mark.timeout(1800)
@pytest.mark.parametrize(("seed", "houses", "kills"), ROUNDS)
async def test_slack_kills(seed: int, houses: int, kills: int, lives: Nursery, stalls: Square, tmp_path: Path) -> None:
    """What people were shown as done is on the timeline, nothing is applied twice, and each reply stands once."""
    each = range(seed, seed + houses)
    end = (houses, kills) == MANY
    async with asyncio.TaskGroup() as houses_of:
        for n in each:
            houses_of.create_task(_house(n, kills, lives, stalls, tmp_path / str(n), end))
