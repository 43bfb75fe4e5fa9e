"""A note said in a thread stays in its room, unless the team lets notes cross; one written in the form is for everybody."""

import pytest

from bot.nouns import commands as c
from bot.nouns.team import Handle, Place, Policy, Watch
from bot.screens.shapes import Gesture, GestureKind
from tests.bot.work.conftest import Start
from tests.bot.work.desk_house import HERE
from tests.bot.work.desk_house import House as Desk
from tests.bot.work.house import ANA, DESK, House
from tests.fakes.room import FakeRoom

MODS = Place(room="talk", id="M", name="mods")
WORDS = "She rang the depot twice."


async def _said(start: Start, origin: str, *, crosses: bool) -> tuple[list[str], list[str]]:
    """What the two rooms say of a note."""
    heard = Watch(name="us", words=("parcel",), places=(DESK.name, MODS.name))
    house = House(policy=Policy(notes_cross=crosses), places=(DESK, MODS), watches=(heard,))
    talk = FakeRoom("talk")
    house.rooms["talk"] = talk
    await house.staffed()
    start(house.a_painter(tells={}).run(0))
    incident = (await house.talk(await house.arrives())).incident
    await house.press(ANA, c.Note, incident=incident, text=WORDS, origin=origin)
    await house.pass_time(seconds=1)
    return _notes(house.room), _notes(talk)


def _notes(room: FakeRoom) -> list[str]:
    return [line for line in room.said() if "to the team" in line]


@pytest.mark.parametrize(
    ("origin", "crosses", "there", "here"),
    [
        ("talk", False, [], ["Ana, to the team"]),
        ("talk", True, ["Ana, to the team, in Talk"], ["Ana, to the team"]),
        ("web", False, ["Ana, to the team"], []),
        ("", False, ["Ana, to the team"], ["Ana, to the team"]),
    ],
)
async def test_a_note_crosses_where_the_team_lets_it(
    start: Start, origin: str, crosses: bool, there: list[str], here: list[str]
) -> None:
    """Marked with where it comes from; by itself what moderators say among themselves is not read elsewhere."""
    assert await _said(start, origin, crosses=crosses) == (there, here)


@pytest.mark.parametrize(("kind", "origin"), [(GestureKind.NOTED, "web"), (GestureKind.FILLED, "")])
async def test_the_record_knows_where_a_note_was_said(kind: GestureKind, origin: str) -> None:
    """A line in a thread belongs to its room, the form to everybody."""
    desk = await Desk().begin()
    await desk.mention()
    who = Handle(room="web", id="ana")
    values = {"text": WORDS} if kind is GestureKind.NOTED else {"words": WORDS}
    given = {"incident": HERE[0], "conversation": HERE[1], "values": values}
    await desk.desk.hear(Gesture(id="g1", kind=kind, who=who, act="note", **given))
    noted = [line for lines in desk.timelines.lines.values() for line in lines if '"kind": "noted"' in line]
    assert [f'"origin": "{origin}"' in line for line in noted] == [True]
