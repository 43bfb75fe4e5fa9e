"""The talk away from the public, promises and silence."""

from datetime import datetime

from bot.nouns.commands.command import Command
from bot.nouns.conversation import MadeGood, OfflineWay, PromiseState
from bot.nouns.words import Words


class TakeOffline(Command):
    """*I have taken it*: the presser has the talk, by this way; `words` is their contact, if known."""

    way: OfflineWay
    words: Words | None = None
    next: datetime | None = None


class LogContact(Command):
    """A call or letter was made."""

    reached: bool
    words: Words
    next: datetime | None = None


class ShowContact(Command):
    """Show the whole contact to the presser, and record that."""


class TakeOver(Command):
    """Another person takes the talk over."""

    person: str = ""


class EndHandoff(Command):
    """How the talk ended."""

    words: Words
    made_good: MadeGood


class MakePromise(Command):
    """Record a public commitment."""

    promise: str
    words: Words
    due: datetime


class SettlePromise(Command):
    """Kept, renegotiated or broken."""

    promise: str
    state: PromiseState
    due: datetime | None = None
    words: Words | None = None


class LeaveUnanswered(Command):
    """Silence, with a reason and a review date. `seen`: what `Conversation.seen` counted when it was shown to the presser;
    None binds it to nothing."""

    words: Words
    review: datetime | None = None
    seen: int | None = None


class SecondSilence(Command):
    """Put a second name under a silence. `seen`: what `Conversation.seen` counted when it was shown to the presser; None
    binds it to nothing."""

    seen: int | None = None
