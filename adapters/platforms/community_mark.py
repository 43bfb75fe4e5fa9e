"""How far a community was read: a mark that stands for all its channels, and one of its own for each that differs.

Ids of one network are ordered in time over all its channels (Discord's snowflakes, Slack's timestamps), by the network's
own clock. So once every channel was read, one id stands for all: the newest that was known before the reading began.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from pydantic import ValidationError, model_validator

from bot.nouns.base import Noun
from bot.nouns.mention import Cursor

#: Before everything.
BEGINNING: Final = "0"


class Mark(Noun):
    """`at`: when the last reading of all channels was over."""

    floor: str = BEGINNING
    channels: Mapping[str, str] = {}
    at: datetime

    @model_validator(mode="after")
    def _ordered(self) -> "Mark":
        for each in (self.floor, *self.channels.values()):
            order(each)
        return self

    def after(self, channel: str) -> str:
        """From where on that channel is to be read."""
        return self.channels.get(channel, self.floor)

    def read(self, channel: str, to: str) -> "Mark":
        """That channel was read to there."""
        return self.model_copy(update={"channels": {**self.channels, channel: later(self.after(channel), to)}})

    def cursor(self, source: str) -> Cursor:
        """As it is stored."""
        return Cursor(source=source, at=self.model_dump_json())


def read(cursor: Cursor | None) -> Mark | None:
    """The mark as it was stored; None where there is none that can be read."""
    try:
        return Mark.model_validate_json(cursor.at) if cursor is not None else None
    except ValidationError:
        return None


def order(id: str) -> tuple[int, ...]:
    """What ids are compared by. Raises ValueError for one that is none."""
    return tuple(int(part) for part in id.split("."))


def later(one: str, other: str) -> str:
    """The later of two ids."""
    return one if order(one) >= order(other) else other
