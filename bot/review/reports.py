"""The first page for managers: what is open, waited too long, is silent and why, is away without an outcome, is overdue."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.nouns.conversation import Conversation, HandoffState, OfflineWay
from bot.nouns.flag import Severity
from bot.nouns.team import Team
from bot.nouns.words import Words


@dataclass(frozen=True, slots=True)
class Late:
    """Somebody out there waited too long: `what` is "first word" or "answer", which was due at `due`."""

    conversation: str
    what: str
    since: datetime
    due: datetime
    owner: str


@dataclass(frozen=True, slots=True)
class Silent:
    """Left unanswered, why, by whom; `second` is '' while another name is missing."""

    conversation: str
    by: str
    second: str
    reason: Words
    review: datetime


@dataclass(frozen=True, slots=True)
class Away:
    """The talk is away from the public and has no outcome. `person` is '' while we only asked them to write or call."""

    conversation: str
    person: str
    way: OfflineWay
    since: datetime
    next: datetime | None
    contacts: int


@dataclass(frozen=True, slots=True)
class Overdue:
    """A promise whose day has passed and of which nobody said how it went."""

    conversation: str
    promise: str
    by: str
    due: datetime
    words: Words


@dataclass(frozen=True, slots=True)
class Report:
    """Each list with the longest waiting first. `open` holds ids."""

    open: tuple[str, ...]
    late: tuple[Late, ...]
    silent: tuple[Silent, ...]
    offline: tuple[Away, ...]
    overdue: tuple[Overdue, ...]


def report(conversations: Sequence[Conversation], team: Team, now: datetime) -> Report:
    """The report on these conversations at `now`. What is closed counts only where it was left unanswered."""
    standing = sorted((c for c in conversations if c.closed is None), key=lambda c: c.opened)
    return Report(
        open=tuple(c.id for c in standing),
        late=tuple(sorted((late for c in standing for late in _late(c, team, now)), key=lambda late: late.due)),
        silent=tuple(sorted(_silent(conversations), key=lambda silent: silent.review)),
        offline=tuple(sorted(_away(standing), key=lambda away: away.since)),
        overdue=tuple(sorted(_overdue(standing, now), key=lambda overdue: overdue.due)),
    )


def _late(c: Conversation, team: Team, now: datetime) -> Iterable[Late]:
    policy, critical = team.policy, c.severity is Severity.CRITICAL
    heard_within = policy.critical_acknowledge_within if critical else policy.acknowledge_within
    waits = (("first word", c.waiting_since, heard_within), ("answer", c.unanswered_since, policy.answer_within))
    owner = c.owner.person if c.owner is not None else ""
    for what, since, within in waits:
        due = None if since is None else _due(since, within, team, critical)
        if since is not None and due is not None and due < now:
            yield Late(c.id, what, since, due, owner)


def _due(since: datetime, within: timedelta, team: Team, critical: bool) -> datetime:
    """Quiet hours don't count, except for what is critical."""
    return since + within if critical else team.policy.quiet_hours.after(since, within)


def _silent(conversations: Sequence[Conversation]) -> Iterable[Silent]:
    for c in conversations:
        if c.silence is not None:
            yield Silent(c.id, c.silence.by, c.silence.second, c.silence.reason, c.silence.review)


def _away(standing: Sequence[Conversation]) -> Iterable[Away]:
    for c in standing:
        if c.offline is not None:
            person = c.offline.person if c.offline.state is HandoffState.TAKEN else ""
            yield Away(c.id, person, c.offline.way, c.offline.since, c.offline.next, len(c.offline.contacts))


def _overdue(standing: Sequence[Conversation], now: datetime) -> Iterable[Overdue]:
    for c in standing:
        for promise in c.promises:
            if promise.open and promise.due < now:
                yield Overdue(c.id, promise.id, promise.by, promise.due, promise.words)
