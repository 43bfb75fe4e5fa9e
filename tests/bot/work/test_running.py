"""Leases, keeping alive, the drain, intake, health: what runs goes on, and what stops stops together."""

import asyncio
import contextlib
import logging

import pytest

from bot.errors import StoreAway, StoreFull
from bot.nouns.mention import Cursor, Deleted, Heard, News, Unreadable
from bot.nouns.team import Refusal
from bot.nouns.time import Now
from bot.work import intake as intake_
from bot.work.alone import alone
from bot.work.health import Health
from bot.work.intake import Intake
from bot.work.lifecycle import keep_alive, live
from bot.work.waiting import outlast, together, within
from tests.bot.work.conftest import Start
from tests.bot.work.house import House, key
from tests.fakes.clock import FakeClock
from tests.fakes.inbox import FakeInbox
from tests.fakes.leases import FakeLeases


@pytest.fixture
def clock() -> FakeClock:
    """A clock of its own."""
    return FakeClock()


@pytest.fixture
def leases(clock: FakeClock) -> FakeLeases:
    """Leases by that clock."""
    return FakeLeases(clock)


class Body:
    """Work that notes its epochs and runs until it is ended; `fails` is raised once, `ends` ends it by itself."""

    def __init__(self) -> None:
        self.epochs: list[int] = []
        self.running = 0
        self.fails: Exception | None = None
        self.ends = False

    async def __call__(self, epoch: int) -> None:
        """Run."""
        self.epochs.append(epoch)
        if self.fails is not None:
            failed, self.fails = self.fails, None
            raise failed
        self.running += 1
        try:
            if not self.ends:
                await asyncio.Event().wait()
        finally:
            self.running -= 1


async def test_only_one_runs(clock: FakeClock, leases: FakeLeases, start: Start) -> None:
    """The second waits, and takes over with a higher epoch once the first is gone."""
    one, two = Body(), Body()
    first = start(alone("sorter", "a", leases, clock, one))
    await clock.run(1)
    start(alone("sorter", "b", leases, clock, two))
    await clock.run(10)
    assert (one.running, two.running) == (1, 0)
    first.cancel()
    await clock.run(1)
    assert (one.running, two.running) == (0, 1)
    assert (one.epochs, two.epochs) == ([1], [2])


async def test_a_dead_ones_work_is_taken_over(clock: FakeClock, leases: FakeLeases, start: Start) -> None:
    """A lease that is not renewed runs out."""
    body = Body()
    assert await leases.take("sorter", "dead", 3000) == 1
    start(alone("sorter", "b", leases, clock, body))
    await clock.run(2)
    assert body.running == 0
    await clock.run(2)
    assert body.running == 1


async def test_a_lost_lease_stops_the_work(clock: FakeClock, leases: FakeLeases, start: Start) -> None:
    """At the next renewal; it is taken anew with a new epoch."""
    body = Body()
    start(alone("sorter", "a", leases, clock, body))
    await clock.run(1)
    leases.lose("sorter")
    assert await leases.take("sorter", "b", 2000) == 2
    await clock.run(1.5)
    assert body.running == 0
    await clock.run(2)
    assert (body.running, body.epochs) == (1, [1, 3])


async def test_the_store_goes_away_and_comes_back(clock: FakeClock, leases: FakeLeases, start: Start) -> None:
    """Work stops while nobody can tell who holds the lease, and goes on by itself, minutes later."""
    body = Body()
    running = start(alone("sorter", "a", leases, clock, body))
    await clock.run(1)
    leases.away = True
    await clock.run(300)
    assert (body.running, running.done()) == (0, False)
    leases.away = False
    await clock.run(1)
    assert body.running == 1


async def test_who_sits_with_people_stays_while_the_store_is_away(
    clock: FakeClock, leases: FakeLeases, start: Start
) -> None:
    """Whoever presses in a chat is told that nothing is saved, not nothing at all; with the store the lease decides again."""
    one, two = Body(), Body()
    start(alone("chats", "a", leases, clock, one, stays=True))
    await clock.run(1)
    leases.away = True
    await clock.run(300)
    assert (one.running, one.epochs) == (1, [1])
    leases.away = False
    assert await leases.take("chats", "b", 10_000) == 2
    await clock.run(1.5)
    assert one.running == 0
    start(alone("chats", "c", leases, clock, two, stays=True))
    await clock.run(12)
    assert one.running + two.running == 1


