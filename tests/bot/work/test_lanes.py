"""Lanes: who goes next, who has to wait, and that nothing is lost or done twice at once."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from hypothesis import given
from hypothesis import strategies as st

from bot.work.lanes import ALONE, Lanes, Turn, Urgency, urgency


def taken(lanes: Lanes[str]) -> list[str]:
    """Whoever can go now, each done before the next."""
    found: list[str] = []
    while (turn := lanes.take()) is not None:
        found.append(turn.key)
        lanes.done(turn)
    return found


def must(turn: Turn[str] | None) -> Turn[str]:
    """There is one."""
    assert turn is not None
    return turn


async def test_the_most_urgent_goes_first() -> None:
    """Presses before handoffs, then new cards, then counters; of the same urgency whoever waited longest."""
    lanes = Lanes[str]()
    for place, each in enumerate([*Urgency, *reversed(Urgency)]):
        lanes.put(f"{each.name.lower()} {place // 5}", "here", each)
    assert taken(lanes) == [f"{each.name.lower()} {place}" for each in Urgency for place in (0, 1)]


async def test_one_of_a_lane_at_a_time() -> None:
    """The second of a lane waits for the first; another lane does not."""
    lanes = Lanes[str]()
    for key, lane in (("one", "a"), ("two", "a"), ("three", "b")):
        lanes.put(key, lane, Urgency.COUNTER)
    first, other = must(lanes.take()), must(lanes.take())
    assert (first.key, other.key, lanes.take(), len(lanes)) == ("one", "three", None, 3)
    lanes.done(first)
    assert must(lanes.take()).key == "two"


async def test_what_is_asked_again_is_done_once() -> None:
    """As urgently as it was ever asked for, anew if it ever was, in the lane that was named last."""
    lanes = Lanes[str]()
    lanes.put("other", "b", Urgency.HANDOFF)
    lanes.put("one", "a", Urgency.PRESSED, anew=True)
    lanes.put("one", "b", Urgency.REST)
    turn = must(lanes.take())
    assert turn == Turn("one", "b", Urgency.PRESSED, anew=True)
    lanes.done(turn)
    assert taken(lanes) == ["other"]
    assert len(lanes) == 0


async def test_asked_for_again_it_keeps_its_place() -> None:
    """Whatever changes all the time is not put off for it."""
    lanes = Lanes[str]()
    for key in ("one", "two", "three", "one", "two", "one"):
        lanes.put(key, "here", Urgency.COUNTER)
    assert taken(lanes) == ["one", "two", "three"]


async def test_nothing_is_done_twice_at_once() -> None:
    """What is under way in one lane waits in another, and holds up nobody behind it there."""
    lanes = Lanes[str]()
    lanes.put("one", "a", Urgency.COUNTER)
    turn = must(lanes.take())
    lanes.put("one", "b", Urgency.COUNTER)
    assert lanes.take() is None
    lanes.put("two", "b", Urgency.COUNTER)
    assert taken(lanes) == ["two"]
    lanes.done(turn)
    assert taken(lanes) == ["one"]


async def test_alone() -> None:
    """It waits until nothing is under way, and nothing begins before it is done."""
    lanes = Lanes[str]()
    lanes.put("one", "a", Urgency.PRESSED)
    turn = must(lanes.take())
    lanes.put("two", "b", Urgency.PRESSED)
    lanes.put("news", ALONE, Urgency.REST)
    assert lanes.take() is None
    lanes.done(turn)
    alone = must(lanes.take())
    assert (alone.key, lanes.take()) == ("news", None)
    lanes.done(alone)
    assert taken(lanes) == ["two"]


_PUTS = st.tuples(st.integers(0, 5), st.sampled_from(["a", "b", "c", ALONE]), st.sampled_from(Urgency))


@given(st.lists(st.one_of(_PUTS, st.none()), max_size=60))
async def test_nothing_is_lost(steps: list[tuple[int, str, Urgency] | None]) -> None:
    """Whatever is put, taken and done in whatever order: each is taken after it was last put, never two of a lane."""
    lanes, waiting, under_way = Lanes[int](), set[int](), list[Turn[int]]()
    for step in steps:
        if step is not None:
            lanes.put(step[0], step[1], step[2])
            waiting.add(step[0])
        elif (turn := lanes.take()) is not None:
            assert turn.lane not in {each.lane for each in under_way}
            assert turn.key not in {each.key for each in under_way}
            waiting.remove(turn.key)
            under_way.append(turn)
        elif under_way:
            lanes.done(under_way.pop(0))
        assert len(lanes) == len(waiting) + len(under_way)
    for turn in under_way:
        lanes.done(turn)
    while (turn := lanes.take()) is not None:
        waiting.remove(turn.key)
        lanes.done(turn)
    assert waiting == set()


class Hands:
    """So many who take turns whenever they are woken, as the painter's do. `let_go` ends a turn."""

    def __init__(self, count: int) -> None:
        self.lanes = Lanes[int]()
        self.count = count
        self.under_way: dict[int, asyncio.Event] = {}

    @asynccontextmanager
    async def at_work(self) -> AsyncIterator[None]:
        """They are."""
        tasks = [asyncio.create_task(self._hand()) for _ in range(self.count)]
        try:
            await self.settled()
            yield
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _hand(self) -> None:
        while True:
            while (turn := self.lanes.take()) is not None:
                self.under_way[turn.key] = asyncio.Event()
                await self.under_way[turn.key].wait()
                del self.under_way[turn.key]
                self.lanes.done(turn)
            await self.lanes.bell.acquire()

    async def settled(self) -> None:
        """Whoever was woken has looked, and has woken others."""
        for _ in range(4 * self.count):
            await asyncio.sleep(0)

    def let_go(self, which: int) -> None:
        """One of those under way is over."""
        if self.under_way:
            keys = sorted(self.under_way)
            self.under_way[keys[which % len(keys)]].set()

    def idle(self) -> bool:
        """Whether a hand has nothing to do though somebody could go."""
        return len(self.under_way) < self.count and self.lanes.take() is not None


