"""Words before they go."""

from datetime import datetime
from typing import Literal

from bot.nouns.caution import Stage
from bot.nouns.conversation import Mark
from bot.nouns.delivery import Account, Audience, Target
from bot.nouns.events.happened import Happened
from bot.nouns.time import Cooling
from bot.nouns.words import Words


class Drafted(Happened):
    """A draft's next version. `cooling` None: only kept. `repair`: a small one after a full wait.

    `unchanged`: the same words for the same target, at most signed by another hand. What was lifted stays lifted, and a
    wait that goes on (the same `cooling`) stays as far as it was.
    """

    kind: Literal["drafted"] = "drafted"
    draft: str
    version: int
    stage: Stage
    audience: Audience
    target: Target
    words: Words
    marks: tuple[Mark, ...] = ()
    cooling: Cooling | None = None
    repair: bool = False
    unchanged: bool = False
    invites: bool = False


class Discarded(Happened):
    """A draft was thrown away."""

    kind: Literal["discarded"] = "discarded"
    draft: str
    version: int


class StopLifted(Happened):
    """A stop was lifted for this version, with a written reason (`words`)."""

    kind: Literal["stop_lifted"] = "stop_lifted"
    draft: str
    version: int
    code: str
    words: Words


class Released(Happened):
    """A lead who did not write it shortened its wait, with a written reason (`words`)."""

    kind: Literal["released"] = "released"
    draft: str
    version: int
    words: Words


class Cooled(Happened):
    """Its wait has passed: it is ready to be read once more."""

    kind: Literal["cooled"] = "cooled"
    draft: str
    version: int


class Recounted(Happened):
    """The clock is in doubt, so what was left of the wait is counted again. `was`: until when it was shown before, where
    it had been counted again already."""

    kind: Literal["recounted"] = "recounted"
    draft: str
    version: int
    cooling: Cooling
    was: datetime | None = None


class Reread(Happened):
    """Somebody read it once more, knowing everything that had come by then (`known`)."""

    kind: Literal["reread"] = "reread"
    draft: str
    version: int
    known: int


class StatementBegun(Happened):
    """A conversation about a post of ours that answers no single mention."""

    kind: Literal["statement_begun"] = "statement_begun"
    account: Account
    fresh: bool = True
    places: tuple[str, ...] = ()
