"""Who has it."""

from bot.nouns.commands.command import Command


class Claim(Command):
    """*I have this.* `epoch`: how many owners it had when the choice was painted."""

    epoch: int


class Assign(Command):
    """A lead gives it to somebody."""

    to: str
    epoch: int


class HandBack(Command):
    """The owner gives it back; the clockwork does it for one who is no longer of the team.

    `epoch`: how many owners it had when the choice was painted; None binds it to nobody.
    """

    epoch: int | None = None
