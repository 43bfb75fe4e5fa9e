"""The last week and the last month in a sentence each: what came, what ended and how, how soon somebody heard from us."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from statistics import median_low

from bot.nouns.conversation import Conversation
from bot.nouns.mention import Disposition


@dataclass(frozen=True, slots=True)
class Period:
    """How `read` conversations ended: mentions by disposition, the most frequent first. `heard`: half of those who had a public
    word from us waited at most so long for the first; None where nobody had one."""

    read: int
    how: tuple[tuple[Disposition, int], ...]
    heard: timedelta | None


def period(ended: Sequence[Conversation]) -> Period:
    """The figures of conversations that ended in it."""
    signed = Counter(m.signed.disposition for c in ended for m in c.mentions if m.signed is not None)
    waits = [c.heard_at - c.first.arrived for c in ended if c.heard_at is not None and c.first is not None]
    return Period(len(ended), tuple(signed.most_common()), median_low(waits) if waits else None)
