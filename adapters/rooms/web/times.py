"""Moments and lengths in words, in the reader's zone: "14:32, in 11 min"."""

from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_MINUTE, _HOUR, _DAY = 60, 3600, 86400
_NEAR_DAYS = 6


@dataclass(frozen=True, slots=True)
class Shown:
    """A moment as a page shows it: `iso` for programs (UTC), `clock` in the reader's zone, `far` how far away."""

    iso: str
    clock: str
    far: str


def zone(name: str) -> ZoneInfo:
    """The zone of that name; UTC where there is none."""
    try:
        return ZoneInfo(name or "UTC")
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


def shown(at: datetime, now: datetime, where: ZoneInfo) -> Shown:
    """`at` for a reader in `where` at `now`."""
    iso = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return Shown(iso, _clock(at.astimezone(where), now.astimezone(where)), _far((at - now).total_seconds()))


def _clock(at: datetime, now: datetime) -> str:
    time = at.strftime("%H:%M")
    days = (at.date() - now.date()).days
    if days == 0:
        return time
    if 0 < days <= _NEAR_DAYS:
        return f"{at.strftime('%A')} {time}"
    year = "" if at.year == now.year else f" {at.year}"
    return f"{at.day} {at.strftime('%b')}{year}, {time}"


def _far(seconds: float) -> str:
    size = abs(seconds)
    if size < _MINUTE:
        return "in less than a minute" if seconds > 0 else "just now"
    said = _amount(size)
    return f"in {said}" if seconds > 0 else f"{said} ago"


def _amount(seconds: float) -> str:
    if seconds < 90 * _MINUTE:
        return f"{int(seconds // _MINUTE)} min"
    if seconds < 2 * _DAY:
        return f"{round(seconds / _HOUR)} h"
    return f"{round(seconds / _DAY)} days"


def local_input(filled: str, where: ZoneInfo) -> str:
    """A moment (RFC 3339) as an input for local time wants it; '' where there is none."""
    try:
        at = datetime.fromisoformat(filled)
    except ValueError:
        return ""
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(where).strftime("%Y-%m-%dT%H:%M")


def from_local_input(typed: str, where: ZoneInfo) -> str:
    """What such an input sent, as RFC 3339 in UTC; unreadable input is handed on as it is, for the form to say so."""
    try:
        at = datetime.fromisoformat(typed)
    except ValueError:
        return typed
    return (at if at.tzinfo else at.replace(tzinfo=where)).astimezone(UTC).isoformat()
