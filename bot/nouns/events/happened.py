"""What every event carries."""

from datetime import datetime
from typing import ClassVar

from bot.nouns.base import Noun


class Happened(Noun):
    """What every event carries. `by` is a person's id or `coolhead:` and a part's name; `at` is UTC."""

    fences: ClassVar[frozenset[str]] = frozenset()

    incident: str | None = None
    conversation: str | None = None
    at: datetime
    by: str
