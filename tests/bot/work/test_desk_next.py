"""*Take the next one* is one claim, however often it is heard."""

from typing import Any

import pytest

from bot.nouns import commands as c
from bot.screens.shapes import Page
from bot.work.desk.once import Once
from tests.bot.work.desk_house import House, no, said

PILE = ("i1", "")


@pytest.fixture
async def house() -> House:
    """A pile of three that nobody has."""
    made = await House().begin()
    for name in ("m1", "m2", "m3"):
        await made.mention(name)
    return made


async def taken(house: House) -> str:
    """Ben asks for the next one under one id, after a restart that forgot all answers; what he is shown."""
    house.desk._once = Once()
    answer = await house.press("ben", "take_next", PILE, id="C1:17")
    assert isinstance(answer, Page), answer
    assert answer.card is not None
    assert answer.answer == "You have this one."
    return answer.card.conversation


async def owned(house: House) -> set[str]:
    """What Ben has."""
    talks = [await house.look(name) for name in ("c:m1", "c:m2", "c:m3")]
    return {talk.id for talk in talks if talk.owner is not None and talk.owner.person == "ben"}


async def test_one_call_heard_three_times_is_one_claim(house: House) -> None:
    """After a restart the same message is read again: it opens what it gave the first time, and takes nothing more."""
    first = await taken(house)
    assert [await taken(house), await taken(house)] == [first, first]
    assert await owned(house) == {first}


async def test_the_call_is_known_again_where_the_first_try_was_refused(house: House) -> None:
    """Somebody was quicker with the most urgent one, so it gave the second; read again, it still takes nothing more."""
    act, tries = house.act, list[str]()

    class Quick:
        """Kim takes the first one between Ben's look and his press."""

        def __getattr__(self, name: str) -> object:
            return getattr(act, name)

        async def __call__(self, command: c.Command, *rest: Any) -> object:
            tries.append(command.conversation)
            if len(tries) == 1:
                said(await house.press("kim", "claim", ("i1", tries[0]), epoch="0"))
            return await act(command, *rest)

    tools = house.desk._tools
    object.__setattr__(tools, "act", Quick())
    first = await taken(house)
    object.__setattr__(tools, "act", act)
    assert len(tries) > 1
    assert await taken(house) == first
    assert await owned(house) == {first}


async def test_the_call_is_known_again_where_nothing_is_left(house: House) -> None:
    """All are taken by now: it opens what it gave, and anybody else is told that somebody has each."""
    first = await taken(house)
    for name in {"c:m1", "c:m2", "c:m3"} - {first}:
        said(await house.press("ana", "claim", ("i1", name), epoch="0"))
    assert await taken(house) == first
    assert "Somebody has each" in no(await house.press("kim", "take_next", PILE))


async def test_what_was_handed_back_since_is_not_taken_again(house: House) -> None:
    """He took it and gave it back: the same call is done with."""
    first = await taken(house)
    said(await house.press("ben", "hand_back", ("i1", first), epoch="1"))
    house.desk._once = Once()
    assert said(await house.press("ben", "take_next", PILE, id="C1:17")) == "That was done already."
    assert await owned(house) == set()
