"""Words somebody wants to say."""

from datetime import datetime

from bot.nouns.base import Noun
from bot.nouns.caution import Level, Stage
from bot.nouns.delivery import Audience, Target
from bot.nouns.time import Cooling
from bot.nouns.words import Words


class Mark(Noun):
    """A caution as a draft's event keeps it: its name and level, no words."""

    code: str
    level: Level


class Lift(Noun):
    """A stop lifted for one version, with a written reason."""

    code: str
    by: str
    reason: Words


#: `Draft.known` of a draft that has to be read once more whatever came: nothing counts below zero.
READ_AGAIN = -1


class Draft(Noun):
    """Words somebody wants to say. Each edit is a new version.

    `cooling` is None while it is only kept, not finished. `ready`: its wait was seen to have passed, or a lead
    (`released`) shortened it. `cooled` holds the words of the last version whose full wait had passed, so that a small
    repair of them costs less; `repair`: this version is one. `heard` counts what of the public (`Conversation.seen`)
    these words were first written for; `reader` read them once more at `read_at`, and `known` counts what of the
    public they had before them then. `invites`: it asks them to write or call. `sends` counts the sends asked of it.
    """

    id: str
    stage: Stage
    audience: Audience
    target: Target
    version: int
    author: str
    words: Words
    marks: tuple[Mark, ...] = ()
    lifted: tuple[Lift, ...] = ()
    cooling: Cooling | None = None
    ready: datetime | None = None
    cooled: Words | None = None
    released: str = ""
    repair: bool = False
    heard: int = 0
    reader: str = ""
    read_at: datetime | None = None
    known: int = 0
    invites: bool = False
    sends: int = 0

    def stops(self) -> tuple[str, ...]:
        """The stops that nobody lifted yet."""
        lifted = {lift.code for lift in self.lifted}
        return tuple(m.code for m in self.marks if m.level is Level.STOP and m.code not in lifted)

    def rested(self, seen: int) -> Words | None:
        """Words of this draft whose full wait has passed, and that answer all the public said (`seen`) so far."""
        if self.heard != seen:
            return None
        full = self.ready is not None and not self.released and not self.repair
        return self.words if full else self.cooled

    def left(self) -> datetime | None:
        """Since when it lies there cooled and nobody turned to it; None while it still cools."""
        if self.ready is None or self.read_at is None:
            return self.ready
        return max(self.ready, self.read_at)
