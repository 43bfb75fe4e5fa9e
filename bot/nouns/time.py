"""Time is given, never read. UTC inside; a zone only for display and quiet hours."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.nouns.base import Noun

#: How far a second machine's clock may stand from ours and still bear witness (DESIGN §8).
WITNESS_AGREES = timedelta(seconds=5)


class Moment(Noun):
    """An instant as this machine saw it: `wall` in UTC, `elapsed` seconds since the boot named `boot`.

    `sure`: a second machine's clock stood within WITNESS_AGREES of `wall` then.
    """

    wall: datetime
    elapsed: float
    boot: str
    sure: bool = False

    def passed(self, now: "Now") -> float:
        """How many seconds have passed since, as far as that is proven; never more than really have.

        Within one boot the elapsed time tells. Else two witnesses do, less what each may be out by; without them 0.
        """
        if now.boot == self.boot:
            return now.elapsed - self.elapsed
        if self.sure and now.witnessed:
            return max(0.0, (now.wall - self.wall - 2 * WITNESS_AGREES).total_seconds())
        return 0.0

    def at_most(self, now: "Now") -> float | None:
        """Not fewer seconds than have passed since, by the same proofs; None where there is none."""
        if now.boot == self.boot:
            return now.elapsed - self.elapsed
        if self.sure and now.witnessed:
            return max(0.0, (now.wall - self.wall + 2 * WITNESS_AGREES).total_seconds())
        return None


class Now(Noun):
    """All the clocks at one instant. `store` is the store's own time; `witness` a second machine's, or None."""

    wall: datetime
    store: datetime
    elapsed: float
    boot: str
    witness: datetime | None = None

    @property
    def moment(self) -> Moment:
        """What an event remembers of this instant."""
        return Moment(wall=self.wall, elapsed=self.elapsed, boot=self.boot, sure=self.witnessed)

    @property
    def witnessed(self) -> bool:
        """Whether a second machine's clock agrees with `wall`."""
        return self.witness is not None and abs(self.witness - self.wall) <= WITNESS_AGREES


class Addition(Noun):
    """One reason why a cooling-off has the length it has: `minutes` and `seconds` more, because …"""

    minutes: int
    because: str
    seconds: int = 0


class Count(Noun):
    """How much of a wait was left at an instant of one boot of a machine, which proves what passes from then on."""

    since: Moment
    left: timedelta

    def after(self, moment: Moment) -> timedelta:
        """What is left by a moment, as far as that proves anything; it never becomes more."""
        if moment.boot != self.since.boot:
            return self.left
        return self.left - timedelta(seconds=max(0.0, moment.elapsed - self.since.elapsed))


class Cooling(Noun):
    """The time between a draft's last edit and the moment it may be sent. Shown as its `until`.

    `recounts`: how often it was counted again, because clocks were doubtful. `earlier`: how other boots of machines counted
    it before, the latest first, so that one which looks after it once more still proves its own time. `first`: when it was
    counted for the first time, as the clock on the wall showed it then; None where that is `since`.
    """

    since: Moment
    length: timedelta
    reasons: tuple[Addition, ...] = ()
    recounts: int = 0
    earlier: tuple[Count, ...] = ()
    first: datetime | None = None

    @property
    def until(self) -> datetime:
        """The wall time before which nothing is sent."""
        return self.since.wall + self.length

    def over(self, now: Now) -> bool:
        """Whether the wait has really passed: every clock we have must say so. Nothing else compares clocks."""
        return not self.doubtful(now) and self.left(now) <= timedelta()

    def left(self, now: Now) -> timedelta:
        """How much longer it takes, by the clock that is furthest behind; zero or less once all agree that it is over.

        While `doubtful`, the elapsed time is hidden and only the other clocks are asked.
        """
        behind = self.until - min(now.wall, now.store)
        if now.boot == self.since.boot:
            return max(behind, self.length - timedelta(seconds=now.elapsed - self.since.elapsed))
        own = next((count for count in self.earlier if count.since.boot == now.boot), None)
        if own is not None:
            return max(behind, own.after(now.moment))
        if now.witness is None:
            return behind
        # Both `since` and the witness may be out by as much as we let clocks differ, and early is never.
        return max(behind, self.until + WITNESS_AGREES - now.witness)

    def doubtful(self, now: Now) -> bool:
        """Whether these clocks cannot tell how much has passed.

        The elapsed time is hidden (a reboot, a host that never counted it) and nobody bore witness, then or now; or the
        wait began in what every clock now calls the future, so that the clock it began by was wrong.
        """
        if self.since.wall > max(now.wall, now.store) + WITNESS_AGREES:
            return True
        return now.boot not in self.boots and not (self.since.sure and now.witnessed)

    def recount(self, now: Now, pulses: Iterable[Moment]) -> "Cooling":
        """The same wait counted again from `now`, less all that is proven to have passed: by the elapsed time within one
        boot, and by `pulses`, later moments of boots in which it was counted."""
        proofs = (now.moment, *pulses)
        left = min(count.after(moment) for count in self._counts for moment in proofs)
        return Cooling(
            since=now.moment,
            length=max(timedelta(), left),
            reasons=self.reasons,
            recounts=self.recounts + 1,
            earlier=tuple(count for count in self._counts if count.since.boot != now.boot),
            first=self.begun,
        )

    @property
    def begun(self) -> datetime:
        """The wall time at which it began, however often it was counted again."""
        return self.first or self.since.wall

    @property
    def boots(self) -> tuple[str, ...]:
        """The boots in which it was counted: their pulses prove time."""
        return (self.since.boot, *(count.since.boot for count in self.earlier))

    @property
    def _counts(self) -> tuple[Count, ...]:
        return (Count(since=self.since, left=self.length), *self.earlier)


