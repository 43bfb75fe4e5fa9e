"""The incident as a whole: its pile, its lead, its storm, and what we learned."""

from datetime import datetime
from typing import Literal

from bot.nouns.conversation import Conversation
from bot.nouns.events.happened import Happened
from bot.nouns.words import Words


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
    """A line for the team. Never published. `marked`: a line picked for the review. `origin`: the room in whose thread it
    was said; '' where it was written for everybody, in a form. `asks`: whom it asks for something, who are told alone, too."""

    kind: Literal["noted"] = "noted"
    words: Words
    marked: bool = False
    origin: str = ""
    asks: tuple[str, ...] = ()


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
