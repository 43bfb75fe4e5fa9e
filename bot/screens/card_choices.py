"""Which presses a card offers, state by state: at most five, the likely one first; the rest behind *More*."""

from collections.abc import Mapping, Sequence

from bot.nouns.caution import Stage
from bot.nouns.conversation import Conversation
from bot.nouns.incident import Incident
from bot.nouns.team import Role, Teammate
from bot.screens import offers as o
from bot.screens.offers import Offer
from bot.screens.shapes import Choice
from bot.screens.state import State, finished, state

#: So many characters of their words a card shows.
SHOWN = 400
Choices = tuple[tuple[Choice, ...], tuple[Choice, ...]]

#: Behind *More* wherever somebody may still act on it.
_COMMON = (o.NOTE, o.ASSIGN, o.MOVE, o.RENAME)
TABLE: Mapping[State, tuple[tuple[Offer, ...], tuple[Offer, ...]]] = {
    State.NEW: ((o.CLAIM, o.HEAR, o.NOT_FOR_US), (o.REPLY, o.OFFLINE, o.LEAVE, *_COMMON)),
    State.FREE: ((o.CLAIM, o.REPLY, o.OFFLINE), (o.LEAVE, o.NOT_FOR_US, o.PROMISE, o.CLOSE, *_COMMON)),
    State.OWNED: ((o.HEAR, o.REPLY, o.OFFLINE), (o.LEAVE, o.HAND_BACK, o.PRIVATE, o.NOT_FOR_US, o.CLOSE, *_COMMON)),
    State.HEARD: ((o.REPLY, o.OFFLINE), (o.PROMISE, o.LEAVE, o.HAND_BACK, o.PRIVATE, o.CLOSE, *_COMMON)),
    State.COOLING: ((o.READ_AND_EDIT, o.OFFLINE), (o.RELEASE, o.DISCARD, o.HEAR, o.REPLY, o.HAND_BACK, *_COMMON)),
    State.READY: ((o.READ_ONCE_MORE, o.EDIT, o.NOT_NOW), (o.OFFLINE, o.DISCARD, o.REPLY, o.HAND_BACK, *_COMMON)),
    State.SENDING: ((), (o.NOTE,)),
    State.UNKNOWN: ((o.IS_THERE, o.TRY_AGAIN, o.ASK_A_LEAD), (o.NOT_THERE, *_COMMON)),
    State.BY_HAND: ((o.BY_HAND, o.TAKE_BACK), _COMMON),
    State.AGAIN: (
        (o.REPLY, o.OFFLINE, o.LAST_WORD, o.LEAVE),
        (o.PROMISE, o.PRIVATE, o.HAND_BACK, o.CORRECT, o.CLOSE, *_COMMON),
    ),
    State.INVITED: ((o.TAKEN, o.ASK_AGAIN, o.CLOSE), (o.REPLY, o.PROMISE, o.PRIVATE, o.LEAVE, o.HAND_BACK, *_COMMON)),
    State.OFFLINE: ((o.LOG, o.SHOW, o.TAKE_OVER, o.SPOKE, o.END_TALK), (o.PROMISE, o.PRIVATE, *_COMMON)),
    State.TALKED: ((o.CLOSE, o.SPOKE, o.PROMISE), (o.OFFLINE, o.PRIVATE, o.HAND_BACK, *_COMMON)),
    State.SILENT: ((o.SECOND, o.REPLY), (o.OFFLINE, o.HAND_BACK, *_COMMON)),
    State.SECONDED: ((o.CLOSE, o.REPLY), (o.OFFLINE, *_COMMON)),
    State.GONE: ((o.CLOSE,), (o.OFFLINE, *_COMMON)),
    State.STATEMENT: ((o.STATE,), (o.CLOSE, *_COMMON)),
    State.ANSWERED: ((o.CLOSE, o.PROMISE), (o.CORRECT, o.REPLY, o.PRIVATE, o.OFFLINE, *_COMMON)),
    State.SETTLED: ((o.LOOK_BACK, o.REOPEN), (o.CORRECT, o.NOTE)),
}
_PILE = ((o.NEXT, o.LIST, o.TO_ALL, o.CLOSE_LIST), (o.NOTE, o.LEAD, o.RENAME, o.MERGE))
_PILE_SETTLED = ((o.LOOK_BACK, o.LIST), (o.NOTE,))
#: What a manager who is nothing else may open.
_FOR_MANAGERS = frozenset({"list", "look_back", "words"})
#: What each of these begins; at most one draft of a stage lies in a conversation.
_BEGINS = {
    o.HEAR: Stage.ACKNOWLEDGEMENT,
    o.REPLY: Stage.RESPONSE,
    o.SPOKE: Stage.RESPONSE,
    o.PRIVATE: Stage.PRIVATE,
    o.STATE: Stage.STATEMENT,
}
#: Offers that stand only where there is something to act on.
_NEED_VALUES = frozenset({"correct", "settle_promise", "lift_stop"})


