"""The course of one conversation, as its timeline tells it: how long what took, and what came between."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.nouns import events as e
from bot.nouns.conversation import Conversation, Handoff, Promise, Silence
from bot.nouns.delivery import Unknown
from bot.nouns.evolve import begin, evolve


@dataclass(frozen=True, slots=True)
class Course:
    """All lengths count from `began`, the arrival of its first mention; None where it did not come to that.

    `cooled` is the time all its drafts spent cooling; `sent_back` and `doubtful` count sends, `reminders` reminders.
    `unowned` is the longest time in which nobody had it, up to its close or to the last event.
    """

    conversation: str
    began: datetime
    mentions: int
    claimed: timedelta | None
    first_word: timedelta | None
    answered: timedelta | None
    closed: timedelta | None
    unowned: timedelta
    cooled: timedelta
    sent_back: int
    doubtful: int
    reminders: int
    silence: Silence | None
    handoff: Handoff | None
    promises: tuple[Promise, ...]


@dataclass(slots=True)
class Log:
    """What `follow` keeps while it reads one conversation's events."""

    now: Conversation
    began: datetime
    free_since: datetime | None
    claimed: datetime | None = None
    answered: datetime | None = None
    unowned: timedelta = timedelta()
    cooled: timedelta = timedelta()
    cooling: dict[str, datetime] = field(default_factory=dict)
    sent_back: int = 0
    doubtful: int = 0
    reminders: int = 0


def begin_log(event: e.Event) -> Log | None:
    """The log of the conversation that `event` begins, if it begins one."""
    begun = begin(event)
    if begun is None:
        return None
    began = begun.first.arrived if begun.first is not None else begun.opened
    since = begun.owner.since if begun.owner is not None else None
    free = event.at if begun.owner is None and begun.closed is None else None
    cooling = {d.id: d.cooling.since.wall for d in begun.drafts if d.cooling is not None and d.ready is None}
    return Log(begun, began, free, claimed=since, answered=begun.answered_at, cooling=cooling)


def follow(log: Log, event: e.Event) -> None:
    """Read one more event of the conversation into its log."""
    log.now = evolve(event, log.now)
    log.answered = log.answered or log.now.answered_at
    match event:
        case e.Claimed() | e.Assigned():
            log.claimed = log.claimed or event.at
        case e.Drafted(draft=draft, cooling=cooling):
            _stop(log, draft, event.at)
            if cooling is not None:
                log.cooling[draft] = cooling.since.wall
        case e.Cooled(draft=draft) | e.Released(draft=draft) | e.Discarded(draft=draft):
            _stop(log, draft, event.at)
        case e.Closed():
            for draft in tuple(log.cooling):
                _stop(log, draft, event.at)
        case e.SentBack():
            log.sent_back += 1
        case e.Delivered(delivery=Unknown()):
            log.doubtful += 1
        case e.Reminded():
            log.reminders += 1
        case _:
            pass
    _watch_owner(log, event.at)


def _stop(log: Log, draft: str, at: datetime) -> None:
    since = log.cooling.pop(draft, at)
    log.cooled += max(at - since, timedelta())


def _watch_owner(log: Log, at: datetime) -> None:
    """Measure the time in which it was open and nobody had it."""
    free = log.now.owner is None and log.now.closed is None
    if log.free_since is not None:
        log.unowned = max(log.unowned, at - log.free_since)
    log.free_since = (log.free_since or at) if free else None


def finish(log: Log, last: datetime) -> Course:
    """The course at `last`, the time of the timeline's last event."""
    if log.free_since is not None:
        log.unowned = max(log.unowned, last - log.free_since)
    c = log.now
    return Course(
        conversation=c.id,
        began=log.began,
        mentions=len(c.mentions),
        claimed=_after(log, log.claimed),
        first_word=_after(log, c.heard_at),
        answered=_after(log, log.answered),
        closed=_after(log, c.closed),
        unowned=log.unowned,
        cooled=log.cooled,
        sent_back=log.sent_back,
        doubtful=log.doubtful,
        reminders=log.reminders,
        silence=c.silence,
        handoff=c.handoff,
        promises=c.promises,
    )


def _after(log: Log, at: datetime | None) -> timedelta | None:
    return None if at is None else at - log.began
