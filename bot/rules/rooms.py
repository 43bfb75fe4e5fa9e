"""What the team's timeline says of its own rooms: one is away, or there again."""

from collections.abc import Sequence

from bot.nouns import commands as c
from bot.nouns import events as e
from bot.nouns.team import Part, Refusal, Team
from bot.nouns.time import Now
from bot.nouns.view import View
from bot.rules.who import NOT_YOURS, Who, by

Decision = Sequence[e.Event] | Refusal


def note_room_away(view: View, command: c.NoteRoomAway, who: Who, team: Team, now: Now) -> Decision:
    """A room is away. Said once, until it is back."""
    if who is not Part.CLOCKWORK:
        return NOT_YOURS
    if command.room in team.away:
        return Refusal(because="We know that it is away.")
    return [e.RoomAway(at=now.wall, by=by(who), room=command.room, because=command.because)]


def note_room_back(view: View, command: c.NoteRoomBack, who: Who, team: Team, now: Now) -> Decision:
    """It is there again."""
    if who is not Part.CLOCKWORK:
        return NOT_YOURS
    if command.room not in team.away:
        return Refusal(because="It was not away.")
    return [e.RoomBack(at=now.wall, by=by(who), room=command.room)]