def choices(c: Conversation, incident: Incident, reader: Teammate | None = None) -> Choices:
    """(choices, more) of a conversation's own card. `reader` None: a place that everybody reads."""
    first, more = TABLE[state(c)]
    first = _with_draft(c, first)
    added = [o.SETTLE_PROMISE] if any(p.open for p in c.promises) else []
    added += [o.LIFT] if any(d.stops() for d in c.drafts) else []
    added += [o.DISCARD_KEPT] if o.GO_ON in first else []
    added += [o.EDIT, o.DISCARD] if state(c) is State.OFFLINE and finished(c) is not None else []
    added += [o.WORDS] if _long(c) else []
    added += [o.LIST] if incident.size > 1 else []
    return _for(reader, _bound(c, first), _bound(c, _fitting(c, (*added, *more))))


def pile_choices(front: Conversation, incident: Incident, reader: Teammate | None = None) -> Choices:
    """(choices, more) of the card of several conversations; `front` is the most urgent of them."""
    first, more = _PILE if incident.open else _PILE_SETTLED
    return _for(reader, _bound(front, first), _bound(front, more))


def _with_draft(c: Conversation, first: tuple[Offer, ...]) -> tuple[Offer, ...]:
    """A kept draft is gone on with: the press that would begin one of its stage leads back to it."""
    stages = {d.stage for d in c.drafts if d.cooling is None}
    return tuple(dict.fromkeys(o.GO_ON if _BEGINS.get(offer) in stages else offer for offer in first))


def _long(c: Conversation) -> bool:
    """Whether there is more of their words than the card shows, or other words stood there before."""
    return len(c.mentions) > 1 or any(m.edits or len(m.latest.read("")) > SHOWN for m in c.mentions)


def _fitting(c: Conversation, more: Sequence[Offer]) -> tuple[Offer, ...]:
    """Without what has nothing to act on, or does not fit a statement of ours."""
    unfit = {o.HEAR, o.OFFLINE, o.LEAVE, o.PRIVATE, o.REPLY} if c.statement else set()
    unfit |= {o.HAND_BACK} if c.owner is None else set()
    begun = {d.stage for d in c.drafts}
    unfit |= {offer for offer, stage in _BEGINS.items() if stage in begun}
    return tuple(x for x in more if x not in unfit and (x.act not in _NEED_VALUES or x.values(c)))


def _bound(c: Conversation, offers: Sequence[Offer]) -> tuple[Choice, ...]:
    return tuple(offer.choice(c, likely=place == 0) for place, offer in enumerate(offers))


def _for(reader: Teammate | None, first: tuple[Choice, ...], more: Sequence[Choice]) -> Choices:
    rest = tuple(Choice(x.act, x.label, x.values, form=x.form) for x in more)
    if reader is None or reader.may(Role.TEAMMATE):
        return first, rest
    return tuple(x for x in (*first, *rest) if x.act in _FOR_MANAGERS), ()