async def test_who_stays_goes_on_where_nobody_else_came(clock: FakeClock, leases: FakeLeases, start: Start) -> None:
    """No press is broken off by the store's return; and the lease is its own again, so another waits."""
    one, two = Body(), Body()
    start(alone("chats", "a", leases, clock, one, stays=True))
    await clock.run(1)
    leases.away = True
    await clock.run(60)
    leases.away = False
    await clock.run(2)
    start(alone("chats", "b", leases, clock, two, stays=True))
    await clock.run(10)
    assert (one.running, one.epochs, two.epochs) == (1, [1], [])


async def test_a_stop_is_heard_while_the_store_is_away(clock: FakeClock, leases: FakeLeases, start: Start) -> None:
    """Who stays does not stay for good."""
    body = Body()
    running = start(alone("chats", "a", leases, clock, body, stays=True))
    await clock.run(1)
    leases.away = True
    await clock.run(10)
    running.cancel()
    await clock.run(0.1)
    assert (body.running, running.done()) == (0, True)


async def test_work_that_meets_the_store_away_begins_again(clock: FakeClock, leases: FakeLeases, start: Start) -> None:
    """And work that ended by itself too; any other fault is passed on."""
    body = Body()
    body.fails = StoreAway()
    running = start(alone("sorter", "a", leases, clock, body))
    await clock.run(1)
    assert (body.running, body.epochs) == (1, [1, 2])
    running.cancel()
    await clock.run(1)
    body.fails = RuntimeError()
    with pytest.raises(RuntimeError):
        await alone("sorter", "a", leases, clock, body)
    assert leases.holder("sorter") is None
    body.ends = True
    start(alone("sorter", "a", leases, clock, body))
    await clock.run(1)
    assert len(body.epochs) >= 5


async def test_one_part_that_fails_does_not_stop_the_others(clock: FakeClock, caplog: pytest.LogCaptureFixture) -> None:
    """It begins again, later each time, and is said in health meanwhile; no word of its fault is logged."""
    health, stop = Health(), asyncio.Event()
    failed = 0
    well = Body()

    async def fails() -> None:
        nonlocal failed
        failed += 1
        raise RuntimeError("a customer's words")

    async def runs() -> None:
        await well(1)

    house = asyncio.create_task(live({"bad": fails, "good": runs}, clock, health, stop))
    await clock.run(60)
    assert 5 <= failed <= 9
    assert "RuntimeError" in health.all()["bad"]
    assert well.running == 1
    assert "customer" not in caplog.text
    stop.set()
    await clock.run(1)
    assert house.done()
    assert well.running == 0


async def test_a_part_that_waits_for_the_store(clock: FakeClock) -> None:
    """It says so, and is well again when the store is; a part that is done is not begun again."""
    health, away, begun = Health(), True, 0

    async def part() -> None:
        nonlocal begun
        begun += 1
        if away:
            raise StoreAway

    class Away(FakeClock):
        """A clock whose store does not tell its time."""

        async def now(self) -> Now:
            """Nobody knows."""
            raise StoreAway

    blind = Away()
    kept = asyncio.create_task(keep_alive("part", part, blind, health))
    await blind.run(120)
    assert health.all() == {"part": "It waits for the store."}
    away = False
    await blind.run(60)
    assert kept.done()
    assert health.all() == {}
    assert begun > 3


async def test_a_part_that_lived_long_begins_again_soon(clock: FakeClock) -> None:
    """The rest grows only for one that fails again and again."""
    health, begun = Health(), []

    async def part() -> None:
        begun.append(clock.elapsed)
        await clock.sleep(31)
        raise RuntimeError

    kept = asyncio.create_task(keep_alive("part", part, clock, health))
    await clock.run(320)
    kept.cancel()
    assert {round(then - since, 3) for since, then in zip(begun, begun[1:], strict=False)} == {31.5}


async def test_the_drain_waits_for_the_wire_and_for_nobody_else(
    clock: FakeClock, caplog: pytest.LogCaptureFixture
) -> None:
    """Everything stops at once; a send on the wire is waited for; what still does not stop is left and named."""
    caplog.set_level(logging.WARNING)
    stop = asyncio.Event()
    released = asyncio.Event()

    async def on_the_wire() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            await outlast(asyncio.ensure_future(clock.sleep(7)))

    async def never() -> None:
        while not released.is_set():
            try:
                await released.wait()
            except asyncio.CancelledError:
                continue

    health = Health()
    house = asyncio.create_task(live({"outbox": on_the_wire}, clock, health, stop))
    await clock.run(1)
    assert health.all() == {}
    stop.set()
    await clock.run(6)
    assert not house.done()
    assert health.all() == {"stopping": "It is stopping. Please ask another replica."}
    await clock.run(1)
    assert house.done()
    assert caplog.text == ""
    stop.clear()
    stuck = asyncio.create_task(live({"stuck": never}, clock, Health(), stop))
    await clock.run(1)
    stop.set()
    await clock.run(11)
    assert stuck.done()
    assert "stuck did not stop in time" in caplog.text
    released.set()
    await clock.settle()


