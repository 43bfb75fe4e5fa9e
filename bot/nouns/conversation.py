"""A conversation: one subject and everything we do about it. Pure state; `evolve` lives beside it."""

from datetime import datetime
from enum import StrEnum

from bot.nouns.base import Noun
from bot.nouns.caution import Level, Stage
from bot.nouns.delivery import Account, Audience, Target, platform_of
from bot.nouns.flag import Severity
from bot.nouns.mention import Kept, MentionKey
from bot.nouns.time import Cooling
from bot.nouns.words import Words


class Mood(StrEnum):
    """The one word a card shows."""

    WAITING = "waiting"
    COOLING = "cooling"
    READY = "ready"
    SETTLED = "settled"
    STORM = "storm"


class Owner(Noun):
    """Who has it now. `epoch` counts the conversation's owners, so that a stale press is seen."""

    person: str
    since: datetime
    epoch: int


class Mark(Noun):
    """A caution as a draft's event keeps it: its name and level, no words."""

    code: str
    level: Level


class Lift(Noun):
    """A stop lifted for one version, with a written reason."""

    code: str
    by: str
    reason: Words


#: `Draft.known` of a draft that has to be read once more whatever came: nothing counts below zero.
READ_AGAIN = -1


class Draft(Noun):
    """Words somebody wants to say. Each edit is a new version.

    `cooling` is None while it is only kept, not finished. `ready`: its wait was seen to have passed, or a lead
    (`released`) shortened it. `cooled` holds the words of the last version whose full wait had passed, so that a small
    repair of them costs less; `repair`: this version is one. `heard` counts what of the public (`Conversation.seen`)
    these words were first written for; `reader` read them once more at `read_at`, and `known` counts what of the
    public they had before them then. `invites`: it asks them to write or call. `sends` counts the sends asked of it.
    """

    id: str
    stage: Stage
    audience: Audience
    target: Target
    version: int
    author: str
    words: Words
    marks: tuple[Mark, ...] = ()
    lifted: tuple[Lift, ...] = ()
    cooling: Cooling | None = None
    ready: datetime | None = None
    cooled: Words | None = None
    released: str = ""
    repair: bool = False
    heard: int = 0
    reader: str = ""
    read_at: datetime | None = None
    known: int = 0
    invites: bool = False
    sends: int = 0

    def stops(self) -> tuple[str, ...]:
        """The stops that nobody lifted yet."""
        lifted = {lift.code for lift in self.lifted}
        return tuple(m.code for m in self.marks if m.level is Level.STOP and m.code not in lifted)

    def rested(self, seen: int) -> Words | None:
        """Words of this draft whose full wait has passed, and that answer all the public said (`seen`) so far."""
        if self.heard != seen:
            return None
        full = self.ready is not None and not self.released and not self.repair
        return self.words if full else self.cooled

    def left(self) -> datetime | None:
        """Since when it lies there cooled and nobody turned to it; None while it still cools."""
        if self.ready is None or self.read_at is None:
            return self.ready
        return max(self.ready, self.read_at)


class AttemptState(StrEnum):
    """Where one send stands. ASKED, INTENDED, BY_HAND and UNKNOWN are open; the others are ends."""

    ASKED = "asked"
    INTENDED = "intended"
    BY_HAND = "by_hand"
    POSTED = "posted"
    NOT_SENT = "not_sent"
    UNKNOWN = "unknown"
    SENT_BACK = "sent_back"
    SET_ASIDE = "set_aside"


OPEN_ATTEMPTS = frozenset({AttemptState.ASKED, AttemptState.INTENDED, AttemptState.BY_HAND, AttemptState.UNKNOWN})


class Attempt(Noun):
    """One send, asked for by a named person. `key` is what the platform is given; *Try again* keeps it.

    `looked`: the presser said they looked where no API can. `round` counts asks under this key. `intended` is when the
    call was about to be made, which every settle time counts from; `mentions` is how many lay here then: a later one is
    not answered by these words.
    """

    key: str
    draft: str
    version: int
    stage: Stage
    audience: Audience
    target: Target
    account: Account | None = None
    words: Words
    by: str
    asked: datetime
    state: AttemptState = AttemptState.ASKED
    looked: bool = False
    round: int = 1
    intended: datetime | None = None
    mentions: int | None = None
    binding: str = ""
    because: str = ""
    until: datetime | None = None
    post: MentionKey | None = None
    url: str = ""
    ended: datetime | None = None
    invites: bool = False

    @property
    def standing(self) -> MentionKey | None:
        """What names the post it became: the platform's key, else its address; None where there is neither."""
        if self.state is not AttemptState.POSTED:
            return None
        if self.post is not None or not self.url:
            return self.post
        return MentionKey(platform=platform_of(self.target), id=self.url)


class OfflineWay(StrEnum):
    """Where the talk goes."""

    EMAIL = "email"
    PHONE = "phone"
    DIRECT = "direct"


class HandoffState(StrEnum):
    """INVITED: we asked them. TAKEN: a named person has it. ENDED: there is a result."""

    INVITED = "invited"
    TAKEN = "taken"
    ENDED = "ended"


class MadeGood(StrEnum):
    """What was made good in the end."""

    REPLACED = "replaced"
    REFUNDED = "refunded"
    EXPLAINED = "explained"
    APOLOGISED = "apologised"
    NONE = "none"


class Contact(Noun):
    """One call or letter: `reached` or not, and when the next one is due."""

    at: datetime
    by: str
    reached: bool
    words: Words
    next: datetime | None = None


