"""A manager has somebody forgotten at their wish."""

from dataclasses import replace

import pytest

from bot.nouns import commands as c
from bot.nouns.events import ErasureAsked
from bot.nouns.record import event
from bot.nouns.team import Role
from bot.screens.shapes import Form
from tests.bot.work.desk_house import HERE, House, no, said


@pytest.fixture
async def house() -> House:
    """A team with Kim as its manager too, and Mara's post."""
    made = await House().begin()
    kim = (await made.act.team()).people["kim"]
    fields = {**kim.model_dump(exclude={"id"}), "roles": kim.roles | {Role.MANAGER}}
    await made.do(c.SetPerson(id="kim-manages", person="kim", **fields))
    await made.mention()
    return made


async def test_a_manager_is_asked_whether_they_are_sure(house: House) -> None:
    """From the page with all their words; it stands on the team's timeline, and the rest is the caretaker's."""
    page = await house.page("kim", "words", HERE)
    assert [choice.act for choice in page.choices] == ["forget"]
    form = await house.form("kim", "forget")
    unsure = await house.send_back("kim", form)
    assert isinstance(unsure, Form)
    assert "Tick it" in unsure.error
    assert (await house.act.team()).erasing == ()
    assert "being forgotten" in said(await house.send_back("kim", form, sure="yes"))
    first = (await house.look()).first
    assert first is not None
    assert (await house.act.team()).erasing == (first.person,)
    asked = [event(line) for line in await house.timelines.events("", 0, 500)][-1]
    assert isinstance(asked, ErasureAsked)
    assert asked.by == "kim"
    assert "already" in no(await house.send_back("kim", form, id="again", sure="yes"))


async def test_nobody_else_is_offered_it_or_may(house: House) -> None:
    """A teammate sees no such choice, and a press they make up is refused; so is one on what is not here."""
    assert (await house.page("ana", "words", HERE)).choices == ()
    assert "manager" in no(await house.press("ana", "forget"))
    form = await house.form("kim", "forget")
    assert "manager" in no(await house.send_back("ana", form, sure="yes"))
    assert "no longer here" in no(await house.press("kim", "forget", ("i1", "c:nothing")))
    gone = replace(form, conversation="c:nothing")
    assert "no longer here" in no(await house.send_back("kim", gone, sure="yes"))
