"""Who is who: people set themselves, leads and managers set anybody, and a team keeps its last lead."""

from datetime import timedelta
from typing import Any

import pytest

from bot.nouns import commands as c
from bot.nouns.commands import Command
from bot.nouns.events import (
    BroughtIn,
    Event,
    GapFound,
    PersonLeft,
    PersonSet,
    PlaceAdded,
    PlaceRemoved,
    PutAside,
    SettingsRead,
)
from bot.nouns.fold import evolve_team
from bot.nouns.team import Part, Place, Refusal, Role, Team, Teammate
from bot.nouns.view import View
from bot.rules.roles import NOT_THE_PLACE
from tests.bot.build import ANA, BEN, GUS, KIM, MAX, RAVI, START, a_team, after, decided, done, key, no

EVERYWHERE = View(team=a_team())


def setting(person: Teammate, **changes: Any) -> c.SetPerson:
    """The command that sets `person` as they are, but for `changes`."""
    said = {**person.model_dump(exclude={"id"}), **changes}
    return c.SetPerson(id="s", person=person.id, **said)


def set_by(who: Teammate | Part, person: Teammate, team: Team | None = None, **changes: Any) -> Teammate:
    """That person after `who` set them."""
    view = done(View(team=team or a_team()), setting(person, **changes), who, after(1))
    return view.team.people[person.id]


def test_everybody_sets_themselves_but_for_their_roles() -> None:
    """Name, public name, zone, duty, shield and address are one's own; roles are not."""
    mine: dict[str, Any] = {
        "name": " Ana Maria ", "public_name": "Ana", "zone": "Europe/Lisbon", "on_duty": False, "shield": True,
        "email": "ana@shop.test",
    }  # fmt: skip
    after_it = set_by(ANA, ANA, **mine)
    assert after_it == ANA.model_copy(update={**mine, "name": "Ana Maria"})
    assert set_by(GUS, GUS, shield=True).shield
    more = setting(ANA, roles=frozenset({Role.LEAD}))
    assert "own roles" in no(EVERYWHERE, more, ANA, after(1)).because


@pytest.mark.parametrize("who", [KIM, MAX, Part.CLOCKWORK])
def test_leads_managers_and_the_installer_set_anybody(who: Teammate | Part) -> None:
    """They set roles, and bring in people who are not there yet."""
    assert set_by(who, GUS, roles=frozenset({Role.TEAMMATE})).may(Role.TEAMMATE)
    new = Teammate(id="noa", name="Noa", roles=frozenset({Role.LEAD, Role.MANAGER}))
    assert set_by(who, new) == new


def test_a_teammate_sets_nobody_else() -> None:
    """Neither a colleague, nor a new person, not even themselves where they are unknown."""
    for person in (BEN, Teammate(id="noa", name="Noa")):
        assert "for somebody else" in no(EVERYWHERE, setting(person, shield=True), ANA, after(1)).because
    stranger = Teammate(id="noa", name="Noa")
    assert "for somebody else" in no(EVERYWHERE, setting(stranger), stranger, after(1)).because


def test_setting_nothing_anew_is_no_event() -> None:
    """The timeline holds changes only."""
    assert "Nothing has changed" in no(EVERYWHERE, setting(ANA), ANA, after(1)).because


@pytest.mark.parametrize("who", [KIM, MAX])
def test_the_last_lead_stays(who: Teammate) -> None:
    """Whoever asks, a team that has a lead keeps one; with a second lead the first may go."""
    team = a_team(ANA, KIM, MAX)
    demoted = setting(KIM, roles=frozenset({Role.TEAMMATE}))
    removed = c.RemovePerson(id="r", person="kim")
    for command in (demoted, removed):
        assert "last lead" in no(View(team=team), command, who, after(1)).because
        done(EVERYWHERE, command, who, after(1))
    assert set_by(who, KIM, team=team, public_name="Kim from the shop").may(Role.LEAD)


def test_the_last_lead_goes_where_the_room_says_so() -> None:
    """The product writes down whom a room no longer lets lead; a lead that nobody may be would only stand in the way of
    those who act for a team without one. It takes nobody off the team."""
    team = a_team(ANA, KIM, MAX)
    assert set_by(Part.CLOCKWORK, KIM, team=team, roles=frozenset({Role.GUEST})).roles == {Role.GUEST}
    removed = c.RemovePerson(id="r", person="kim")
    assert "last lead" in no(View(team=team), removed, Part.CLOCKWORK, after(1)).because


@pytest.mark.parametrize(
    ("changes", "because"),
    [
        ({"name": "  "}, "needs a name"),
        ({"name": "A\nna"}, "one line"),
        ({"public_name": "x" * 121}, "one line"),
        ({"email": "a\u202eb@shop.test"}, "one line"),
        ({"zone": "Nowhere/Land"}, "time zone"),
        ({"zone": "../etc/passwd"}, "time zone"),
        ({"zone": "Europe"}, "time zone"),
    ],
)
def test_a_person_can_be_shown(changes: dict[str, str], because: str) -> None:
    """A name is a line of its own that can be read, a zone one that exists."""
    assert because in no(EVERYWHERE, setting(ANA, **changes), ANA, after(1)).because


def test_people_leave() -> None:
    """A lead or a manager lets somebody go, or they go themselves; a colleague does not."""
    leave = c.RemovePerson(id="r", person="ben")
    for who in (KIM, MAX, BEN):
        assert "ben" not in done(EVERYWHERE, leave, who, after(1)).team.people
    assert "for somebody else" in no(EVERYWHERE, leave, ANA, after(1)).because
    assert "not in the team" in no(EVERYWHERE, c.RemovePerson(id="r", person="noa"), RAVI, after(1)).because


