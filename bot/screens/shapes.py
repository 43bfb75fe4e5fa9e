"""What a room is handed and what it hands back. Meaning, not layout: each room paints it natively."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from bot.nouns.base import Noun
from bot.nouns.caution import Caution, Length, Suggestion
from bot.nouns.conversation import Mood
from bot.nouns.flag import Severity
from bot.nouns.team import Handle, Refusal
from bot.nouns.time import Addition


@dataclass(frozen=True, slots=True)
class Quote:
    """Untrusted words of somebody outside, or words of ours before they go (`ours`, with their `length` as the platform
    counts). `more`: there is more of it to read.

    `veiled`, where not '', stands in their place for a reader who asked for a shield; the words are one press away.
    `copy`: words to be posted by hand; *Copy* and *Open* (`url`) belong beside them.
    """

    text: str
    by: str = ""
    at: datetime | None = None
    url: str = ""
    more: bool = False
    veiled: str = ""
    ours: bool = False
    length: Length | None = None
    copy: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """A note of ours: one sentence."""

    text: str


@dataclass(frozen=True, slots=True)
class Fact:
    """`name`: `text`. `at` is painted in the reader's zone behind it, where given. `late`: waiting too long (amber).

    `incident` and `conversation`: what it is about, where a room may lead there; '' for nowhere.
    """

    name: str
    text: str
    at: datetime | None = None
    late: bool = False
    incident: str = ""
    conversation: str = ""


@dataclass(frozen=True, slots=True)
class Wait:
    """A moment to come: the thin line that shortens. `because` lists what made it longer."""

    text: str
    since: datetime
    until: datetime
    because: tuple[Addition, ...] = ()


Passage = Quote | Said | Fact | Wait


@dataclass(frozen=True, slots=True)
class Choice:
    """One press. `act` is the gesture's name; `values` say what it acts on and that thing's version.

    `likely`: the one filled button. `form`: it opens a form.
    """

    act: str
    label: str
    values: Mapping[str, str] = field(default_factory=dict)
    likely: bool = False
    form: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """Headline, mood, passages, at most five choices, the rest behind *More*. `about` is its second line.

    `severity` is the gravest of what the incident holds: for a room that sorts its cards by it, never an alarm word.
    """

    incident: str
    conversation: str
    headline: str
    about: str
    mood: Mood
    passages: tuple[Passage, ...]
    choices: tuple[Choice, ...] = ()
    more: tuple[Choice, ...] = ()
    link: str = ""
    version: int = 0
    late: bool = False
    offline: bool = False
    severity: Severity = Severity.LOW


@dataclass(frozen=True, slots=True)
class Line:
    """One fact in the thread, painted as `text (by, at): quote`, with what is '' left out.

    `text` comes without its last point where `by`, `moment` or `quote` may follow. `by` is given only where the text
    does not name them; `moment` is a moment the text leads up to ("Next call"), painted behind it in the reader's zone.
    `quote` holds words a person wrote, untrusted, `ours` where somebody of the team did. `kind` is the event's.
    `veiled`, where not '', stands in the quote's place for a reader who asked for a shield; their words are on the page
    `words` then.
    """

    text: str
    at: datetime
    by: str = ""
    quote: str = ""
    ours: bool = False
    kind: str = ""
    moment: datetime | None = None
    veiled: str = ""


class FieldKind(StrEnum):
    """How a field is filled in."""

    LINE = "line"
    TEXT = "text"
    CHOICE = "choice"
    MOMENT = "moment"
    LENGTH = "length"
    TICK = "tick"
    HIDDEN = "hidden"


@dataclass(frozen=True, slots=True)
class Field:
    """One thing to fill in. `options` are (value, label). `many`: several of them, joined by line breaks in the answer.

    A TICK answers `yes` or ''; a MOMENT as RFC 3339 or, without an offset, in the reader's own zone.
    """

    name: str
    label: str
    kind: FieldKind = FieldKind.LINE
    options: tuple[tuple[str, str], ...] = ()
    required: bool = False
    help: str = ""
    many: bool = False
    longest: int = 0


@dataclass(frozen=True, slots=True)
class Form:
    """A press that needs more is answered by one. `filled` keeps what was typed, `cautions` speak of field `words`.

    `beside`: what to look at while filling it in. `finish` is the likely press, `keep` the other (or '').
    `choices` are the ways out that need nothing typed (*Edit*, *Not now*, *Discard*).
    """

    act: str
    title: str
    fields: tuple[Field, ...]
    values: Mapping[str, str] = field(default_factory=dict)
    filled: Mapping[str, str] = field(default_factory=dict)
    cautions: tuple[Caution, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    beside: tuple[Passage, ...] = ()
    length: Length | None = None
    cools: timedelta | None = None
    because: tuple[Addition, ...] = ()
    finish: str = "Save"
    keep: str = ""
    error: str = ""
    incident: str = ""
    conversation: str = ""
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class Done:
    """It is on disk. `said` says so in a sentence."""

    said: str
    incident: str = ""
    conversation: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One entry of a page: a card in a list. `since`: when the words came that it is about; a room may show how long ago."""

    card: Card
    aside: tuple[str, ...] = ()
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a page under its own heading. Rows, passages or lines, whichever it has."""

    title: str
    rows: tuple[Row, ...] = ()
    passages: tuple[Passage, ...] = ()
    lines: tuple[Line, ...] = ()
    choices: tuple[Choice, ...] = ()
    empty: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """One question a page: `title` asks it, `answer` answers it in a sentence. `after` leads to the next page, or ''."""

    name: str
    title: str
    answer: str
    parts: tuple[Section, ...]
    after: str = ""
    card: Card | None = None
    choices: tuple[Choice, ...] = ()


Answer = Done | Refusal | Form | Page


class GestureKind(StrEnum):
    """PRESS: a choice. FILLED: a form came back, finished or only to be looked at. BROUGHT: something to bring in.
    NOTED: a line for the team. ASK: a page."""

    PRESS = "press"
    FILLED = "filled"
    BROUGHT = "brought"
    NOTED = "noted"
    ASK = "ask"


class Gesture(Noun):
    """What a person did in a room. `id` makes it safe to repeat. `values` carry the choice's own and the fields'.

    `finished` false on FILLED: they only want to see what would be said of it. `kept` on FILLED: they pressed `keep`,
    not `finish`.
    """

    id: str
    kind: GestureKind
    who: Handle
    act: str
    incident: str = ""
    conversation: str = ""
    values: Mapping[str, str] = {}
    finished: bool = True
    kept: bool = False
