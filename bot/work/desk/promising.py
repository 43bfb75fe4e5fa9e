"""What binds us for later: silence with its review, and promises."""

from dataclasses import replace

from bot.nouns import commands as c
from bot.nouns.conversation import PromiseState
from bot.nouns.team import Refusal
from bot.screens.forms import shape
from bot.screens.shapes import Answer, Form
from bot.work.desk import filling, unseen
from bot.work.desk.answers import act
from bot.work.desk.turn import STALE, Turn


async def open_leave(turn: Turn) -> Answer:
    """Why, and until when?"""
    return await unseen.opened(turn, "leave_unanswered")


async def leave_unanswered(turn: Turn) -> Answer:
    """Silence, with a reason and a day to look again."""
    found = await turn.found()
    if isinstance(found, Refusal):
        return found
    sealed = await turn.seal(turn.value("words"), found[1])
    command = c.LeaveUnanswered(
        id=turn.gesture.id,
        conversation=turn.conversation,
        words=sealed.words,
        review=turn.moment("review"),
        seen=turn.number("seen"),
    )
    return await unseen.act(turn, command, open_leave, "Noted, with your name. A second name makes it stand.", sealed)


async def second_silence(turn: Turn) -> Answer:
    """A second name under a silence."""
    shown = turn.number("seen")
    seen = shown if shown >= 0 else None  # a card that was painted by an earlier version does not say
    command = c.SecondSilence(id=turn.gesture.id, conversation=turn.conversation, seen=seen)
    return await act(turn, command, "Your name stands under it too. It stays unanswered.")


async def open_promise(turn: Turn) -> Answer:
    """What did we promise, by when? The words that went out last are read for it."""
    found = await turn.found()
    if isinstance(found, Refusal):
        return found
    incident, conversation = found
    form = filling.bound(shape("promise"), incident, conversation)
    said = next((a.words.read("") for a in reversed(conversation.attempts) if a.standing is not None), "")
    for promise in turn.tools.words.promises(said, turn.now.wall, turn.zone) if said else ():
        due = promise.due.isoformat() if promise.due is not None else ""
        return replace(form, filled={"words": promise.phrase, "due": due})
    return form


async def promise(turn: Turn) -> Answer:
    """Record a public commitment with its date."""
    found = await turn.found()
    if isinstance(found, Refusal):
        return found
    due = turn.moment("due")
    if due is None:
        return _again(turn, "By when? A day and an hour, please.")
    sealed = await turn.seal(turn.value("words"), found[1])
    command = c.MakePromise(
        id=turn.gesture.id, conversation=turn.conversation, promise=turn.tools.ids(), words=sealed.words, due=due
    )
    return await act(turn, command, "Recorded. You are asked when it is due.", sealed)


def _again(turn: Turn, error: str) -> Form | Refusal:
    """The form once more, with everything typed."""
    return filling.back(turn.gesture, error) or STALE


async def open_settle_promise(turn: Turn) -> Answer:
    """Which promise, and how did it go?"""
    found = await turn.found()
    if isinstance(found, Refusal):
        return found
    incident, conversation = found
    open_ = tuple((p.id, f"{p.words.read()} ({turn.team.name(p.by)})") for p in conversation.promises if p.open)
    if not open_:
        return Refusal(because="No promise is open here.")
    form = filling.offer(shape("settle_promise"), "promise", open_)
    return filling.bound(form, incident, conversation, filled={"promise": open_[0][0], "state": "kept"})


async def settle_promise(turn: Turn) -> Answer:
    """Kept, a new date, or broken."""
    found = await turn.found()
    if isinstance(found, Refusal):
        return found
    state = turn.value("state")
    if state not in set(PromiseState):
        return STALE
    sealed = [await turn.seal(turn.value("words"), found[1])] if turn.value("words") else []
    command = c.SettlePromise(
        id=turn.gesture.id,
        conversation=turn.conversation,
        promise=turn.value("promise"),
        state=PromiseState(state),
        due=turn.moment("due"),
        words=sealed[0].words if sealed else None,
    )
    return await act(turn, command, "Noted.", *sealed)
