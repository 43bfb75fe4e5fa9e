"""Who is who in the team, and what the team's own timeline notes besides."""

from collections.abc import Collection, Sequence
from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.nouns import commands as c
from bot.nouns import events as e
from bot.nouns.team import Grants, Handle, Part, Refusal, Role, Team, Teammate
from bot.nouns.time import Now
from bot.nouns.view import View
from bot.rules.who import Who, by, is_teammate, may, refused

Decision = Sequence[e.Event] | Refusal

#: How long a name or an address may be.
LONGEST = 120
#: How long a zone counts that a chat told us.
ZONE_LASTS = timedelta(days=1)

LAST_LEAD = Refusal(because="This is the team's last lead. Make somebody else a lead first.")
NO_PRESS = Refusal(because="This is noted by the product itself.")
NOT_THE_PLACE = Refusal(because="A lead or a manager decides where incidents are shown. Ask one of them.")
NOBODY_DECIDES = Refusal(
    because="A lead or a manager decides where incidents are shown, and the team has none now. Whoever runs Coolhead "
    "makes one: coolhead sign-in --name NAME --role lead."
)
NOT_THEIRS = Refusal(because="Only a lead or a manager can set that for somebody else.")


def set_person(view: View, command: c.SetPerson, who: Who, team: Team, now: Now) -> Decision:
    """Set who somebody is: leads and managers anybody, everybody themselves but for their roles.

    A part of the product may set anybody: that is how the person who installed it becomes lead and manager, and how a room
    has the last word on whom it knows, the last lead among them.
    """
    before = team.people.get(command.person)
    after = Teammate(
        id=command.person,
        name=command.name.strip(),
        roles=command.roles,
        public_name=command.public_name.strip(),
        zone=command.zone,
        zone_at=before.zone_at if before is not None else None,
        on_duty=command.on_duty,
        shield=command.shield,
        email=command.email.strip(),
    )
    no = _not_set(before, after, who) or _unfit(after)
    if no is not None:
        return no
    if before == after:
        return Refusal(because="Nothing has changed.")
    if isinstance(who, Teammate) and not after.may(Role.LEAD) and _last_lead(command.person, team):
        return LAST_LEAD
    said = after.model_dump(exclude={"id"})
    return [e.PersonSet(at=now.wall, by=by(who), person=after.id, **said)]


def remove_person(view: View, command: c.RemovePerson, who: Who, team: Team, now: Now) -> Decision:
    """Somebody leaves the team: a lead or manager says so, or they do themselves."""
    if not (_sets_anybody(who) or by(who) == command.person):
        return NOT_THEIRS
    if command.person not in team.people:
        return Refusal(because="They are not in the team.")
    if _last_lead(command.person, team):
        return LAST_LEAD
    return [e.PersonLeft(at=now.wall, by=by(who), person=command.person)]


def add_place(view: View, command: c.AddPlace, who: Who, team: Team, now: Now) -> Decision:
    """Incidents are shown there too: a lead or manager says so, or the first teammate of a room, who then is both.

    The first is first once: whoever is lead no more, or comes after a lead who left, does not become one by it.
    """
    if any((p.room, p.id) == (command.place.room, command.place.id) for p in (*team.places, *team.brought)):
        return Refusal(because="Incidents are shown here already.")
    first = command.first and team.new_to(command.place.room)
    if not (_sets_anybody(who) or (first and is_teammate(who))):
        return _not_the_place(team)
    added: list[e.Event] = [e.PlaceAdded(at=now.wall, by=by(who), place=command.place)]
    if first and isinstance(who, Teammate):
        said = who.model_dump(exclude={"id", "roles"})
        roles = who.roles | {Role.LEAD, Role.MANAGER}
        added.append(e.PersonSet(at=now.wall, by=by(who), person=who.id, roles=roles, **said))
    return added


def remove_place(view: View, command: c.RemovePlace, who: Who, team: Team, now: Now) -> Decision:
    """Incidents are shown there no more: a lead or manager says so."""
    if not _sets_anybody(who):
        return _not_the_place(team)
    if not any((p.room, p.id) == (command.place.room, command.place.id) for p in team.brought):
        return Refusal(because="The settings name that place, or nobody brought it here. Look in coolhead.toml.")
    return [e.PlaceRemoved(at=now.wall, by=by(who), place=command.place)]


