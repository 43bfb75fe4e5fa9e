"""How far each feed was read. Feeds go by a hash: their addresses are as good as passwords."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from pydantic import ValidationError

from adapters.platforms.alerts_parse import SOURCE
from bot.nouns.base import Noun
from bot.nouns.mention import Cursor

#: How many entries of a feed are remembered; a feed holds about twenty.
REMEMBERED: Final = 100


class Mark(Noun):
    """One feed: what the server called its last version, the entries seen, and when it last answered."""

    etag: str = ""
    modified: str = ""
    seen: tuple[str, ...] = ()
    asked: datetime | None = None

    def after(self, ids: Sequence[str]) -> tuple[str, ...]:
        """What is remembered once `ids` were seen too, newest first."""
        return tuple(dict.fromkeys((*ids, *self.seen)))[:REMEMBERED]


class Marks(Noun):
    """All feeds, by `short(feed)`."""

    feeds: dict[str, Mark] = {}

    def cursor(self) -> Cursor:
        """As it is stored."""
        return Cursor(source=SOURCE, at=self.model_dump_json())

    def put(self, feed: str, mark: Mark) -> "Marks":
        """The same with one feed changed."""
        return Marks(feeds={**self.feeds, feed: mark})


def read(cursor: Cursor | None) -> Marks:
    """Where we stood; from the beginning where that cannot be read, for a second look does no harm."""
    try:
        return Marks.model_validate_json(cursor.at) if cursor is not None else Marks()
    except ValidationError:
        return Marks()


def short(text: str) -> str:
    """A name for a feed or an entry that gives neither away."""
    return hashlib.sha256(text.encode("utf-8", "backslashreplace")).hexdigest()[:16]
