"""kill -9 of the bot while moderators press in Discord (failures A1, B1): simcord, which nobody here wrote, and a real square.

As `test_chat_kills`, which says how the houses live: `pytest -k 'discord_kills[100]'` plays those again that begin with
seed 100.
"""

import asyncio
import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.adapters.rooms.discord.served import Served, served
from tests.adapters.rooms.discord.world import World
from tests.chaos.chat_book import Book
from tests.chaos.chat_killing import Stall, account_of, played
from tests.chaos.chat_lives import Nursery, nursery
from tests.chaos.discord_hands import DiscordHands
from tests.chaos.discord_lives import STAND_IN
from tests.chaos.discord_story import DiscordCases
from tests.chaos.summary import say
from tests.square import ACCOUNTS, Square, running_square

#: Houses side by side, and kills in each: in every run, and in each of the trials of `make chaos`; 1,000 together.
FEW = (4, 5)
MANY, TRIALS = (7, 20), 7
SEEDS = {0: FEW, **{100 * n: MANY for n in range(1, TRIALS + 1)}}
ROUNDS = [
    pytest.param(seed, *of, marks=() if of == FEW else pytest.mark.chaos, id=str(seed)) for seed, of in SEEDS.items()
]
_NAP = 0.02


@dataclass
class DiscordChat:
    """The port `Chat` on simcord."""

    served: Served
    hands: DiscordHands
    seed: int
    book: Book
    room: str = "discord"

    @property
    def token(self) -> str:
        """Its app's."""
        return f"MTIz.chaos.{self.seed}"

    @property
    def settings(self) -> Mapping[str, str]:
        """What the house is told of it."""
        return {"COOLHEAD_DISCORD_TOKEN": self.token, STAND_IN: self.served.url}

    @property
    def place(self) -> str:
        """Its channel."""
        return f'[[place]]\nroom = "discord"\nid = "{self.hands.world.text.id}"\nname = "mods"\n'

    def cards(self, subject: str) -> int:
        """How many stand there."""
        return len(self.hands.cards(subject))

    async def listened(self, within: float) -> bool:
        """Whether the app listens, at the latest after so many seconds."""
        for _ in range(int(within / _NAP)):
            if self.hands.listening():
                return True
            await asyncio.sleep(_NAP)
        return False

    async def lived(self, subject: str, stall: Stall, busy: Callable[[], bool], *, answers: bool, end: bool) -> None:
        """Three people and a card."""
        dice = random.Random(f"{self.seed} {subject}")
        await DiscordCases(self.hands, stall, subject, dice, busy, answers).lived(to_the_end=end)


def discord_chat(one: Served, seed: int) -> DiscordChat:
    """A guild with three moderators and a channel."""
    world = World(one.env)
    ben = world.guild.add_member(one.env.create_user("ben"), roles=[world.mods])
    hands = DiscordHands(world, one, {str(each.id): each for each in (world.ana, world.kim, ben)})
    chat = DiscordChat(one, hands, seed, hands.book)
    one.guilds[chat.token] = world.guild.id
    return chat


@pytest.fixture(scope="module")
def lives() -> Iterator[Nursery]:
    """Where all lives of this file begin."""
    with nursery("tests.chaos.discord_lives") as one:
        yield one


@pytest.fixture(scope="module")
def stalls() -> Iterator[Square]:
    """A square on which every house of this file has an account."""
    houses = [account_of(seed + n) for seed, (count, _) in SEEDS.items() for n in range(count)]
    with running_square((*ACCOUNTS, *houses)) as one:
        yield one


@pytest.mark.timeout(1800)
@pytest.mark.parametrize(("seed", "houses", "kills"), ROUNDS)
async def test_discord_kills(
    seed: int, houses: int, kills: int, lives: Nursery, stalls: Square, tmp_path: Path
) -> None:
    """What people were shown as done is on the timeline, nothing is applied twice, and each reply stands once."""
    end = (houses, kills) == MANY
    async with served() as one, asyncio.TaskGroup() as side_by_side:
        for n in range(seed, seed + houses):
            trial = played(discord_chat(one, n), lives, stalls, tmp_path / str(n), seed=n, kills=kills, end=end)
            side_by_side.create_task(trial).add_done_callback(_told)
    say("at most once", "kill -9 while moderators press in Discord", "real", houses * kills, "0 faults", seed)


def _told(trial: "asyncio.Task[str]") -> None:
    if not trial.cancelled() and trial.exception() is None:
        print(trial.result())
