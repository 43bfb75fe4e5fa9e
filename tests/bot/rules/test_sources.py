"""When a source has gone quiet: by its heartbeat where we ask it, by its rhythm where it tells us."""

from datetime import datetime, timedelta

import pytest

from bot.nouns import commands as c
from bot.nouns.events import GapFound, SourceBack, SourceFetched, SourceQuiet
from bot.nouns.rhythm import KEPT, Rhythm
from bot.nouns.team import Part, Refusal, Team, Teammate
from bot.nouns.view import View
from bot.rules.sources import patience, quiet_since
from tests.bot.build import KIM, START, a_team, after, decided, done, no

HOUR = timedelta(hours=1)
EVERYBODY = View(team=a_team())
QUIET = c.NoteQuiet(id="q", source="mastodon", since=START)
FETCHED = c.NoteFetched(id="f", source="mastodon", since=START, until=after(4).wall, count=3, whole=False)


def beating(every: float, minutes: float = 0) -> Rhythm:
    """A source that we ask every so many seconds; it last answered at that minute."""
    return Rhythm(source="mastodon", beat=after(minutes).wall, every=every)


def told(*arrivals: datetime) -> Rhythm:
    """A source that told us by itself in these slots."""
    return Rhythm(source="shop", arrivals=arrivals)


def daily(days: int, *, at: datetime = START, every: timedelta = HOUR) -> list[datetime]:
    """Ten arrivals on each of so many days, and nothing at night."""
    return [at + timedelta(days=day) + every * number for day in range(days) for number in range(10)]


@pytest.mark.parametrize(("every", "minutes"), [(20, 5), (0, 60), (600, 30)])
def test_what_we_ask_is_quiet_after_three_questions_but_not_before_five_minutes(every: float, minutes: int) -> None:
    """Three answers are missing, and five minutes have passed."""
    rhythm = beating(every)
    assert patience(rhythm, START) == timedelta(minutes=minutes)
    assert quiet_since(rhythm, START, after(minutes - 0.1).wall) is None
    assert quiet_since(rhythm, START, after(minutes).wall) == START


def test_nobody_was_silent_while_nobody_listened() -> None:
    """After a stop the silence counts from when we listen again."""
    long_ago = beating(20, minutes=-600)
    assert quiet_since(long_ago, START, after(4).wall) is None
    assert quiet_since(long_ago, START, after(5).wall) == after(-600).wall


def test_a_source_without_a_rhythm_is_never_quiet() -> None:
    """Neither one that was never heard nor one that told us something in fewer than twenty slots."""
    assert quiet_since(told(), START, after(99_999).wall) is None
    few = told(*(START + HOUR * number for number in range(19)))
    assert patience(few, START) is None
    assert quiet_since(few, START, after(99_999).wall) is None


def test_a_busy_source_is_quiet_after_seventy_minutes() -> None:
    """Fourteen slots in a row, in each of which it would have told us something: sooner no source is quiet."""
    steady = told(*(START + timedelta(minutes=5 * number) for number in range(12 * 24 * 9)))
    last = steady.last
    assert last == START + timedelta(days=9)
    assert quiet_since(steady, START, last + timedelta(minutes=69)) is None
    assert quiet_since(steady, START, last + timedelta(minutes=71)) == last


def test_a_night_is_no_silence_and_a_day_is() -> None:
    """Ten a day: after the last one of a day the next day and a part of the one after have to pass; at noon it is a day."""
    rhythm = told(*daily(9))
    evening = rhythm.arrivals[-1]
    assert patience(rhythm, evening) == timedelta(days=1, hours=18)
    assert patience(rhythm, START + timedelta(days=9, hours=4)) == timedelta(days=1, hours=4)


@pytest.mark.parametrize("weeks", [2, 4, 8])
def test_a_weekend_that_came_once_is_no_silence(weeks: int) -> None:
    """From the second week on an hour of the week counts what it brought before; a quiet weekend counts nothing."""
    weekdays = [at for at in daily(7 * weeks - 2) if (at - START).days % 7 < 5]
    rhythm = told(*weekdays)
    friday_evening = weekdays[-1]
    assert patience(rhythm, friday_evening) == timedelta(days=3, hours=18)
    assert patience(rhythm, friday_evening + timedelta(days=3)) == timedelta(days=1, hours=18)


