"""Moments as Slack shows them: in each reader's own zone."""

from datetime import UTC, datetime


def date(at: datetime) -> str:
    """A date token for mrkdwn: "today 14:32" for whoever reads it; the day and time in UTC where tokens are not shown."""
    return f"<!date^{unix(at)}^{{date_short_pretty}} {{time}}|{plain(at)}>"


def plain(at: datetime) -> str:
    """The same in UTC, for what Slack shows as it is."""
    utc = at.astimezone(UTC)
    return f"{utc.day} {utc:%b %H:%M} UTC"


def unix(at: datetime) -> int:
    """Seconds since 1970. Slack's tokens know no fractions; a wait is never shown as over early."""
    whole = int(at.timestamp())
    return whole if at.timestamp() == whole else whole + 1
