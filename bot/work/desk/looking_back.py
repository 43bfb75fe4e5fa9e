"""The look back on one incident: how it went, what we learned, what changes."""

from dataclasses import replace

from bot.nouns import commands as c
from bot.nouns.incident import Incident
from bot.nouns.team import Refusal
from bot.review.retro import Retro, look_back
from bot.screens.forms import OUTCOMES, shape
from bot.screens.lines import story
from bot.screens.shapes import Answer, Choice, Fact, Line, Page, Passage, Quote, Said, Section
from bot.screens.words_of import headed
from bot.work.desk import filling, gather, incident_page
from bot.work.desk.answers import act
from bot.work.desk.turn import NO_INCIDENT, Turn


async def page(turn: Turn) -> Answer:
    """Who did what when, how long it took, how it ended, what we learned, what changes."""
    fronts = await gather.fronts(turn, (turn.incident,))
    if turn.incident not in fronts:
        return NO_INCIDENT
    incident, front = fronts[turn.incident]
    events = await incident_page.whole(turn, incident)
    back = look_back(event for event, _ in events)
    lines = story(events, turn.team, shield=turn.who.shield)
    parts = (
        Section("How it went", passages=_facts(back)),
        Section("Picked for the look back", lines=tuple(_marked(back, lines)), empty="Nothing was picked."),
        Section("How it ended", passages=_ended(incident), choices=(_choice("outcome", "Say how it ended", incident),)),
        Section(
            "What we learned",
            passages=tuple(Quote(words.read(), ours=True) for words in incident.lessons),
            choices=(_choice("lesson", "Note a lesson", incident),),
            empty="Nothing noted yet.",
        ),
        Section(
            "What changes",
            passages=_actions(turn, incident),
            choices=(_choice("action", "Agree on a change", incident), *_finish(turn, incident)),
            empty="Nothing agreed yet.",
        ),
        Section("Step by step", lines=lines),
    )
    title, about = headed(incident, front[0] if front else None, turn.who)
    card = replace(turn.painted(incident, front), passages=(), choices=(), more=())
    return Page("look_back", "Look back", f"{title} · {about}" if about else title, parts, card=card)


def _facts(back: Retro | None) -> tuple[Passage, ...]:
    return tuple(Said(fact) for fact in back.facts) if back is not None else ()


def _marked(back: Retro | None, lines: tuple[Line, ...]) -> list[Line]:
    """The lines of the story that were picked, found again by their moment."""
    moments = {step.at for step in back.marked} if back is not None else set()
    return [line for line in lines if line.kind == "noted" and line.at in moments]


def _choice(act_: str, label: str, incident: Incident, **values: str) -> Choice:
    return Choice(act_, label, {"incident": incident.id, **values}, form=act_ != "finish_action")


def _ended(incident: Incident) -> tuple[Passage, ...]:
    said = dict(OUTCOMES).get(incident.outcome)
    return (Fact("For them", said, incident.closed) if said else Fact("For them", "Nobody has said yet"),)


def _actions(turn: Turn, incident: Incident) -> tuple[Passage, ...]:
    found: list[Passage] = []
    for action in incident.actions:
        late = action.done is None and action.due is not None and action.due <= turn.now.wall
        state = "done" if action.done is not None else "by"
        found.append(Quote(action.words.read(), by=turn.team.name(action.by), ours=True))
        found.append(Fact("Change", state, action.done or action.due, late=late))
    return tuple(found)


def _finish(turn: Turn, incident: Incident) -> tuple[Choice, ...]:
    """One press for each change that is not done; named by who sees to it."""
    open_ = [action for action in incident.actions if action.done is None]
    return tuple(
        _choice("finish_action", f"It has changed ({turn.team.name(a.by)})", incident, action=a.id) for a in open_
    )


async def _open(turn: Turn, act_: str) -> Answer:
    view = await turn.tools.act.look((turn.incident,))
    incident = view.incidents.get(turn.incident)
    if incident is None:
        return NO_INCIDENT
    form = filling.offer(shape("action"), "owner", filling.people(turn.team.people.values()))
    return filling.bound(form if act_ == "action" else shape(act_), incident)


async def open_outcome(turn: Turn) -> Answer:
    """How did it end for them?"""
    return await _open(turn, "outcome")


async def open_lesson(turn: Turn) -> Answer:
    """What did we learn?"""
    return await _open(turn, "lesson")


async def open_action(turn: Turn) -> Answer:
    """What changes, by whom, by when?"""
    return await _open(turn, "action")


async def outcome(turn: Turn) -> Answer:
    """How it ended for the people in it."""
    command = c.NoteOutcome(id=turn.gesture.id, incident=turn.incident, outcome=turn.value("outcome"))
    return await _back(turn, await act(turn, command, "Noted."))


async def lesson(turn: Turn) -> Answer:
    """What we learned."""
    sealed = await turn.seal(turn.value("words"))
    command = c.NoteLesson(id=turn.gesture.id, incident=turn.incident, words=sealed.words)
    return await _back(turn, await act(turn, command, "Noted.", sealed))


async def action(turn: Turn) -> Answer:
    """What changes."""
    sealed = await turn.seal(turn.value("words"))
    command = c.AgreeAction(
        id=turn.gesture.id,
        incident=turn.incident,
        action=turn.tools.ids(),
        owner=turn.value("owner"),
        words=sealed.words,
        due=turn.moment("due"),
    )
    return await _back(turn, await act(turn, command, "Agreed.", sealed))


async def finish_action(turn: Turn) -> Answer:
    """It has changed."""
    command = c.FinishAction(id=turn.gesture.id, incident=turn.incident, action=turn.value("action"))
    return await _back(turn, await act(turn, command, "Noted: it has changed."))


async def _back(turn: Turn, answer: Answer) -> Answer:
    """The look back again, once something was noted on it."""
    return answer if isinstance(answer, Refusal) else await page(turn)
