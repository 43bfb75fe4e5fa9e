"""The team: people, roles, places, holds, and what it has decided for itself."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from pydantic import Field

from bot.nouns.base import Noun
from bot.nouns.refusal import Refusal as Refusal
from bot.nouns.time import Now, QuietHours
from bot.nouns.watch import Watch as Watch
from bot.nouns.words import Words


class Role(StrEnum):
    """What a person may do (DESIGN §2, Roles)."""

    GUEST = "guest"
    TEAMMATE = "teammate"
    LEAD = "lead"
    MANAGER = "manager"


class Part(StrEnum):
    """A part of the product that acts by itself. Exported as `coolhead:clockwork` and the like."""

    SORTER = "sorter"
    CLOCKWORK = "clockwork"
    OUTBOX = "outbox"


_OURSELVES = "coolhead:"


def done_by(part: Part) -> str:
    """How an event names a part of the product as who did it."""
    return f"{_OURSELVES}{part.value}"


def by_itself(by: str) -> bool:
    """Whether a part of the product did it, and no person."""
    return by.startswith(_OURSELVES)


class Handle(Noun):
    """A person as one room knows them."""

    room: str
    id: str

    @property
    def person(self) -> str:
        """The id of whoever becomes a person of the team by this handle."""
        return f"{self.room}:{self.id}"


def room_of(person: str) -> str:
    """The room by whose handle somebody became a person of the team; '' of whoever was let in at the web desk."""
    room, colon, _ = person.partition(":")
    return room if colon else ""


class Teammate(Noun):
    """A person of the team. `public_name` is how they sign; the true name stays on the timeline.

    `zone_at`: when a chat told us `zone`; None where they set it here themselves, or there is none.
    """

    id: str
    name: str
    roles: frozenset[Role] = frozenset()
    public_name: str = ""
    zone: str = ""
    zone_at: datetime | None = None
    on_duty: bool = True
    shield: bool = False
    email: str = ""

    @property
    def signature(self) -> str:
        """The name a reply is signed with."""
        return self.public_name or self.name

    def may(self, *roles: Role) -> bool:
        """Whether they hold one of `roles`. A lead is also a teammate; a manager alone is not."""
        held = self.roles | ({Role.TEAMMATE} if Role.LEAD in self.roles else set())
        return any(role in held for role in roles)


class Grants(Noun):
    """Who holds which role in the rooms that know people themselves, as the settings list it.

    Each entry is `room:id` of a person or of a group there, or `room:name` of a group.
    """

    teammate: tuple[str, ...] = ()
    lead: tuple[str, ...] = ()
    manager: tuple[str, ...] = ()

    def about(self, room: str) -> bool:
        """Whether anything is said of that room; if not, its full members are teammates."""
        return any(each.startswith(f"{room}:") for each in (*self.teammate, *self.lead, *self.manager))


class Place(Noun):
    """One channel, forum or desk in a room. `shared`: people from outside may read it, and the team wants that."""

    room: str
    id: str
    name: str = ""
    shared: bool = False


class Contacts(Noun):
    """How the public may reach us, as listed by the team. `hours` are the phone's, in the team's zone: `09:00-17:00`."""

    email: str = ""
    phone: str = ""
    hours: QuietHours | None = None

    def phone_open(self, at: datetime) -> bool:
        """Whether somebody picks up at `at`. `hours` here are the hours in which they do."""
        return bool(self.phone) and (self.hours is None or self.hours.quiet(at))


class Hold(Noun):
    """A team-wide pause of public words."""

    by: str
    reason: Words
    since: datetime
    until: datetime

    @property
    def why(self) -> str:
        """The reason as a clause, without a full stop; '' where nothing readable is left."""
        return self.reason.read("").strip().rstrip(".")


class Policy(Noun):
    """The team's rules as data; every value can be set under `[policy]`. Times are lengths, counts are counts."""

    acknowledgement_cools: timedelta = timedelta(minutes=2)
    acknowledgement_cools_chat: timedelta = timedelta(minutes=1)
    acknowledgement_cools_review: timedelta = timedelta(minutes=5)
    response_cools: timedelta = timedelta(minutes=20)
    response_cools_chat: timedelta = timedelta(minutes=5)
    response_cools_review: timedelta = timedelta(minutes=60)
    private_cools: timedelta = timedelta(minutes=2)
    acknowledgement_cools_at_most: timedelta = timedelta(minutes=5)
    response_cools_at_most: timedelta = timedelta(minutes=60)
    repair_cools: timedelta = timedelta(minutes=5)
    heat_adds: timedelta = timedelta(minutes=10)
    caution_adds: timedelta = timedelta(minutes=10)
    third_turn_adds: timedelta = timedelta(minutes=5)
    late_hours_add: timedelta = timedelta(minutes=10)
    late_hours: QuietHours = QuietHours()
    acknowledge_within: timedelta = timedelta(hours=1)
    answer_within: timedelta = timedelta(hours=3)
    critical_claim_within: timedelta = timedelta(minutes=5)
    critical_acknowledge_within: timedelta = timedelta(minutes=15)
    alarm_every: timedelta = timedelta(minutes=10)
    remind_unclaimed_after: timedelta = timedelta(minutes=30)
    ask_owner_after: timedelta = timedelta(minutes=30)
    free_claim_after: timedelta = timedelta(minutes=45)
    anyone_sends_after: timedelta = timedelta(minutes=15)
    ask_by_hand_after: timedelta = timedelta(minutes=15)
    send_ask_lives: timedelta = timedelta(minutes=5)
    settle: timedelta = timedelta(seconds=20)
    silence_review_after: timedelta = timedelta(hours=24)
    storm_count: int = Field(default=8, ge=2, le=64)
    storm_within: timedelta = timedelta(minutes=10)
    storm_each: int = Field(default=3, ge=1)
    notes_cross: bool = False
    quiet_hours: QuietHours = QuietHours()


