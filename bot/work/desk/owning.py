"""Who has it: claim, take the next one, assign, hand back."""

from collections.abc import Sequence
from datetime import datetime

from bot.nouns import commands as c
from bot.nouns.conversation import Conversation
from bot.nouns.team import Refusal
from bot.ports import Query
from bot.screens.forms import shape
from bot.screens.shapes import Answer
from bot.work.act import Acted
from bot.work.desk import filling, incident_page
from bot.work.desk.answers import act, done
from bot.work.desk.turn import NO_INCIDENT, Turn

#: So many of a pile are looked through for one that nobody has.
LOOKED_AT = 200
_NOBODY_WAITS = Refusal(because="Somebody has each of these already. Thank you for looking.")


async def claim(turn: Turn) -> Answer:
    """*I have this.*"""
    command = c.Claim(id=turn.gesture.id, conversation=turn.conversation, epoch=turn.number("epoch"))
    return await act(turn, command, "You have this.")


async def take_next(turn: Turn) -> Answer:
    """Claim the most urgent conversation of a pile that nobody has, and open its card."""
    refused: Refusal = _NOBODY_WAITS
    for free in await _free(turn):
        # one id for all tries: a refused one leaves no trace, so the store takes one of them, however often it is heard
        acted = await turn.do(c.Claim(id=turn.gesture.id, conversation=free.id, epoch=free.owners))
        match acted:
            case Refusal():
                refused = acted
            case Acted(again=True):
                break
            case _:
                return await _opened(turn, free)
    heard = await turn.tools.timelines.view(command=turn.gesture.id)
    return await _given(turn) if heard.applied else refused


async def _given(turn: Turn) -> Answer:
    """What the same call gave before a restart: the one of the pile that they took last, while they have it."""
    theirs = [each for each in await _pile(turn) if each.owner is not None and each.owner.person == turn.who.id]
    if not theirs:
        return done(turn, "That was done already.")
    return await _opened(turn, max(theirs, key=_since))


def _since(found: Conversation) -> datetime:
    return found.owner.since if found.owner is not None else found.opened


async def _opened(turn: Turn, taken: Conversation) -> Answer:
    return await incident_page.of(turn, taken.incident, taken.id, said="You have this one.")


async def _free(turn: Turn) -> Sequence[Conversation]:
    """What nobody has, the most urgent first; a few of them, since others press too."""
    lying = await _pile(turn)
    return [each for each in lying if each.closed is None and each.owner is None and not each.statement][:8]


async def _pile(turn: Turn) -> Sequence[Conversation]:
    found = await turn.tools.timelines.find(Query(index=f"pile:{turn.incident}", limit=LOOKED_AT))
    view = await turn.tools.act.look((), found.ids)
    return [view.conversations[name] for name in found.ids if name in view.conversations]


async def hand_back(turn: Turn) -> Answer:
    """Give it back, no reason asked."""
    return await _back(turn, "You handed it back. It is free.")


async def last_word(turn: Turn) -> Answer:
    """Somebody else shall have the last word: it is given back, so that they can take it."""
    return await _back(turn, "It is free for somebody else to have the last word.")


async def _back(turn: Turn, said: str) -> Answer:
    command = c.HandBack(id=turn.gesture.id, conversation=turn.conversation, epoch=turn.number("epoch"))
    return await act(turn, command, said)


async def open_assign(turn: Turn) -> Answer:
    """To whom?"""
    found = await turn.found()
    if isinstance(found, Refusal):
        return found
    incident, conversation = found
    owner = conversation.owner.person if conversation.owner is not None else ""
    people = filling.people(p for p in turn.team.teammates() if p.id != owner)
    form = filling.offer(shape("assign"), "to", people)
    return filling.bound(form, incident, conversation, epoch=str(conversation.owners))


async def assign(turn: Turn) -> Answer:
    """A lead gives it to somebody."""
    command = c.Assign(
        id=turn.gesture.id, conversation=turn.conversation, to=turn.value("to"), epoch=turn.number("epoch")
    )
    return await act(turn, command, f"{turn.team.name(turn.value('to'))} has it now.")


async def open_lead(turn: Turn) -> Answer:
    """Who leads?"""
    view = await turn.tools.act.look((turn.incident,))
    incident = view.incidents.get(turn.incident)
    if incident is None:
        return NO_INCIDENT
    form = filling.offer(shape("name_lead"), "lead", filling.people(turn.team.teammates()))
    return filling.bound(form, incident, filled={"lead": incident.lead or turn.who.id})


async def name_lead(turn: Turn) -> Answer:
    """Who leads the incident."""
    command = c.NameLead(id=turn.gesture.id, incident=turn.incident, lead=turn.value("lead"))
    return await act(turn, command, f"{turn.team.name(turn.value('lead'))} leads.")
