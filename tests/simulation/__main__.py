"""`python -m tests.simulation --seed 7`: play one seed again, with what happened; or many, and which of them failed."""

import argparse
import logging
import sys
import time
from collections import Counter

from tests.simulation.many import CORES, played
from tests.simulation.world import LIVES, Told, live


def main() -> int:
    """Exit 0 where nothing was found."""
    asked = argparse.ArgumentParser(prog="python -m tests.simulation", description=__doc__)
    asked.add_argument("--seed", type=int, help="play this one, and print what happened before a fault")
    asked.add_argument("--trace", action="store_true", help="print everything as it happens")
    asked.add_argument("--seeds", type=int, default=10, help="without --seed: play so many")
    asked.add_argument("--first", type=int, default=0, help="the first of them")
    asked.add_argument("--lives", type=float, default=LIVES, help="true seconds that each lives")
    given = asked.parse_args()
    logging.getLogger("coolhead").propagate = False
    if given.seed is not None:
        told = live(given.seed, lives=given.lives, say=print if given.trace else None)
        print(*told.lines, sep="\n") if told.faults and not given.trace else None
        print(line(told))
        return bool(told.faults)
    return many(range(given.first, given.first + given.seeds), given.lives)


def many(seeds: range, lives: float) -> int:
    """Play all of them on all cores, and say what they came to."""
    began, failed, events = time.perf_counter(), 0, 0
    acts = Counter[str]()
    for told in played(seeds, lives):
        events, acts = events + told.events, acts + told.acts
        failed += bool(told.faults)
        print(line(told), flush=True)
    took = time.perf_counter() - began
    pace = f"{events:,} events in {took:.0f} s on {CORES} cores, {events / took:,.0f} a second"
    print(f"{len(seeds)} seeds, {failed} failed; {pace}")
    print(", ".join(f"{count:,} {kind}" for kind, count in acts.most_common()))
    return bool(failed)


def line(told: Told) -> str:
    """One seed in a line, and what was wrong in it."""
    head = f"seed {told.seed}: {told.events:,} events, {sum(told.acts.values()):,} acts, {told.digest}"
    return "\n  ".join([head, *told.faults[:5]])


if __name__ == "__main__":
    sys.exit(main())