def test_in_its_first_days_a_source_may_be_silent_for_three_of_them() -> None:
    """It has not shown a night or a weekend yet; where it paused for longer already, twice that."""
    first_day = told(*(START + timedelta(minutes=5 * number) for number in range(30)))
    assert patience(first_day, first_day.arrivals[-1]) == timedelta(days=3)
    pause = timedelta(days=2)
    paused = told(*first_day.arrivals, *(at + pause for at in first_day.arrivals[-2:]))
    longest = pause - timedelta(minutes=5)
    assert patience(paused, paused.arrivals[-1]) == 2 * longest


def test_a_source_that_spoke_in_two_hours_only_is_quiet_after_four_weeks() -> None:
    """The hours in between are all it has shown, and they tell of nothing: then as long as anything is remembered."""
    hour = [timedelta(minutes=5 * number) for number in range(12)]
    rarely = told(*(START + each for each in hour), *(START + timedelta(days=9) + each for each in hour))
    assert patience(rarely, rarely.arrivals[-1]) == KEPT


def test_what_nobody_could_hear_says_nothing_of_its_silence() -> None:
    """After three days in which nothing ran, the hours from then on count, and not those before."""
    rhythm = told(*daily(14))
    again = START + timedelta(days=17)
    assert quiet_since(rhythm, again, again + timedelta(days=1, hours=3)) is None
    assert quiet_since(rhythm, again, again + timedelta(days=1, hours=4)) == rhythm.last


def test_a_source_goes_quiet_once_and_comes_back_once() -> None:
    """Both stand on the team's timeline, and the team knows in between."""
    view = done(EVERYBODY, QUIET, Part.CLOCKWORK, after(9))
    assert view.team.quiet == {"mastodon": START}
    assert "We know" in no(view, QUIET, Part.CLOCKWORK, after(10)).because
    back = c.NoteBack(id="b", source="mastodon", fetched=True)
    assert decided(view, back, Part.CLOCKWORK, after(11)) == [
        SourceBack(at=after(11).wall, by="coolhead:clockwork", source="mastodon", since=START, fetched=True)
    ]
    heard = done(view, back, Part.CLOCKWORK, after(11))
    assert heard.team.quiet == {}
    assert "not quiet" in no(heard, back, Part.CLOCKWORK, after(12)).because


def test_what_nobody_fetches_is_a_gap() -> None:
    """Where a source tells us by itself, what it did not tell may be missing; a clock that went back opens none."""
    view = done(EVERYBODY, QUIET.model_copy(update={"because": "It answered 500."}), Part.CLOCKWORK, after(9))
    back = c.NoteBack(id="b", source="mastodon", fetched=False)
    events = decided(view, back, Part.CLOCKWORK, after(11))
    assert not isinstance(events, Refusal)
    assert [event.kind for event in events] == ["source_back", "gap_found"]
    gap = events[1]
    assert isinstance(gap, GapFound)
    assert (gap.source, gap.since, gap.until) == ("mastodon", START, after(11).wall)
    early = decided(view, back, Part.CLOCKWORK, after(-1))
    assert not isinstance(early, Refusal)
    assert [event.kind for event in early] == ["source_back"]


@pytest.mark.parametrize("who", [KIM, Part.SORTER])
@pytest.mark.parametrize("command", [QUIET, c.NoteBack(id="b", source="mastodon", fetched=True), FETCHED])
def test_only_the_clockwork_notes_silence(who: Teammate | Part, command: c.Command) -> None:
    """Neither a person nor another part says that a source is quiet or back."""
    no(EVERYBODY, command, who, after(1))


def test_the_event_says_why() -> None:
    """A source's own trouble stands in the event."""
    told_why = QUIET.model_copy(update={"because": "It answered 500."})
    assert decided(View(team=Team()), told_why, Part.CLOCKWORK, after(9)) == [
        SourceQuiet(
            at=after(9).wall, by="coolhead:clockwork", source="mastodon", since=START, because="It answered 500."
        )
    ]


def test_how_far_it_is_fetched_is_noted() -> None:
    """As often as it is said; it changes nothing of what the team is."""
    said = {"source": "mastodon", "since": START, "until": after(4).wall, "count": 3, "whole": False}
    assert decided(EVERYBODY, FETCHED, Part.CLOCKWORK, after(9)) == [
        SourceFetched(at=after(9).wall, by="coolhead:clockwork", **said)
    ]
    assert done(EVERYBODY, FETCHED, Part.CLOCKWORK, after(9)).team.quiet == {}
