"""The incident as a whole: its pile, its lead, and what we learned."""

from datetime import datetime

from bot.nouns.commands.command import Command
from bot.nouns.words import Words


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
    """A line for the team. `origin`: the room in whose thread it was said, '' for a form. `asks`: people of whom something is
    asked by it; they are told alone, too."""

    words: Words
    marked: bool = False
    origin: str = ""
    asks: tuple[str, ...] = ()


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
