"""The whole house in virtual time, from a seed: whatever goes wrong, what is promised holds (README, DESIGN §1).

Simulated: one loop a life. `make test` plays a few short lives; `make chaos` thirty longer ones, a million events and more;
`NIGHT=1` ten thousand. Trials of many lives play them on all cores. A life at night is 150 true seconds long, about 34,000
events: at 6,700 events a second and core that is five seconds, so that ten thousand end within seven and a half hours on two
cores. A seed that fails is printed with what led to it, and `python -m tests.simulation --seed N` plays it again.
"""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.chaos.summary import say
from tests.simulation.many import CORES, played
from tests.simulation.world import LIVES, Told, live

#: Seeds of a short life in every run, of a whole one in the trials, and of a whole one at night.
SHORT, WHOLE, NIGHT = range(3), range(1_000, 1_030), range(10_000, 20_000)
SHORT_LIFE, NIGHT_LIFE = 45.0, 150.0
MILLION = 1_000_000
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


def all_of(trial: str, seeds: range, lives: float, said: int | str) -> int:
    """Lives of that many true seconds, on all cores, in one row. How many events there were; fails where one has a fault."""
    began = time.perf_counter()
    told = list(played(seeds, lives))
    took, events = time.perf_counter() - began, sum(each.events for each in told)
    faults = sum(len(each.faults) for each in told)
    result = f"{faults} faults, {len(seeds)} lives, {took:.0f} s, on {CORES} cores"
    say("every promise", trial, "simulated", events, result, said)
    for each in told:
        judged(each, lives)
    return events


@pytest.mark.chaos
def test_a_million_events() -> None:
    """The same in whole lives, with more time for everything to go wrong."""
    seeds = f"{WHOLE.start}–{WHOLE.stop - 1}"
    assert all_of("the whole house, everything goes wrong", WHOLE, LIVES, seeds) >= MILLION


NIGHTS = [NIGHT[at : at + TOGETHER] for at in range(0, len(NIGHT), TOGETHER)]


@pytest.mark.chaos
@pytest.mark.skipif(not os.environ.get("NIGHT"), reason="ten thousand seeds are played where NIGHT=1 is set")
@pytest.mark.parametrize("seeds", NIGHTS, ids=lambda seeds: f"{seeds.start}-{seeds.stop - 1}")
def test_a_night(seeds: range) -> None:
    """Ten thousand lives."""
    assert all_of("the whole house, at night", seeds, NIGHT_LIFE, seeds.start) > MILLION * len(seeds) / 100


def test_many_lives_play_as_each_does() -> None:
    """On all cores, in the order of their seeds, to the same events as one alone."""
    told = list(played(range(5, 7), 10.0, cores=2))
    assert [each.seed for each in told] == [5, 6]
    assert told[0].digest == live(5, lives=10.0).digest


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
