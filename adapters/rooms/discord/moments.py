"""Moments and lengths as people type them into a window."""

import re
from datetime import datetime, timedelta

_LENGTH = re.compile(r"(?:in\s+)?(\d{1,4})\s*(minutes?|mins?|m|hours?|hrs?|h|days?|d|weeks?|w)", re.IGNORECASE)
_UTC = re.compile(r"\s*(?:utc|gmt|z)$", re.IGNORECASE)
_UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}


def moment(typed: str, now: datetime) -> str:
    """A moment as the desk reads it (RFC 3339): a length is counted from `now` (UTC), "UTC" becomes an offset, anything
    else is handed on as it is, for the desk to read by the presser's own clock or to ask again."""
    words = " ".join(typed.split())
    if found := _LENGTH.fullmatch(words):
        return (now + int(found[1]) * _UNITS[found[2][0].lower()]).replace(microsecond=0).isoformat()
    return _UTC.sub("+00:00", words)


def length(typed: str) -> str:
    """A length as forms write it: `20m`, `2h`, `3d`; anything else is handed on as it is."""
    found = _LENGTH.fullmatch(" ".join(typed.split()))
    if found is None:
        return typed.strip()
    unit = found[2][0].lower()
    return f"{int(found[1]) * 7}d" if unit == "w" else f"{found[1]}{unit}"
