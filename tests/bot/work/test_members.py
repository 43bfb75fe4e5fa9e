"""Who somebody is in a room that knows its people itself."""

from collections.abc import Sequence
from datetime import timedelta

import pytest

from bot.nouns import commands as c
from bot.nouns.team import Grants, Handle, Part, Role, Team, Teammate
from bot.ports import Broken, Member, Stranger
from bot.work.members import COPY_LASTS, Members
from tests.bot.work.house import House
from tests.fakes.clock import START
from tests.fakes.room import FakeRoom

U1 = Handle(room="chat", id="u1")
WEB = Handle(room="web", id="chat:u1")
LATER = Broken(because="The chat is slow.")


class Chat:
    """A house with a chat in it."""

    def __init__(self, grants: Grants = Grants(), installer: str = "") -> None:  # noqa: B008  # frozen
        self.house = House()
        self.room = FakeRoom("chat")
        self.members = Members(
            act=self.house.act,
            roster=self.house.roster,
            clock=self.house.clock,
            rooms={"chat": self.room},
            grants=grants,
            installer=installer,
        )

    async def team(self) -> Team:
        """As it stands."""
        return await self.house.act.team()

    async def who(self, handle: Handle = U1) -> Teammate | None:
        """At a press."""
        return await self.members.who(handle, await self.team())

    async def anew(self, person: str = "chat:u1") -> Teammate | None:
        """Before a send."""
        return await self.members.anew(person, await self.team())

    def is_now(
        self,
        id: str = "u1",
        *,
        name: str = "Uma",
        guest: bool = False,
        groups: Sequence[str] = (),
        zone: str = "Europe/Lisbon",
    ) -> None:
        """What the chat says of somebody from now on."""
        self.room.people[id] = Member(name=name, guest=guest, groups=tuple(groups), zone=zone)

    async def roles(self, handle: Handle = U1) -> frozenset[Role]:
        """At a press of somebody who is known."""
        found = await self.who(handle)
        assert found is not None
        return found.roles

    async def does(self, command: c.Command) -> None:
        """Done by the product."""
        await self.house.must(self.house.act(command, Part.CLOCKWORK))

    async def lives_in(self, zone: str) -> str:
        """The chat says so, a minute later; by which zone Uma's next press is counted."""
        self.is_now(zone=zone)
        self.house.clock.advance(COPY_LASTS)
        uma = await self.who()
        assert uma is not None
        return uma.zone

    async def chooses(self, zone: str) -> None:
        """Uma sets her zone here."""
        uma = (await self.team()).people["chat:u1"]
        said = uma.model_copy(update={"zone": zone}).model_dump(exclude={"id"})
        await self.house.must(self.house.act(c.SetPerson(id=f"zone {zone}", person=uma.id, **said), uma))

    async def sets(self, *roles: Role) -> None:
        """A lead set Uma's roles."""
        one = (await self.team()).people["chat:u1"].model_copy(update={"roles": frozenset(roles)})
        await self.does(c.SetPerson(id=f"set {roles}", person=one.id, **one.model_dump(exclude={"id"})))


async def test_a_full_member_is_a_teammate_from_their_first_press() -> None:
    """By name and zone as the chat has them; written on the team's timeline, once."""
    chat = Chat()
    chat.is_now(name=" Uma\n\u202e  Ray ")
    uma = await chat.who()
    assert uma is not None
    assert (uma.id, uma.name, uma.zone, uma.roles) == (
        "chat:u1",
        "Uma Ray",
        "Europe/Lisbon",
        frozenset({Role.TEAMMATE}),
    )
    assert (await chat.team()).people["chat:u1"] == uma
    assert await chat.who() == uma
    assert await chat.house.kinds() == ["person_set"]
    chat.is_now("u2", name="\x00")
    two = await chat.who(Handle(room="chat", id="u2"))
    assert two is not None
    assert two.name == "u2"


