"""Everything that can have happened, past tense. A timeline is a list of these, and nothing else is true.

Every event carries at most one text, as `words`: its ref and seal are kept, its text lies in the vault.
`fences` stand on the class: the append checks them and can be told nothing else.
"""

from datetime import datetime
from functools import cache
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, TypeAdapter

from bot.nouns.base import Noun
from bot.nouns.caution import Stage
from bot.nouns.conversation import Conversation, MadeGood, Mark, OfflineWay, PromiseState
from bot.nouns.delivery import Account, Audience, Delivery, Target
from bot.nouns.mention import Disposition, Kept, MentionKey
from bot.nouns.team import Place, Role
from bot.nouns.time import Cooling
from bot.nouns.words import Words


class Happened(Noun):
    """What every event carries. `by` is a person's id or `coolhead:` and a part's name; `at` is UTC."""

    fences: ClassVar[frozenset[str]] = frozenset()

    incident: str | None = None
    conversation: str | None = None
    at: datetime
    by: str


# What came from the public


class Opened(Happened):
    """A mention began a conversation; `fresh` where it began the incident too. `brought` by a person, not by a watch."""

    fences: ClassVar = frozenset({"mention"})
    kind: Literal["opened"] = "opened"
    mention: Kept
    fresh: bool = True
    brought: bool = False
    places: tuple[str, ...] = ()
    occasion: str = ""


class WroteAgain(Happened):
    """The same author added a mention to a conversation that stands. `reopens` where it had been closed."""

    fences: ClassVar = frozenset({"mention"})
    kind: Literal["wrote_again"] = "wrote_again"
    mention: Kept
    reopens: bool = False


class MentionEdited(Happened):
    """A mention's author changed their words."""

    kind: Literal["mention_edited"] = "mention_edited"
    mention: MentionKey
    words: Words


class MentionDeleted(Happened):
    """A mention's author took it away."""

    kind: Literal["mention_deleted"] = "mention_deleted"
    mention: MentionKey


class AnsweredByHand(Happened):
    """Our own account answered outside the product, at `said` by the platform's clock. A fact, without reproach."""

    kind: Literal["answered_by_hand"] = "answered_by_hand"
    mention: MentionKey
    post: MentionKey
    words: Words
    url: str = ""
    said: datetime | None = None


# Who has it


class Claimed(Happened):
    """Somebody has it."""

    kind: Literal["claimed"] = "claimed"
    owner: str
    epoch: int


class Assigned(Happened):
    """A lead gave it to somebody."""

    kind: Literal["assigned"] = "assigned"
    owner: str
    epoch: int


class HandedBack(Happened):
    """The owner gave it back, no reason asked."""

    kind: Literal["handed_back"] = "handed_back"


class Freed(Happened):
    """A claim without a draft ran out, or its owner is no longer of the team."""

    kind: Literal["freed"] = "freed"
    owner: str


# Words before they go


class Drafted(Happened):
    """A draft's next version. `cooling` None: only kept. `repair`: a small one after a full wait.

    `unchanged`: the same words for the same target, at most signed by another hand. What was lifted stays lifted, and a
    wait that goes on (the same `cooling`) stays as far as it was.
    """

    kind: Literal["drafted"] = "drafted"
    draft: str
    version: int
    stage: Stage
    audience: Audience
    target: Target
    words: Words
    marks: tuple[Mark, ...] = ()
    cooling: Cooling | None = None
    repair: bool = False
    unchanged: bool = False
    invites: bool = False


class Discarded(Happened):
    """A draft was thrown away."""

    kind: Literal["discarded"] = "discarded"
    draft: str
    version: int


class StopLifted(Happened):
    """A stop was lifted for this version, with a written reason (`words`)."""

    kind: Literal["stop_lifted"] = "stop_lifted"
    draft: str
    version: int
    code: str
    words: Words


