"""Reading what a page shows: conversations by index, fronts of incidents, and their cards as rows."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.nouns.conversation import Conversation
from bot.nouns.incident import Incident
from bot.nouns.view import View
from bot.ports import Query
from bot.screens.pile import stands_where
from bot.screens.portrait import FRONT
from bot.screens.shapes import Row
from bot.work.desk.turn import Turn
from bot.work.desk.who import guest

#: From this heat on words are harsh to whoever reads them.
HARSH = 0.5
#: So many conversations of one index a page reads; the next page leads on.
MOST = 100
Fronts = Mapping[str, tuple[Incident, Sequence[Conversation]]]


async def conversations(turn: Turn, query: Query) -> tuple[View, tuple[Conversation, ...], str]:
    """What stands in an index, in its order, and what leads to the next page."""
    found = await turn.tools.timelines.find(query)
    view = await turn.tools.act.look((), found.ids)
    return view, tuple(view.conversations[name] for name in found.ids if name in view.conversations), found.after


async def several(turn: Turn, *indexes: str) -> tuple[View, tuple[Conversation, ...]]:
    """What stands in any of these indexes, each conversation once."""
    found = await turn.tools.timelines.find_all([Query(index=index, limit=MOST) for index in indexes])
    names = tuple(dict.fromkeys(name for one in found for name in one.ids))
    view = await turn.tools.act.look((), names)
    return view, tuple(view.conversations[name] for name in names if name in view.conversations)


async def fronts(turn: Turn, incidents: Sequence[str], most: int = FRONT) -> Fronts:
    """Incidents with their most urgent conversations, in the order asked for."""
    found = await turn.tools.timelines.find_all([Query(index=f"pile:{name}", limit=most) for name in incidents])
    names = tuple(dict.fromkeys(each for one in found for each in one.ids))
    view = await turn.tools.act.look(tuple(incidents), names)
    return {
        name: (view.incidents[name], [view.conversations[c] for c in one.ids if c in view.conversations])
        for name, one in zip(incidents, found, strict=True)
        if name in view.incidents
    }


def rows(turn: Turn, view: View, found: Sequence[Conversation]) -> tuple[Row, ...]:
    """Their cards, one for each incident: several of one incident become one row."""
    by_incident: dict[str, list[Conversation]] = {}
    for each in found:
        by_incident.setdefault(each.incident, []).append(each)
    return tuple(
        row(turn, view.incidents[name], front) for name, front in by_incident.items() if name in view.incidents
    )


def each_row(turn: Turn, view: View, found: Sequence[Conversation]) -> tuple[Row, ...]:
    """Their cards, one for each conversation."""
    return tuple(row(turn, view.incidents[c.incident], (c,)) for c in found if c.incident in view.incidents)


def row(turn: Turn, incident: Incident, front: Sequence[Conversation]) -> Row:
    """An incident's own card as a row."""
    return Row(turn.painted(incident, front), _aside(turn, front), next(map(_since, front), None))


def _since(c: Conversation) -> datetime | None:
    return c.waiting_since or c.unanswered_since or (c.last.arrived if c.last is not None else None)


def _aside(turn: Turn, front: Sequence[Conversation]) -> tuple[str, ...]:
    """Who has it; guests are not told."""
    if guest(turn.who) or not front:
        return ()
    return (stands_where(front[0], turn.team),) if len(front) == 1 else (f"{len(front)} together",)
