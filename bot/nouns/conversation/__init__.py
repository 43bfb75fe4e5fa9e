"""A conversation: one subject and everything we do about it. Pure state; `evolve` lives beside it."""

from datetime import datetime
from enum import StrEnum

from bot.nouns.base import Noun
from bot.nouns.caution import Stage
from bot.nouns.conversation.attempt import OPEN_ATTEMPTS, Attempt, AttemptState
from bot.nouns.conversation.draft import READ_AGAIN, Draft, Lift, Mark
from bot.nouns.conversation.handoff import Contact, Handoff, HandoffState, MadeGood, OfflineWay
from bot.nouns.conversation.promise import Promise, PromiseState
from bot.nouns.delivery import Account
from bot.nouns.flag import Severity
from bot.nouns.mention import Kept, MentionKey
from bot.nouns.words import Words

__all__ = [
    "Mark", "Lift", "READ_AGAIN", "Draft",
    "AttemptState", "OPEN_ATTEMPTS", "Attempt",
    "OfflineWay", "HandoffState", "MadeGood", "Contact", "Handoff",
    "PromiseState", "Promise",
    "Mood", "Owner", "Silence", "Reminder", "Conversation",
]  # fmt: skip


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
        attempts = self.open_attempts() if self.attempts else ()
        if self.drafts and not self.gone:  # most have none
            sending = {attempt.draft for attempt in attempts}
            finished = [d for d in self.drafts if d.cooling is not None and d.id not in sending]
            if finished:
                return Mood.READY if any(d.ready for d in finished) else Mood.COOLING
        if self.waiting_since is None and self.unanswered_since is None and not attempts:
            return Mood.SETTLED
        return Mood.WAITING
