"""The whole house in virtual time, from a seed: whatever goes wrong, what is promised holds (README, DESIGN §1).

Simulated: one loop. `make test` plays a few short lives, `make chaos` more and longer ones, `NIGHT=1` ten thousand.
A seed that fails is printed with what led to it, and `python -m tests.simulation --seed N` plays it again.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.chaos.summary import say
from tests.simulation.world import LIVES, Told, live

#: Seeds of a short life in every run, of a whole one in the trials, and of a whole one at night.
SHORT, WHOLE, NIGHT = range(3), range(1_000, 1_030), range(10_000, 20_000)
SHORT_LIFE = 45.0
#: So many of the night's seeds are one test.
TOGETHER = 100


def judged(told: Told, lives: float) -> None:
    """Fails with the faults, how to play the seed again, and what happened before."""
    if told.faults:
        again = f"python -m tests.simulation --seed {told.seed} --lives {lives:g}"
        pytest.fail("\n".join([*told.lines, "", *told.faults, again]), pytrace=False)


@pytest.mark.parametrize("seed", SHORT)
def test_a_short_life(seed: int) -> None:
    """Whatever goes wrong in it, no promise is broken."""
    told = live(seed, lives=SHORT_LIFE)
    judged(told, SHORT_LIFE)
    assert told.acts.total() > 50


@pytest.mark.chaos
@pytest.mark.parametrize("seed", WHOLE)
def test_a_whole_life(seed: int) -> None:
    """The same, with more time for everything to go wrong."""
    told = live(seed)
    result = f"{len(told.faults)} faults in {told.events:,} events"
    say("every promise", "the whole house, everything goes wrong", "simulated", told.events, result, seed)
    judged(told, LIVES)


NIGHTS = [NIGHT[at : at + TOGETHER] for at in range(0, len(NIGHT), TOGETHER)]


@pytest.mark.chaos
@pytest.mark.skipif(not os.environ.get("NIGHT"), reason="ten thousand seeds are played where NIGHT=1 is set")
@pytest.mark.parametrize("seeds", NIGHTS, ids=lambda seeds: f"{seeds.start}-{seeds.stop - 1}")
def test_a_night(seeds: range) -> None:
    """Ten thousand whole lives."""
    events = 0
    for seed in seeds:
        told = live(seed)
        events += told.events
        judged(told, LIVES)
    say(
        "every promise",
        "the whole house, at night",
        "simulated",
        events,
        f"0 faults in {len(seeds)} seeds",
        seeds.start,
    )


def test_a_seed_plays_the_same_again() -> None:
    """In another process, where sets of words lie in another order, everything happens at the same moments."""
    here = live(5, lives=20.0)
    root = Path(__file__).parents[2]
    code = "from tests.simulation.world import live; print(live(5, lives=20.0).digest)"
    env = {**os.environ, "PYTHONHASHSEED": "4711"}
    there = subprocess.run(
        [sys.executable, "-c", code], cwd=root, env=env, capture_output=True, text=True, check=True, timeout=300
    )
    assert there.stdout.strip() == here.digest
    assert live(6, lives=20.0).digest != here.digest
