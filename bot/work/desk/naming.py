"""What an incident is called, what is noted in it, and which conversations lie in it."""

from bot.nouns import commands as c
from bot.nouns.team import Refusal
from bot.ports import Query
from bot.screens.forms import shape
from bot.screens.shapes import Answer, Done, GestureKind
from bot.screens.words_of import headed
from bot.work.desk import filling, gather
from bot.work.desk.answers import act
from bot.work.desk.turn import NO_INCIDENT, Turn

#: So many incidents are offered to move to; others are found by search.
OFFERED = 30
#: One press moves at most so many conversations (`bot.rules.close.AT_ONCE`).
AT_ONCE = 500
_OWN = "own"


async def open_note(turn: Turn) -> Answer:
    """For the team, never published."""
    view = await turn.tools.act.look((turn.incident,))
    incident = view.incidents.get(turn.incident)
    return NO_INCIDENT if incident is None else filling.bound(shape("note"), incident, conversation=None)


async def note(turn: Turn) -> Answer:
    """A line for the team: from the form (`words`), or said in the thread (`text`)."""
    found = await turn.found() if turn.conversation else NO_INCIDENT
    about = None if isinstance(found, Refusal) else found[1]
    sealed = await turn.seal(turn.value("words") or turn.value("text"), about)
    command = c.Note(
        id=turn.gesture.id,
        incident=turn.incident,
        conversation=about.id if about is not None and about.incident == turn.incident else "",
        words=sealed.words,
        marked=turn.value("marked") == "yes",
        origin=turn.gesture.who.room if turn.gesture.kind is GestureKind.NOTED else "",
    )
    return await act(turn, command, "Noted for the team.", sealed)


async def open_rename(turn: Turn) -> Answer:
    """A better headline."""
    view = await turn.tools.act.look((turn.incident,))
    incident = view.incidents.get(turn.incident)
    if incident is None:
        return NO_INCIDENT
    now = incident.renamed.read("") if incident.renamed is not None else ""
    return filling.bound(shape("rename"), incident, filled={"words": now})


async def rename(turn: Turn) -> Answer:
    """Give it a better headline."""
    found = await turn.found() if turn.conversation else NO_INCIDENT
    sealed = await turn.seal(turn.value("words"), None if isinstance(found, Refusal) else found[1])
    command = c.Rename(id=turn.gesture.id, incident=turn.incident, words=sealed.words)
    return await act(turn, command, "Renamed.", sealed)


async def open_move(turn: Turn) -> Answer:
    """Where to: an incident of its own, or one of the newest."""
    found = await turn.found()
    if isinstance(found, Refusal):
        return found
    incident, conversation = found
    options = ((_OWN, "An incident of its own"), *await others(turn, incident.id))
    return filling.bound(filling.offer(shape("move"), "to", options), incident, conversation)


async def others(turn: Turn, besides: str = "") -> filling.Options:
    """The newest open incidents, by headline."""
    newest = await turn.tools.timelines.find(Query(index="i:open", limit=OFFERED))
    fronts = await gather.fronts(turn, [name for name in newest.ids if name != besides], 1)
    return tuple(
        (name, headed(incident, front[0] if front else None, turn.who)[0]) for name, (incident, front) in fronts.items()
    )


async def move(turn: Turn) -> Answer:
    """Move the conversation."""
    fresh = turn.value("to") == _OWN
    to = turn.tools.ids() if fresh else turn.value("to")
    command = c.Move(id=turn.gesture.id, conversation=turn.conversation, to=to, fresh=fresh)
    acted = await turn.do(command)
    return acted if isinstance(acted, Refusal) else Done("Moved.", to, turn.conversation)


async def open_merge(turn: Turn) -> Answer:
    """Into which?"""
    view = await turn.tools.act.look((turn.incident,))
    incident = view.incidents.get(turn.incident)
    if incident is None:
        return NO_INCIDENT
    options = await others(turn, incident.id)
    if not options:
        return Refusal(because="There is no other open incident to put it into.")
    return filling.bound(filling.offer(shape("merge"), "into", options), incident)


async def merge(turn: Turn) -> Answer:
    """Put all of it, as it stands now, into another incident."""
    found = await turn.tools.timelines.find(Query(index=f"pile:{turn.incident}", limit=AT_ONCE))
    command = c.Merge(id=turn.gesture.id, incident=turn.incident, into=turn.value("into"), conversations=found.ids)
    acted = await turn.do(command)
    return acted if isinstance(acted, Refusal) else Done("All of it lies there now.", turn.value("into"))
