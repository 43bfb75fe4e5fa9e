"""Storms: when an incident, or a whole channel, grows faster than the people on duty can read.

An incident storms (DESIGN §2) when so many conversations began in it within `policy.storm_within` as `policy.storm_count`
says, or when `policy.storm_each` wait for each person on duty. The second counts only from `storm_count` open ones in the
pile: three mentions and one person on duty are an ordinary morning, not a storm.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.nouns.incident import Incident
from bot.nouns.team import Team


def storming(incident: Incident, team: Team, at: datetime) -> bool:
    """Whether `incident` storms at `at`."""
    policy = team.policy
    if incident.open >= max(policy.storm_count, _readable(team)):
        return True
    return _lately(incident.arrivals, policy.storm_within, at) >= policy.storm_count


def calmed(incident: Incident, team: Team, at: datetime) -> bool:
    """Whether a storm is over: half of what began it, on both counts, so that it does not begin and end by turns."""
    policy = team.policy
    everybody = policy.storm_each * max(1, len(team.people))  # at most as many are on duty: this costs nothing
    if incident.open * 2 > max(policy.storm_count, everybody):
        return False
    if incident.open * 2 > max(policy.storm_count, _readable(team)):
        return False
    return _lately(incident.arrivals, policy.storm_within, at) * 2 <= policy.storm_count


def flooded(opened: Sequence[datetime], team: Team, at: datetime) -> bool:
    """Whether the whole channel storms: `opened` are the times at which its newest incidents began.

    Counts incidents, not mentions, and needs both numbers: a busy day of a large team is no storm.
    """
    policy = team.policy
    return _lately(opened, policy.storm_within, at) >= max(policy.storm_count, _readable(team))


def _lately(times: Sequence[datetime], within: timedelta, at: datetime) -> int:
    since = at - within
    return len([time for time in times if since < time])


def _readable(team: Team) -> int:
    """How many the people on duty can look after; somebody always looks, even when nobody says they are on duty."""
    return team.policy.storm_each * max(1, len(team.on_duty()))