class Released(Happened):
    """A lead who did not write it shortened its wait, with a written reason (`words`)."""

    kind: Literal["released"] = "released"
    draft: str
    version: int
    words: Words


class Cooled(Happened):
    """Its wait has passed: it is ready to be read once more."""

    kind: Literal["cooled"] = "cooled"
    draft: str
    version: int


class Recounted(Happened):
    """The clock is in doubt, so what was left of the wait is counted again."""

    kind: Literal["recounted"] = "recounted"
    draft: str
    version: int
    cooling: Cooling


class Reread(Happened):
    """Somebody read it once more, knowing everything that had come by then (`known`)."""

    kind: Literal["reread"] = "reread"
    draft: str
    version: int
    known: int


# Sending


class SendAsked(Happened):
    """A named person pressed Send on exactly these words. `again`: after a doubtful delivery, under the same key."""

    fences: ClassVar = frozenset({"hold"})
    kind: Literal["send_asked"] = "send_asked"
    attempt: str
    draft: str
    version: int
    stage: Stage
    audience: Audience
    target: Target
    words: Words
    looked: bool = False
    again: bool = False
    invites: bool = False


class SentBack(Happened):
    """Not sent: it has to be read or pressed again. `changed`: their words changed meanwhile."""

    kind: Literal["sent_back"] = "sent_back"
    attempt: str
    because: str
    changed: bool = False
    until: datetime | None = None


class SetAside(Happened):
    """Not sent: there is nothing left to answer here, or it was answered another way."""

    kind: Literal["set_aside"] = "set_aside"
    attempt: str
    because: str


class Intended(Happened):
    """The one attempt is about to be made; what exactly is bound by `binding`."""

    fences: ClassVar = frozenset({"team", "hold", "sender"})
    kind: Literal["intended"] = "intended"
    attempt: str
    account: Account
    binding: str
    by_hand: bool = False


class Delivered(Happened):
    """What became of an attempt. A person's word (`by`) may settle what nobody could tell."""

    kind: Literal["delivered"] = "delivered"
    attempt: str
    delivery: Delivery


# Away from the public


class Invited(Happened):
    """We asked them, with our listed contact, to write or call."""

    kind: Literal["invited"] = "invited"
    way: OfflineWay


class TakenOffline(Happened):
    """A named person took the talk to email, phone or direct message; `words` is their contact."""

    kind: Literal["taken_offline"] = "taken_offline"
    way: OfflineWay
    person: str
    words: Words | None = None
    next: datetime | None = None


class Contacted(Happened):
    """One call or letter, reached or not."""

    kind: Literal["contacted"] = "contacted"
    reached: bool
    words: Words
    next: datetime | None = None


class ContactShown(Happened):
    """Somebody looked at the whole contact."""

    kind: Literal["contact_shown"] = "contact_shown"


class TakenOver(Happened):
    """Another person has the talk now."""

    kind: Literal["taken_over"] = "taken_over"
    person: str


class HandoffEnded(Happened):
    """How the talk ended, and what was made good."""

    kind: Literal["handoff_ended"] = "handoff_ended"
    words: Words
    made_good: MadeGood


class Promised(Happened):
    """A public commitment with a date."""

    kind: Literal["promised"] = "promised"
    promise: str
    words: Words
    due: datetime


class PromiseSettled(Happened):
    """Kept, renegotiated in public (`due` is the new date), or broken."""

    kind: Literal["promise_settled"] = "promise_settled"
    promise: str
    state: PromiseState
    due: datetime | None = None
    words: Words | None = None


class Silenced(Happened):
    """It shall stay unanswered; `words` say why. `second` where another name stands under it already."""

    kind: Literal["silenced"] = "silenced"
    words: Words
    review: datetime
    second: str = ""


class SilenceSeconded(Happened):
    """Another person put their name to it, or nobody was there and a day has passed (`by` the clockwork)."""

    kind: Literal["silence_seconded"] = "silence_seconded"


# Ends


