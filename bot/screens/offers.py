"""Every press a card may offer: its act, what it is called, and the values that say what it acts on."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.nouns.conversation import AttemptState, Conversation
from bot.screens.shapes import Choice
from bot.screens.state import finished, kept

Values = Callable[[Conversation], Mapping[str, str]]


def _none(_: Conversation) -> Mapping[str, str]:
    return {}


def _always(**values: str) -> Values:
    return lambda _: values


def _epoch(c: Conversation) -> Mapping[str, str]:
    """How many owners it had when the choice was painted: a later claim makes this press stale."""
    return {"epoch": str(c.owners)}


def _seen(c: Conversation) -> Mapping[str, str]:
    """How much had come from the public when the choice was painted: what comes later is read before anything ends."""
    return {"seen": str(c.seen)}


def _finished(c: Conversation) -> Mapping[str, str]:
    """The draft, its version and its seal: a press on anything else is stale."""
    draft = finished(c)
    if draft is None:
        return {}
    return {"draft": draft.id, "version": str(draft.version), "seal": draft.words.seal, "stage": draft.stage.value}


def _kept(c: Conversation) -> Mapping[str, str]:
    draft = kept(c)
    return {} if draft is None else {"draft": draft.id, "version": str(draft.version), "stage": draft.stage.value}


def _attempt(*states: AttemptState) -> Values:
    def values(c: Conversation) -> Mapping[str, str]:
        found = next((a for a in c.attempts if a.state in states), None)
        return {} if found is None else {"attempt": found.key, "round": str(found.round)}

    return values


def _posted(c: Conversation) -> Mapping[str, str]:
    posted = [a for a in c.attempts if a.standing is not None]
    return {"attempt": posted[-1].key} if posted else {}


def _promise(c: Conversation) -> Mapping[str, str]:
    found = next((p for p in c.promises if p.open), None)
    return {} if found is None else {"promise": found.id}


@dataclass(frozen=True, slots=True)
class Offer:
    """One press, before it is bound to a conversation. `form`: it opens a form or a page rather than acting."""

    act: str
    label: str
    values: Values = _none
    form: bool = False

    def choice(self, c: Conversation, *, likely: bool = False) -> Choice:
        """The press on this conversation, as it stands now."""
        return Choice(act=self.act, label=self.label, values=self.values(c), likely=likely, form=self.form)


CLAIM = Offer("claim", "I have this", _epoch)
HEAR = Offer("write", "Say we heard", _always(stage="acknowledgement"), form=True)
REPLY = Offer("write", "Write a reply", _always(stage="response"), form=True)
PRIVATE = Offer("write", "Write to them privately", _always(stage="private"), form=True)
SPOKE = Offer("write", "Say in public that we spoke", _always(stage="response"), form=True)
STATE = Offer("write", "Write the statement", _always(stage="statement"), form=True)
READ_AND_EDIT = Offer("write", "Read and edit", _finished, form=True)
EDIT = Offer("write", "Edit", _finished, form=True)
GO_ON = Offer("write", "Go on writing", _kept, form=True)
READ_ONCE_MORE = Offer("read_once_more", "Read once more and send", _finished, form=True)
NOT_NOW = Offer("not_now", "Not now", _finished)
RELEASE = Offer("release_early", "Ask a lead to release early", _finished, form=True)
DISCARD = Offer("discard", "Discard", _finished)
DISCARD_KEPT = Offer("discard", "Discard", _kept)
LIFT = Offer("lift_stop", "Lift a stop", _kept, form=True)

IS_THERE = Offer("is_there", "It is there", _attempt(AttemptState.UNKNOWN), form=True)
TRY_AGAIN = Offer("try_again", "It is not there, try again", _attempt(AttemptState.UNKNOWN))
NOT_THERE = Offer("not_there", "It is not there, leave it", _attempt(AttemptState.UNKNOWN))
ASK_A_LEAD = Offer("ask_a_lead", "Ask a lead", _attempt(AttemptState.UNKNOWN))
BY_HAND = Offer("by_hand", "Copy and open", _attempt(AttemptState.BY_HAND), form=True)
TAKE_BACK = Offer("take_back", "Not now", _attempt(AttemptState.BY_HAND))
CORRECT = Offer("correct", "Correct what we said", _posted, form=True)

OFFLINE = Offer("take_offline", "Take it offline", form=True)
TAKEN = Offer("taken", "I have taken it", form=True)
ASK_AGAIN = Offer("write", "Ask again", _always(stage="acknowledgement", invites="yes"), form=True)
LOG = Offer("log_contact", "Log a contact", form=True)
SHOW = Offer("show_contact", "Show the contact", form=True)
TAKE_OVER = Offer("take_over", "I take this over")
END_TALK = Offer("end_handoff", "Close", _seen, form=True)

LEAVE = Offer("leave_unanswered", "Leave it unanswered", _seen, form=True)
SECOND = Offer("second_silence", "Put my name to it", _seen)
NOT_FOR_US = Offer("not_for_us", "Not for us", _seen, form=True)
CLOSE = Offer("close", "Close", _seen, form=True)
REOPEN = Offer("reopen", "Reopen")
LAST_WORD = Offer("last_word", "Last word by someone else", _epoch)
HAND_BACK = Offer("hand_back", "Hand it back", _epoch)
PROMISE = Offer("promise", "Record a promise", form=True)
SETTLE_PROMISE = Offer("settle_promise", "How the promise went", _promise, form=True)
ASSIGN = Offer("assign", "Give it to somebody", _epoch, form=True)
NOTE = Offer("note", "Note for the team", form=True)
RENAME = Offer("rename", "Rename it", form=True)
MOVE = Offer("move", "Move to another incident", form=True)
WORDS = Offer("words", "Read all their words", form=True)

NEXT = Offer("take_next", "Take the next one")
LIST = Offer("list", "Show the list", form=True)
TO_ALL = Offer("statement", "Say something to all", form=True)
CLOSE_LIST = Offer("close_list", "Close a list", form=True)
LEAD = Offer("name_lead", "Say who leads", form=True)
MERGE = Offer("merge", "Put it into another incident", form=True)
LOOK_BACK = Offer("look_back", "Look back", form=True)