async def test_two_first_presses_at_once() -> None:
    """Whoever presses twice in a moment is no stranger at the second press, though the team knew nobody of them yet."""
    chat = Chat()
    chat.is_now()
    team = await chat.team()
    found = [await chat.members.who(U1, team), await chat.members.who(U1, team)]
    assert [each.id if each else "" for each in found] == ["chat:u1", "chat:u1"]
    assert chat.room.calls.count("who") == 1


async def test_the_chat_is_asked_again_after_a_minute() -> None:
    """Not at every press; whoever became a guest meanwhile is one at the next look, and stays one until a lead acts."""
    chat = Chat()
    chat.is_now()
    await chat.who()
    chat.is_now(guest=True)
    before = await chat.who()
    assert before is not None
    assert before.roles == {Role.TEAMMATE}
    chat.house.clock.advance(COPY_LASTS)
    after = await chat.who()
    assert after is not None
    assert after.roles == {Role.GUEST}
    chat.is_now()
    chat.house.clock.advance(COPY_LASTS)
    again = await chat.who()
    assert again is not None
    assert again.roles == {Role.GUEST}
    assert chat.room.calls.count("who") == 3


@pytest.mark.parametrize("grants", [Grants(), Grants(lead=("chat:leads",))])
async def test_the_last_lead_is_who_the_chat_says(grants: Grants) -> None:
    """The team's only lead, made a guest or taken off the list, is one at every press: no copy in between brings her back."""
    chat = Chat(grants)
    chat.is_now(groups=("leads",))
    await chat.who()
    if not grants.lead:
        await chat.sets(Role.LEAD, Role.MANAGER)
    assert Role.LEAD in await chat.roles()
    chat.is_now(guest=not grants.lead)
    chat.house.clock.advance(COPY_LASTS)
    assert [await chat.roles(), await chat.roles()] == [{Role.GUEST}, {Role.GUEST}]
    assert (await chat.team()).leads() == ()


async def test_a_copy_counts_whatever_the_timeline_could_not_take() -> None:
    """Where the room's word could not be written down, it counts at the presses that follow all the same."""
    chat = Chat()
    chat.is_now()
    await chat.who()
    before = await chat.team()
    chat.is_now(guest=True)
    chat.house.clock.advance(COPY_LASTS)
    for _ in range(2):
        seen = await chat.members.who(U1, before)
        assert seen is not None
        assert seen.roles == {Role.GUEST}


async def test_what_a_lead_gave_stays() -> None:
    """Where the settings list nobody, the chat only says who is a member."""
    chat = Chat()
    chat.is_now()
    await chat.who()
    await chat.sets(Role.LEAD)
    chat.house.clock.advance(COPY_LASTS)
    uma = await chat.who()
    assert uma is not None
    assert uma.roles == {Role.LEAD}


@pytest.mark.parametrize(
    ("groups", "roles"),
    [((), {Role.GUEST}), (("g1",), {Role.TEAMMATE}), (("g1", "Leads"), {Role.TEAMMATE, Role.LEAD})],
)
async def test_listed_roles_follow_the_lists(groups: Sequence[str], roles: set[Role]) -> None:
    """By group, by its name or by person; who is in none of them reads only; a guest is one in spite of any list."""
    chat = Chat(Grants(teammate=("chat:g1",), lead=("chat:Leads",), manager=("chat:u9",)))
    chat.is_now(groups=groups)
    uma = await chat.who()
    assert uma is not None
    assert uma.roles == roles
    chat.is_now(groups=groups, guest=True)
    guest = await chat.anew()
    assert guest is not None
    assert guest.roles == {Role.GUEST}
    nine = await chat.who(Handle(room="chat", id="u9"))
    assert nine is not None
    assert nine.roles == {Role.MANAGER}


async def test_before_a_send_the_chat_is_asked_at_once() -> None:
    """Whoever lost their role in the chat while the words cooled sends nothing; without an answer nobody does."""
    chat = Chat()
    chat.is_now()
    await chat.who()
    chat.is_now(guest=True)
    uma = await chat.anew()
    assert uma is not None
    assert uma.roles == {Role.GUEST}
    chat.room.broken = LATER
    assert await chat.anew() is None


