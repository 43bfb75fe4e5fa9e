"""The talk away from the public."""

from datetime import datetime
from enum import StrEnum

from bot.nouns.base import Noun
from bot.nouns.words import Words


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
