"""What `coolhead check` is told."""

from bot.nouns.base import Noun


class Finding(Noun):
    """What a check found: `ok` or not, and what to press where it is not."""

    ok: bool
    what: str
    fix: str = ""
