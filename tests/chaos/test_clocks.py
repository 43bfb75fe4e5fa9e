"""The clocks of the bot and of the store's server jump by up to two hours while words cool (failures A7, A9).

Both are processes whose wall clock `faketime` moves while they run; the time since the machine booted, which nobody can
set, is left alone, and so is the square's clock, which tells when something was really posted. A round's seed is its
number: `pytest -k 'clocks[17]'` plays it again.
"""

import asyncio
import random
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.chaos.oracle import counts
from tests.chaos.round import POLICY, Round, a_round
from tests.chaos.story import HEARD
from tests.chaos.summary import say
from tests.servers import FakedClock, Running, faked_clock, running, valkey
from tests.square import Square

ROUNDS = 40
COOLS = 3.0
_SLOW = POLICY.replace('acknowledgement_cools_at_most = "1s"', 'acknowledgement_cools_at_most = "3s"').replace(
    'acknowledgement_cools = "1s"', 'acknowledgement_cools = "3s"'
)
#: Elapsed time stays true: no step of a wall clock moves it.
_TRUE = {"FAKETIME_DONT_FAKE_MONOTONIC": "1"}
#: A generous bound: the promise is one second, and what it really was is printed. A forgotten wait takes 15 s or hours.
_LATEST = 10.0


@dataclass(frozen=True, slots=True)
class Shake:
    """After `wait` seconds the clocks named `which` (bot, store, both) are so many `seconds` off; the bot is `killed`."""

    wait: float
    which: str
    seconds: float
    killed: bool = False


#: What was found to hurt, beside what the dice say.
NAMED = {
    "ahead": [Shake(1.0, "both", 7200)],
    "behind": [Shake(1.0, "both", -7200)],
    "bot ahead, killed": [Shake(1.0, "bot", 7200), Shake(1.5, "bot", 7200, killed=True)],
    "store ahead, killed": [Shake(1.0, "store", 7200), Shake(2.0, "store", 7200, killed=True)],
}


def plan(seed: int | str) -> list[Shake]:
    """A few jumps by up to two hours either way, or back to the truth, and restarts in between."""
    if isinstance(seed, str):
        return NAMED[seed]
    dice = random.Random(seed)
    return [
        Shake(
            dice.uniform(0.0, 1.2),
            dice.choice(("bot", "store", "both", "both")),
            dice.choice((0.0, dice.uniform(-7200, 7200), 7200.0, -7200.0)),
            dice.random() < 0.25,
        )
        for _ in range(dice.randint(2, 4))
    ]


#: Those that every `make test` plays; the others come with `make chaos`.
ALWAYS = ("behind", "store ahead, killed")
SEEDS = [pytest.param(s, marks=() if s in ALWAYS else (pytest.mark.chaos,)) for s in (*NAMED, *range(ROUNDS))]


@dataclass
class Clocks:
    """Both clocks, and what was done to them."""

    bot: FakedClock
    store: FakedClock
    server: Running
    made: list[str] = field(default_factory=list)

    def jump(self, shake: "Shake") -> None:
        """Move one of them, or both."""
        for name, clock in (("bot", self.bot), ("store", self.store)):
            if shake.which in (name, "both"):
                clock.move(shake.seconds)
        self.made.append(f"{shake.which} {shake.seconds:+.0f} s{', killed' * shake.killed}")

    def agree(self) -> None:
        """Both tell the truth again."""
        self.bot.move(0)
        self.store.move(0)


@contextmanager
def clocks() -> Iterator[Clocks]:
    """A store's server whose clock can be moved, and a clock for the bot."""
    with ExitStack() as stack:
        bot, store = stack.enter_context(faked_clock()), stack.enter_context(faked_clock())
        server = running(valkey(), environment=_preloaded(store))
        yield Clocks(bot, store, stack.enter_context(server))


def _preloaded(clock: FakedClock) -> dict[str, str]:
    """The environment of a process with that clock; without `faketime` in between, so that signals reach it."""
    said = ""
    for _ in range(20):  # it now and then finds its shared memory taken by another that begins in the same moment
        told = subprocess.run(["faketime", "-m", "-f", "+0", "env"], capture_output=True, text=True, check=False)
        for line in told.stdout.splitlines():
            if line.startswith("LD_PRELOAD="):
                return {"LD_PRELOAD": line.partition("=")[2], **clock.environment, **_TRUE}
        said = told.stderr.strip()
        time.sleep(0.1)
    raise AssertionError(f"The trial did not begin: faketime starts nothing ({said}).")


async def _shakes(one: Round, hands: Clocks, shakes: list[Shake]) -> float:
    """Jumps and restarts while it cools; then the truth. When that was, by the loop's clock."""
    for shake in shakes:
        await asyncio.sleep(shake.wait)
        hands.jump(shake)
        if shake.killed:
            await asyncio.to_thread(one.house.kill)
            one.house.start()
    await asyncio.sleep(2.0)
    hands.agree()
    return asyncio.get_running_loop().time()


@pytest.mark.parametrize("seed", SEEDS)
async def test_clocks(seed: int | str, square: Square, tmp_path: Path) -> None:
    """Whatever the clocks show, the words wait as long as they have to, and go out soon after the clocks agree."""
    with clocks() as hands:
        store = {"COOLHEAD_REDIS_URL": hands.server.url, "COOLHEAD_SECRET": "a long random text"}
        async with a_round(tmp_path / "data", square, [], _SLOW, **store, **_preloaded(hands.bot)) as one:
            loop = asyncio.get_running_loop()
            steps: dict[str, float] = {}
            shaking: list[asyncio.Task[float]] = []

            async def watch(step: str) -> None:
                if step == "fill ack" and not shaking:
                    shaking.append(asyncio.create_task(_shakes(one, hands, plan(seed))))
                steps.setdefault(step, loop.time())

            one.watch = watch
            await one.story.begins()
            try:
                await one.story.goes_on(lambda shown: "Heard in public" in shown.text)
            finally:
                print(f"seed {seed}: {hands.made}")
            agreed = await shaking[0]
            over = max(agreed, steps["fill ack"] + COOLS)
            late = steps["read ack"] - over
            print(
                f"offered to read {late:+.2f} s, posted {loop.time() - over:+.2f} s after it was over and they agreed"
            )
            result = f"offered at most {max(late, 0.0):.1f} s late once they agreed"
            say("never early", "clocks of bot and store moved by up to 2 h, restarts", "real", 1, result, seed)
            assert late < _LATEST
            await asyncio.to_thread(one.house.up)
            lines = await one.settled()
            found = counts(lines, square.ledger(), one.story.posts, one.story.told, [HEARD])
            assert found.faults == []
            assert one.hand.faults == []
            assert one.house.stop() == 0
            assert "Traceback" not in one.house.err
