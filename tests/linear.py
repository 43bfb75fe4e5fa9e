"""How the work of a function grows with the text it is given: told as a ratio within one run, never as a time."""

import time
from collections.abc import Callable

#: A long text is so many times the short one. Work that grows with it takes as many times as long, work that grows with
#: its square sixty-four times.
TIMES = 8
#: Between the two, far from both: what a busy machine adds to one side does not reach it.
MOST = 24
_SHORT, _TRIES = 2_000, 5


def growth(work: Callable[[str], object], unit: str) -> float:
    """How many times the work of `unit` said 2,000 times it takes for `unit` said 16,000 times.

    Of each the least of several runs counts, by the processor's time of this process, so that what else the machine does
    is left out.
    """
    short, long = unit * _SHORT, unit * _SHORT * TIMES
    work(short)
    return min(_spent(work, long) for _ in range(_TRIES)) / min(_spent(work, short) for _ in range(_TRIES))


def _spent(work: Callable[[str], object], text: str) -> float:
    began = time.process_time_ns()
    work(text)
    return max(1, time.process_time_ns() - began)
