"""The instant between the last look at the clock and the system call that writes, in which nobody can look once more.

A process may be stopped there, too, and go on after a minute. So a timer of the kernel's runs meanwhile: its signal ends the process
before a stopped one, or one that had no processor, goes on with its own code. What was begun and did not end is looked for by
whoever takes over, as after any other end.
"""

import asyncio
import signal
from typing import Final

#: So long the step that writes may take at the least before the process ends, in seconds.
ROOM: Final = 0.5


def moment() -> float:
    """The event loop's own clock, in seconds: the clocks of the house are asked for, and that takes a while."""
    return asyncio.get_running_loop().time()


def in_time(left: float, since: float) -> bool:
    """Whether words may be written in this step, where `left` seconds were left until their moment, as asked at or after
    `since` (a `moment`). Until the step has ended, coming to that moment ends the process.
    """
    asked = moment()
    left -= asked - since
    if left < 2 * ROOM:
        return False
    if _may_end():
        signal.setitimer(signal.ITIMER_REAL, left - ROOM)
        asyncio.get_running_loop().call_soon(signal.setitimer, signal.ITIMER_REAL, 0)
    return moment() - asked < ROOM  # it may have been stopped before the timer ran, too


def _may_end() -> bool:
    """Whether the signal is nobody else's here, and ends the process; elsewhere than on Unix there is none."""
    return hasattr(signal, "setitimer") and signal.getsignal(signal.SIGALRM) is signal.SIG_DFL
