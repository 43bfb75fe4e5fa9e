"""A painter that was stopped in the middle of its work, and goes on."""

import asyncio
from datetime import timedelta

from bot.nouns import commands as c
from bot.nouns.team import Part, Place
from bot.ports import Broken, ThreadRef
from bot.screens.shapes import Card
from tests.bot.build import a_mention
from tests.bot.work.conftest import Start
from tests.bot.work.house import ANA, KIM, House
from tests.fakes.room import FakeRoom

DESK = Place(room="chat", id="desk")


class Hanging(FakeRoom):
    """A chat that answers no edit while it `hangs`."""

    def __init__(self) -> None:
        super().__init__("chat")
        self.hangs = False

    async def repaint(self, thread: ThreadRef, card: Card) -> ThreadRef | Broken:
        """Or never."""
        while self.hangs:
            await asyncio.Event().wait()
        return await super().repaint(thread, card)


async def test_what_waited_when_it_was_stopped_is_painted(start: Start) -> None:
    """A card that was under way and asked for again, and the team's news behind it: nothing else has to happen first."""
    house, room = await House(places=(DESK,)).staffed(), Hanging()
    painter = house.a_painter(rooms={"chat": room}, tells={})
    running = start(painter.run(1))
    await house.press(Part.SORTER, c.Open, incident="i1", conversation="c1", mention=a_mention())
    await house.pass_time(seconds=2)
    room.hangs = True
    await house.press(ANA, c.Claim, conversation="c1", epoch=0)
    await house.pass_time(seconds=2)
    await house.press(ANA, c.HandBack, conversation="c1")
    until = house.clock.wall + timedelta(hours=1)
    await house.press(KIM, c.BeginHold, until=until, text="There was an accident.")
    await house.pass_time(seconds=2)
    running.cancel()
    await house.pass_time(seconds=2)
    room.hangs = False
    start(painter.run(2))
    await house.pass_time(seconds=5)
    standing = await house.threads.get("i1")
    version = (await house.timelines.view(("i1",))).incidents["i1"].version
    assert {place.id: painted for place, (_, painted) in standing.items()}["desk"] == version
