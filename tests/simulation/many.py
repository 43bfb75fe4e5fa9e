"""Many lives on all cores of the machine, one process each."""

import multiprocessing
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial

from tests.simulation.world import Told, live

CORES = os.cpu_count() or 1


def _lived(seed: int, lives: float) -> Told:
    """What came before a fault is only needed where there is one."""
    told = live(seed, lives=lives)
    if not told.faults:
        told.lines = ()
    return told


def played(seeds: Sequence[int], lives: float, cores: int = CORES) -> Iterator[Told]:
    """What each came to, in the order of the seeds. `lives`: true seconds that each lives."""
    fresh = multiprocessing.get_context("spawn")  # nothing of this process is in them, so a seed plays the same
    with ProcessPoolExecutor(min(cores, len(seeds)), mp_context=fresh) as pool:
        yield from pool.map(partial(_lived, lives=lives), seeds)