class Team(Noun):
    """Everything the rules need to know of the team. The fold of its timeline laid over its settings.

    `people` by id. `version` counts its timeline; `holds` counts every hold begun or ended (the fence of a send).
    `brought`: places that somebody of the team brought it to; `places` are all that hear of incidents, the first first.
    `alarmed_at`: when an alarm last told each person; `alarm_at`: when one last rang outside the chat.
    `led`: the rooms that ever had a place, or a lead among those whom they made persons of the team.
    `gone`: who left, by id, with their name. `quiet`: the sources that are quiet, and since when; `away`: the same of
    rooms. `erasing`: the persons (vault keys) who asked to be forgotten and are not yet.
    """

    version: int = 0
    head: str = ""
    holds: int = 0
    people: Mapping[str, Teammate] = {}
    hold: Hold | None = None
    policy: Policy = Policy()
    watches: tuple[Watch, ...] = ()
    places: tuple[Place, ...] = (Place(room="web", id="desk", name="Desk"),)
    brought: tuple[Place, ...] = ()
    led: tuple[str, ...] = ()
    contacts: Contacts = Contacts()
    alarmed_at: Mapping[str, datetime] = {}
    alarm_at: datetime | None = None
    gone: Mapping[str, str] = {}
    quiet: Mapping[str, datetime] = {}
    away: Mapping[str, datetime] = {}
    erasing: tuple[str, ...] = ()

    def leads(self) -> tuple[Teammate, ...]:
        """Every lead, on duty or not, by name."""
        return tuple(sorted((p for p in self.people.values() if p.may(Role.LEAD)), key=lambda p: p.name))

    def new_to(self, room: str) -> bool:
        """Whether whoever brings incidents there now is the first of that room to do so. Once it has begun it never ends:
        else whoever is lead no more would be the first again, in another place.
        """
        return room not in self.led and all(place.room != room for place in self.places)

    def teammates(self) -> tuple[Teammate, ...]:
        """Everybody who may act on a conversation, by name."""
        return tuple(sorted((p for p in self.people.values() if p.may(Role.TEAMMATE)), key=lambda p: p.name))

    def on_duty(self) -> tuple[Teammate, ...]:
        """The teammates on duty now, by name."""
        return tuple(p for p in self.teammates() if p.on_duty)

    def name(self, person: str) -> str:
        """How a person is called on a card, after they left too. A part of the product is "Coolhead"; strangers keep their id."""
        if by_itself(person):
            return "Coolhead"
        return self.people[person].name if person in self.people else self.gone.get(person, person)

    def holding(self, now: Now) -> Hold | None:
        """The hold that stands now, if any. It ends when both clocks say so: a jump of one does not end it."""
        return self.hold if self.hold is not None and min(now.wall, now.store) < self.hold.until else None
