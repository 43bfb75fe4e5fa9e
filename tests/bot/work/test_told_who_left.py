"""Whoever left the team, or is a guest by now, is told nobody's words any more; whoever has the conversation is."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from bot.nouns import commands as c
from bot.nouns.mention import Edited
from bot.nouns.team import Part, Role, Teammate
from bot.screens.shapes import Said
from tests.bot.work.conftest import Start
from tests.bot.work.house import ANA, BEN, KIM, House

CRITICAL = "There was glass in the bread, my child is bleeding and choking!"
Goes = Callable[[House, Teammate], Awaitable[None]]


async def leaves(house: House, person: Teammate) -> None:
    """They are taken off the team."""
    await house.press(KIM, c.RemovePerson, person=person.id)


async def is_a_guest(house: House, person: Teammate) -> None:
    """They may look at nothing any more but what guests see."""
    fields = person.model_dump(exclude={"id", "roles"})
    await house.press(KIM, c.SetPerson, person=person.id, roles=frozenset({Role.GUEST}), **fields)


GONE = pytest.mark.parametrize("goes", [leaves, is_a_guest])


async def whom(house: House, start: Start) -> list[str]:
    """Everybody the room was asked to tell something."""
    start(house.a_painter().run(0))
    await house.pass_time(seconds=2)
    assert house.room.calls.count("tell") == len(house.room.notes)
    return sorted(who for who, _ in house.room.notes.values())


async def written(house: House, owner: Teammate | None) -> str:
    """Ana's words lie there and cool; by now `owner` has the conversation."""
    talk = await house.arrives()
    await house.drafted(talk)
    if owner is None:
        await house.press(ANA, c.HandBack, conversation=talk)
    elif owner is not ANA:
        await house.press(KIM, c.Assign, conversation=talk, to=owner.id, epoch=1)
    return talk


async def cools(house: House, talk: str) -> None:
    """It has cooled."""
    house.clock.advance(3600)
    await house.press(Part.CLOCKWORK, c.Wake, conversation=talk, what="cooled:d1:1")


@GONE
async def test_a_cooled_draft_of_theirs_is_told_to_whoever_has_it(house: House, start: Start, goes: Goes) -> None:
    """Its owner may read it and send it as themselves; its author is told nothing."""
    talk = await written(house, BEN)
    await goes(house, ANA)
    await cools(house, talk)
    assert await whom(house, start) == ["ben"]
    ((_, note),) = house.room.notes.values()
    assert isinstance(note.passages[0], Said)
    assert note.passages[0].text.startswith("Ana's words have cooled")


@GONE
@pytest.mark.parametrize("owner", [None, ANA])
async def test_a_cooled_draft_that_nobody_has_is_told_to_nobody(
    house: House, start: Start, goes: Goes, owner: Teammate | None
) -> None:
    """Nobody has the conversation, or only its author did: the reminder about unread words finds somebody later."""
    talk = await written(house, owner)
    await goes(house, ANA)
    await cools(house, talk)
    assert await whom(house, start) == []


@GONE
async def test_a_draft_released_early_is_told_to_whoever_has_it(house: House, start: Start, goes: Goes) -> None:
    """As one that has cooled by itself."""
    talk = await written(house, BEN)
    await goes(house, ANA)
    await house.press(KIM, c.ReleaseEarly, conversation=talk, draft="d1", version=1, text="It can't wait.")
    assert await whom(house, start) == ["ben"]


@GONE
async def test_what_they_asked_to_send_does_not_come_back_to_them(house: House, start: Start, goes: Goes) -> None:
    """It holds a customer's words, too, before they changed and since."""
    talk = await house.arrives("Where is it?")
    await house.asked(talk)
    await house.hears(Edited(mention=house.mention("Where is my bicycle?", "m1")))
    await goes(house, ANA)
    start(house.an_outbox().run(1))
    await house.pass_time(seconds=2)
    assert "sent_back" in await house.kinds((await house.talk(talk)).incident)
    assert "ana" not in await whom(house, start)


@GONE
async def test_a_reminder_and_a_question_reach_who_is_still_there(house: House, start: Start, goes: Goes) -> None:
    """Noted for three while they were on the team, told only once one of them had left."""
    talk = await house.arrives()
    house.clock.advance(1860)
    await house.press(Part.CLOCKWORK, c.Wake, conversation=talk, what="unclaimed")
    incident = (await house.talk(talk)).incident
    await house.press(KIM, c.Note, incident=incident, conversation=talk, asks=("ana",), text="Is it ours?")
    await goes(house, ANA)
    assert await whom(house, start) == ["ben", "kim"]


@GONE
async def test_an_alarm_reaches_who_is_still_there(house: House, start: Start, goes: Goes) -> None:
    """It rang for everybody on duty; it is told to those who are teammates when it is told."""
    talk = await house.arrives(CRITICAL)
    house.clock.advance(timedelta(minutes=6).total_seconds())
    await house.press(Part.CLOCKWORK, c.RingAlarm, conversations=(talk,))
    await goes(house, ANA)
    assert await whom(house, start) == ["ben", "kim"]
