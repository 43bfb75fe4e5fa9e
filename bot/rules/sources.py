"""When a source of news has gone quiet, and what the team's timeline says of it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from itertools import pairwise

from bot.nouns import commands as c
from bot.nouns import events as e
from bot.nouns.rhythm import KEPT, Rhythm
from bot.nouns.team import Part, Refusal, Team
from bot.nouns.time import Now
from bot.nouns.view import View
from bot.rules.who import NOT_YOURS, READS_ONLY, Who, by

Decision = Sequence[e.Event] | Refusal

#: A source we ask is quiet once so many questions in a row brought no answer, and never sooner than `AT_LEAST`; after
#: `HOUR` while nobody knows yet how often it is asked.
MISSED = 3
AT_LEAST, HOUR = timedelta(minutes=5), timedelta(hours=1)
#: A source that tells us by itself has shown a rhythm once news came in so many slots of time (`Rhythm.arrivals`).
ARRIVALS = 20
#: It is quiet once, at the pace it usually has at these hours of the week, news would have come in so many slots. By chance
#: alone a silence is that long once in a million.
EXPECTED = 14
#: While it has not shown every hour of a week, a silence is too long after this, which is more than a weekend, or after so
#: many times its longest pause.
UNSHOWN, TIMES = timedelta(days=3), 2
_SHOWN, _WEEK = timedelta(days=8), timedelta(days=7) // HOUR


def patience(rhythm: Rhythm, at: datetime) -> timedelta | None:
    """How long after `at`, when it was last heard, a source is quiet; None for one that has shown no rhythm yet."""
    if rhythm.beat is not None:
        return max(AT_LEAST, MISSED * timedelta(seconds=rhythm.every)) if rhythm.every else HOUR
    told = rhythm.arrivals
    if len(told) < ARRIVALS:
        return None
    learned = _learned(told, at)
    if told[-1] - told[0] >= _SHOWN:
        return learned
    return min(learned, max(UNSHOWN, TIMES * max(b - a for a, b in pairwise(told))))


def _learned(arrivals: Sequence[datetime], at: datetime) -> timedelta:
    """How long it takes from `at` on until news would have come in `EXPECTED` slots. An hour of the week that it has not
    shown yet counts nothing.
    """
    pace, left, hour = _pace(arrivals), float(EXPECTED), _hour(at)
    begins, last = at.timestamp() / 3600, hour + KEPT // HOUR
    while hour < last:
        usual = pace.get(hour % _WEEK, 0.0)
        if usual * (hour + 1 - begins) >= left:
            return timedelta(hours=begins + left / usual - at.timestamp() / 3600)
        left -= usual * (hour + 1 - begins)
        hour += 1
        begins = hour
    return KEPT


def _pace(arrivals: Sequence[datetime]) -> Mapping[int, float]:
    """In how many slots news came, in the mean, by the hour of the week; of the whole hours between the first and the last."""
    first, last = max(_hour(arrivals[0]) + 1, _hour(arrivals[-1]) - KEPT // HOUR), _hour(arrivals[-1])
    told = Counter(hour % _WEEK for hour in map(_hour, arrivals) if first <= hour < last)
    shown = Counter(hour % _WEEK for hour in range(first, last))
    return {hour: told[hour] / times for hour, times in shown.items()}


def _hour(at: datetime) -> int:
    """Which hour it is, counted through from a fixed one on."""
    return int(at.timestamp() // 3600)


def quiet_since(rhythm: Rhythm, watched: datetime, now: datetime) -> datetime | None:
    """Since when a source is quiet; None for one that is not. `watched`: since when somebody has looked without a break,
    because what nobody could hear was no silence."""
    if rhythm.last is None:
        return None
    silent = max(rhythm.last, watched)
    allowed = patience(rhythm, silent)
    return rhythm.last if allowed is not None and now - silent >= allowed else None


def nothing_new_since(rhythm: Rhythm, watched: datetime, now: datetime) -> datetime | None:
    """Since when a source that we ask has answered with nothing new, once that is longer than its news usually stay away; None
    where it is not, or where nobody knows its rhythm yet. An answer may be whole and empty, and its sender still be deaf: a
    right that was taken away, a feed that moved."""
    return quiet_since(rhythm.model_copy(update={"beat": None}), watched, now)


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


def note_fetched(view: View, command: c.NoteFetched, who: Who, team: Team, now: Now) -> Decision:
    """How far it is with what was said while nobody heard a source."""
    no = _not_a_part(who)
    if no is not None:
        return no
    said = {"source": command.source, "since": command.since, "until": command.until}
    return [e.SourceFetched(at=now.wall, by=by(who), **said, count=command.count, whole=command.whole)]


def _not_a_part(who: Who) -> Refusal | None:
    if isinstance(who, Part):
        return None if who is Part.CLOCKWORK else NOT_YOURS
    return READS_ONLY
