"""Clocks, waits and quiet hours."""

import zoneinfo
from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.nouns.time import WITNESS_AGREES, Cooling, Moment, Now, QuietHours

START = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def now(minutes: float, *, wall: float = 0, store: float = 0, boot: str = "b1", witness: float | None = None) -> Now:
    """All clocks `minutes` after START; `wall` and `store` are minutes they are wrong by, `witness` likewise or absent."""
    true = START + minutes * MINUTE
    return Now(
        wall=true + wall * MINUTE,
        store=true + store * MINUTE,
        elapsed=500 + minutes * 60,
        boot=boot,
        witness=None if witness is None else true + witness * MINUTE,
    )


def cooling(since: Now | None = None, minutes: float = 20) -> Cooling:
    """A wait of 20 min from START."""
    return Cooling(since=(since or now(0)).moment, length=minutes * MINUTE)


def test_a_wait_is_over_when_every_clock_agrees() -> None:
    """Wall, store and elapsed time must all have passed it."""
    assert cooling().until == START + 20 * MINUTE
    assert cooling().over(now(20))
    assert not cooling().over(now(19.99))
    assert not cooling().over(now(20, wall=-1))
    assert not cooling().over(now(20, store=-1))
    assert not cooling().over(now(5, wall=60, store=60))


def test_what_is_left_is_told_by_the_clock_furthest_behind() -> None:
    """The time left is what every clock will agree on."""
    assert cooling().left(now(5)) == 15 * MINUTE
    assert cooling().left(now(5, wall=60, store=60)) == 15 * MINUTE
    assert cooling().left(now(25, store=-10)) == 5 * MINUTE
    assert cooling().left(now(5, boot="b2")) == 15 * MINUTE
    assert cooling().left(now(5, boot="b2", witness=0)) == 15 * MINUTE + WITNESS_AGREES


def test_after_a_reboot_a_witness_on_both_sides_is_needed() -> None:
    """Hidden elapsed time counts only where a second machine agreed with us then and now; a margin covers both."""
    sure = cooling(now(0, witness=0))
    margin = WITNESS_AGREES / MINUTE
    assert sure.over(now(20 + margin, boot="b2", witness=0))
    assert not sure.over(now(20, boot="b2", witness=0))
    for later in (now(30, boot="b2"), now(30, boot="b2", witness=1)):
        assert sure.doubtful(later)
        assert not sure.over(later)
    assert cooling().doubtful(now(30, boot="b2", witness=0))
    assert not cooling().doubtful(now(30))


def test_no_more_has_passed_than_is_proven() -> None:
    """Within one boot the elapsed time tells, whatever the clocks do; elsewhere two witnesses, less what they may be out by."""
    begun, sure = now(0).moment, now(0, witness=0).moment
    assert begun.passed(now(1, wall=300, store=300)) == 60
    assert begun.passed(now(1, boot="b2")) == 0
    assert begun.passed(now(1, boot="b2", witness=0)) == 0
    assert sure.passed(now(1, boot="b2")) == 0
    assert sure.passed(now(1, boot="b2", witness=0)) == 50
    assert sure.passed(now(0, boot="b2", witness=0)) == 0


def test_a_wait_counted_again_is_as_long_as_what_was_not_proven() -> None:
    """Without a pulse all of it is counted again; a pulse of the same boot proves what passed before it."""
    later = now(30, boot="b2")
    assert cooling().recount(later, []).length == 20 * MINUTE
    assert cooling().recount(later, [now(12).moment]).length == 8 * MINUTE
    assert cooling().recount(later, [now(50).moment]).length == timedelta()
    assert cooling().recount(later, [Moment(wall=START, elapsed=9e9, boot="b3")]).length == 20 * MINUTE
    assert cooling().recount(later, [Moment(wall=START, elapsed=0, boot="b1")]).length == 20 * MINUTE
    assert cooling().recount(later, []).since == later.moment