class Disposed(Happened):
    """How these mentions ended, signed by `by`. `words` may say why."""

    kind: Literal["disposed"] = "disposed"
    disposition: Disposition
    mentions: tuple[MentionKey, ...]
    words: Words | None = None


class Closed(Happened):
    """Every mention has its disposition and no promise is open."""

    kind: Literal["closed"] = "closed"
    outcome: str = ""


class Reopened(Happened):
    """It is not over after all. `because` in words of ours."""

    kind: Literal["reopened"] = "reopened"
    because: str = ""


class StatementBegun(Happened):
    """A conversation about a post of ours that answers no single mention."""

    kind: Literal["statement_begun"] = "statement_begun"
    account: Account
    fresh: bool = True
    places: tuple[str, ...] = ()


# The incident as a whole


class MovedOut(Happened):
    """A conversation went to another incident."""

    kind: Literal["moved_out"] = "moved_out"
    to: str
    closed: bool = False


class MovedIn(Happened):
    """A conversation came from another incident, as it stood then. `fresh`: the incident began with it."""

    kind: Literal["moved_in"] = "moved_in"
    origin: str
    state: Conversation
    fresh: bool = False
    places: tuple[str, ...] = ()


class Merged(Happened):
    """All of it lies in another incident now."""

    kind: Literal["merged"] = "merged"
    into: str


class Renamed(Happened):
    """Somebody gave it a better headline."""

    kind: Literal["renamed"] = "renamed"
    words: Words


class LeadNamed(Happened):
    """Who leads the incident."""

    kind: Literal["lead_named"] = "lead_named"
    lead: str


class Noted(Happened):
    """A line for the team. Never published. `marked`: a line picked for the review."""

    kind: Literal["noted"] = "noted"
    words: Words
    marked: bool = False


class StormBegan(Happened):
    """It grows faster than the people on duty can read."""

    kind: Literal["storm_began"] = "storm_began"


class StormEnded(Happened):
    """It grows no longer."""

    kind: Literal["storm_ended"] = "storm_ended"


class OutcomeNoted(Happened):
    """How an incident ended for the people in it, in one word of `Outcome`."""

    kind: Literal["outcome_noted"] = "outcome_noted"
    outcome: str


class LessonNoted(Happened):
    """What we learned."""

    kind: Literal["lesson_noted"] = "lesson_noted"
    words: Words


class ActionAgreed(Happened):
    """What changes, by whom, by when."""

    kind: Literal["action_agreed"] = "action_agreed"
    action: str
    owner: str
    due: datetime | None = None
    words: Words


class ActionDone(Happened):
    """It has changed."""

    kind: Literal["action_done"] = "action_done"
    action: str


class Reminded(Happened):
    """The team was reminded: `what` of, for the `count`th time, and who was told."""

    kind: Literal["reminded"] = "reminded"
    what: str
    count: int
    told: tuple[str, ...] = ()
    outside: bool = False


# The team's own timeline


class HoldBegan(Happened):
    """All public words wait; `words` say why. `beyond` lists what the hold cannot stop, as ticked off."""

    kind: Literal["hold_began"] = "hold_began"
    until: datetime
    words: Words
    beyond: tuple[str, ...] = ()


class HoldEnded(Happened):
    """A lead ended it; `words` say what we return with."""

    kind: Literal["hold_ended"] = "hold_ended"
    words: Words | None = None


class PersonSet(Happened):
    """Who somebody is to the team, whole as it stands from now on."""

    kind: Literal["person_set"] = "person_set"
    person: str
    name: str
    roles: frozenset[Role]
    public_name: str = ""
    zone: str = ""
    on_duty: bool = True
    shield: bool = False
    email: str = ""


class PersonLeft(Happened):
    """Somebody is no longer of the team."""

    kind: Literal["person_left"] = "person_left"
    person: str


class PlaceAdded(Happened):
    """Incidents are shown in that place too from now on."""

    kind: Literal["place_added"] = "place_added"
    place: Place


