"""A send: the press, the outbox's two steps, and what a person says became of it."""

from bot.nouns.commands.command import Command
from bot.nouns.delivery import Account, Cleared, Delivery, Reach
from bot.nouns.mention import CannotTell, Deleted, Seen


class Send(Command):
    """Press Send on exactly this version. `seal` is its words' seal, bound to the account that was shown with them if one
    was (`delivery.shown_as`); `looked`: "I looked, nothing changed".

    `accounts`: those we spoke from where it was pressed, as far as they are named.
    """

    draft: str
    version: int
    seal: str
    attempt: str
    looked: bool = False
    accounts: tuple[Account, ...] = ()


class SettleAttempt(Command):
    """A person says what became of a send: it is there (`url`), or it is not."""

    attempt: str
    there: bool
    url: str = ""


class TryAgain(Command):
    """Send once more under the same key, after a person looked and a fresh `find` saw nothing (`absent`)."""

    attempt: str
    round: int
    absent: bool


class TakeBackAsk(Command):
    """A send by hand that was not made after all: *Not now*."""

    attempt: str


class Clear(Command):
    """The outbox looked: may this attempt go out? `allowed`: the presser's roles, asked anew.

    `find` comes before an attempt that may have gone out already, and is not decided here.
    """

    attempt: str
    seen: Seen | Deleted | CannotTell | None
    reach: Reach
    account: Account
    allowed: bool


class Deliver(Command):
    """What became of the attempt. `round`: of which ask under its key; None is whichever stands."""

    attempt: str
    delivery: Delivery
    round: int | None = None
    cleared: Cleared | None = None
