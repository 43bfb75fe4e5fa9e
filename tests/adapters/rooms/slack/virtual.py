"""A Slack room in virtual time."""

import asyncio
from collections.abc import Awaitable, Sequence
from typing import Any, TypeVar

from pydantic import SecretStr

from adapters.rooms.slack.room import SlackRoom
from bot.nouns.conversation import Mood
from bot.nouns.team import Hold, Place, Team
from bot.screens.shapes import Card, Choice, Quote
from tests.adapters.rooms.slack.house import SECRET, FakeHealth, FakeScratch
from tests.adapters.rooms.slack.limits import World, connection
from tests.adapters.rooms.slack.peers import SIGNING_SECRET
from tests.fakes.clock import FakeClock
from tests.fakes.desk import FakeDesk

T = TypeVar("T")
CARE, QUIET = Place(room="slack", id="C0CARE", name="care"), Place(room="slack", id="C0QUIET", name="quiet")
_LONGEST = 600.0


class Virtual:
    """`room` over a Slack in memory; `done` lets the time pass that something takes."""

    def __init__(
        self,
        places: Sequence[Place] = (CARE, QUIET),
        world: World | None = None,
        scratch: FakeScratch | None = None,
    ) -> None:
        self.world = world or World(FakeClock())
        self.clock = self.world.clock
        self.health = FakeHealth()
        self.places = tuple(places)
        self.token = "xoxb-1"
        self.desk = FakeDesk()
        self.scratch = scratch or FakeScratch()
        self.hold: Hold | None = None
        self.room = SlackRoom(
            bot_token=lambda: SecretStr(self.token),
            signing_secret=SecretStr(SIGNING_SECRET),
            clock=self.clock,
            secret=SECRET,
            scratch=self.scratch,
            places=self._places,
            team=self._team,
            health=self.health,
            connect=connection(self.world),
        )

    async def done(self, work: Awaitable[T], longest: float = _LONGEST) -> T:
        """What it hands back, after as much time as it takes."""
        task = asyncio.ensure_future(work)
        end = self.clock.elapsed + longest
        while not task.done():
            await self.clock.settle()
            if task.done():
                break
            assert self.clock.elapsed < end, "It did not end."
            await self.clock.run(0.05)
        return await task

    async def all(self, *work: Awaitable[Any]) -> list[Any]:
        """Several at once."""
        return await self.done(asyncio.gather(*work))

    async def _places(self) -> Sequence[Place]:
        return self.places

    async def _team(self) -> Team:
        return Team(places=self.places, hold=self.hold)


def card(
    incident: str = "i1", headline: str = "Parcel never came", version: int = 1, mood: Mood = Mood.WAITING
) -> Card:
    """A small card."""
    choices = (Choice("claim", "I have this", {"epoch": "0"}, likely=True),)
    return Card(incident, f"{incident}-1", headline, "Mara", mood, (Quote("Where is it?"),), choices, version=version)