def granted(
    grants: Grants, handle: Handle, guest: bool, groups: Collection[str], held: frozenset[Role] | None
) -> frozenset[Role]:
    """The roles of somebody a room knows, with that id, in these `groups` (ids and names).

    Where the settings say nothing of the room, whoever comes new (`held` None) is a teammate, and everybody else keeps
    the roles the team gave them. A guest of the room is a guest, whatever lists or the team say.
    """
    if guest:
        return frozenset({Role.GUEST})
    if not grants.about(handle.room):
        return frozenset({Role.TEAMMATE}) if held is None else held
    names = {f"{handle.room}:{each}" for each in (handle.id, *groups)}
    given = {Role.TEAMMATE: grants.teammate, Role.LEAD: grants.lead, Role.MANAGER: grants.manager}
    return frozenset(role for role, listed in given.items() if names.intersection(listed)) or frozenset({Role.GUEST})


def zoned(person: Teammate, told: str, now: Now) -> Teammate:
    """Somebody in the zone that a chat tells of them: taken anew a day after the last at the earliest. What they set here
    themselves stays, until they leave it empty."""
    if told in ("", person.zone) or (person.zone and not _travels(person, now)):
        return person
    return person.model_copy(update={"zone": told, "zone_at": now.wall})


def _travels(person: Teammate, now: Now) -> bool:
    """Whether their zone follows the chat, and may again by now; a moment in the future was written by a wrong clock."""
    at = person.zone_at
    return at is not None and not timedelta() <= now.wall - at < ZONE_LASTS


def note_settings(view: View, command: c.NoteSettings, who: Who, team: Team, now: Now) -> Decision:
    """The settings in force changed."""
    if not isinstance(who, Part):
        return NO_PRESS
    return [e.SettingsRead(at=now.wall, by=by(who), digest=command.digest, changed=command.changed)]


def note_gap(view: View, command: c.NoteGap, who: Who, team: Team, now: Now) -> Decision:
    """We may have missed something from a source."""
    if not isinstance(who, Part):
        return NO_PRESS
    if command.until <= command.since:
        return Refusal(because="A gap ends after it began.")
    return [e.GapFound(at=now.wall, by=by(who), source=command.source, since=command.since, until=command.until)]


def note_put_aside(view: View, command: c.NotePutAside, who: Who, team: Team, now: Now) -> Decision:
    """Something could not be read and lies in quarantine."""
    if not isinstance(who, Part):
        return NO_PRESS
    return [e.PutAside(at=now.wall, by=by(who), source=command.source, ref=command.ref, because=command.because)]


def note_brought_in(view: View, command: c.NoteBroughtIn, who: Who, team: Team, now: Now) -> Decision:
    """A teammate brought in what no watch had forwarded."""
    if not is_teammate(who):
        return refused(who)
    return [e.BroughtIn(at=now.wall, by=by(who), mention=command.mention, into=command.into)]


def _sets_anybody(who: Who) -> bool:
    return isinstance(who, Part) or may(who, Role.LEAD, Role.MANAGER)


def _not_the_place(team: Team) -> Refusal:
    """Why somebody may not decide where incidents are shown: who may, or how somebody gets there where nobody may."""
    return NOT_THE_PLACE if any(_sets_anybody(each) for each in team.people.values()) else NOBODY_DECIDES


def _not_set(before: Teammate | None, after: Teammate, who: Who) -> Refusal | None:
    """Why `who` may not make `after` of `before`."""
    if _sets_anybody(who):
        return None
    if before is None or by(who) != after.id:
        return NOT_THEIRS
    if before.roles != after.roles:
        return Refusal(because="Nobody sets their own roles. Ask a lead or a manager.")
    return None


def _unfit(person: Teammate) -> Refusal | None:
    """A name that could not be shown, or a zone that is none."""
    if not person.id or not person.name:
        return Refusal(because="A person needs a name.")
    for text in (person.name, person.public_name, person.email):
        if len(text) > LONGEST or not text.isprintable():
            return Refusal(because=f"A name or an address is one line of at most {LONGEST} characters.")
    if person.zone and not _zone(person.zone):
        return Refusal(because="That is not a time zone we know. One looks like Europe/Lisbon.")
    return None


def _zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return True


def _last_lead(person: str, team: Team) -> bool:
    return [lead.id for lead in team.leads()] == [person]
