"""After a hard hour: a quiet word to one person, shown to nobody else."""

from collections.abc import Sequence
from datetime import datetime, timedelta

#: (how many harsh ones, within how long) make a hard hour.
HARD = ((11, timedelta(hours=4), "in the last four hours"), (8, timedelta(hours=2), "in the last two hours"))
_NUMBERS = (
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
)


def needs_rest(harsh_times: Sequence[datetime], now: datetime) -> str | None:
    """What to say to the person who read the harsh ones at these times, or None.

    All times carry a zone; `now` is in the person's own, since noon is theirs.
    """
    for least, span, words in HARD:
        lately = [at for at in harsh_times if now - span <= at <= now]
        if len(lately) >= least:
            since = _since(lately, harsh_times, now) or words
            return f"That was {_spoken(len(lately))} harsh ones {since}. Someone else can take the next. Shall I ask?"
    return None


def _since(lately: Sequence[datetime], every: Sequence[datetime], now: datetime) -> str | None:
    """ "since noon", where that is as true as the count."""
    noon = now.replace(hour=12, minute=0, second=0, microsecond=0)
    afternoon = [at for at in every if noon <= at <= now]
    return "since noon" if len(afternoon) == len(lately) and min(lately) >= noon else None


def _spoken(count: int) -> str:
    return _NUMBERS[count - 8] if count <= 20 else str(count)
