"""The team's own timeline."""

from datetime import datetime
from typing import Literal

from bot.nouns.events.happened import Happened
from bot.nouns.mention import MentionKey
from bot.nouns.team import Place, Role
from bot.nouns.words import Words


class HoldBegan(Happened):
    """All public words wait; `words` say why. `beyond` lists what the hold cannot stop, as ticked off."""

    kind: Literal["hold_began"] = "hold_began"
    until: datetime
    words: Words
    beyond: tuple[str, ...] = ()


class HoldEnded(Happened):
    """A lead ended it; `words` say what we return with."""

    kind: Literal["hold_ended"] = "hold_ended"
    words: Words | None = None


class PersonSet(Happened):
    """Who somebody is to the team, whole as it stands from now on."""

    kind: Literal["person_set"] = "person_set"
    person: str
    name: str
    roles: frozenset[Role]
    public_name: str = ""
    zone: str = ""
    on_duty: bool = True
    shield: bool = False
    email: str = ""


class PersonLeft(Happened):
    """Somebody is no longer of the team."""

    kind: Literal["person_left"] = "person_left"
    person: str


class PlaceAdded(Happened):
    """Incidents are shown in that place too from now on."""

    kind: Literal["place_added"] = "place_added"
    place: Place


class PlaceRemoved(Happened):
    """That place hears of no incident any more."""

    kind: Literal["place_removed"] = "place_removed"
    place: Place


class SettingsRead(Happened):
    """The policy, watches, places and contacts in force changed with the settings; `digest` names them."""

    kind: Literal["settings_read"] = "settings_read"
    digest: str
    changed: tuple[str, ...] = ()


class GapFound(Happened):
    """We may have missed something from a source."""

    kind: Literal["gap_found"] = "gap_found"
    source: str
    since: datetime
    until: datetime


class SourceQuiet(Happened):
    """Nothing has come from a source since `since`, longer than its rhythm allows. `because`: its own trouble, or ''."""

    kind: Literal["source_quiet"] = "source_quiet"
    source: str
    since: datetime
    because: str = ""


class SourceBack(Happened):
    """It is heard again; it had been quiet `since`. `fetched`: we ask it ourselves, from where we had read to."""

    kind: Literal["source_back"] = "source_back"
    source: str
    since: datetime
    fetched: bool


class SourceFetched(Happened):
    """What was said since `since`, while nobody heard the source: `count` mentions of it are here, the newest said at
    `until`. `whole`: that was all of it; else the rest is being fetched.
    """

    kind: Literal["source_fetched"] = "source_fetched"
    source: str
    since: datetime
    until: datetime | None = None
    count: int
    whole: bool


class RoomAway(Happened):
    """Nobody who sits in that room can be reached there: it has been away for a while."""

    kind: Literal["room_away"] = "room_away"
    room: str
    because: str


class RoomBack(Happened):
    """It is there again; its cards are painted as they are now."""

    kind: Literal["room_back"] = "room_back"
    room: str


class PutAside(Happened):
    """Something could not be read and lies in quarantine under `ref`."""

    kind: Literal["put_aside"] = "put_aside"
    source: str
    ref: str
    because: str


class BroughtIn(Happened):
    """Somebody brought in what no watch had forwarded."""

    kind: Literal["brought_in"] = "brought_in"
    mention: MentionKey
    into: str


class Alarmed(Happened):
    """One alarm that lists every critical conversation nobody has. `outside` the chat: webhook, e-mail."""

    kind: Literal["alarmed"] = "alarmed"
    conversations: tuple[str, ...]
    told: tuple[str, ...] = ()
    outside: bool = False


class ErasureAsked(Happened):
    """Somebody asked that these persons be forgotten; it is done from here on. `persons` are vault keys."""

    kind: Literal["erasure_asked"] = "erasure_asked"
    persons: tuple[str, ...]


class Erased(Happened):
    """At a person's wish no readable copy is left. `persons` are vault keys, which name nobody."""

    kind: Literal["erased"] = "erased"
    persons: tuple[str, ...]
