"""Painting side by side: a slow channel holds up no other, and what somebody waits for goes first."""

import asyncio
from datetime import timedelta

import pytest

from bot.nouns import commands as c
from bot.nouns.team import Part, Place
from bot.ports import Broken, Clock, LineRef, ThreadRef
from bot.screens.shapes import Card, Line
from tests.bot.build import a_mention
from tests.bot.work.conftest import Start
from tests.bot.work.house import ANA, BEN, House
from tests.fakes.room import FakeRoom

AWAY = Broken(because="The chat does not answer.")
EVERY = 5.0


class Limited(FakeRoom):
    """A chat that lets one edit of a lane through in EVERY seconds, or in as many as `every` says of a lane. `shown`: what stood
    where, and when.
    """

    def __init__(self, clock: Clock, *, each_its_own: bool = False) -> None:
        super().__init__("chat")
        self._clock = clock
        self._next: dict[str, float] = {}
        self._each_its_own = each_its_own
        self.every: dict[str, float] = {}
        self.shown: list[tuple[str, float]] = []
        self.at_once: set[str] = set()

    async def open_thread(self, place: Place, card: Card, key: str) -> ThreadRef | Broken:
        """A thread in the lane of its place, or in one of its own."""
        ref = await super().open_thread(place, card, key)
        if isinstance(ref, Broken):
            return ref
        return ref.model_copy(update={"lane": ref.id if self._each_its_own else place.id})

    async def repaint(self, thread: ThreadRef, card: Card) -> ThreadRef | Broken:
        """In its lane's turn."""
        assert thread.lane not in self.at_once
        self.at_once.add(thread.lane)
        now = (await self._clock.now()).elapsed
        turn = max(now, self._next.get(thread.lane, 0.0))
        self._next[thread.lane] = turn + self.every.get(thread.lane, EVERY)
        await self._clock.sleep(turn - now)
        self.at_once.discard(thread.lane)
        self.shown.append((thread.id, turn))
        return await super().repaint(thread, card)


async def with_places(*ids: str) -> House:
    """A house that sits in these channels of a chat."""
    return await House(places=tuple(Place(room="chat", id=id) for id in ids)).staffed()


async def opened(house: House, number: int, *places: str) -> str:
    """Another incident, heard in these places; its conversation."""
    mention = a_mention(id=f"m{number}", person=f"p{number}")
    await house.press(
        Part.SORTER, c.Open, incident=f"i{number}", conversation=f"c{number}", mention=mention, places=places
    )
    return f"c{number}"


async def test_a_slow_channel_holds_up_no_other(start: Start) -> None:
    """Ten cards that wait for their turn in one channel: the card of another one is painted at once."""
    house = await with_places("busy", "calm")
    room = Limited(house.clock)
    start(house.a_painter(rooms={"chat": room}, tells={}).run(0))
    talks = [await opened(house, number, "busy") for number in range(10)]
    quiet = await opened(house, 10, "calm")
    await house.pass_time(seconds=1)
    for talk in [*talks, quiet]:
        await house.press(ANA, c.Claim, conversation=talk, epoch=0)
    began = house.clock.elapsed
    await house.pass_time(seconds=60)
    took = {thread: at - began for thread, at in room.shown}
    assert took["calm/i10"] < 1
    assert max(took.values()) >= 9 * EVERY
    assert len(room.shown) == 11


async def test_a_slow_channel_holds_up_no_other_after_a_hold_either(start: Start) -> None:
    """Every card is painted anew, and the hold is said in between: then all channels go on, each at its own pace."""
    house = await with_places("busy", "calm")
    room = Limited(house.clock)
    room.every["calm"] = 1.0
    start(house.a_painter(rooms={"chat": room}, tells={}).run(0))
    for number in range(5):
        await opened(house, number, "busy", "calm")
    await house.pass_time(seconds=60)
    room.shown.clear()
    began = house.clock.elapsed
    await house.press(BEN, c.BeginHold, until=house.clock.wall + timedelta(hours=1), text="There was an accident.")
    await house.pass_time(seconds=60)
    last = {thread: at - began for thread, at in room.shown}
    assert len(last) == 10
    assert max(at for thread, at in last.items() if thread.startswith("calm")) < 2 * EVERY


async def test_cards_with_limits_of_their_own(start: Start) -> None:
    """Posts of a forum share no limit: all of them are painted at once."""
    house = await with_places("forum")
    room = Limited(house.clock, each_its_own=True)
    start(house.a_painter(rooms={"chat": room}, tells={}).run(0))
    talks = [await opened(house, number) for number in range(20)]
    await house.pass_time(seconds=1)
    began = house.clock.elapsed
    for talk in talks:
        await house.press(ANA, c.Claim, conversation=talk, epoch=0)
    await house.pass_time(seconds=2)
    assert len(room.shown) == 20
    assert max(at for _, at in room.shown) - began < 1


async def test_a_press_goes_before_numbers(start: Start) -> None:
    """However many cards wait to count up in a channel, the one that somebody pressed is the next."""
    house = await with_places("busy")
    room = Limited(house.clock)
    start(house.a_painter(rooms={"chat": room}, tells={}).run(0))
    talks = [await opened(house, number) for number in range(8)]
    await house.pass_time(seconds=1)
    for number in range(7):
        await house.press(ANA, c.Note, incident=f"i{number}", text="Seen.")
    await house.pass_time(seconds=1)
    await house.press(ANA, c.Claim, conversation=talks[7], epoch=0)
    await house.pass_time(seconds=60)
    order = [thread for thread, _ in room.shown]
    assert sorted(order) == sorted(f"busy/i{number}" for number in range(8))
    assert order.index("busy/i7") <= 2


