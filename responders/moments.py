"""Which moment a phrase means: "before four today", "by Friday", "within 24 hours"."""

import re
from datetime import datetime, time, timedelta

_NUMBERS = ("", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_PARTS = {
    "morning": time(12),
    "afternoon": time(18),
    "evening": time(22),
    "night": time(23, 59),
    "tonight": time(23, 59),
}
_LAST = time(23, 59)
_SPAN = re.compile(r"(\d+|an?|[a-z]+) (working |business )?(minute|hour|day|week)s?$")
_HOUR = re.compile(
    r"\b(?:by|before|until|till|than|at|around) (?:(noon|midday|midnight)|(\d{1,2})(?:[:.](\d{2}))?\s?(am|pm|a\.m\.|"
    r"p\.m\.|h)?(?! ?(?:st|nd|rd|th|of|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))|"
    rf"({'|'.join(_NUMBERS[1:])})\b)"
)
_DATE = re.compile(r"(\d{1,2})(?:st|nd|rd|th)? (?:of )?([a-z]{3})|\b([a-z]{3})[a-z]* (\d{1,2})")


def moment(phrase: str, now: datetime) -> datetime | None:
    """The moment a phrase names, in the zone of `now`, or None where it names none. Never one that cannot be."""
    low = " ".join(phrase.lower().split())
    if low.startswith(("within", "in ")):
        return _after(low, now)
    hour = _hour(low)
    day = _day(low, now)
    if day is None:
        return None if hour is None else _next(hour, now)
    at = hour or next((limit for part, limit in _PARTS.items() if part in low), _LAST)
    return _at(day, at)


def _at(day: datetime, at: time) -> datetime:
    return day.replace(hour=at.hour, minute=at.minute, second=0, microsecond=0)


def _after(low: str, now: datetime) -> datetime | None:
    ((number, working, unit),) = _SPAN.findall(low)
    count = _count(number)
    if not count:
        return None
    if working:
        return _at(_workdays(now, count * (5 if unit == "week" else 1)), _LAST) if unit in {"day", "week"} else None
    # Through UTC, so that an hour stays an hour on the night the clocks change.
    return datetime.fromtimestamp(now.timestamp() + timedelta(**{f"{unit}s": count}).total_seconds(), now.tzinfo)


def _count(number: str) -> int:
    """0 for "a few" and the like."""
    if number.isdigit():
        return int(number)
    return 1 if number in {"a", "an", "the"} else _NUMBERS.index(number) if number in _NUMBERS else 0


def _workdays(now: datetime, count: int) -> datetime:
    day = now
    while count:
        day += timedelta(days=1)
        count -= day.weekday() < 5
    return day


def _hour(low: str) -> time | None:
    found = _HOUR.search(low)
    if found is None:
        return None
    named, digits, minutes, half, word = found.groups()
    if named:
        return _LAST if named == "midnight" else time(12)
    number = int(digits) if digits else _NUMBERS.index(word)
    return _clock(number, int(minutes or 0), half)


def _clock(number: int, minutes: int, half: str | None) -> time | None:
    """Without am or pm, one to seven are the afternoon's: people answer by daylight."""
    match half and half[0]:
        case "p":
            number = number % 12 + 12
        case "a":
            number %= 12
        case _ if 1 <= number <= 7:
            number += 12
    return time(number, minutes) if number < 24 and minutes < 60 else None


def _next(hour: time, now: datetime) -> datetime:
    today = _at(now, hour)
    return today if today > now else today + timedelta(days=1)


def _day(low: str, now: datetime) -> datetime | None:
    if "tomorrow" in low:
        return now + timedelta(days=1)
    if any(
        word in low
        for word in (
            "today",
            "tonight",
            "this morning",
            "this afternoon",
            "this evening",
            "of day",
            "the day",
            "this day",
            "close of business",
        )
    ):
        return now
    named = next((at for at, day in enumerate(_DAYS) if day in low), None)
    if named is not None:
        return now + timedelta(days=(named - now.weekday()) % 7 or 7)
    if "end of" in low or "this week" in low:
        return _end(low, now)
    return _date(low, now)


def _end(low: str, now: datetime) -> datetime:
    """The week ends on Friday, or on Sunday once Friday is over; the month on its last day."""
    if "month" in low:
        first = now.replace(day=28) + timedelta(days=4)
        return first - timedelta(days=first.day)
    return now + timedelta(days=4 - now.weekday() if now.weekday() <= 4 else 6 - now.weekday())


def _date(low: str, now: datetime) -> datetime | None:
    found = _DATE.search(low)
    if found is None:
        return None
    day, name = int(found[1] or found[4]), found[2] or found[3]
    try:
        this = now.replace(month=_MONTHS.index(name) + 1, day=day)
        return this if this.date() >= now.date() else this.replace(year=this.year + 1)
    except ValueError:  # no such month, or no such day in it
        return None
