"""One incident in two rooms of one team, with everything behind them in memory: people of both press against each other."""

import asyncio
import random
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from bot.nouns.mention import Mention, MentionKey
from bot.nouns.team import Handle, Place, Refusal, Team
from bot.ports import Room
from bot.screens.shapes import Answer, Card, Choice, Done, Form, Gesture, GestureKind
from bot.work.clockwork import Clockwork
from bot.work.outbox import Outbox
from bot.work.painter import Painter
from tests.bot.work.desk_house import HERE, SHE, House
from tests.fakes.platform import FakePlatform
from tests.fakes.roster import FakePulse
from tests.fakes.timelines import FakeDues, FakeThreads

PLACES = (Place(room="left", id="L", name="care"), Place(room="right", id="R", name="mods"))
#: Who sits where; nobody of the one room is known in the other.
PEOPLE = (("left", "ann"), ("left", "bob"), ("right", "cid"), ("right", "dot"))


class TwoHouse(House):
    """A desk whose team hears of everything in both places."""

    places = PLACES

    def _lay(self, team: Team) -> Team:
        return super()._lay(team).model_copy(update={"places": self.places})


@dataclass
class Two:
    """`rooms` by name; `dice` decide how presses interleave. `refused`: who was refused what, with the reason."""

    rooms: Mapping[str, Room]
    dice: random.Random
    house: TwoHouse = field(init=False)
    refused: list[tuple[str, str, str]] = field(default_factory=list)
    done: list[tuple[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.house = TwoHouse(people=(), rooms=self.rooms)
        self.square = FakePlatform(self.house.clock, "square")
        self.house.platforms["square"] = self.square
        self._stumble("view")
        self._stumble("append")
        self._count = 0

    def _stumble(self, name: str) -> None:
        """The store answers now sooner, now later, so that presses at the same time meet in every order."""
        inner = getattr(self.house.timelines, name)

        async def stumbling(*args: Any, **more: Any) -> Any:
            for _ in range(self.dice.randrange(6)):
                await asyncio.sleep(0)
            return await inner(*args, **more)

        setattr(self.house.timelines, name, stumbling)

    @asynccontextmanager
    async def working(self) -> AsyncIterator[None]:
        """Mara complains; a painter for each room and the outbox are at work."""
        house = self.house
        await house.begin()
        self.square.said(Mention(key=MentionKey(platform="square", id="m1"), text=SHE, at=house.clock.wall))
        threads = FakeThreads()
        parts = [asyncio.create_task(self._painter({n: r}, threads).run(0)) for n, r in self.rooms.items()]
        parts += [asyncio.create_task(self._outbox().run(1)), asyncio.create_task(self._clockwork().run(1))]
        try:
            await house.mention(places=[place.name for place in house.places])
            yield
        finally:
            for part in parts:
                part.cancel()
            ends = await asyncio.gather(*parts, return_exceptions=True)
            fell = [end for end in ends if isinstance(end, Exception)]
            assert fell == []

    def _painter(self, rooms: Mapping[str, Room], threads: FakeThreads) -> Painter:
        house = self.house
        return Painter(
            act=house.act, timelines=house.timelines, threads=threads, roster=house.roster, rooms=rooms, tells={},
            clock=house.clock, health=house.health, public_url="",
        )  # fmt: skip

    def _outbox(self) -> Outbox:
        house = self.house
        return Outbox(
            act=house.act, timelines=house.timelines, platform=house.platforms.__getitem__, clock=house.clock,
            health=house.health, ask_roles=house.members.anew,
        )  # fmt: skip

    def _clockwork(self) -> Clockwork:
        house = self.house
        return Clockwork(
            act=house.act, dues=FakeDues(house.timelines), pulse=FakePulse(), timelines=house.timelines,
            clock=house.clock, health=house.health, ring=_nobody,
        )  # fmt: skip

    async def hear(self, gesture: Gesture) -> Answer:
        """The desk; what it answers is remembered."""
        answer = await self.house.desk.hear(gesture)
        if isinstance(answer, Refusal):
            self.refused.append((gesture.who.id, gesture.act, answer.because))
        elif isinstance(answer, Done):
            self.done.append((gesture.who.id, gesture.act))
        return answer

    async def press(self, room: str, who: str, choice: Choice) -> Answer:
        """A choice of the card they see."""
        return await self._gesture(GestureKind.PRESS, room, who, choice.act, choice.values)

    async def fill(self, room: str, who: str, form: Form, **typed: str) -> Answer:
        """A form comes back."""
        return await self._gesture(GestureKind.FILLED, room, who, form.act, {**form.filled, **typed, **form.values})

    async def _gesture(self, kind: GestureKind, room: str, who: str, act: str, values: Mapping[str, str]) -> Answer:
        self._count += 1
        handle = Handle(room=room, id=who)
        return await self.hear(
            Gesture(
                id=f"g{self._count}",
                kind=kind,
                who=handle,
                act=act,
                incident=HERE[0],
                conversation=HERE[1],
                values=values,
            )
        )

    def happened(self, kind: str) -> list[str]:
        """By whom, each time."""
        found = [line for lines in self.house.timelines.lines.values() for line in lines if f'"kind": "{kind}"' in line]
        return [line.split('"by": "')[1].split('"')[0] for line in found]


async def _nobody(conversations: Sequence[str], key: str) -> bool:
    """Nobody outside is to be rung."""
    del conversations, key
    return True


def offered(card: Card, act: str) -> Choice | None:
    """The press of that act on a card."""
    return next((choice for choice in (*card.choices, *card.more) if choice.act == act), None)
