"""Words before they go."""

from bot.nouns.caution import Caution, Stage
from bot.nouns.commands.command import Command
from bot.nouns.delivery import Account, Audience, Target
from bot.nouns.words import Words


class Write(Command):
    """A draft's next version. `based_on` is the version it was edited from (0: new). `finished` begins the wait.

    `cautions` are what the readers say of exactly these words. `invites`: an acknowledgement that asks them to write or
    call.
    """

    draft: str
    based_on: int
    stage: Stage
    audience: Audience
    target: Target
    words: Words
    cautions: tuple[Caution, ...] = ()
    finished: bool = True
    invites: bool = False


class Discard(Command):
    """Throw a draft away."""

    draft: str
    version: int


class LiftStop(Command):
    """Lift one stop of one version, with a written reason."""

    draft: str
    version: int
    code: str
    words: Words


class ReleaseEarly(Command):
    """Shorten a wait, with a written reason."""

    draft: str
    version: int
    words: Words


class ReadOnceMore(Command):
    """The cooled draft is open before their eyes."""

    draft: str
    version: int


class Correct(Command):
    """Begin a correction of a post of ours (`attempt`); the words come with `Write` on the new draft."""

    attempt: str
    draft: str
    words: Words
    cautions: tuple[Caution, ...] = ()


class BeginStatement(Command):
    """A conversation about a post of ours on `account`; `fresh`: in an incident of its own."""

    account: Account
    fresh: bool = True
    places: tuple[str, ...] = ()