async def test_before_a_send_the_web_desk_asks_the_timeline() -> None:
    """Somebody whom no chat knows is who the team says they are; nobody is nobody."""
    chat = Chat()
    await chat.does(c.SetPerson(id="1", person="ana", name="Ana", roles=frozenset({Role.TEAMMATE})))
    await chat.house.roster.bind(Handle(room="web", id="ana"), "ana")
    ana = await chat.anew("ana")
    assert ana is not None
    assert ana.name == "Ana"
    assert await chat.anew("nobody") is None


async def test_a_chat_that_does_not_answer() -> None:
    """At a press the last word counts while it comes back by itself; where a person must mend it, nobody is let in."""
    chat = Chat()
    chat.is_now()
    uma = await chat.who()
    chat.house.clock.advance(COPY_LASTS)
    chat.room.broken = Broken(because="Slow.", until=chat.house.clock.wall)
    assert await chat.who() == uma
    chat.room.broken = LATER
    assert await chat.who() is None


async def test_whom_the_team_took_off_stays_off() -> None:
    """A press does not bring them back, unless the settings list them."""
    chat = Chat()
    chat.is_now()
    await chat.who()
    await chat.does(c.RemovePerson(id="away", person="chat:u1"))
    chat.house.clock.advance(COPY_LASTS)
    assert await chat.who() is None
    assert await chat.anew() is None
    listed = Chat(Grants(teammate=("chat:u1",)))
    await listed.who()
    await listed.does(c.RemovePerson(id="away", person="chat:u1"))
    listed.house.clock.advance(COPY_LASTS)
    assert await listed.who() is not None


async def test_the_web_desk_lets_in_one_by_one() -> None:
    """A stranger is a stranger; whoever installed may do everything while the team knows nobody."""
    chat = Chat(installer="me")
    web = Handle(room="web", id="x")
    assert await chat.who(web) is None
    await chat.house.roster.bind(web, "me")
    me = await chat.who(web)
    assert me is not None
    assert me.may(Role.LEAD, Role.MANAGER)
    await chat.does(c.SetPerson(id="1", person="ana", name="Ana", roles=frozenset({Role.TEAMMATE})))
    assert await chat.who(web) is None


async def at_the_desk(chat: Chat) -> None:
    """Uma, whom the chat knows, followed a sign-in link."""
    chat.is_now()
    uma = await chat.who()
    assert uma is not None
    await chat.house.roster.bind(WEB, uma.id)


async def test_at_the_desk_the_chat_says_who_they_are() -> None:
    """Whoever became a guest in the chat is one at the web desk too, a minute later at the latest."""
    chat = Chat()
    await at_the_desk(chat)
    chat.is_now(guest=True)
    assert await chat.roles(WEB) == {Role.TEAMMATE}
    chat.house.clock.advance(COPY_LASTS)
    assert await chat.roles(WEB) == {Role.GUEST}
    assert (await chat.team()).people["chat:u1"].roles == {Role.GUEST}


async def test_who_left_the_chat_is_let_in_at_no_desk() -> None:
    """The chat answers that it knows nobody of that name any more."""
    chat = Chat()
    await at_the_desk(chat)
    chat.room.people["u1"] = Stranger(because="Nobody of that name is here.")
    chat.house.clock.advance(COPY_LASTS)
    assert await chat.who(WEB) is None
    assert await chat.who() is None


