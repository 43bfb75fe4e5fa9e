"""The real clock tells every clock there is, asks the store seldom, and trusts a witness for a while."""

import asyncio
import gc
from datetime import UTC, datetime, timedelta, timezone

import pytest

from adapters.clock import Impatient, RealClock, boot_id, since_boot
from bot.errors import StoreAway
from bot.ports import Clock
from tests.fakes.clock import START, FakeClock

AHEAD = timedelta(hours=2)


class Bench:
    """A real clock over clocks that the test moves, and how often the store was asked."""

    def __init__(self) -> None:
        self.hands = FakeClock()
        self.asked = 0
        self.away = False
        self.clock = RealClock(self._store_time, lambda: self.hands.elapsed, lambda: self.hands.wall, "boot-1")

    async def _store_time(self) -> datetime:
        self.asked += 1
        await asyncio.sleep(0)
        if self.away:
            raise StoreAway("The store does not answer.")
        return self.hands.store + AHEAD


def test_both_are_the_port() -> None:
    """The real ones and the fake are the port itself, for the type checker."""
    real = RealClock(Bench()._store_time)
    clocks: list[Clock] = [FakeClock(), real, Impatient(real)]
    assert len(clocks) == 3


async def test_all_clocks_are_told() -> None:
    """Wall, store, elapsed and boot, each its own."""
    now = await Bench().clock.now()
    assert (now.wall, now.store, now.elapsed, now.boot) == (START, START + AHEAD, 1_000.0, "boot-1")
    assert now.witness is None


async def test_the_store_is_asked_twice_a_second() -> None:
    """In between its time is counted on by elapsed time, whatever the wall clock does; then it is asked anew."""
    bench = Bench()
    await bench.clock.now()
    bench.hands.advance(0.375)
    bench.hands.wall += timedelta(hours=5)
    assert (await bench.clock.now()).store == START + AHEAD + timedelta(seconds=0.375)
    assert bench.asked == 1
    bench.hands.advance(0.125)
    bench.hands.store -= timedelta(hours=1)
    assert (await bench.clock.now()).store == START + AHEAD + timedelta(seconds=0.5, hours=-1)
    assert bench.asked == 2


async def test_many_who_ask_share_one_silence() -> None:
    """A store that does not answer makes nobody wait for anybody else's turn: the one question fails for all at once."""
    bench = Bench()
    bench.away = True
    told = await asyncio.gather(*(bench.clock.now() for _ in range(20)), return_exceptions=True)
    assert [type(each) for each in told] == [StoreAway] * 20
    assert len({id(each) for each in told}) == 20
    assert bench.asked == 1
    bench.away = False
    assert (await bench.clock.now()).store == START + AHEAD


async def test_who_stops_waiting_takes_the_question_from_nobody() -> None:
    """The first to ask is cancelled; the second is answered all the same."""
    bench = Bench()
    first = asyncio.create_task(bench.clock.now())
    second = asyncio.create_task(bench.clock.now())
    await asyncio.sleep(0)
    first.cancel()
    assert (await second).store == START + AHEAD
    assert first.cancelled()
    assert bench.asked == 1


async def test_a_question_that_nobody_waits_for_fails_quietly() -> None:
    """Everybody who asked is gone by the time the store turns out to be away: no error is left that nobody heard of."""
    bench, left = Bench(), list[str]()
    asyncio.get_running_loop().set_exception_handler(lambda loop, told: left.append(told["message"]))
    bench.away = True
    asked = asyncio.create_task(bench.clock.now())
    await asyncio.sleep(0)
    asked.cancel()
    await asyncio.wait({asked})
    await asyncio.sleep(0.01)
    gc.collect()
    assert left == []
    assert bench.asked == 1


async def test_a_store_known_to_be_silent_holds_nobody_up_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its first silence is waited for; after that the impatient are told so soon, until it speaks again."""
    monkeypatch.setattr("adapters.clock._SILENT", 0.0)
    bench, spoken = Bench(), asyncio.Event()

    async def silent() -> datetime:
        bench.asked += 1
        await spoken.wait()
        return bench.hands.store

    clock = Impatient(bench.clock)
    assert (await clock.now()).store == bench.hands.store + AHEAD
    bench.hands.advance(2)
    bench.away = True
    with pytest.raises(StoreAway):
        await clock.now()
    bench.clock._store_time = silent  # from now on it is connected and says nothing
    for _ in range(3):
        with pytest.raises(StoreAway, match="said nothing"):
            await clock.now()
    assert bench.asked == 3  # one question is under way all the time
    spoken.set()
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert (await clock.now()).store == bench.hands.store
    bench.hands.advance(2)
    assert (await clock.now()).store == bench.hands.store
    assert bench.asked == 4
    clock.bear_witness(START)
    await clock.sleep(0)
    assert (await clock.now()).witness == START


async def test_many_who_ask_share_one_question() -> None:
    """Fifty at once ask the store once."""
    bench = Bench()
    await asyncio.gather(*(bench.clock.now() for _ in range(50)))
    assert bench.asked == 1


async def test_without_the_store_there_is_no_now() -> None:
    """When the store is away its time is not guessed; when it is back, all goes on."""
    bench = Bench()
    await bench.clock.now()
    bench.hands.advance(2)
    bench.away = True
    with pytest.raises(StoreAway):
        await bench.clock.now()
    bench.away = False
    assert (await bench.clock.now()).store == bench.hands.store + AHEAD


async def test_a_witness_counts_for_ten_minutes() -> None:
    """What it said is counted on by elapsed time, in UTC; a newer word replaces it; then it is dropped."""
    bench = Bench()
    bench.clock.bear_witness(START - timedelta(hours=1))
    east = timezone(timedelta(hours=2))
    bench.clock.bear_witness((START + timedelta(seconds=3)).astimezone(east))
    bench.hands.advance(600)
    now = await bench.clock.now()
    assert now.witness == START + timedelta(seconds=603)
    assert now.witness.tzinfo is UTC
    bench.hands.advance(0.1)
    assert (await bench.clock.now()).witness is None


async def test_this_machine_has_a_boot_and_a_time_since() -> None:
    """The boot's name stays the same, and time since it only grows."""
    assert boot_id() == boot_id() != ""
    first = since_boot()
    await RealClock(Bench()._store_time).sleep(0.01)
    assert since_boot() > first > 0
    now = await RealClock(Bench()._store_time).now()
    assert now.wall.tzinfo is UTC
    assert now.boot == boot_id()


async def test_the_fake_sleeps_in_its_own_time() -> None:
    """Sleepers wake in order when the test has moved the clock that far, and one who sleeps again wakes again."""
    clock = FakeClock()
    woken: list[tuple[str, float]] = []

    async def nap(name: str, seconds: float, times: int) -> None:
        for _ in range(times):
            await clock.sleep(seconds)
            woken.append((name, clock.elapsed - 1_000))

    tasks = [asyncio.create_task(nap(*each)) for each in (("slow", 5, 1), ("often", 2, 3), ("never", 9, 1))]
    await clock.run(7)
    assert woken == [("often", 2), ("often", 4), ("slow", 5), ("often", 6)]
    assert (clock.wall, clock.elapsed) == (START + timedelta(seconds=7), 1_007)
    clock.reboot()
    assert (await asyncio.gather(*tasks, return_exceptions=True))[:2] == [None, None]
    assert (clock.at.boot, clock.at.elapsed) == ("boot-2", 0)
