"""How mentions and conversations end."""

from typing import Literal

from bot.nouns.events.happened import Happened
from bot.nouns.mention import Disposition, MentionKey
from bot.nouns.words import Words


class Disposed(Happened):
    """How these mentions ended, signed by `by`. `words` may say why."""

    kind: Literal["disposed"] = "disposed"
    disposition: Disposition
    mentions: tuple[MentionKey, ...]
    words: Words | None = None


class Closed(Happened):
    """Every mention has its disposition and no promise is open."""

    kind: Literal["closed"] = "closed"
    outcome: str = ""


class Reopened(Happened):
    """It is not over after all. `because` in words of ours."""

    kind: Literal["reopened"] = "reopened"
    because: str = ""
