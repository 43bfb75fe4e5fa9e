"""What came from the public."""

from datetime import datetime
from typing import ClassVar, Literal

from bot.nouns.events.happened import Happened
from bot.nouns.mention import Kept, MentionKey
from bot.nouns.words import Words


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
