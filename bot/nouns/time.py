"""Time is given, never read. UTC inside; a zone only for display and quiet hours."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.nouns.base import Noun

#: How far a second machine's clock may stand from ours and still bear witness (DESIGN §8).
WITNESS_AGREES = timedelta(seconds=5)


class Moment(Noun):
    """An instant as this machine saw it: `wall` in UTC, `elapsed` seconds since the boot named `boot`."""

    wall: datetime
    elapsed: float
    boot: str


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
        return Moment(wall=self.wall, elapsed=self.elapsed, boot=self.boot)


class Addition(Noun):
    """One reason why a cooling-off has the length it has."""

    minutes: int
    because: str


class Cooling(Noun):
    """The time between a draft's last edit and the moment it may be sent. Shown as its `until`."""

    since: Moment
    length: timedelta
    reasons: tuple[Addition, ...] = ()

    @property
    def until(self) -> datetime:
        """The wall time before which nothing is sent."""
        return self.since.wall + self.length

    def over(self, now: Now) -> bool:
        """Whether the wait has really passed: every clock we have must say so. Nothing else compares clocks."""
        if now.wall < self.until or now.store < self.until:
            return False
        if now.boot == self.since.boot:
            return now.elapsed - self.since.elapsed >= self.length.total_seconds()
        return self._witnessed(now) and now.witness is not None and now.witness >= self.until

    def doubtful(self, now: Now) -> bool:
        """Whether the elapsed time is hidden (a reboot, another host) and nobody else can bear witness."""
        return now.boot != self.since.boot and not self._witnessed(now)

    def recount(self, now: Now, pulse: Moment | None) -> "Cooling":
        """The same wait counted again from `now`, less what `pulse`, a later moment of the same boot, proves passed."""
        proven = 0.0
        if pulse is not None and pulse.boot == self.since.boot:
            proven = max(0.0, pulse.elapsed - self.since.elapsed)
        left = max(timedelta(), self.length - timedelta(seconds=proven))
        return Cooling(since=now.moment, length=left, reasons=self.reasons)

    def _witnessed(self, now: Now) -> bool:
        return now.witness is not None and abs(now.witness - now.wall) <= WITNESS_AGREES


class QuietHours(Noun):
    """Hours in which clocks and reminders stand still, by the team's zone. `begin` == `end` means never."""

    zone: str = "UTC"
    begin: time = time(0, 0)
    end: time = time(0, 0)

    def quiet(self, at: datetime) -> bool:
        """Whether `at` falls into the quiet hours."""
        if self.begin == self.end:
            return False
        local = at.astimezone(ZoneInfo(self.zone)).time().replace(tzinfo=None)
        if self.begin < self.end:
            return self.begin <= local < self.end
        return local >= self.begin or local < self.end

    def resumes(self, at: datetime) -> datetime:
        """When the quiet hours that hold at `at` end (UTC); `at` itself where it is not quiet."""
        return self._next(self.end, at) if self.quiet(at) else at

    def after(self, start: datetime, length: timedelta) -> datetime:
        """`length` of waking time after `start`: quiet hours in between do not count.

        A wait longer than a year of waking hours is cut at a year, so that the walk always ends.
        """
        at, left = start, length
        for _ in range(800):
            at = self.resumes(at)
            if self.begin == self.end:
                return at + left
            pause = self._next(self.begin, at)
            if at + left <= pause:
                return at + left
            left -= pause - at
            at = pause
        return at

    def _next(self, moment: time, at: datetime) -> datetime:
        """The first instant after `at` that shows `moment` on the local clock.

        A local time that a spring change skips is read as the same wait before the change (fold 0), as `zoneinfo` does.
        """
        zone = ZoneInfo(self.zone)
        day = at.astimezone(zone).date()
        for offset in (-1, 0, 1, 2):
            found = datetime.combine(day + timedelta(days=offset), moment, tzinfo=zone).astimezone(UTC)
            if found > at:
                return found
        raise AssertionError("two days hold every local time")  # unreachable: zones shift by less than a day
