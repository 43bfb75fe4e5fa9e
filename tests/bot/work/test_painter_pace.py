"""A place that takes an edit every few seconds: its pictures are taken when they can be shown, not before they wait."""

from bot.nouns import commands as c
from bot.ports import Broken, Clock, ThreadRef
from bot.screens.shapes import Card
from tests.bot.work.conftest import Start
from tests.bot.work.house import ANA, House
from tests.fakes.room import FakeRoom

EVERY = 1.5
LATE = 0.75


class Paced(FakeRoom):
    """A room that lets an edit through every EVERY seconds. `shown`: when each card stood there, and its version."""

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self._clock = clock
        self._next = 0.0
        self.shown: list[tuple[float, int]] = []

    async def repaint(self, thread: ThreadRef, card: Card) -> ThreadRef | Broken:
        """In its turn."""
        now = (await self._clock.now()).elapsed
        turn = max(now, self._next)
        self._next = turn + EVERY
        await self._clock.sleep(turn - now)
        self.shown.append((turn, card.version))
        return await super().repaint(thread, card)


async def test_a_picture_is_fresh_when_it_is_shown(house: House, start: Start) -> None:
    """Once the pace is known, a card shows what was so a moment before, not what was so when the wait began."""
    room = Paced(house.clock)
    start(house.a_painter(rooms={"web": room}, tells={}).run(0))
    talk = await house.arrives()
    stood: list[tuple[float, int]] = []
    for epoch in range(30):
        await house.press(ANA, c.Claim, conversation=talk, epoch=epoch)
        await house.press(ANA, c.HandBack, conversation=talk)
        stood.append((house.clock.elapsed, 1 + 2 * (epoch + 1)))
        await house.pass_time(seconds=0.5)
    later = [each for each in room.shown if each[0] > stood[0][0] + 4 * EVERY]
    assert len(later) >= 5
    for at, version in later:
        assert version >= max(known for when, known in stood if when <= at - LATE)
