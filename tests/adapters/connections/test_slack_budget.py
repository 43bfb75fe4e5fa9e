"""How often Slack is asked, and in whose turn."""

import asyncio
import math

from adapters.connections.slack_budget import CHANNEL, OTHER, TIERS, Budget, Budgets, Rank
from adapters.connections.slack_ticks import Ticks
from bot.errors import StoreAway
from bot.nouns.time import Now
from tests.fakes.clock import FakeClock


async def _go(budget: Budget, rank: Rank, order: list[str], name: str) -> None:
    await budget.turn(rank, math.inf)
    order.append(name)


async def test_never_more_in_a_minute_than_slack_allows() -> None:
    """Whatever is wanted, any sixty seconds hold at most the rate and the burst."""
    clock = FakeClock()
    budget = Budget(45, 5, Ticks(clock))
    went: list[float] = []

    async def ask() -> None:
        await budget.turn(Rank.NEW, math.inf)
        went.append(clock.elapsed)

    tasks = [asyncio.ensure_future(ask()) for _ in range(200)]
    await clock.run(300)
    assert len(went) == 200
    assert all(sum(start <= at < start + 60 for at in went) <= 50 for start in went)
    assert went[-1] - went[0] < 200 / 45 * 60
    await asyncio.gather(*tasks)


async def test_who_is_waited_for_goes_first() -> None:
    """Among those that wait the rank decides, then who came first."""
    clock = FakeClock()
    budget = Budget(60, 1, Ticks(clock))
    order: list[str] = []
    await budget.turn(Rank.NEW, 0)
    waiting = [
        (Rank.COUNTER, "counter"),
        (Rank.NEW, "card 1"),
        (Rank.ANSWER, "answer"),
        (Rank.NEW, "card 2"),
        (Rank.SEND, "send"),
    ]
    tasks = [asyncio.ensure_future(_go(budget, rank, order, name)) for rank, name in waiting]
    await clock.run(10)
    assert order == ["answer", "send", "card 1", "card 2", "counter"]
    await asyncio.gather(*tasks)


async def test_parked_means_nobody() -> None:
    """After "not now" nobody goes before the time that Slack named, and then one at a time."""
    clock = FakeClock()
    budget = Budget(60, 5, Ticks(clock))
    order: list[str] = []
    await budget.park(30)
    tasks = [asyncio.ensure_future(_go(budget, Rank.NEW, order, str(number))) for number in range(3)]
    await clock.run(29.9)
    assert order == []
    await clock.run(0.2)
    assert order == ["0"]
    await clock.run(2)
    assert order == ["0", "1", "2"]
    await asyncio.gather(*tasks)


async def test_patience_ends() -> None:
    """Whoever cannot wait is told how long it would have been, at once where that is known, and takes nothing."""
    clock = FakeClock()
    budget = Budget(60, 1, Ticks(clock))
    assert await budget.turn(Rank.NEW, 0) == 0
    assert 0 < await budget.turn(Rank.NEW, 0.5) <= 1
    clock.advance(1)
    assert await budget.turn(Rank.NEW, 0) == 0


async def test_one_behind_another_loses_patience_too() -> None:
    """A place in the middle of the queue is no trap."""
    clock = FakeClock()
    budget = Budget(1, 1, Ticks(clock))
    await budget.turn(Rank.NEW, 0)
    ahead = asyncio.ensure_future(budget.turn(Rank.SEND, 1000))
    behind = asyncio.ensure_future(budget.turn(Rank.NEW, 5))
    await clock.run(6)
    assert behind.done()
    assert await behind > 0
    assert not ahead.done()
    await clock.run(60)
    assert await ahead == 0


async def test_whoever_goes_away_makes_room() -> None:
    """A cancelled wait holds up nobody."""
    clock = FakeClock()
    budget = Budget(60, 1, Ticks(clock))
    await budget.turn(Rank.NEW, 0)
    gone, stays = (asyncio.ensure_future(budget.turn(Rank.NEW, 100)) for _ in range(2))
    await clock.settle()
    gone.cancel()
    await clock.run(1.1)
    assert stays.done()
    assert await stays == 0


async def test_a_channel_takes_one_message_a_second() -> None:
    """Three at once, then one a second, and another channel is not held up by it."""
    clock = FakeClock()
    budgets = Budgets(Ticks(clock))
    went: list[tuple[str, float]] = []

    async def post(channel: str) -> None:
        await budgets.turn("chat.postMessage", channel, Rank.NEW, math.inf)
        went.append((channel, clock.elapsed))

    began = clock.elapsed
    tasks = [asyncio.ensure_future(post(channel)) for channel in ["C1"] * 6 + ["C2"]]
    await clock.run(3.5)
    assert [round(at - began) for channel, at in went if channel == "C1"] == [0, 0, 0, 1, 2, 3]
    assert ("C2", began) in went
    await asyncio.gather(*tasks)


async def test_a_channel_s_turn_is_given_back() -> None:
    """Where the workspace has no room left, the channel keeps its turn."""
    clock = FakeClock()
    budgets = Budgets(Ticks(clock))
    await budgets.of("chat.postMessage").park(100)
    for _ in range(5):
        assert await budgets.turn("chat.postMessage", "C1", Rank.NEW, 1) > 0
    clock.advance(100)
    assert [await budgets.turn("chat.postMessage", "C1", Rank.NEW, 0) for _ in range(1)] == [0]


def test_our_numbers_are_below_slack_s() -> None:
    """In any minute the rate and the burst together stay within the tier: 20, 50, 100, or 200 messages."""
    allowed = {18: 20, 45: 50, 60: 100, 90: 100, 180: 200}
    for rate, burst in (*TIERS.values(), OTHER):
        assert rate + burst <= allowed[rate]
    assert CHANNEL == (60, 3)


async def test_time_goes_on_while_the_store_is_away() -> None:
    """A clock that cannot tell the time stops nobody: what was slept through has passed."""

    class Away(FakeClock):
        away = False

        async def now(self) -> Now:
            if self.away:
                raise StoreAway("The store does not answer.")
            return await super().now()

    clock = Away()
    budget = Budget(60, 1, Ticks(clock))
    await budget.turn(Rank.NEW, 0)
    clock.away = True
    waits = asyncio.ensure_future(budget.turn(Rank.NEW, 10))
    await clock.run(2)
    assert waits.done()
    assert await waits == 0
