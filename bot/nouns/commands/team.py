"""The team: holds, people, places, what it listens to, and who is forgotten."""

from datetime import datetime

from bot.nouns.commands.command import Command
from bot.nouns.mention import MentionKey
from bot.nouns.team import Place, Role
from bot.nouns.words import Words


class BeginHold(Command):
    """*Hold all posting.*"""

    until: datetime
    words: Words
    beyond: tuple[str, ...] = ()


class EndHold(Command):
    """A lead ends it."""

    words: Words | None = None


class SetPerson(Command):
    """Set who somebody is; a person may set their own name, zone, duty and shield, a manager or lead the roles."""

    person: str
    name: str
    roles: frozenset[Role]
    public_name: str = ""
    zone: str = ""
    on_duty: bool = True
    shield: bool = False
    email: str = ""


class RemovePerson(Command):
    """Somebody leaves the team."""

    person: str


class AddPlace(Command):
    """Show incidents in that place too. `first`: the settings leave open who leads in its room, so whoever brings it there
    first may, and does.
    """

    place: Place
    first: bool = False


class RemovePlace(Command):
    """Show incidents there no more."""

    place: Place


class NoteSettings(Command):
    """The settings in force changed."""

    digest: str
    changed: tuple[str, ...] = ()


class NoteGap(Command):
    """A source may have missed something."""

    source: str
    since: datetime
    until: datetime


class NoteQuiet(Command):
    """A source has been quiet `since`, for longer than its rhythm allows. `because`: its own trouble, or ''."""

    source: str
    since: datetime
    because: str = ""


class NoteBack(Command):
    """A quiet source is heard again. `fetched`: we ask it ourselves, from where we had read to."""

    source: str
    fetched: bool


class NoteFetched(Command):
    """How far it is with what a source said since `since`, while nobody heard it. `whole`: that was all of it."""

    source: str
    since: datetime
    until: datetime | None = None
    count: int
    whole: bool


class NoteRoomAway(Command):
    """A room has been away for a while, and why."""

    room: str
    because: str


class NoteRoomBack(Command):
    """A room that was away is there again."""

    room: str


class NotePutAside(Command):
    """Something lies in quarantine."""

    source: str
    ref: str
    because: str


class NoteBroughtIn(Command):
    """Somebody brought in what was not forwarded."""

    mention: MentionKey
    into: str


class Forget(Command):
    """Forget these persons (vault keys): nothing readable of them is to be left."""

    persons: tuple[str, ...]


class NoteErased(Command):
    """Nothing readable of them is left in the store."""

    persons: tuple[str, ...]


class RingAlarm(Command):
    """One alarm for these critical conversations that nobody has."""

    conversations: tuple[str, ...]