async def test_after_what_is_done_alone_all_lanes_go_on() -> None:
    """Each that has something, side by side again: a slow one holds up no other."""
    hands = Hands(3)
    async with hands.at_work():
        hands.lanes.put(0, ALONE, Urgency.PRESSED)
        await hands.settled()
        for key, lane in enumerate("abc", 1):
            hands.lanes.put(key, lane, Urgency.REST)
        await hands.settled()
        assert hands.under_way.keys() == {0}
        hands.let_go(0)
        await hands.settled()
        assert hands.under_way.keys() == {1, 2, 3}


_STEPS = st.lists(st.one_of(_PUTS, st.integers(0, 5)), max_size=40)


@given(_STEPS, st.integers(1, 4), st.booleans())
async def test_no_hand_rests_while_somebody_could_go(
    steps: list[tuple[int, str, Urgency] | int], count: int, at_once: bool
) -> None:
    """Whatever is put and done in whatever order, at once or one by one; all is done in the end."""
    hands = Hands(count)
    async with hands.at_work():
        for step in steps:
            match step:
                case int():
                    hands.let_go(step)
                case key, lane, urgent:
                    hands.lanes.put(key, lane, urgent)
            if not at_once:
                await hands.settled()
                assert not hands.idle()
        await hands.settled()
        assert not hands.idle()
        while hands.under_way:
            hands.let_go(0)
            await hands.settled()
            assert not hands.idle()
        assert len(hands.lanes) == 0


def test_how_urgent() -> None:
    """By the most urgent of what happened; what nobody listed is what somebody waits for."""
    assert urgency(()) is Urgency.COUNTER
    assert urgency(("opened", "wrote_again")) is Urgency.COUNTER
    assert urgency(("opened", "invited")) is Urgency.HANDOFF
    assert urgency(("opened", "invited", "claimed")) is Urgency.PRESSED
    assert urgency(("delivered",)) is Urgency.PRESSED
