"""Who somebody is: what a room knows of a handle, laid over what the team's timeline says of the person."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from bot.nouns import commands as c
from bot.nouns.team import Grants, Handle, Part, Role, Team, Teammate
from bot.ports import Broken, Clock, Member, Room, Roster, Stranger
from bot.rules.roles import LONGEST, granted, zoned
from bot.work.act import Act

#: How old a copy of what a room said of somebody may be at a press, in seconds (DESIGN §2, Roles).
COPY_LASTS = 60.0
#: Whoever set the product up, until the team says otherwise.
_FIRST = frozenset({Role.TEAMMATE, Role.LEAD, Role.MANAGER})


@dataclass(frozen=True, slots=True)
class _Copy:
    said: Member | Broken
    at: float


class Members:
    """Knows everybody in every room. `rooms` are those that know people themselves; in any other (the web desk) people
    are let in one by one, and the team's timeline says who they are.

    Whoever a room calls a full member becomes a person of the team at their first press; from then on the room is asked
    again whenever its last word is older than COPY_LASTS, and before every send. At the web desk, too, what it says of them
    counts.
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
            return await self._let_in(person, team)
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

    def first_here(self, handle: Handle, team: Team) -> bool:
        """Whether that person's room knows people itself, the settings leave it open who leads there, and nobody ever did."""
        return handle.room in self._rooms and not self._grants.about(handle.room) and team.new_to(handle.room)

    async def _known(self, handle: Handle, person: str, team: Team) -> Teammate | None:
        """Somebody in the very room that knows them. While it cannot answer, what stands counts, if it comes back by itself."""
        standing = team.people.get(person)
        copy = await self._copy(handle)
        asked = copy if isinstance(copy, Member) else await self._ask(handle)
        if isinstance(asked, Broken):
            return standing if asked.until is not None else None
        # A copy is laid over what stands, too: the timeline may not have taken it, or not be read anew since it did.
        return await self._as_seen(handle, person or handle.person, asked, standing, team)

    async def _let_in(self, person: str, team: Team) -> Teammate | None:
        """Somebody of the team in a room that knows nobody itself: as those see them that do, by the narrowest word.

        A room that cannot answer locks nobody out here, whatever would mend it: what stands counts, and it is asked again
        after COPY_LASTS. None where one of them answers that it knows them no more.
        """
        standing = team.people[person]
        asked = [handle for handle in await self._roster.handles(person) if handle.room in self._rooms]
        told = [(handle, await self._copy(handle) or await self._ask(handle)) for handle in asked]
        if any(isinstance(said, Stranger) for _, said in told):
            return None
        seen = [
            (self._roles(handle, said, standing), handle, said) for handle, said in told if isinstance(said, Member)
        ]
        if not seen:
            return standing
        _, handle, member = min(seen, key=lambda each: len(each[0] - {Role.GUEST}))
        return await self._as_seen(handle, person, member, standing, team)

    async def _copy(self, handle: Handle) -> Member | Broken | None:
        """What the room said of them, or that it could not say; None where that is too long ago."""
        copy = self._copies.get(handle)
        fresh = copy is not None and (await self._clock.now()).elapsed - copy.at < COPY_LASTS
        return copy.said if copy is not None and fresh else None

    async def _ask(self, handle: Handle) -> Member | Broken:
        said = await self._rooms[handle.room].who(handle)
        self._copies[handle] = _Copy(said, (await self._clock.now()).elapsed)
        return said

    async def _as_seen(
        self, handle: Handle, person: str, member: Member, standing: Teammate | None, team: Team
    ) -> Teammate | None:
        """They are of the team from now on, in the roles the room's word gives them; written down if that is news.

        Whom the team took off stays off, unless the settings list them.
        """
        if standing is None and person in team.gone and not self._grants.about(handle.room):
            return None
        known = standing or Teammate(id=person, name=_name(member.name, handle.id))
        roles = self._roles(handle, member, standing)
        seen = zoned(known, member.zone, await self._clock.now()).model_copy(update={"roles": roles})
        if seen != standing:
            if standing is None:
                await self._roster.bind(handle, person)
            whole = seen.model_dump(exclude={"id"})
            await self._act(c.SetPerson(id=secrets.token_hex(8), person=person, **whole), Part.CLOCKWORK)
        return seen

    def _roles(self, handle: Handle, member: Member, standing: Teammate | None) -> frozenset[Role]:
        held = standing.roles if standing is not None else None
        return granted(self._grants, handle, member.guest, member.groups, held)


def _name(name: str, otherwise: str) -> str:
    """A name as one printable line; the room's own id where nothing is left of it."""
    kept = "".join(char if char.isprintable() else " " for char in name)
    return " ".join(kept.split())[:LONGEST] or otherwise
