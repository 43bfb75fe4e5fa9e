"""A public commitment with a date."""

from datetime import datetime
from enum import StrEnum

from bot.nouns.base import Noun
from bot.nouns.words import Words


class PromiseState(StrEnum):
    """OPEN until a named person says how it went. RENEGOTIATED: a new date was agreed in public; it stays open."""

    OPEN = "open"
    RENEGOTIATED = "renegotiated"
    KEPT = "kept"
    BROKEN = "broken"


class Promise(Noun):
    """A public commitment with a date."""

    id: str
    by: str
    words: Words
    due: datetime
    state: PromiseState = PromiseState.OPEN

    @property
    def open(self) -> bool:
        """Whether it still binds us."""
        return self.state in (PromiseState.OPEN, PromiseState.RENEGOTIATED)
