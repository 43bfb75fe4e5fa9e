"""What the team's timeline says of its rooms."""

import pytest

from bot.nouns import commands as c
from bot.nouns.team import Part, Teammate
from bot.nouns.view import View
from tests.bot.build import KIM, a_team, after, done, no

EVERYBODY = View(team=a_team())
AWAY = c.NoteRoomAway(id="a", room="chat", because="The token was revoked.")
BACK = c.NoteRoomBack(id="b", room="chat")


def test_a_room_is_away_once_and_back_once() -> None:
    """The team knows since when in between."""
    view = done(EVERYBODY, AWAY, Part.CLOCKWORK, after(9))
    assert view.team.away == {"chat": after(9).wall}
    assert "We know" in no(view, AWAY, Part.CLOCKWORK, after(10)).because
    view = done(view, BACK, Part.CLOCKWORK, after(11))
    assert view.team.away == {}
    assert "not away" in no(view, BACK, Part.CLOCKWORK, after(12)).because


@pytest.mark.parametrize("who", [KIM, Part.SORTER])
@pytest.mark.parametrize("command", [AWAY, BACK])
def test_only_the_clockwork_notes_it(who: Teammate | Part, command: c.Command) -> None:
    """Neither a person nor another part."""
    no(EVERYBODY, command, who, after(1))
