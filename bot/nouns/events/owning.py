"""Who has it."""

from typing import Literal

from bot.nouns.events.happened import Happened


class Claimed(Happened):
    """Somebody has it."""

    kind: Literal["claimed"] = "claimed"
    owner: str
    epoch: int


class Assigned(Happened):
    """A lead gave it to somebody."""

    kind: Literal["assigned"] = "assigned"
    owner: str
    epoch: int


class HandedBack(Happened):
    """The owner gave it back, no reason asked."""

    kind: Literal["handed_back"] = "handed_back"


class Freed(Happened):
    """A claim without a draft ran out, or its owner is no longer of the team."""

    kind: Literal["freed"] = "freed"
    owner: str
