"""When a source of news has gone quiet, and what the team's timeline says of it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from math import ceil

from bot.nouns import commands as c
from bot.nouns import events as e
from bot.nouns.rhythm import Rhythm
from bot.nouns.team import Part, Refusal, Team
from bot.nouns.time import Now
from bot.nouns.view import View
from bot.rules.who import NOT_YOURS, READS_ONLY, Who, by

Decision = Sequence[e.Event] | Refusal

#: A source we ask is quiet once so many questions in a row brought no answer, and never sooner than `AT_LEAST`; after
#: `HOUR` while nobody knows yet how often it is asked.
MISSED = 3
AT_LEAST = timedelta(minutes=5)
#: A source that tells us by itself has shown a rhythm once news came in so many slots of time (`Rhythm.arrivals`).
ARRIVALS = 20
#: It is quiet after so many times the pause that is hardly ever exceeded at this hour, and never sooner than `HOUR`.
TIMES = 4
HOUR = timedelta(hours=1)
#: Of all pauses, so many are no longer than the one that counts.
HARDLY_EVER = 0.95
#: So many pauses that began at a like hour tell what is usual there; with fewer, a wider choice of them is asked.
ENOUGH = 5
_WEEK, _DAY = timedelta(days=7), timedelta(days=1)


def patience(rhythm: Rhythm, at: datetime) -> timedelta | None:
    """How long after it was last heard, at `at`, a source is quiet; None for one that has shown no rhythm yet."""
    if rhythm.beat is not None:
        return max(AT_LEAST, MISSED * timedelta(seconds=rhythm.every)) if rhythm.every else HOUR
    if len(rhythm.arrivals) < ARRIVALS:
        return None
    return max(HOUR, TIMES * _usual(rhythm.arrivals, at))


def _usual(arrivals: Sequence[datetime], at: datetime) -> timedelta:
    """The pause that is hardly ever exceeded: of those that began at this hour of the week, else of the day, else of all."""
    pauses = list(zip(arrivals, arrivals[1:], strict=False))
    for period in (_WEEK, _DAY):
        alike = [(a, b) for a, b in pauses if _apart(a, at, period) <= HOUR]
        if len(alike) >= ENOUGH:
            pauses = alike
            break
    lengths = sorted(b - a for a, b in pauses)
    return lengths[ceil(HARDLY_EVER * len(lengths)) - 1]


def _apart(one: datetime, other: datetime, period: timedelta) -> timedelta:
    """How far two moments lie apart on a dial that goes round once each `period`."""
    left = (one - other) % period
    return min(left, period - left)


def quiet_since(rhythm: Rhythm, watched: datetime, now: datetime) -> datetime | None:
    """Since when a source is quiet; None for one that is not. `watched`: since when somebody has looked without a break,
    because what nobody could hear was no silence."""
    last = rhythm.last
    allowed = patience(rhythm, last) if last is not None else None
    if last is None or allowed is None or now - max(last, watched) < allowed:
        return None
    return last


def note_quiet(view: View, command: c.NoteQuiet, who: Who, team: Team, now: Now) -> Decision:
    """A source went quiet. Said once, until it is back."""
    no = _not_a_part(who)
    if no is not None:
        return no
    if command.source in team.quiet:
        return Refusal(because="We know that it is quiet.")
    said = {"source": command.source, "since": command.since, "because": command.because}
    return [e.SourceQuiet(at=now.wall, by=by(who), **said)]


def note_back(view: View, command: c.NoteBack, who: Who, team: Team, now: Now) -> Decision:
    """It is heard again. What a source did not tell us meanwhile nobody fetches: that is a gap."""
    no = _not_a_part(who)
    if no is not None:
        return no
    since = team.quiet.get(command.source)
    if since is None:
        return Refusal(because="It was not quiet.")
    fact = {"at": now.wall, "by": by(who), "source": command.source, "since": since}
    back = e.SourceBack(**fact, fetched=command.fetched)
    if command.fetched or now.wall <= since:
        return [back]
    return [back, e.GapFound(**fact, until=now.wall)]


def _not_a_part(who: Who) -> Refusal | None:
    if isinstance(who, Part):
        return None if who is Part.CLOCKWORK else NOT_YOURS
    return READS_ONLY
