"""Sign-in links: who gets in by one, and that a name, which everybody chooses, gives nobody a role."""

from pathlib import Path

import pytest

from bot.errors import WrongUse
from bot.nouns import commands as c
from bot.nouns.team import Part, Role, Teammate
from bot.work.welcome import greeting, invite, invite_installer
from tests.bot.work.house import House

BASE = "https://desk.test"
CHAT_BEN = Teammate(id="chat:u1", name="Ben", roles=frozenset({Role.TEAMMATE}))
WEB_BEN = Teammate(id="p1", name="Ben", roles=frozenset({Role.TEAMMATE}), public_name="Benny")
KIM = Teammate(id="p2", name="Kim", roles=frozenset({Role.LEAD}))


async def link(house: House, name: str, role: Role | None = None, person: str = "") -> str:
    """The id of whoever gets in by the link that is made."""
    return await _behind(house, await invite(house.act, house.roster, house.clock, BASE, name, role, person=person))


async def installers(house: House, name: str) -> str:
    """The same of the link for whoever installed it."""
    return await _behind(house, await invite_installer(house.act, house.roster, house.clock, BASE, name))


async def _behind(house: House, made: str) -> str:
    assert made.startswith(f"{BASE}/sign-in/")
    return await house.roster.redeem(made.rpartition("/")[2], house.clock.wall)


async def refused(house: House, name: str, role: Role | None = None, person: str = "") -> str:
    """Why there is no link; the team is what it was."""
    before = await house.act.team()
    with pytest.raises(WrongUse) as no:
        await link(house, name, role, person)
    assert await house.act.team() == before
    return str(no.value)


async def test_whoever_comes_first_is_lead_and_manager() -> None:
    """The one who installed it; whoever comes next is what was said, or a teammate."""
    house = House()
    people = {await installers(house, "Ana"): {Role.TEAMMATE, Role.LEAD, Role.MANAGER}}
    people[await link(house, " Max ", Role.MANAGER)] = {Role.MANAGER}
    people[await link(house, "Gus")] = {Role.TEAMMATE}
    team = await house.act.team()
    assert {each.id: each.roles for each in team.people.values()} == people
    assert [each.name for each in team.people.values()] == ["Ana", "Max", "Gus"]


async def test_somebody_who_came_by_a_link_gets_another() -> None:
    """They are found by their name where it is nobody else's, and stay who they are."""
    house = await House().staffed(WEB_BEN, KIM)
    before = await house.act.team()
    assert await link(house, "Ben") == "p1"
    assert await link(house, "Ben", Role.TEAMMATE) == "p1"
    assert await link(house, "Kim", Role.TEAMMATE) == "p2"
    assert await house.act.team() == before


async def test_nobody_gets_a_role_by_their_name() -> None:
    """Somebody calls himself Ben in a chat or on the page, and the operator means another Ben."""
    for ben in (CHAT_BEN, WEB_BEN):
        house = await House().staffed(ben, KIM)
        said = await refused(house, "Ben", Role.MANAGER)
        assert f"Ben ({ben.id})" in said
        assert f"coolhead sign-in --person {ben.id} --role manager" in said
        assert "page People" in said
        assert (await house.act.team()).people[ben.id] == ben


@pytest.mark.parametrize("role", [None, Role.TEAMMATE])
async def test_nobody_gets_in_as_somebody_of_a_chat_by_a_name(role: Role | None) -> None:
    """A new Ben would be the one of the chat from then on, with whatever roles that one has."""
    house = await House().staffed(CHAT_BEN, KIM)
    assert "chat:u1" in await refused(house, "Ben", role)


async def test_a_name_that_two_share_finds_neither() -> None:
    """Both are named by their ids."""
    house = await House().staffed(WEB_BEN, CHAT_BEN, KIM)
    said = await refused(house, "Ben")
    assert "Ben (p1) and Ben (chat:u1)" in said
    assert "coolhead sign-in --person p1 or coolhead sign-in --person chat:u1" in said


async def test_an_id_means_exactly_one() -> None:
    """They get a link, and the role where it is said and they don't hold it; nothing else of them changes."""
    house = await House().staffed(WEB_BEN, CHAT_BEN, KIM)
    assert await link(house, "", person="chat:u1") == "chat:u1"
    assert (await house.act.team()).people["chat:u1"] == CHAT_BEN
    assert await link(house, "", Role.MANAGER, person="chat:u1") == "chat:u1"
    team = await house.act.team()
    assert team.people["chat:u1"] == CHAT_BEN.model_copy(update={"roles": CHAT_BEN.roles | {Role.MANAGER}})
    assert team.people["p1"] == WEB_BEN
    assert "p9" in await refused(house, "", person="p9")


async def test_whoever_installed_it_always_gets_a_link() -> None:
    """Whatever people of a chat call themselves, a start has its link, and it adds no role."""
    house = House()
    ana = await installers(house, "Ana")
    before = (await house.act.team()).people[ana]
    for id in ("chat:u1", "chat:u2"):
        await house.press(Part.CLOCKWORK, c.SetPerson, person=id, name="Ana", roles=frozenset({Role.LEAD}))
    assert await installers(house, "Ana") == ana
    assert (await house.act.team()).people[ana] == before


async def test_a_chat_that_was_first_does_not_make_its_people_the_installer() -> None:
    """Only somebody of a chat is called so: a new teammate gets in."""
    house = await House().staffed(CHAT_BEN, KIM)
    new = await installers(house, "Ben")
    people = (await house.act.team()).people
    assert (people[new].roles, people["chat:u1"]) == (frozenset({Role.TEAMMATE}), CHAT_BEN)


async def test_a_name_that_cannot_be_shown_lets_nobody_in() -> None:
    """No link is made for somebody who is not on the team."""
    house = await House().staffed(KIM)
    assert "one line" in await refused(house, "Ben\x07")


def test_a_start_prints_three_things() -> None:
    """The link, where the data lies, and a line that a shell takes as it stands, whatever the folder is called."""
    for folder, quoted in (("/srv/data", "/srv/data/t"), ("/srv/it's here", "'/srv/it'\\''s here/t'")):
        link, data, mention = greeting("LINK", Path(folder), Path(folder) / "t", BASE)
        assert link.endswith("LINK")
        assert data.endswith(folder)
        assert f"$(cat {quoted})" in mention
