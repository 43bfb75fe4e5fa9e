"""How long a press on Send counts: by the time that really passed, never by what one clock on a wall showed.

Within one boot of a machine the elapsed time proves it, and across machines two witnesses do. Where neither does, there are
two cases. A machine that began anew after the press knows nothing of the time before, so a person presses again: nothing goes
out late. A machine that was up all along may go by the clocks, as long as the press does not lie in their future: else nobody
could press on one host and have it sent by another.
"""

from datetime import timedelta

from bot.nouns.conversation import Attempt
from bot.nouns.team import Policy
from bot.nouns.time import WITNESS_AGREES, Now

_AGAIN = "Read it once more and press again."
TOO_LONG = f"It waited too long after the press. {_AGAIN}"
NOBODY_KNOWS = f"Nobody can tell how long ago it was pressed: the machine began anew, or its clock was set. {_AGAIN}"


def counts_for(attempt: Attempt, policy: Policy, now: Now) -> timedelta | None:
    """How much longer an ask counts; below zero once it does no more. None where nobody can tell: it counts no more."""
    proven = attempt.pressed.at_most(now) if attempt.pressed is not None else None
    passed = timedelta(seconds=proven) if proven is not None else _shown(attempt, policy, now)
    return None if passed is None else policy.send_ask_lives - passed


def _shown(attempt: Attempt, policy: Policy, now: Now) -> timedelta | None:
    """How long ago the clocks say it was; None where they are not to be believed."""
    passed = max(now.wall, now.store) - attempt.asked
    up = timedelta(seconds=now.elapsed)
    return passed if passed >= -WITNESS_AGREES and up >= passed + policy.send_ask_lives else None