class Handoff(Noun):
    """The talk away from the public. `contact` (their number or address) is shown by a recorded press only."""

    way: OfflineWay
    state: HandoffState
    since: datetime
    invites: int = 0
    person: str = ""
    contact: Words | None = None
    contacts: tuple[Contact, ...] = ()
    next: datetime | None = None
    result: Words | None = None
    made_good: MadeGood | None = None
    ended: datetime | None = None


class PromiseState(StrEnum):
    """OPEN until a named person says how it went. RENEGOTIATED: a new date was agreed in public; it stays open."""

    OPEN = "open"
    RENEGOTIATED = "renegotiated"
    KEPT = "kept"
    BROKEN = "broken"


class Promise(Noun):
    """A public commitment with a date."""

    id: str
    by: str
    words: Words
    due: datetime
    state: PromiseState = PromiseState.OPEN

    @property
    def open(self) -> bool:
        """Whether it still binds us."""
        return self.state in (PromiseState.OPEN, PromiseState.RENEGOTIATED)


class Silence(Noun):
    """A decision to leave it unanswered. `second` is '' until another person put their name to it."""

    by: str
    reason: Words
    at: datetime
    review: datetime
    second: str = ""


class Reminder(Noun):
    """How often the team was reminded of one thing, and when last."""

    kind: str
    count: int
    at: datetime


class Conversation(Noun):
    """Everything about one subject. Keeps its id for life; `incident` is the pile it lies in now.

    `waiting_since`: their oldest words that nothing public of ours followed yet. `unanswered_since`: the same for a
    full answer. `heard_at`: our first public word. `seen` counts what came from the public (words, edits, deletions) and
    what we posted outside the product: `ours` are those posts, `ours_seen` what `seen` was with the newest of them.
    """

    id: str
    incident: str
    opened: datetime
    mentions: tuple[Kept, ...] = ()
    statement: bool = False
    account: Account | None = None
    owner: Owner | None = None
    owners: int = 0
    drafts: tuple[Draft, ...] = ()
    attempts: tuple[Attempt, ...] = ()
    ours: tuple[MentionKey, ...] = ()
    ours_seen: int = 0
    handoff: Handoff | None = None
    promises: tuple[Promise, ...] = ()
    silence: Silence | None = None
    reminders: tuple[Reminder, ...] = ()
    seen: int = 0
    turns: int = 0
    waiting_since: datetime | None = None
    unanswered_since: datetime | None = None
    heard_at: datetime | None = None
    answered_at: datetime | None = None
    closed: datetime | None = None
    outcome: str = ""

    @property
    def severity(self) -> Severity:
        """The gravest of its mentions."""
        return max((m.flag.severity for m in self.mentions), key=lambda s: s.rank, default=Severity.LOW)

    @property
    def first(self) -> Kept | None:
        """What began it; None for a statement of ours."""
        return self.mentions[0] if self.mentions else None

    @property
    def last(self) -> Kept | None:
        """The newest mention that still stands, else the newest at all."""
        standing = [m for m in self.mentions if m.deleted is None]
        return standing[-1] if standing else (self.mentions[-1] if self.mentions else None)

    @property
    def unsigned(self) -> tuple[Kept, ...]:
        """The mentions without a standing disposition."""
        return tuple(m for m in self.mentions if m.signed is None)

    @property
    def gone(self) -> bool:
        """Whether every mention was deleted by its author."""
        return bool(self.mentions) and all(m.deleted is not None for m in self.mentions)

    @property
    def offline(self) -> Handoff | None:
        """The handoff while it is not ended."""
        return self.handoff if self.handoff is not None and self.handoff.state is not HandoffState.ENDED else None

    def draft(self, draft: str) -> Draft | None:
        """The draft of that id, if it still lies here."""
        return next((d for d in self.drafts if d.id == draft), None)

    def staged(self, stage: Stage) -> Draft | None:
        """The draft of that stage: there is at most one."""
        return next((d for d in self.drafts if d.stage is stage), None)

    def attempt(self, key: str) -> Attempt | None:
        """The send of that key."""
        return next((a for a in self.attempts if a.key == key), None)

    def open_attempts(self) -> tuple[Attempt, ...]:
        """Sends that have not ended."""
        return tuple(a for a in self.attempts if a.state in OPEN_ATTEMPTS)

    def reminder(self, kind: str) -> Reminder | None:
        """How often this was reminded of."""
        return next((r for r in self.reminders if r.kind == kind), None)

    def mention(self, key: MentionKey) -> Kept | None:
        """The mention of that key."""
        return next((m for m in self.mentions if m.key == key), None)

    @property
    def mood(self) -> Mood:
        """What its card says: settled when closed; ready or cooling by its drafts; else waiting. Where all was deleted
        there is nobody to send a draft to.

        While a reply is away from the public (offline, taken) and nobody waits for a first word it is settled in mood.
        """
        if self.closed is not None:
            return Mood.SETTLED
        sending = {attempt.draft for attempt in self.open_attempts()}
        drafts = () if self.gone else self.drafts
        finished = [d for d in drafts if d.cooling is not None and d.id not in sending]
        if any(d.ready for d in finished):
            return Mood.READY
        if finished:
            return Mood.COOLING
        if self.waiting_since is None and self.unanswered_since is None and not self.open_attempts():
            return Mood.SETTLED
        return Mood.WAITING
