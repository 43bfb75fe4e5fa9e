"""A send: asked for, turned back or tried, and what became of it."""

from datetime import datetime
from typing import ClassVar, Literal

from bot.nouns.caution import Stage
from bot.nouns.delivery import Account, Audience, Delivery, Target
from bot.nouns.events.happened import Happened
from bot.nouns.time import Moment
from bot.nouns.words import Words


class SendAsked(Happened):
    """A named person pressed Send on exactly these words. `again`: after a doubtful delivery, under the same key.

    `account`: the one they are to go out from; None where nobody named one. `pressed`: this instant as the machine counts
    it, from which the press counts; a version before it was kept left it out.
    """

    fences: ClassVar = frozenset({"hold"})
    kind: Literal["send_asked"] = "send_asked"
    attempt: str
    draft: str
    version: int
    stage: Stage
    audience: Audience
    target: Target
    account: Account | None = None
    words: Words
    looked: bool = False
    again: bool = False
    invites: bool = False
    pressed: Moment | None = None


class SentBack(Happened):
    """Not sent: it has to be read or pressed again. `changed`: their words changed meanwhile."""

    kind: Literal["sent_back"] = "sent_back"
    attempt: str
    because: str
    changed: bool = False
    until: datetime | None = None


class SetAside(Happened):
    """Not sent: there is nothing left to answer here, or it was answered another way."""

    kind: Literal["set_aside"] = "set_aside"
    attempt: str
    because: str


class Intended(Happened):
    """The one attempt is about to be made; what exactly is bound by `binding`. `began`: this instant, as every later
    wait for it counts from; a version before it was kept left it out."""

    fences: ClassVar = frozenset({"team", "hold", "sender"})
    kind: Literal["intended"] = "intended"
    attempt: str
    account: Account
    binding: str
    by_hand: bool = False
    began: Moment | None = None


class Delivered(Happened):
    """What became of an attempt. A person's word (`by`) may settle what nobody could tell."""

    kind: Literal["delivered"] = "delivered"
    attempt: str
    delivery: Delivery
