"""The two clocks of a conversation, as the rules count them and a screen shows them."""

from datetime import datetime
from typing import Protocol

from bot.nouns.conversation import Conversation
from bot.nouns.time import Now


class Clocks(Protocol):
    """When the first public word and the answer are due (None: not waited for), and until when quiet hours pause both.

    What `bot.rules.due.clocks` hands back; screens and rules may not import one another.
    """

    @property
    def first_word_due(self) -> datetime | None: ...
    @property
    def answer_due(self) -> datetime | None: ...
    @property
    def paused_until(self) -> datetime | None: ...


def next_due(c: Conversation, clocks: Clocks | None) -> datetime | None:
    """The deadline that stands now: the first word's, once that is said the answer's."""
    if clocks is None or c.closed is not None:
        return None
    return clocks.first_word_due or clocks.answer_due


def late(c: Conversation, clocks: Clocks | None, now: Now) -> bool:
    """Whether it waits past its clock."""
    due = next_due(c, clocks)
    return due is not None and due <= now.wall
