"""What a second reader says about a draft, and what may be suggested in its place."""

from dataclasses import dataclass, field
from enum import StrEnum

from bot.nouns.base import Noun
from bot.nouns.flag import Severity


class Level(StrEnum):
    """NOTE informs, WARN lengthens the cooling-off, STOP must be repaired or lifted before the draft is finished."""

    NOTE = "note"
    WARN = "warn"
    STOP = "stop"


class Caution(Noun):
    """A named, explained remark on a draft.

    `span` is [start, end) in Unicode code points of the draft; (0, 0) means the draft as a whole.
    `instead` is one better wording for the span (for (0, 0): a sentence to add), or None. It states no fact that the
    draft, the mention or the record does not hold. It is called `try` in JSON, which is no name in Python.
    """

    code: str
    level: Level
    span: tuple[int, int]
    because: str
    instead: str | None = None


#: Stops that nobody may lift: the harm is done the moment the words are public.
NEVER_LIFTED = frozenset({"pii_leak", "unfilled_slot", "too_long"})


@dataclass(frozen=True, slots=True)
class Length:
    """A text as one platform counts it."""

    used: int
    limit: int

    @property
    def fits(self) -> bool:
        """Whether the platform would take it."""
        return self.used <= self.limit


class Stage(StrEnum):
    """Which words are being looked for."""

    ACKNOWLEDGEMENT = "acknowledgement"
    RESPONSE = "response"
    PRIVATE = "private"
    STATEMENT = "statement"


@dataclass(frozen=True, slots=True)
class Reading:
    """All that a reader may look at. Nothing here is fetched; every field may be empty."""

    text: str
    length: Length | None = None
    mention: str = ""
    platform: str = ""
    stage: Stage = Stage.RESPONSE
    severity: Severity = Severity.LOW
    complains: bool | None = None
    recent: tuple[str, ...] = ()
    own_contacts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Asking:
    """What a suggestion is wanted for."""

    mention: str
    stage: Stage
    situation: str | None = None
    rating: int | None = None
    lang: str | None = None
    severity: Severity = Severity.LOW
    complaint: float = 0.0
    author: str = ""
    signature: str = ""
    contact: str = ""
    limit: int | None = None
    turns: int = 0


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Words others found good. `slots` are what must be filled by hand; in the text they stand as `[what to fill in]`.

    `invites`: they ask to go on away from the public.
    """

    key: str
    text: str
    fits: str
    slots: tuple[str, ...] = field(default=())
    invites: bool = False
