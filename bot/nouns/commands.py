"""Everything that can be asked for, imperative. `decide` answers each with events or a refusal.

`id` makes a command safe to repeat: the store applies one id once. Ids of new things and attempt keys come with the
command: `decide` rolls no dice. Texts come sealed (`Words` with their text), because they lie in the vault already.
"""

from datetime import datetime

from bot.nouns.base import Noun
from bot.nouns.caution import Caution, Stage
from bot.nouns.conversation import MadeGood, OfflineWay, PromiseState
from bot.nouns.delivery import Account, Audience, Cleared, Delivery, Reach, Target
from bot.nouns.mention import CannotTell, Deleted, Disposition, Kept, MentionKey, Seen
from bot.nouns.team import Place, Role
from bot.nouns.time import Moment
from bot.nouns.words import Words


class Command(Noun):
    """What every command carries; '' where it names no incident or conversation."""

    id: str
    incident: str = ""
    conversation: str = ""


# The sorter's


class Open(Command):
    """Begin `conversation` in `incident` (new where `fresh`) with a mention."""

    mention: Kept
    fresh: bool = True
    brought: bool = False
    places: tuple[str, ...] = ()
    occasion: str = ""


class Add(Command):
    """The same author wrote again."""

    mention: Kept


class NoteEdit(Command):
    """A mention was edited."""

    mention: MentionKey
    words: Words


class NoteDeletion(Command):
    """A mention was deleted."""

    mention: MentionKey


class NoteOurAnswer(Command):
    """Our account answered by another hand, at `said` by the platform's clock."""

    mention: MentionKey
    post: MentionKey
    words: Words
    url: str = ""
    said: datetime | None = None


# A conversation's owner


class Claim(Command):
    """*I have this.* `epoch`: how many owners it had when the choice was painted."""

    epoch: int


class Assign(Command):
    """A lead gives it to somebody."""

    to: str
    epoch: int


class HandBack(Command):
    """The owner gives it back; the clockwork does it for one who is no longer of the team."""


# Drafts


class Write(Command):
    """A draft's next version. `based_on` is the version it was edited from (0: new). `finished` begins the wait.

    `cautions` are what the readers say of exactly these words. `invites`: an acknowledgement that asks them to write or
    call.
    """

    draft: str
    based_on: int
    stage: Stage
    audience: Audience
    target: Target
    words: Words
    cautions: tuple[Caution, ...] = ()
    finished: bool = True
    invites: bool = False


class Discard(Command):
    """Throw a draft away."""

    draft: str
    version: int


class LiftStop(Command):
    """Lift one stop of one version, with a written reason."""

    draft: str
    version: int
    code: str
    words: Words


class ReleaseEarly(Command):
    """Shorten a wait, with a written reason."""

    draft: str
    version: int
    words: Words


class ReadOnceMore(Command):
    """The cooled draft is open before their eyes."""

    draft: str
    version: int


class Send(Command):
    """Press Send on exactly this version. `seal` is its words' seal; `looked`: "I looked, nothing changed"."""

    draft: str
    version: int
    seal: str
    attempt: str
    looked: bool = False


class SettleAttempt(Command):
    """A person says what became of a send: it is there (`url`), or it is not."""

    attempt: str
    there: bool
    url: str = ""


class TryAgain(Command):
    """Send once more under the same key, after a person looked and a fresh `find` saw nothing (`absent`)."""

    attempt: str
    round: int
    absent: bool


class TakeBackAsk(Command):
    """A send by hand that was not made after all: *Not now*."""

    attempt: str


class Correct(Command):
    """Begin a correction of a post of ours (`attempt`); the words come with `Write` on the new draft."""

    attempt: str
    draft: str
    words: Words
    cautions: tuple[Caution, ...] = ()


class BeginStatement(Command):
    """A conversation about a post of ours on `account`; `fresh`: in an incident of its own."""

    account: Account
    fresh: bool = True
    places: tuple[str, ...] = ()


# Away from the public


class TakeOffline(Command):
    """*I have taken it*: the presser has the talk, by this way; `words` is their contact, if known."""

    way: OfflineWay
    words: Words | None = None
    next: datetime | None = None


class LogContact(Command):
    """A call or letter was made."""

    reached: bool
    words: Words
    next: datetime | None = None


class ShowContact(Command):
    """Show the whole contact to the presser, and record that."""


class TakeOver(Command):
    """Another person takes the talk over."""

    person: str = ""


class EndHandoff(Command):
    """How the talk ended."""

    words: Words
    made_good: MadeGood


class MakePromise(Command):
    """Record a public commitment."""

    promise: str
    words: Words
    due: datetime


