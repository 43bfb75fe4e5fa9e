"""The clockwork's."""

from bot.nouns.commands.command import Command
from bot.nouns.time import Moment


class Wake(Command):
    """Something of `conversation` is due: `what` as `due` named it. Decides anew what is true now.

    `pulses` are the last signs of life of the machine boots in which a draft's wait was counted, as far as they are known.
    """

    what: str
    pulses: tuple[Moment, ...] = ()
