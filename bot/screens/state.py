"""Where a conversation stands, as its card distinguishes it: one name a row of the table of choices."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from bot.nouns.conversation import AttemptState, Conversation, Draft, HandoffState, Mood
from bot.nouns.delivery import ToMention


class State(StrEnum):
    """The rows of `card_choices.TABLE`. The first that fits holds."""

    SETTLED = "settled"
    UNKNOWN = "unknown"
    BY_HAND = "by_hand"
    SENDING = "sending"
    READY = "ready"
    COOLING = "cooling"
    OFFLINE = "offline"
    SILENT = "silent"
    SECONDED = "seconded"
    GONE = "gone"
    INVITED = "invited"
    NEW = "new"
    FREE = "free"
    AGAIN = "again"
    HEARD = "heard"
    STATEMENT = "statement"
    ANSWERED = "answered"
    OWNED = "owned"
    TALKED = "talked"


_SENDING = {
    AttemptState.UNKNOWN: State.UNKNOWN,
    AttemptState.BY_HAND: State.BY_HAND,
    AttemptState.ASKED: State.SENDING,
    AttemptState.INTENDED: State.SENDING,
}
_ORDER = {Mood.WAITING: 0, Mood.READY: 1, Mood.COOLING: 2, Mood.SETTLED: 3}


def state(c: Conversation) -> State:
    """The row that holds for this conversation."""
    if c.closed is not None:
        return State.SETTLED
    for attempt in sorted(c.open_attempts(), key=lambda a: list(_SENDING).index(a.state)):
        return _SENDING[attempt.state]
    if (draft := finished(c)) is not None and not c.gone and not _kept_by_talk(c, draft):
        return State.READY if draft.ready is not None else State.COOLING
    return _away(c) or _public(c)


def _kept_by_talk(c: Conversation, draft: Draft) -> bool:
    """Whether it waits because a named person talks with them: no public answer goes out meanwhile."""
    taken = c.offline is not None and c.offline.state is HandoffState.TAKEN
    return taken and isinstance(draft.target, ToMention)


def _away(c: Conversation) -> State | None:
    """Where it does not wait for public words of ours."""
    if c.offline is not None and c.offline.state is HandoffState.TAKEN:
        return State.OFFLINE
    if c.silence is not None:
        return State.SECONDED if c.silence.second else State.SILENT
    if c.gone:
        return State.GONE
    if c.offline is not None and not _wrote_since(c, c.offline.since):
        return State.INVITED
    return State.TALKED if _talked(c) else None


def _talked(c: Conversation) -> bool:
    """Whether the talk ended and they have said nothing in public since."""
    ended = c.handoff.ended if c.handoff is not None else None
    return ended is not None and not _wrote_since(c, ended)


def _wrote_since(c: Conversation, moment: datetime) -> bool:
    return any(m.arrived > moment for m in c.mentions)


def _public(c: Conversation) -> State:
    """Where it waits for public words, or had all of them."""
    if c.statement:
        return State.STATEMENT if c.answered_at is None else State.ANSWERED
    if c.unanswered_since is None and c.waiting_since is None:
        return State.ANSWERED
    if c.owner is None:
        return State.NEW if c.heard_at is None else State.FREE
    if c.answered_at is not None or c.handoff is not None:
        return State.AGAIN  # they answered what we said, or what we asked of them
    return State.OWNED if c.heard_at is None else State.HEARD


def finished(c: Conversation) -> Draft | None:
    """The finished draft that comes first: a ready one, else the one that cools the shortest."""
    ranked = [(d.ready is None, d.ready or d.cooling.until, d) for d in c.drafts if d.cooling is not None]
    return min(ranked, key=lambda each: each[:2])[2] if ranked else None


def kept(c: Conversation) -> Draft | None:
    """A draft somebody keeps but has not finished."""
    return next((d for d in c.drafts if d.cooling is None), None)


def mood(front: Sequence[Conversation], storm: bool) -> Mood:
    """A card's mood: storm, else what the most pressing of its front says."""
    if storm and len(front) != 1:
        return Mood.STORM
    return min((c.mood for c in front), key=lambda m: _ORDER.get(m, 0), default=Mood.SETTLED)
