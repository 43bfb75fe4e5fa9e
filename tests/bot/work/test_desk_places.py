"""Who brings incidents to a place of a chat, and who becomes lead and manager by it: the first, once."""

import pytest

from bot.nouns import commands as c
from bot.nouns.team import Grants, Handle, Part, Place, Role
from bot.rules.roles import NOT_THE_PLACE
from bot.screens.shapes import Answer, Done, Gesture, GestureKind
from tests.bot.work.desk_house import House

UMA, TOM = Handle(room="chat", id="u1"), Handle(room="chat", id="u2")
TEAMMATE, FIRST = frozenset({Role.TEAMMATE}), frozenset({Role.TEAMMATE, Role.LEAD, Role.MANAGER})


@pytest.fixture
async def house() -> House:
    """A team with a lead, Kim, at the web desk."""
    return await House().begin()


async def brings(house: House, who: Handle, place: str) -> Answer:
    """They press *Bring incidents here* in that place."""
    gesture = Gesture(
        id=f"{who.id}:{place}",
        kind=GestureKind.PRESS,
        who=who,
        act="place_here",
        values={"place": place, "name": place},
    )
    return await house.desk.hear(gesture)


async def sets(house: House, person: str, *roles: Role) -> None:
    """Kim sets their roles."""
    one = (await house.act.team()).people[person].model_copy(update={"roles": frozenset(roles)})
    await house.do(c.SetPerson(id=f"{person} {roles}", person=person, **one.model_dump(exclude={"id"})), "kim")


async def roles(house: House, person: str) -> frozenset[Role]:
    """As the team has them."""
    return (await house.act.team()).people[person].roles


async def test_who_was_first_once_is_not_first_again(house: House) -> None:
    """A lead made her a teammate; another channel makes her nothing more, after the first place was taken away too."""
    assert isinstance(await brings(house, UMA, "C1"), Done)
    assert await roles(house, "chat:u1") == FIRST
    await sets(house, "chat:u1", Role.TEAMMATE)
    assert await brings(house, UMA, "C2") == NOT_THE_PLACE
    await house.do(c.RemovePlace(id="gone", place=Place(room="chat", id="C1")), "kim")
    assert await brings(house, UMA, "C3") == NOT_THE_PLACE
    assert await roles(house, "chat:u1") == TEAMMATE
    assert (await house.act.team()).brought == ()


async def test_nobody_follows_a_lead_who_left(house: House) -> None:
    """The first of a chat is gone from the team: no teammate of that chat makes themselves lead."""
    await brings(house, UMA, "C1")
    await house.do(c.RemovePerson(id="left", person="chat:u1"), "kim")
    assert await brings(house, TOM, "C2") == NOT_THE_PLACE
    assert await roles(house, "chat:u2") == TEAMMATE


async def test_a_chat_whose_lead_was_chosen_has_no_first(house: House) -> None:
    """Kim made somebody of it a lead for a while, before there was any place there."""
    await brings(house, TOM, "")
    await sets(house, "chat:u2", Role.LEAD)
    await sets(house, "chat:u2", Role.TEAMMATE)
    assert await brings(house, TOM, "C1") == NOT_THE_PLACE
    assert await roles(house, "chat:u2") == TEAMMATE


async def test_two_who_come_first_at_once(house: House) -> None:
    """Each pressed before the other's press was known: the one that is written down first is lead, and no other."""
    for id in ("u1", "u2"):
        assert await house.members.who(Handle(room="chat", id=id), await house.act.team())
    people = (await house.act.team()).people
    first = c.AddPlace(id="1", place=Place(room="chat", id="C1"), first=True)
    await house.do(first, "chat:u1")
    again = first.model_copy(update={"id": "2", "place": Place(room="chat", id="C2")})
    assert await house.act(again, people["chat:u2"]) == NOT_THE_PLACE


async def test_a_part_of_the_product_is_nobody_s_first(house: House) -> None:
    """A place that it adds makes nobody lead, and leaves nobody of that chat to be the first."""
    before = (await house.act.team()).people
    await house.do(c.AddPlace(id="1", place=Place(room="chat", id="C1"), first=True), Part.CLOCKWORK)
    assert (await house.act.team()).people == before
    assert await brings(house, UMA, "C2") == NOT_THE_PLACE


async def test_lists_leave_nothing_open() -> None:
    """Where the settings say who leads, coming first makes nobody one."""
    house = await House(grants=Grants(teammate=("chat:u1",))).begin()
    assert await brings(house, UMA, "C1") == NOT_THE_PLACE
