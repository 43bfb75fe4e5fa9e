"""Where a conversation and an incident stand in the indexes (their names: `bot.ports.Query`), as scores.

Times are seconds since 1970, so that a page can be bounded by them. Urgency is one number, highest first:

- a critical one that somebody waits for and nobody has,
- then what needs somebody now (its mood is not settled), by severity,
- then what is only open, by severity,
- within each the one that has waited longest,
- and below zero what is closed, newest first.
"""

from collections.abc import Mapping
from datetime import datetime

from bot.nouns.conversation import AttemptState, Conversation, Mood
from bot.nouns.flag import Severity
from bot.nouns.incident import Incident
from bot.nouns.team import Team

#: Above any time that is kept (the year 2286), and well within the whole numbers that a float holds.
STEP = 1e10

_RANKS = len(Severity)
_SENDING = frozenset({AttemptState.ASKED, AttemptState.INTENDED})


def urgency(c: Conversation, team: Team) -> float:
    """How soon somebody should look; below zero once it is closed."""
    if c.closed is not None:
        return _at(c.closed) - STEP
    since = c.waiting_since or c.unanswered_since or c.opened
    return _rung(c, team) * STEP + (STEP - _at(since))


def _rung(c: Conversation, team: Team) -> int:
    severity = c.severity
    if c.mood is Mood.SETTLED:
        return severity.rank
    owned = c.owner is not None and c.owner.person in team.people
    return 2 * _RANKS if severity is Severity.CRITICAL and not owned else _RANKS + severity.rank


def positions(conversation: Conversation, team: Team) -> Mapping[str, float]:
    """Every index a conversation stands in. It never leaves those of its authors, nor its incident's pile."""
    c, urgent = conversation, urgency(conversation, team)
    found = {f"author:{m.person}": _at(c.opened) for m in c.mentions} | {f"pile:{c.incident}": urgent}
    if c.silence is not None:
        found["silence"] = _at(c.silence.review)
    if c.closed is not None:
        return found | {"settled": _at(c.closed)}
    found["open"] = urgent
    if (mood := c.mood) is not Mood.SETTLED:
        found[mood.value] = urgent
    if c.owner is not None:
        found[f"owner:{c.owner.person}"] = urgent
    elif c.severity is Severity.CRITICAL:
        found["critical"] = urgent
    if c.offline is not None:
        found["offline"] = _at(c.offline.next or c.offline.since)
    return {**found, **_earliest(c)}


def _earliest(c: Conversation) -> Mapping[str, float]:
    """The indexes whose score is the first of several times."""
    if not (c.attempts or c.promises):  # as it is with most
        return {}
    times = {
        "unknown": [a.asked for a in c.attempts if a.state is AttemptState.UNKNOWN],
        "asked": [a.asked for a in c.attempts if a.state in _SENDING],
        "promise": [p.due for p in c.promises if p.open],
    }
    return {index: _at(min(listed)) for index, listed in times.items() if listed}


def incident_positions(incident: Incident) -> Mapping[str, float]:
    """Every index an incident stands in. One that was emptied into another stands in `i:all` alone."""
    found = {"i:all": _at(incident.opened)}
    if incident.closed is None:
        found["i:open"] = _at(incident.opened)
    elif incident.size:
        found["i:settled"] = _at(incident.closed)
    if incident.storm and incident.closed is None:
        found["i:storm"] = _at(incident.opened)
    return found


def _at(moment: datetime) -> float:
    return moment.timestamp()