@pytest.mark.parametrize("away", [LATER, Broken(because="Slow.", until=START)])
async def test_a_chat_that_is_away_locks_nobody_out_of_the_desk(away: Broken) -> None:
    """Even where a person must mend it, its last word counts there; it is asked once a minute, not for every page."""
    chat = Chat()
    await at_the_desk(chat)
    await chat.sets(Role.LEAD)
    for _ in range(3):
        assert await chat.roles(WEB) == {Role.LEAD}
    assert chat.room.calls.count("who") == 1
    chat.room.broken = away
    chat.house.clock.advance(COPY_LASTS)
    for _ in range(3):
        assert await chat.roles(WEB) == {Role.LEAD}
    assert chat.room.calls.count("who") == 2
    chat.room.broken = None
    assert await chat.roles() == {Role.LEAD}
    assert chat.room.calls.count("who") == 3


async def test_the_narrowest_word_counts_at_the_desk() -> None:
    """Somebody whom the chat knows under two names may do what it lets both of them do."""
    chat = Chat(Grants(teammate=("chat:g1",), lead=("chat:g1",)))
    chat.is_now(groups=("g1",))
    await chat.who()
    for handle in (WEB, Handle(room="chat", id="u2")):
        await chat.house.roster.bind(handle, "chat:u1")
    chat.is_now("u2")
    assert await chat.roles(WEB) == {Role.GUEST}


async def test_the_first_of_a_room() -> None:
    """Nobody there is a lead yet; a lead elsewhere does not count. Lists in the settings leave nothing open, and at the
    desk, where people are let in one by one, nobody comes first.
    """
    chat = Chat()
    chat.is_now()
    await chat.does(c.SetPerson(id="1", person="kim", name="Kim", roles=frozenset({Role.LEAD})))
    await chat.house.roster.bind(Handle(room="web", id="kim"), "kim")
    await chat.who()
    assert chat.members.first_here(U1, await chat.team())
    await chat.sets(Role.LEAD)
    assert not chat.members.first_here(U1, await chat.team())
    listed = Chat(Grants(manager=("chat:u9",)))
    assert not listed.members.first_here(U1, await listed.team())
    assert not listed.members.first_here(WEB, await listed.team())


DAY = 86_400.0


async def test_who_travels_is_asked_for_by_their_new_clock() -> None:
    """The chat's zone is taken anew when they press, and again a day later at the earliest; one it does not tell is none."""
    chat = Chat()
    assert await chat.lives_in("Europe/Lisbon") == "Europe/Lisbon"
    assert await chat.lives_in("Asia/Tokyo") == "Europe/Lisbon"
    chat.house.clock.advance(DAY - 2 * COPY_LASTS)
    assert await chat.lives_in("") == "Europe/Lisbon"
    assert await chat.lives_in("Asia/Tokyo") == "Asia/Tokyo"
    assert (await chat.team()).people["chat:u1"].zone == "Asia/Tokyo"
    assert await chat.lives_in("Europe/Lisbon") == "Asia/Tokyo"
    assert await chat.house.kinds() == ["person_set", "person_set"]


async def test_a_zone_somebody_set_here_stays() -> None:
    """Whatever the chat says, until they leave it to the chat again; a new name or role changes nothing of it."""
    chat = Chat()
    assert await chat.lives_in("Europe/Lisbon") == "Europe/Lisbon"
    await chat.chooses("America/Lima")
    await chat.sets(Role.TEAMMATE, Role.MANAGER)
    chat.house.clock.advance(2 * DAY)
    assert await chat.lives_in("Asia/Tokyo") == "America/Lima"
    await chat.chooses("")
    assert await chat.lives_in("Asia/Tokyo") == "Asia/Tokyo"
    await chat.sets(Role.TEAMMATE)
    chat.house.clock.advance(DAY)
    assert await chat.lives_in("Africa/Lagos") == "Africa/Lagos"


async def test_a_zone_told_by_a_clock_that_was_ahead() -> None:
    """Written down hours in the future, it does not stand for days."""
    chat = Chat()
    chat.house.clock.wall += timedelta(days=3)
    assert await chat.lives_in("Europe/Lisbon") == "Europe/Lisbon"
    chat.house.clock.wall -= timedelta(days=3)
    assert await chat.lives_in("Asia/Tokyo") == "Asia/Tokyo"
