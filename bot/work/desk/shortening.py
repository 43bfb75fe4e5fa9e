"""What a second person may do for a draft: lift a stop, release it early; and how they are asked."""

from dataclasses import replace

from bot.nouns import commands as c
from bot.nouns.conversation import Conversation, Draft
from bot.nouns.incident import Incident
from bot.nouns.team import Refusal, Role
from bot.rules.who import others
from bot.screens.forms import shape
from bot.screens.plain import listed
from bot.screens.shapes import Answer, Quote
from bot.screens.words_of import code_name
from bot.work.desk import filling
from bot.work.desk.answers import act
from bot.work.desk.sending import theirs
from bot.work.desk.turn import STALE, Turn


async def open_lift(turn: Turn) -> Answer:
    """Which stop, and why it may stand."""
    found = await turn.found()
    if isinstance(found, Refusal):
        return found
    incident, conversation = found
    draft = next((d for d in conversation.drafts if d.stops()), None)
    if draft is None:
        return Refusal(because="No stop stands on the words here.")
    stops = tuple((code, code_name(code).capitalize()) for code in draft.stops())
    form = filling.offer(shape("lift_stop"), "code", stops)
    form = filling.bound(form, incident, conversation, draft=draft.id, version=str(draft.version))
    return replace(form, filled={"code": stops[0][0]}, beside=(_words(turn, draft),))


async def lift(turn: Turn) -> Answer:
    """Lift one stop, with a written reason."""
    found = await turn.found()
    if isinstance(found, Refusal):
        return found
    sealed = await turn.seal(turn.value("words"), found[1])
    command = c.LiftStop(
        id=turn.gesture.id,
        conversation=turn.conversation,
        draft=turn.value("draft"),
        version=turn.number("version"),
        code=turn.value("code"),
        words=sealed.words,
    )
    return await act(turn, command, "Lifted. The draft can be finished now.", sealed)


async def open_release(turn: Turn) -> Answer:
    """A lead who did not write it is asked why it can't wait; anybody else asks the leads."""
    found = await turn.found()
    if isinstance(found, Refusal):
        return found
    incident, conversation = found
    draft = conversation.draft(turn.value("draft"))
    if draft is None:
        return STALE
    if draft.author == turn.who.id or not turn.who.may(Role.LEAD) and turn.team.leads():
        return await ask_leads(
            turn, incident, conversation, "Please read this draft. It can't wait until it has cooled.", draft.author
        )
    form = filling.bound(shape("release_early"), incident, conversation, draft=draft.id, version=str(draft.version))
    return replace(form, beside=(*theirs(turn, conversation), _words(turn, draft)))


async def release(turn: Turn) -> Answer:
    """Shorten the wait, with a written reason."""
    found = await turn.found()
    if isinstance(found, Refusal):
        return found
    sealed = await turn.seal(turn.value("words"), found[1])
    command = c.ReleaseEarly(
        id=turn.gesture.id,
        conversation=turn.conversation,
        draft=turn.value("draft"),
        version=turn.number("version"),
        words=sealed.words,
    )
    return await act(turn, command, "Released. It is ready to be read once more.", sealed)


def _words(turn: Turn, draft: Draft) -> Quote:
    return Quote(draft.words.read(), by=turn.team.name(draft.author), ours=True)


async def ask_leads(turn: Turn, incident: Incident, conversation: Conversation, words: str, but: str = "") -> Answer:
    """Ask the leads in the thread, by name, and tell them alone; `but`: one who could not help."""
    leads = others(turn.team.leads(), turn.who.id, but)
    if not leads:
        return Refusal(because="There is no other lead to ask. Any second teammate may look at it with you.")
    sealed = await turn.seal(words, conversation)
    command = c.Note(
        id=turn.gesture.id,
        incident=incident.id,
        conversation=conversation.id,
        words=sealed.words,
        asks=tuple(lead.id for lead in leads),
    )
    return await act(turn, command, f"Asked {listed([lead.name for lead in leads])} in the thread.", sealed)
