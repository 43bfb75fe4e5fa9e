"""The clockwork's."""

from bot.nouns.commands.command import Command
from bot.nouns.time import Moment


class Wake(Command):
    """Something of `conversation` is due: `what` as `due` named it. Decides anew what is true now.

    `pulse` is the last sign of life of the machine boot in which a draft began to cool, if any is known.
    """

    what: str
    pulse: Moment | None = None