class QuietHours(Noun):
    """Hours in which clocks and reminders stand still, by the team's zone. `begin` == `end` means never.

    Where a clock change shows a local time twice, they begin at the first and end at the second; where it skips one,
    the change itself stands for it. So nobody is disturbed an hour early, whatever the law does to the clocks.
    """

    zone: str = "UTC"
    begin: time = time(0, 0)
    end: time = time(0, 0)

    @property
    def never(self) -> bool:
        """Whether there are none."""
        return self.begin == self.end

    def quiet(self, at: datetime) -> bool:
        """Whether `at` falls into the quiet hours."""
        return any(begins <= at < ends for begins, ends in self._spans(at))

    def resumes(self, at: datetime) -> datetime:
        """When the quiet hours that hold at `at` end (UTC); `at` itself where it is not quiet."""
        return max((ends for begins, ends in self._spans(at) if begins <= at < ends), default=at)

    def pauses(self, at: datetime) -> datetime | None:
        """When the next quiet hours after `at` begin (UTC); None where there are none."""
        return min((begins for begins, _ in self._spans(at) if begins > at), default=None)

    def after(self, start: datetime, length: timedelta) -> datetime:
        """`length` of waking time after `start`: quiet hours in between do not count.

        A wait of more than about two years is cut there, so that the walk always ends.
        """
        at, left = start, length
        for _ in range(800):
            at = self.resumes(at)
            pause = self.pauses(at)
            if pause is None or at + left <= pause:
                return at + left
            left -= pause - at
            at = pause
        return at

    def _spans(self, at: datetime) -> Iterator[tuple[datetime, datetime]]:
        """The quiet hours of the days around `at`, as UTC instants."""
        if self.never:
            return
        zone = ZoneInfo(self.zone)
        today = at.astimezone(zone).date()
        nights = timedelta(days=0 if self.begin < self.end else 1)
        for offset in (-1, 0, 1, 2):
            day = today + timedelta(days=offset)
            yield _instants(day, self.begin, zone)[0], _instants(day + nights, self.end, zone)[1]


def _instants(day: date, local: time, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The first and the last instant (UTC) that shows `local` on `day`; the clock change itself where none does."""
    first, last = (datetime.combine(day, local.replace(fold=fold), tzinfo=zone).astimezone(UTC) for fold in (0, 1))
    if first <= last:
        return first, last
    # Skipped: read with the offset after the change it lies before the change, and the other way round.
    before, after = last, first
    offset = before.astimezone(zone).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = before + (after - before) / 2
        before, after = (middle, after) if middle.astimezone(zone).utcoffset() == offset else (before, middle)
    change = after.replace(microsecond=0)
    return change, change