class SettlePromise(Command):
    """Kept, renegotiated or broken."""

    promise: str
    state: PromiseState
    due: datetime | None = None
    words: Words | None = None


# Ends


class LeaveUnanswered(Command):
    """Silence, with a reason and a review date."""

    words: Words
    review: datetime | None = None


class SecondSilence(Command):
    """Put a second name under a silence."""


class Dispose(Command):
    """Sign how mentions ended. No `mentions`: all of the conversation's."""

    disposition: Disposition
    mentions: tuple[MentionKey, ...] = ()
    words: Words | None = None


class Close(Command):
    """Close a conversation, or a fixed list of one incident's; what is not signed yet is signed with `disposition`."""

    conversations: tuple[str, ...] = ()
    disposition: Disposition | None = None
    outcome: str = ""
    words: Words | None = None


class Reopen(Command):
    """It is not over."""

    because: str = ""


# The incident


class Move(Command):
    """Move the conversation to the incident `to`; `fresh`: one that begins with it."""

    to: str
    fresh: bool = False


class Merge(Command):
    """Move `conversations` (all the open ones, as listed) of `incident` into `into` and end it."""

    into: str
    conversations: tuple[str, ...]


class Rename(Command):
    """Give it a better headline."""

    words: Words


class NameLead(Command):
    """Who leads it."""

    lead: str


class Note(Command):
    """A line for the team."""

    words: Words
    marked: bool = False


class NoteOutcome(Command):
    """How it ended for the people in it."""

    outcome: str


class NoteLesson(Command):
    """What we learned."""

    words: Words


class AgreeAction(Command):
    """What changes, by whom, by when."""

    action: str
    owner: str
    words: Words
    due: datetime | None = None


class FinishAction(Command):
    """It has changed."""

    action: str


# The team


class BeginHold(Command):
    """*Hold all posting.*"""

    until: datetime
    words: Words
    beyond: tuple[str, ...] = ()


class EndHold(Command):
    """A lead ends it."""

    words: Words | None = None


class SetPerson(Command):
    """Set who somebody is; a person may set their own name, zone, duty and shield, a manager or lead the roles."""

    person: str
    name: str
    roles: frozenset[Role]
    public_name: str = ""
    zone: str = ""
    on_duty: bool = True
    shield: bool = False
    email: str = ""


class RemovePerson(Command):
    """Somebody leaves the team."""

    person: str


class AddPlace(Command):
    """Show incidents in that place too. `first`: nobody in its room is a lead yet, so whoever brings it there may."""

    place: Place
    first: bool = False


class RemovePlace(Command):
    """Show incidents there no more."""

    place: Place


class NoteSettings(Command):
    """The settings in force changed."""

    digest: str
    changed: tuple[str, ...] = ()


class NoteGap(Command):
    """A source may have missed something."""

    source: str
    since: datetime
    until: datetime


class NoteQuiet(Command):
    """A source has been quiet `since`, for longer than its rhythm allows. `because`: its own trouble, or ''."""

    source: str
    since: datetime
    because: str = ""


class NoteBack(Command):
    """A quiet source is heard again. `fetched`: we ask it ourselves, from where we had read to."""

    source: str
    fetched: bool


class NotePutAside(Command):
    """Something lies in quarantine."""

    source: str
    ref: str
    because: str


class NoteBroughtIn(Command):
    """Somebody brought in what was not forwarded."""

    mention: MentionKey
    into: str


class Forget(Command):
    """Forget these persons (vault keys): nothing readable of them is to be left."""

    persons: tuple[str, ...]


class NoteErased(Command):
    """Nothing readable of them is left in the store."""

    persons: tuple[str, ...]


class RingAlarm(Command):
    """One alarm for these critical conversations that nobody has."""

    conversations: tuple[str, ...]


# The clockwork's and the outbox's


class Wake(Command):
    """Something of `conversation` is due: `what` as `due` named it. Decides anew what is true now.

    `pulse` is the last sign of life of the machine boot in which a draft began to cool, if any is known.
    """

    what: str
    pulse: Moment | None = None


class Clear(Command):
    """The outbox looked: may this attempt go out? `allowed`: the presser's roles, asked anew.

    `find` comes before an attempt that may have gone out already, and is not decided here.
    """

    attempt: str
    seen: Seen | Deleted | CannotTell | None
    reach: Reach
    account: Account
    allowed: bool


class Deliver(Command):
    """What became of the attempt. `round`: of which ask under its key; None is whichever stands."""

    attempt: str
    delivery: Delivery
    round: int | None = None
    cleared: Cleared | None = None
