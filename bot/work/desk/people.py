"""People: your own settings, who is of the team, and links that let somebody in."""

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.nouns import commands as c
from bot.nouns.team import Refusal, Role, Teammate
from bot.screens.forms import shape
from bot.screens.plain import counted, number
from bot.screens.shapes import Answer, Choice, Done, Fact, Page, Passage, Quote, Said, Section
from bot.work.desk import filling
from bot.work.desk.turn import STALE, Turn

#: How long a link lets somebody in.
LINK_LIVES = timedelta(days=7)
_ALONE = "You are alone in the team. Invite somebody, so that there is a second name when one is needed."
_LET_IN = frozenset({Role.LEAD, Role.MANAGER})


async def page(turn: Turn) -> Answer:
    """Who is of the team, in which roles, and who is on duty."""
    people = sorted(turn.team.people.values(), key=lambda p: p.name)
    may = turn.who.may(*_LET_IN)
    parts = tuple(Section(p.name, passages=_facts(p), choices=_edit(p) if may else ()) for p in people)
    alone = (Section("", passages=(Said(_ALONE),)),) if len(turn.team.teammates()) < 2 else ()
    shown = Section("Where incidents are shown", passages=_places(turn), choices=_leave(turn) if may else ())
    choices = (Choice("settings", "Your own settings", form=True),)
    invite = (Choice("invite", "Invite somebody", likely=True, form=True),) if may else ()
    on_duty = len(turn.team.on_duty())
    duty = number(on_duty).lower() if on_duty else "nobody"
    answer = f"{counted(len(people), 'person', 'people').capitalize()}, {duty} on duty."
    return Page("people", "Who is on the team", answer, (*alone, *parts, shown), choices=(*invite, *choices))


def _facts(person: Teammate) -> tuple[Passage, ...]:
    roles = ", ".join(sorted(role.value for role in person.roles)) or "none"
    duty = Fact("On duty", "yes" if person.on_duty else "no")
    signs = (Fact("Signs as", person.public_name),) if person.public_name else ()
    return (Fact("Roles", roles), *signs, duty)


def _edit(person: Teammate) -> tuple[Choice, ...]:
    return (Choice("person", "Change", {"person": person.id}, form=True),)


def _places(turn: Turn) -> tuple[Passage, ...]:
    return tuple(Fact(place.room.capitalize(), place.name or place.id) for place in turn.team.places)


def _leave(turn: Turn) -> tuple[Choice, ...]:
    return tuple(
        Choice("place_no_more", f"Not in {place.name or place.id} any more", {"room": place.room, "place": place.id})
        for place in turn.team.brought
    )


async def open_settings(turn: Turn) -> Answer:
    """Your name, signature, zone, duty and shield."""
    me = turn.who
    filled = {
        "name": me.name,
        "public_name": me.public_name,
        "zone": me.zone,
        "email": me.email,
        "on_duty": "yes" if me.on_duty else "",
        "shield": "yes" if me.shield else "",
    }
    return filling.bound(shape("settings"), filled=filled)


async def settings(turn: Turn) -> Answer:
    """Set them."""
    zone = turn.value("zone")
    if not _zone(zone):
        return filling.back(turn.gesture, "That is no time zone we know. It looks like Europe/Berlin.") or STALE
    command = _set(
        turn,
        turn.who,
        name=turn.value("name") or turn.who.name,
        public_name=turn.value("public_name"),
        zone=zone,
        email=turn.value("email"),
        on_duty=turn.value("on_duty") == "yes",
        shield=turn.value("shield") == "yes",
    )
    return await _do(turn, command, "Saved.")


def _zone(name: str) -> bool:
    """Whether a zone is known; '' is the team's."""
    try:
        return not name or bool(ZoneInfo(name))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False


def _set(turn: Turn, person: Teammate, **changes: object) -> c.SetPerson:
    """The person as they stand, with these changes."""
    whole = person.model_copy(update=changes)
    return c.SetPerson(
        id=turn.gesture.id,
        person=whole.id,
        name=whole.name,
        roles=whole.roles,
        public_name=whole.public_name,
        zone=whole.zone,
        on_duty=whole.on_duty,
        shield=whole.shield,
        email=whole.email,
    )


async def _do(turn: Turn, command: c.Command, said: str) -> Answer:
    acted = await turn.do(command)
    return acted if isinstance(acted, Refusal) else Done(said)


async def open_person(turn: Turn) -> Answer:
    """Somebody's roles."""
    person = turn.team.people.get(turn.value("person"))
    if person is None:
        return Refusal(because="They are no longer of the team.")
    filled = {
        "name": person.name,
        "roles": "\n".join(sorted(role.value for role in person.roles)),
        "public_name": person.public_name,
        "on_duty": "yes" if person.on_duty else "",
    }
    form = filling.bound(shape("person"), filled=filled, person=person.id)
    leave = Choice("remove_person", "Take them off the team", {"person": person.id})
    return replace(form, choices=(leave,))


async def person(turn: Turn) -> Answer:
    """Set somebody's roles."""
    standing = turn.team.people.get(turn.value("person"))
    roles = turn.listed("roles")
    if standing is None or not set(roles) <= set(Role):
        return STALE
    command = _set(
        turn,
        standing,
        name=turn.value("name") or standing.name,
        roles=frozenset(Role(role) for role in roles),
        public_name=turn.value("public_name"),
        on_duty=turn.value("on_duty") == "yes",
    )
    return await _do(turn, command, "Saved.")


async def remove_person(turn: Turn) -> Answer:
    """Somebody leaves the team."""
    command = c.RemovePerson(id=turn.gesture.id, person=turn.value("person"))
    return await _do(turn, command, "They are no longer of the team.")


async def invite(turn: Turn) -> Answer:
    """A link that lets one person in once. It is shown here and nowhere else."""
    role = turn.value("role")
    if role not in set(Role):
        return STALE
    person, token = turn.tools.ids(), turn.tools.ids() + turn.tools.ids()
    new = Teammate(id=person, name=turn.value("name") or "Somebody new", roles=frozenset({Role(role)}))
    acted = await turn.do(_set(turn, new))
    if isinstance(acted, Refusal):
        return acted
    await turn.tools.sessions.invite(token, person, turn.now.wall + LINK_LIVES)
    link = f"{turn.tools.public_url}/sign-in/{token}"
    shown = (Quote(link, by=f"For {new.name} alone", ours=True, copy=True), Said("It works once, within seven days."))
    return Page("invite", "A link that lets them in", f"Give it to {new.name}.", (Section("", passages=shown),))


async def rest(turn: Turn) -> Answer:
    """Somebody else is asked next: off duty until they say otherwise. No reason is noted."""
    command = _set(turn, turn.who, on_duty=False)
    return await _do(turn, command, "Others are asked first now. Your settings bring you back on duty.")