async def test_within(clock: FakeClock) -> None:
    """An answer in time is handed on, a fault too; after that it is broken off."""

    async def answers(after: float) -> str:
        await clock.sleep(after)
        return "yes"

    async def fails() -> str:
        raise KeyError

    quick = asyncio.create_task(within(clock, 5, answers(1)))
    slow = asyncio.create_task(within(clock, 5, answers(6)))
    await clock.run(10)
    assert quick.result() == "yes"
    assert isinstance(slow.exception(), TimeoutError)
    with pytest.raises(KeyError):
        await within(clock, 5, fails())


async def test_whoever_did_not_hear_that_it_is_over_is_told_again(clock: FakeClock) -> None:
    """A part that swallowed the first cancellation hears the second, and until then it is waited for."""

    async def deaf() -> None:
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.Event().wait()
        await asyncio.Event().wait()

    running = asyncio.ensure_future(together(deaf()))
    await clock.settle()
    running.cancel()
    await clock.settle()
    assert not running.done()
    running.cancel()
    await clock.settle()
    assert running.cancelled()


async def test_outlast_passes_on_what_came(clock: FakeClock) -> None:
    """The result, or, once it is over, the cancelling that came meanwhile, even where the work failed."""

    async def fails() -> None:
        await clock.sleep(1)
        raise KeyError

    waiting = asyncio.create_task(outlast(asyncio.ensure_future(fails())))
    await clock.settle()
    waiting.cancel()
    await clock.run(2)
    assert waiting.cancelled()
    done = asyncio.get_running_loop().create_future()
    done.set_result(3)
    assert await outlast(done) == 3


async def test_together_ends_together(clock: FakeClock) -> None:
    """The first that ends or fails ends the others, and its fault is raised."""
    ended: list[str] = []

    async def runs() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ended.append("runs")

    async def fails() -> None:
        raise KeyError

    async def done() -> None:
        await clock.sleep(0)

    with pytest.raises(KeyError):
        await together(runs(), fails())
    await together(runs(), done())
    assert ended == ["runs", "runs"]


class FullInbox(FakeInbox):
    """A disk that is nearly full."""

    async def put(self, news: object, cursor: Cursor | None) -> list[Heard]:
        """Refused."""
        raise StoreFull


async def test_intake_tells_nobody_before_it_is_on_disk(house: House) -> None:
    """What came is stored and rings the bell; what cannot be stored is refused, with a reason."""
    news: list[News] = [Deleted(key=key(), at=house.clock.wall)]
    assert not isinstance(await house.intake.hear(news, Cursor(source="mastodon", at="7")), Refusal)
    assert house.intake.bell.is_set()
    assert house.health.last_heard == {"mastodon": house.clock.wall}
    house.intake.bell.clear()
    await house.intake.hear(news, None)
    assert not house.intake.bell.is_set()
    assert house.health.counts == {"news_stored": 1, "news_duplicate": 1}
    house.inbox.away = True
    assert await house.intake.hear(news, None) == intake_.AWAY
    full = Intake(FullInbox(house.vault, house.clock), house.health, house.clock)
    assert await full.hear(news, None) == intake_.FULL


async def test_intake_rings_for_what_is_quarantined(house: House) -> None:
    """The sorter is the one who puts it where people see it."""
    await house.intake.hear([Unreadable(source="alerts", raw="<", because="It is no feed.")], None)
    assert house.intake.bell.is_set()


def test_health_tells_what_stands() -> None:
    """Every reason until it is well again, and what the watchers say now."""
    health = Health()
    health.trouble("sorter", "It waits.")
    health.watchers["store"] = lambda: "It starts again."
    health.watchers["calm"] = lambda: None
    assert health.all() == {"sorter": "It waits.", "store": "It starts again."}
    health.well("sorter")
    health.well("sorter")
    assert health.all() == {"store": "It starts again."}
