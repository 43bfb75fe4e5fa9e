"""The talk away from the public, promises and silence."""

from datetime import datetime
from typing import Literal

from bot.nouns.conversation import MadeGood, OfflineWay, PromiseState
from bot.nouns.events.happened import Happened
from bot.nouns.words import Words


class Invited(Happened):
    """We asked them, with our listed contact, to write or call."""

    kind: Literal["invited"] = "invited"
    way: OfflineWay


class TakenOffline(Happened):
    """A named person took the talk to email, phone or direct message; `words` is their contact."""

    kind: Literal["taken_offline"] = "taken_offline"
    way: OfflineWay
    person: str
    words: Words | None = None
    next: datetime | None = None


class Contacted(Happened):
    """One call or letter, reached or not."""

    kind: Literal["contacted"] = "contacted"
    reached: bool
    words: Words
    next: datetime | None = None


class ContactShown(Happened):
    """Somebody looked at the whole contact."""

    kind: Literal["contact_shown"] = "contact_shown"


class TakenOver(Happened):
    """Another person has the talk now."""

    kind: Literal["taken_over"] = "taken_over"
    person: str


class HandoffEnded(Happened):
    """How the talk ended, and what was made good."""

    kind: Literal["handoff_ended"] = "handoff_ended"
    words: Words
    made_good: MadeGood


class Promised(Happened):
    """A public commitment with a date."""

    kind: Literal["promised"] = "promised"
    promise: str
    words: Words
    due: datetime


class PromiseSettled(Happened):
    """Kept, renegotiated in public (`due` is the new date), or broken."""

    kind: Literal["promise_settled"] = "promise_settled"
    promise: str
    state: PromiseState
    due: datetime | None = None
    words: Words | None = None


class Silenced(Happened):
    """It shall stay unanswered; `words` say why. `second` where another name stands under it already."""

    kind: Literal["silenced"] = "silenced"
    words: Words
    review: datetime
    second: str = ""


class SilenceSeconded(Happened):
    """Another person put their name to it, or nobody was there and a day has passed (`by` the clockwork)."""

    kind: Literal["silence_seconded"] = "silence_seconded"
