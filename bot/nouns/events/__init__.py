"""Everything that can have happened, past tense. A timeline is a list of these, and nothing else is true.

Every event carries at most one text, as `words`: its ref and seal are kept, its text lies in the vault.
`fences` stand on the class: the append checks them and can be told nothing else. `kind` names an event for good: what
is on disk is read by it.
"""

from functools import cache
from typing import Annotated, Any

from pydantic import Field, TypeAdapter

from bot.nouns.events.away import (
    Contacted,
    ContactShown,
    HandoffEnded,
    Invited,
    Promised,
    PromiseSettled,
    Silenced,
    SilenceSeconded,
    TakenOffline,
    TakenOver,
)
from bot.nouns.events.drafts import Cooled, Discarded, Drafted, Recounted, Released, Reread, StatementBegun, StopLifted
from bot.nouns.events.ends import Closed, Disposed, Reopened
from bot.nouns.events.happened import Happened
from bot.nouns.events.incident import (
    ActionAgreed,
    ActionDone,
    LeadNamed,
    LessonNoted,
    Merged,
    MovedIn,
    MovedOut,
    Noted,
    OutcomeNoted,
    Reminded,
    Renamed,
    StormBegan,
    StormEnded,
)
from bot.nouns.events.owning import Assigned, Claimed, Freed, HandedBack
from bot.nouns.events.public import AnsweredByHand, MentionDeleted, MentionEdited, Opened, WroteAgain
from bot.nouns.events.sending import Delivered, Intended, SendAsked, SentBack, SetAside
from bot.nouns.events.team import (
    Alarmed,
    BroughtIn,
    Erased,
    ErasureAsked,
    GapFound,
    HoldBegan,
    HoldEnded,
    PersonLeft,
    PersonSet,
    PlaceAdded,
    PlaceRemoved,
    PutAside,
    RoomAway,
    RoomBack,
    SettingsRead,
    SourceBack,
    SourceFetched,
    SourceQuiet,
)
from bot.nouns.mention import MentionKey
from bot.nouns.words import Words

__all__ = [
    "Opened", "WroteAgain", "MentionEdited", "MentionDeleted", "AnsweredByHand",
    "Claimed", "Assigned", "HandedBack", "Freed",
    "Drafted", "Discarded", "StopLifted", "Released", "Cooled", "Recounted", "Reread", "StatementBegun",
    "SendAsked", "SentBack", "SetAside", "Intended", "Delivered",
    "Invited", "TakenOffline", "Contacted", "ContactShown", "TakenOver", "HandoffEnded", "Promised",
    "PromiseSettled", "Silenced", "SilenceSeconded",
    "Disposed", "Closed", "Reopened",
    "MovedOut", "MovedIn", "Merged", "Renamed", "LeadNamed", "Noted", "StormBegan", "StormEnded", "OutcomeNoted",
    "LessonNoted", "ActionAgreed", "ActionDone", "Reminded",
    "HoldBegan", "HoldEnded", "PersonSet", "PersonLeft", "PlaceAdded", "PlaceRemoved", "SettingsRead", "GapFound",
    "SourceQuiet", "SourceBack", "SourceFetched", "RoomAway", "RoomBack", "PutAside", "BroughtIn", "Alarmed", "ErasureAsked", "Erased",
    "Happened",
    "Event", "load", "words_of", "key_of",
]  # fmt: skip

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
    | SourceFetched | RoomAway | RoomBack | PutAside | BroughtIn | Alarmed | ErasureAsked | Erased,
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
