"""The sorter's: what came from the public."""

from datetime import datetime

from bot.nouns.commands.command import Command
from bot.nouns.mention import Kept, MentionKey
from bot.nouns.words import Words


class Open(Command):
    """Begin `conversation` in `incident` (new where `fresh`) with a mention."""

    mention: Kept
    fresh: bool = True
    brought: bool = False
    places: tuple[str, ...] = ()
    occasion: str = ""


class Add(Command):
    """The same author wrote again."""

    mention: Kept


class NoteEdit(Command):
    """A mention was edited."""

    mention: MentionKey
    words: Words


class NoteDeletion(Command):
    """A mention was deleted."""

    mention: MentionKey


class NoteOurAnswer(Command):
    """Our account answered by another hand, at `said` by the platform's clock."""

    mention: MentionKey
    post: MentionKey
    words: Words
    url: str = ""
    said: datetime | None = None
