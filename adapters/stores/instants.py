"""Instants as the store keeps them: whole microseconds since 1970, which a sorted set's score holds exactly."""

from datetime import UTC, datetime, timedelta

_BEGIN = datetime(1970, 1, 1, tzinfo=UTC)
_ONE = timedelta(microseconds=1)


def micros(at: datetime) -> int:
    """Microseconds since 1970 began in UTC."""
    return (at - _BEGIN) // _ONE


def instant(count: int) -> datetime:
    """The instant, in UTC, of which `micros` gives `count`."""
    return _BEGIN + count * _ONE
