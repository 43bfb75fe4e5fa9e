"""An incident: one conversation, or a pile of them with one cause, and what belongs to all. Never holds the pile itself."""

from datetime import datetime

from bot.nouns.base import Noun
from bot.nouns.flag import Severity
from bot.nouns.words import Words


class Action(Noun):
    """What changes after an incident, by whom, by when."""

    id: str
    words: Words
    by: str
    due: datetime | None = None
    done: datetime | None = None


class Incident(Noun):
    """`version` counts its timeline and `head` is the hash of its last event: every append names both.

    `size` counts its conversations, `open` those not closed. `arrivals` are the newest ones' times, as many as a storm
    needs. `renamed` is a headline somebody gave it; else the card makes one of `situation` or the first words.
    """

    id: str
    version: int = 0
    head: str = ""
    opened: datetime
    places: tuple[str, ...] = ()
    situation: str | None = None
    renamed: Words | None = None
    severity: Severity = Severity.LOW
    lead: str = ""
    occasion: str = ""
    size: int = 0
    open: int = 0
    arrivals: tuple[datetime, ...] = ()
    storm: bool = False
    merged_into: str = ""
    closed: datetime | None = None
    outcome: str = ""
    lessons: tuple[Words, ...] = ()
    actions: tuple[Action, ...] = ()