def test_a_wait_from_a_future_that_never_came_is_doubtful() -> None:
    """Begun by a clock two hours fast that was set right, it is counted again, less what truly passed since."""
    wait = cooling(now(0, wall=120, store=120))
    later = now(12)
    assert wait.doubtful(later)
    assert not wait.over(later)
    assert wait.recount(later, []) == cooling(later, minutes=8).model_copy(update={"recounts": 1, "first": wait.begun})
    assert not cooling(now(0, wall=120)).doubtful(now(12, store=119.95))


WRONG = st.one_of(st.just(0.0), st.floats(-0.08, 0.08), st.floats(-120, 120))
STEPS = st.lists(
    st.tuples(
        st.floats(0, 30),
        WRONG,
        WRONG,
        st.booleans(),
        st.sampled_from([None, 0.0]),
    ),
    min_size=1,
    max_size=12,
)


@given(STEPS, st.floats(0, 60))
def test_whatever_the_clocks_do_no_wait_is_over_early(
    steps: list[tuple[float, float, float, bool, float | None]], length: float
) -> None:
    """Jumps of two hours either way, small drifts, reboots and honest witnesses: what is over has truly passed."""
    true, boot = 0.0, 0
    wait: Cooling | None = None
    begun = 0.0
    for passed, wall, store, reboots, witness in steps:
        true += passed
        boot += reboots
        at = now(true, wall=wall, store=store, boot=f"b{boot}", witness=witness)
        if wait is None:
            wait, begun = cooling(at, length), true
        elif wait.doubtful(at):
            fresh = wait.recount(at, [])
            assert (wait.length - fresh.length) / MINUTE <= true - begun + 1e-6
            wait, begun, length = fresh, true, fresh.length / MINUTE
        elif wait.over(at):
            assert true - begun >= length - 1e-6


def test_the_jumps_with_an_exact_witness_are_never_early() -> None:
    """A clock that was two hours slow when the wait began, mended before a reboot, makes nothing early."""
    slow = cooling(now(0, wall=-120, store=-120, witness=0))
    assert slow.until < START
    mended = now(5, boot="b2", witness=0)
    assert slow.doubtful(mended)
    assert not slow.over(mended)


# Quiet hours

NIGHT = QuietHours(zone="Europe/Berlin", begin=time(22), end=time(8))
LUNCH = QuietHours(zone="UTC", begin=time(12), end=time(13))


def utc(*parts: int) -> datetime:
    """A UTC instant."""
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc,arg-type]  # year to minute, and never its eighth part


def test_quiet_hours_across_midnight_and_within_a_day() -> None:
    """They may pass midnight; the first instant is quiet and the last is not; equal ends mean never."""
    assert NIGHT.quiet(utc(2026, 3, 2, 21))
    assert NIGHT.quiet(utc(2026, 3, 2, 6, 59))
    assert not NIGHT.quiet(utc(2026, 3, 2, 7))
    assert LUNCH.quiet(utc(2026, 3, 2, 12))
    assert not LUNCH.quiet(utc(2026, 3, 2, 13))
    assert not QuietHours().quiet(utc(2026, 3, 2, 0))
    assert QuietHours().pauses(START) is None


def test_when_they_end_and_begin() -> None:
    """Told as UTC instants; awake, it resumes at once."""
    assert NIGHT.resumes(utc(2026, 3, 2, 23)) == utc(2026, 3, 3, 7)
    assert NIGHT.resumes(START) == START
    assert NIGHT.pauses(START) == utc(2026, 3, 2, 21)


def test_only_waking_time_counts() -> None:
    """A length goes on after the quiet hours with what was left."""
    assert LUNCH.after(utc(2026, 3, 2, 11, 30), timedelta(hours=1)) == utc(2026, 3, 2, 13, 30)
    assert LUNCH.after(utc(2026, 3, 2, 12, 30), timedelta(hours=1)) == utc(2026, 3, 2, 14)
    assert LUNCH.after(utc(2026, 3, 2, 11), timedelta(hours=1)) == utc(2026, 3, 2, 12)
    assert QuietHours().after(START, timedelta(days=3)) == START + timedelta(days=3)


