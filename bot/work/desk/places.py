"""Where incidents are shown."""

from bot.nouns import commands as c
from bot.nouns.team import Place, Refusal
from bot.screens.shapes import Answer, Done
from bot.work.desk.turn import STALE, Turn


async def place_here(turn: Turn) -> Answer:
    """Show incidents in the place it was pressed in. Whoever is the first of a room to do so is lead and manager."""
    room, id = turn.gesture.who.room, turn.value("place")
    if not id:
        return STALE
    place = Place(room=room, id=id, name=turn.value("name"), shared=turn.value("shared") == "yes")
    first = turn.tools.members.first_here(turn.gesture.who, turn.team)
    acted = await turn.do(c.AddPlace(id=turn.gesture.id, place=place, first=first))
    if isinstance(acted, Refusal):
        return acted
    return Done("Incidents are shown here from now on." + (" You are lead and manager." if first else ""))


async def place_no_more(turn: Turn) -> Answer:
    """Show incidents there no more."""
    place = Place(room=turn.value("room") or turn.gesture.who.room, id=turn.value("place"))
    acted = await turn.do(c.RemovePlace(id=turn.gesture.id, place=place))
    return acted if isinstance(acted, Refusal) else Done("Incidents are no longer shown there.")