async def test_a_broken_place_is_left_alone_and_holds_up_no_other(start: Start) -> None:
    """Whatever happens meanwhile: it is tried twice a minute, and the other place shows all of it at once."""
    house = await with_places("well", "broken")
    room = FakeRoom("chat")
    room.broken_for["broken"] = AWAY
    start(house.a_painter(rooms={"chat": room}, tells={}).run(0))
    talk = await opened(house, 1, "well", "broken")
    await house.pass_time(seconds=1)
    for epoch in range(10):
        await house.press(ANA, c.Claim, conversation=talk, epoch=epoch)
        await house.press(ANA, c.HandBack, conversation=talk)
        await house.pass_time(seconds=2)
        assert room.cards["well/i1"].version == 1 + 2 * (epoch + 1)
    assert room.calls.count("open_thread") == 2
    room.broken_for.clear()
    await house.pass_time(seconds=31)
    assert room.cards["broken/i1"].version == 21
    assert room.said("broken/i1") == room.said("well/i1")
    room.broken_for["broken"] = AWAY
    room.calls.clear()
    for epoch in range(10, 20):
        await house.press(ANA, c.Claim, conversation=talk, epoch=epoch)
        await house.press(ANA, c.HandBack, conversation=talk)
        await house.pass_time(seconds=2)
    assert room.cards["well/i1"].version == 41
    assert room.calls.count("repaint") == 11


async def test_a_place_that_is_added(start: Start) -> None:
    """An incident that is heard in one more place is shown there, too."""
    house = await with_places("one")
    room = FakeRoom("chat")
    start(house.a_painter(rooms={"chat": room}, tells={}).run(0))
    talk = await opened(house, 1, "one", "two")
    await house.pass_time(seconds=1)
    await house.press(ANA, c.Claim, conversation=talk, epoch=0)
    await house.pass_time(seconds=1)
    house.places = (*house.places, Place(room="chat", id="two"))
    await house.press(ANA, c.HandBack, conversation=talk)
    await house.pass_time(seconds=1)
    assert set(room.cards) == {"one/i1", "two/i1"}
    assert room.said("two/i1") == room.said("one/i1")


async def test_a_place_that_is_taken_away(start: Start) -> None:
    """Nothing is painted there any more, and the others show what happens."""
    house = await with_places("one", "two")
    room = FakeRoom("chat")
    start(house.a_painter(rooms={"chat": room}, tells={}).run(0))
    talk = await opened(house, 1, "one", "two")
    await house.pass_time(seconds=1)
    await house.press(ANA, c.Claim, conversation=talk, epoch=0)
    await house.pass_time(seconds=1)
    house.places = house.places[:1]
    await house.press(ANA, c.HandBack, conversation=talk)
    await house.pass_time(seconds=1)
    assert (room.cards["one/i1"].version, room.cards["two/i1"].version) == (3, 2)


async def test_an_incident_that_is_gone(start: Start) -> None:
    """Of an incident that a restored store does not know any more nothing is painted, and nothing falls over."""
    house = await with_places("one")
    room = FakeRoom("chat")
    start(house.a_painter(rooms={"chat": room}, tells={}).run(0))
    talk = await opened(house, 1, "one")
    await house.pass_time(seconds=1)
    await house.press(ANA, c.Claim, conversation=talk, epoch=0)
    await house.pass_time(seconds=1)
    room.calls.clear()
    await house.press(ANA, c.HandBack, conversation=talk)
    del house.timelines.rows["i:i1"]
    await house.pass_time(seconds=1)
    assert (room.calls, house.health.counts) == ([], {})


async def test_where_cards_stand_is_looked_up_again(
    house: House, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is not remembered of more incidents than so many, and nothing is lost for it."""
    monkeypatch.setattr("bot.work.painter.MOST_KNOWN", 2)
    start(house.a_painter().run(0))
    talks = [await house.arrives(f"Bad, {number}.", f"m{number}", f"p{number}") for number in range(4)]
    for epoch in range(2):
        for talk in talks:
            await house.press(ANA, c.Claim, conversation=talk, epoch=epoch)
            await house.press(ANA, c.HandBack, conversation=talk)
        await house.pass_time(seconds=1)
    assert sorted(card.version for card in house.room.cards.values()) == [5, 5, 5, 5]


class Slow(FakeRoom):
    """A chat whose lines take a second. `most`: so many were under way at once."""

    def __init__(self, clock: Clock) -> None:
        super().__init__("chat")
        self._clock = clock
        self._now = 0
        self.most = 0

    async def say(self, thread: ThreadRef, line: Line, key: str) -> LineRef | Broken:
        """After a second."""
        self._now += 1
        self.most = max(self.most, self._now)
        await self._clock.sleep(1)
        self._now -= 1
        return await super().say(thread, line, key)


async def test_a_painter_that_is_stopped_in_between(start: Start) -> None:
    """Whatever was under way is painted by the next, all of it, and said once."""
    house = await with_places("one", "two", "three")
    room = Slow(house.clock)
    painter = house.a_painter(rooms={"chat": room}, tells={})
    running: asyncio.Future[None] = start(painter.run(0))
    for number, place in enumerate(("one", "two", "three")):
        talk = await opened(house, number, place)
        await house.press(ANA, c.Claim, conversation=talk, epoch=0)
    await house.pass_time(seconds=0.5)
    assert room.most == 3
    running.cancel()
    await house.clock.settle()
    start(painter.run(0))
    await house.pass_time(seconds=10)
    assert len(room.cards) == 3
    assert room.said().count("Ana has this.") == 3