def test_a_wait_without_end_is_cut() -> None:
    """A length no team can mean ends the walk after about two years."""
    assert utc(2028, 1, 1) < LUNCH.after(START, timedelta(days=36500)) < utc(2029, 1, 1)


def test_a_local_time_shown_twice_is_quiet_both_times() -> None:
    """In autumn 02:30 comes twice: hours that end then end with the second, hours that begin then begin with the first."""
    ends = QuietHours(zone="Europe/Berlin", begin=time(22), end=time(2, 30))
    assert ends.resumes(utc(2026, 10, 24, 23)) == utc(2026, 10, 25, 1, 30)
    begins = QuietHours(zone="Europe/Berlin", begin=time(2, 30), end=time(8))
    assert begins.pauses(utc(2026, 10, 24, 23)) == utc(2026, 10, 25, 0, 30)
    assert begins.quiet(utc(2026, 10, 25, 1, 10))


def test_a_local_time_that_is_skipped_is_the_change_itself() -> None:
    """In spring 02:30 does not come: hours that begin or end then do so when the clock is put forward."""
    ends = QuietHours(zone="Europe/Berlin", begin=time(22), end=time(2, 30))
    assert ends.resumes(utc(2026, 3, 28, 23)) == utc(2026, 3, 29, 1)
    begins = QuietHours(zone="Europe/Berlin", begin=time(2, 30), end=time(8))
    assert begins.pauses(utc(2026, 3, 28, 23)) == utc(2026, 3, 29, 1)


def transitions(zone: zoneinfo.ZoneInfo) -> list[datetime]:
    """The last instants, to five days, before the zone's clock is changed, 2020 to 2037."""
    found, at = [], utc(2020, 1, 1)
    while at.year < 2038:
        after = at + timedelta(days=5)
        if at.astimezone(zone).utcoffset() != after.astimezone(zone).utcoffset():
            found.append(at)
        at = after
    return found


def change(zone: zoneinfo.ZoneInfo, before: datetime) -> datetime:
    """The minute in the five days after `before` in which the clock is changed."""
    after, offset = before + timedelta(days=5), before.astimezone(zone).utcoffset()
    while after - before > MINUTE:
        middle = before + (after - before) / 2
        before, after = (middle, after) if middle.astimezone(zone).utcoffset() == offset else (before, middle)
    return after.replace(second=0, microsecond=0)


ZONES = sorted(zoneinfo.available_timezones())


@pytest.mark.parametrize("part", range(8))
def test_every_zone_and_every_change_of_its_clock(part: int) -> None:
    """Around each change 2020–2037 nothing is due early or within quiet hours by the clock on the wall."""
    for name in ZONES[part::8]:
        zone = zoneinfo.ZoneInfo(name)
        for near in transitions(zone):
            at = change(zone, near)
            check(name, zone, at)


def check(name: str, zone: zoneinfo.ZoneInfo, at: datetime) -> None:
    """Quiet hours that begin and end within the hour around the change, and a wait across it."""
    local = at.astimezone(zone)
    begin, end = (local - 40 * MINUTE).time(), (local + 20 * MINUTE).time()
    quiet = QuietHours(zone=name, begin=begin, end=end)
    start = at - timedelta(hours=2)
    due = quiet.after(start, timedelta(hours=4))
    assert due - start >= timedelta(hours=4), (name, at)
    shown = due.astimezone(zone).time()
    inside = begin < shown < end if begin < end else shown > begin or shown < end
    assert not inside or not quiet.quiet(due - timedelta(microseconds=1)), (name, at)
    asleep = sum(quiet.quiet(start + i * 5 * MINUTE) for i in range(int((due - start) / (5 * MINUTE))))
    assert abs((due - start) - timedelta(hours=4) - asleep * 5 * MINUTE) <= 11 * MINUTE, (name, at)