class PlaceRemoved(Happened):
    """That place hears of no incident any more."""

    kind: Literal["place_removed"] = "place_removed"
    place: Place


class SettingsRead(Happened):
    """The policy, watches, places and contacts in force changed with the settings; `digest` names them."""

    kind: Literal["settings_read"] = "settings_read"
    digest: str
    changed: tuple[str, ...] = ()


class GapFound(Happened):
    """We may have missed something from a source."""

    kind: Literal["gap_found"] = "gap_found"
    source: str
    since: datetime
    until: datetime


class SourceQuiet(Happened):
    """Nothing has come from a source since `since`, longer than its rhythm allows. `because`: its own trouble, or ''."""

    kind: Literal["source_quiet"] = "source_quiet"
    source: str
    since: datetime
    because: str = ""


class SourceBack(Happened):
    """It is heard again; it had been quiet `since`. `fetched`: we ask it ourselves, from where we had read to."""

    kind: Literal["source_back"] = "source_back"
    source: str
    since: datetime
    fetched: bool


class PutAside(Happened):
    """Something could not be read and lies in quarantine under `ref`."""

    kind: Literal["put_aside"] = "put_aside"
    source: str
    ref: str
    because: str


class BroughtIn(Happened):
    """Somebody brought in what no watch had forwarded."""

    kind: Literal["brought_in"] = "brought_in"
    mention: MentionKey
    into: str


class Alarmed(Happened):
    """One alarm that lists every critical conversation nobody has. `outside` the chat: webhook, e-mail."""

    kind: Literal["alarmed"] = "alarmed"
    conversations: tuple[str, ...]
    told: tuple[str, ...] = ()
    outside: bool = False


class ErasureAsked(Happened):
    """Somebody asked that these persons be forgotten; it is done from here on. `persons` are vault keys."""

    kind: Literal["erasure_asked"] = "erasure_asked"
    persons: tuple[str, ...]


class Erased(Happened):
    """At a person's wish no readable copy is left. `persons` are vault keys, which name nobody."""

    kind: Literal["erased"] = "erased"
    persons: tuple[str, ...]


Event = Annotated[
    Opened | WroteAgain | MentionEdited | MentionDeleted | AnsweredByHand
    | Claimed | Assigned | HandedBack | Freed
    | Drafted | Discarded | StopLifted | Released | Cooled | Recounted | Reread
    | SendAsked | SentBack | SetAside | Intended | Delivered
    | Invited | TakenOffline | Contacted | ContactShown | TakenOver | HandoffEnded
    | Promised | PromiseSettled | Silenced | SilenceSeconded
    | Disposed | Closed | Reopened | StatementBegun
    | MovedOut | MovedIn | Merged | Renamed | LeadNamed | Noted | StormBegan | StormEnded
    | OutcomeNoted | LessonNoted | ActionAgreed | ActionDone | Reminded
    | HoldBegan | HoldEnded | PersonSet | PersonLeft | PlaceAdded | PlaceRemoved | SettingsRead | GapFound | SourceQuiet | SourceBack
    | PutAside | BroughtIn | Alarmed | ErasureAsked | Erased,
    Field(discriminator="kind"),
]  # fmt: skip


@cache
def _adapter() -> TypeAdapter[Event]:
    return TypeAdapter(Event)


def load(data: dict[str, Any]) -> Event:
    """An event from its plain form; raises pydantic's ValidationError where it is none."""
    return _adapter().validate_python(data)


def words_of(event: Event) -> Words | None:
    """The one text an event carries, if any."""
    match event:
        case Opened() | WroteAgain():
            return event.mention.words
        case _:
            words: Words | None = getattr(event, "words", None)
            return words


def key_of(event: Event) -> MentionKey | None:
    """The one mention an event names, if any."""
    match event:
        case Opened() | WroteAgain():
            return event.mention.key
        case _:
            key: MentionKey | None = getattr(event, "mention", None)
            return key
