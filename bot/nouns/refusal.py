"""A calm no."""

from datetime import datetime

from bot.nouns.base import Noun


class Refusal(Noun):
    """An expected no, as a value. `until` is given where time will change it."""

    because: str
    until: datetime | None = None
