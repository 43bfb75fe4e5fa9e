"""Moments as Discord's own tokens: each reader sees them in their zone, and the distance stays true by itself."""

from datetime import UTC, datetime

# What Discord's clients show as a date; beyond it they show the token itself.
_FIRST = datetime(1970, 1, 1, tzinfo=UTC)
_LAST = datetime(9999, 1, 1, tzinfo=UTC)


def moment(at: datetime) -> str:
    """Day and time: "21 November 2026 14:32"."""
    return _token(at, "f")


def clock(at: datetime) -> str:
    """The time alone: "14:32"."""
    return _token(at, "t")


def distance(at: datetime) -> str:
    """How far away: "in 11 minutes"."""
    return _token(at, "R")


def _token(at: datetime, style: str) -> str:
    return f"<t:{int((min(max(at, _FIRST), _LAST)).timestamp())}:{style}>"
