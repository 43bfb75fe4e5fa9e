"""*Ask a lead*, and whoever is asked by a note: they are told alone, with the press that helps."""

from datetime import timedelta

from bot.nouns import commands as c
from bot.nouns.mention import Disposition
from bot.screens.shapes import Card
from tests.bot.work.conftest import Start
from tests.bot.work.house import ANA, BEN, House

PLEASE = "Please look whether this reply went out, and say."


def told(house: House) -> dict[str, list[Card]]:
    """The notes that each was told, but for those that say that something cooled."""
    found: dict[str, list[Card]] = {}
    for who, note in house.room.notes.values():
        if note.choices[0].act != "read_once_more":
            found.setdefault(who, []).append(note)
    return found


async def asks(house: House, talk: str) -> None:
    """Ana asks Kim, in words of the product's."""
    incident = (await house.talk(talk)).incident
    await house.press(ANA, c.Note, incident=incident, conversation=talk, asks=("kim",), text=PLEASE)
    await house.pass_time(seconds=1)


async def test_whoever_is_asked_is_told_alone(house: House, start: Start) -> None:
    """Once, with the question; nobody else is. The thread says who asks whom."""
    talk = await house.arrives()
    start(house.a_painter().run(0))
    await asks(house, talk)
    (note,) = told(house)["kim"]
    assert set(told(house)) == {"kim"}
    assert PLEASE in str(note.passages)
    assert any("Ana asks Kim" in line for line in house.room.said())


async def test_asking_again_and_again_tells_once(house: House, start: Start) -> None:
    """Within ten minutes, as an alarm; later it is asked anew."""
    talk = await house.arrives()
    start(house.a_painter().run(0))
    for _ in range(3):
        await asks(house, talk)
    assert len(told(house)["kim"]) == 1
    house.clock.advance(timedelta(minutes=11).total_seconds())
    await asks(house, talk)
    assert len(told(house)["kim"]) == 2


async def test_what_is_settled_asks_nobody(house: House, start: Start) -> None:
    """A question that comes to be told only after its conversation was closed."""
    talk = await house.arrives()
    await asks(house, talk)
    await house.press(BEN, c.Close, conversation=talk, disposition=Disposition.NOT_FOR_US)
    start(house.a_painter().run(0))
    await house.pass_time(seconds=1)
    assert told(house) == {}
