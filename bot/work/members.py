"""Who somebody is: what a room knows of a handle, laid over what the team's timeline says of the person."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from bot.nouns import commands as c
from bot.nouns.team import Grants, Handle, Part, Role, Team, Teammate
from bot.ports import Broken, Clock, Member, Room, Roster
from bot.rules.roles import LONGEST, granted, zoned
from bot.work.act import Act

#: How old a copy of what a room said of somebody may be at a press, in seconds (DESIGN §2, Roles).
COPY_LASTS = 60.0
#: Whoever set the product up, until the team says otherwise.
_FIRST = frozenset({Role.TEAMMATE, Role.LEAD, Role.MANAGER})


@dataclass(frozen=True, slots=True)
class _Copy:
    member: Member
    at: float


class Members:
    """Knows everybody in every room. `rooms` are those that know people themselves; in any other (the web desk) people
    are let in one by one, and only the team's timeline says who they are.

    Whoever a room calls a full member becomes a person of the team at their first press; from then on the room is asked
    again whenever its last word is older than COPY_LASTS, and before every send.
    """

    def __init__(
        self,
        *,
        act: Act,
        roster: Roster,
        clock: Clock,
        rooms: Mapping[str, Room],
        grants: Grants,
        installer: str = "",
    ) -> None:
        self._act = act
        self._roster = roster
        self._clock = clock
        self._rooms = rooms
        self._grants = grants
        self._installer = installer
        self._copies: dict[Handle, _Copy] = {}

    async def who(self, handle: Handle, team: Team) -> Teammate | None:
        """The person behind a handle, at a press; None for a stranger. Raises StoreAway."""
        person = await self._roster.person(handle)
        if handle.room in self._rooms:
            return await self._known(handle, person, team)
        if person in team.people:
            return team.people[person]
        if person and person == self._installer and not team.people:
            return Teammate(id=person, name=person, roles=_FIRST)
        return None

    async def anew(self, person: str, team: Team) -> Teammate | None:
        """The person as every room they are in sees them this instant, before a send; None where one cannot say."""
        standing = team.people.get(person)
        for handle in await self._roster.handles(person):
            if handle.room not in self._rooms:
                continue
            self._copies.pop(handle, None)
            asked = await self._ask(handle)
            if standing is None or isinstance(asked, Broken):
                return None
            standing = await self._as_seen(handle, person, asked, standing, team)
        return standing

    async def first_here(self, handle: Handle, team: Team) -> bool:
        """Whether nobody in that person's room is a lead yet, and the settings leave it open who is."""
        if self._grants.about(handle.room):
            return False
        leads = [await self._roster.handles(lead.id) for lead in team.leads()]
        return not any(each.room == handle.room for handles in leads for each in handles)

    async def _known(self, handle: Handle, person: str, team: Team) -> Teammate | None:
        standing = team.people.get(person)
        copy = self._copies.get(handle)
        fresh = copy is not None and (await self._clock.now()).elapsed - copy.at < COPY_LASTS
        if fresh and standing is not None:
            return standing
        # A second press right after somebody's first: the team that it was begun with does not know them yet.
        asked = copy.member if copy is not None and fresh else await self._ask(handle)
        if isinstance(asked, Broken):
            return standing if asked.until is not None else None
        return await self._as_seen(handle, person or f"{handle.room}:{handle.id}", asked, standing, team)

    async def _ask(self, handle: Handle) -> Member | Broken:
        member = await self._rooms[handle.room].who(handle)
        if isinstance(member, Member):
            self._copies[handle] = _Copy(member, (await self._clock.now()).elapsed)
        return member

    async def _as_seen(
        self, handle: Handle, person: str, member: Member, standing: Teammate | None, team: Team
    ) -> Teammate | None:
        """They are of the team from now on, in the roles the room's word gives them; written down if that is news.

        Whom the team took off stays off, unless the settings list them.
        """
        if standing is None and person in team.gone and not self._grants.about(handle.room):
            return None
        known = standing or Teammate(id=person, name=_name(member.name, handle.id))
        held = standing.roles if standing is not None else None
        roles = granted(self._grants, handle, member.guest, member.groups, held)
        seen = zoned(known, member.zone, await self._clock.now()).model_copy(update={"roles": roles})
        if seen != standing:
            if standing is None:
                await self._roster.bind(handle, person)
            whole = seen.model_dump(exclude={"id"})
            await self._act(c.SetPerson(id=secrets.token_hex(8), person=person, **whole), Part.CLOCKWORK)
        return seen


def _name(name: str, otherwise: str) -> str:
    """A name as one printable line; the room's own id where nothing is left of it."""
    kept = "".join(char if char.isprintable() else " " for char in name)
    return " ".join(kept.split())[:LONGEST] or otherwise