HERE = Place(room="chat", id="C1")
COMES_FIRST = c.AddPlace(id="a", place=HERE, first=True)


def test_the_first_of_a_room_is_lead_and_manager() -> None:
    """A teammate who brings incidents where the team is new; a guest never is."""
    view = done(EVERYWHERE, COMES_FIRST, ANA, after(1))
    assert view.team.people["ana"].roles == ANA.roles | {Role.LEAD, Role.MANAGER}
    assert no(EVERYWHERE, COMES_FIRST, GUS, after(1)) == NOT_THE_PLACE


def led(person: Teammate, *then: Event) -> Team:
    """The team after somebody of the chat had led it, and what happened `then`."""
    own: dict[str, Any] = {"at": START, "by": "kim", "person": person.id, "name": person.name}
    team = evolve_team(a_team(), PersonSet(**own, roles=frozenset({Role.LEAD})), "h")
    for event in (PersonSet(**own, roles=frozenset({Role.TEAMMATE})), *then):
        team = evolve_team(team, event, "h")
    return team


def brought(*then: Event) -> Team:
    """The team after a place of the chat was brought in, and what happened `then`."""
    team = evolve_team(a_team(), PlaceAdded(at=START, by="kim", place=HERE), "h")
    for event in then:
        team = evolve_team(team, event, "h")
    return team


UMA = Teammate(id="chat:u1", name="Uma", roles=frozenset({Role.TEAMMATE}))


@pytest.mark.parametrize(
    "team",
    [
        brought(),
        brought(PlaceRemoved(at=START, by="kim", place=HERE)),
        led(UMA),
        led(UMA, PersonLeft(at=START, by="kim", person=UMA.id)),
        a_team(places=(Place(room="web", id="desk"), HERE)),
    ],
)
def test_nobody_is_first_where_it_has_ever_begun(team: Team) -> None:
    """Not after a place or a lead of the room, though either is gone again; nor where the settings name a place of it. A
    lead brings it there, and is nothing more for it."""
    there = COMES_FIRST.model_copy(update={"place": Place(room="chat", id="C2")})
    assert no(View(team=team), there, UMA, after(1)) == NOT_THE_PLACE
    assert done(View(team=team), there, KIM, after(1)).team.people["kim"].roles == KIM.roles


def test_where_nobody_decides_it_says_who_helps() -> None:
    """A team whose last lead and manager is gone makes itself none: whoever runs the product does."""
    alone = View(team=a_team(ANA, led=("chat",)))
    for command in (COMES_FIRST, c.RemovePlace(id="r", place=HERE)):
        assert "coolhead sign-in" in no(alone, command, ANA, after(1)).because
    assert no(View(team=a_team(ANA, MAX, led=("chat",))), COMES_FIRST, ANA, after(1)) == NOT_THE_PLACE


def test_a_lead_of_another_room_leaves_it_open() -> None:
    """Each chat has its own first; the web desk's people belong to none."""
    there = COMES_FIRST.model_copy(update={"place": Place(room="talk", id="T1")})
    assert done(View(team=led(UMA)), there, ANA, after(1)).team.people["ana"].may(Role.LEAD)
    assert led(ANA).led == ()


SETTINGS = c.NoteSettings(id="n", digest="abc", changed=("policy",))
GAP = c.NoteGap(id="n", source="feed", since=START, until=START + timedelta(minutes=5))
ASIDE = c.NotePutAside(id="n", source="feed", ref="q1", because="It is no JSON.")
BROUGHT = c.NoteBroughtIn(id="n", mention=key(), into="c1")


@pytest.mark.parametrize(
    ("command", "who", "event"),
    [
        (
            SETTINGS,
            Part.CLOCKWORK,
            SettingsRead(at=after(1).wall, by="coolhead:clockwork", digest="abc", changed=("policy",)),
        ),
        (
            GAP,
            Part.SORTER,
            GapFound(at=after(1).wall, by="coolhead:sorter", source="feed", since=START, until=GAP.until),
        ),
        (
            ASIDE,
            Part.SORTER,
            PutAside(at=after(1).wall, by="coolhead:sorter", source="feed", ref="q1", because="It is no JSON."),
        ),
        (BROUGHT, ANA, BroughtIn(at=after(1).wall, by="ana", mention=key(), into="c1")),
    ],
)
def test_the_teams_own_timeline_notes_what_happened(command: Command, who: Teammate | Part, event: Event) -> None:
    """Settings, gaps, quarantine and what was brought in stand there, and change nobody."""
    assert decided(EVERYWHERE, command, who, after(1)) == [event]
    assert done(EVERYWHERE, command, who, after(1)).team.people == EVERYWHERE.team.people


@pytest.mark.parametrize(
    ("command", "who"), [(SETTINGS, KIM), (GAP, KIM), (ASIDE, KIM), (BROUGHT, GUS), (BROUGHT, Part.SORTER)]
)
def test_each_note_is_somebodys(command: Command, who: Teammate | Part) -> None:
    """People don't note what the product finds out, and only a teammate brings something in."""
    assert isinstance(decided(EVERYWHERE, command, who, after(1)), Refusal)


def test_a_gap_has_a_length() -> None:
    """A gap that ends before it began is none."""
    assert "ends after" in no(EVERYWHERE, GAP.model_copy(update={"until": START}), Part.SORTER, after(1)).because
