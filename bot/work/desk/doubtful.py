"""After a send: by hand, or nobody can tell. A person looks and says; nothing is tried again blindly."""

from dataclasses import replace

from bot.nouns import commands as c
from bot.nouns.conversation import Attempt, Conversation
from bot.nouns.delivery import Absent, Posted, platform_of
from bot.nouns.incident import Incident
from bot.nouns.mention import CannotTell
from bot.nouns.team import Refusal
from bot.screens.doubt import tried_words, where_to_look
from bot.screens.forms import shape
from bot.screens.shapes import Answer, Quote
from bot.work.attempts import cleared, url_of
from bot.work.desk import filling
from bot.work.desk.answers import act
from bot.work.desk.shortening import ask_leads
from bot.work.desk.turn import STALE, Turn
from bot.work.outside import LOOK_DEADLINE
from bot.work.waiting import within

_ASK = "Please look whether this reply went out, and say."


async def _attempt(turn: Turn) -> tuple[Incident, Conversation, Attempt] | Refusal:
    found = await turn.found()
    if isinstance(found, Refusal):
        return found
    incident, conversation = found
    attempt = conversation.attempt(turn.value("attempt"))
    return STALE if attempt is None else (incident, conversation, attempt)


async def open_is_there(turn: Turn) -> Answer:
    """Its link, please."""
    found = await _attempt(turn)
    if isinstance(found, Refusal):
        return found
    incident, conversation, attempt = found
    form = filling.bound(shape("is_there"), incident, conversation, attempt=attempt.key)
    return replace(form, beside=(tried_words(conversation, attempt, turn.team), where_to_look(conversation, attempt)))


async def is_there(turn: Turn) -> Answer:
    """It went out, and this is where."""
    return await _settle(turn, there=True, said="Noted: it is there.")


async def not_there(turn: Turn) -> Answer:
    """It did not go out, and is not tried again."""
    return await _settle(turn, there=False, said="Noted: it is not there. The words may be read and sent anew.")


async def _settle(turn: Turn, *, there: bool, said: str) -> Answer:
    command = c.SettleAttempt(
        id=turn.gesture.id,
        conversation=turn.conversation,
        attempt=turn.value("attempt"),
        there=there,
        url=turn.value("url"),
    )
    return await act(turn, command, said)


async def open_by_hand(turn: Turn) -> Answer:
    """Copy, open, paste; then say that it is there."""
    found = await _attempt(turn)
    if isinstance(found, Refusal):
        return found
    incident, conversation, attempt = found
    words = Quote(attempt.words.read(), by="To be posted", url=url_of(conversation, attempt), ours=True, copy=True)
    return replace(filling.bound(shape("by_hand"), incident, conversation, attempt=attempt.key), beside=(words,))


async def take_back(turn: Turn) -> Answer:
    """It was not posted by hand after all."""
    command = c.TakeBackAsk(id=turn.gesture.id, conversation=turn.conversation, attempt=turn.value("attempt"))
    return await act(turn, command, "Not posted. The words are kept.")


async def try_again(turn: Turn) -> Answer:
    """Look for it first; only what is not there is tried once more, under the same key."""
    found = await _attempt(turn)
    if isinstance(found, Refusal):
        return found
    _, conversation, attempt = found
    match await _find(turn, conversation, attempt):
        case Posted(url=url):
            settle = c.SettleAttempt(
                id=turn.gesture.id, conversation=conversation.id, attempt=attempt.key, there=True, url=url
            )
            return await act(turn, settle, "It is there after all, so it was not sent again.")
        case looked:
            command = c.TryAgain(
                id=turn.gesture.id,
                conversation=conversation.id,
                attempt=attempt.key,
                round=turn.number("round"),
                absent=isinstance(looked, Absent),
            )
            return await act(turn, command, "It is not there. It is tried once more.")


async def _find(turn: Turn, conversation: Conversation, attempt: Attempt) -> Posted | Absent | CannotTell:
    platform = turn.tools.platforms.get(platform_of(attempt.target))
    if platform is None:
        return CannotTell(because="We have no way to ask that platform.")
    if _from_another_account(turn, attempt):
        return CannotTell(because="It was sent from another account of ours, which nobody here can ask.")
    try:
        return await within(turn.tools.clock, LOOK_DEADLINE, platform.find(cleared(conversation, attempt)))
    except Exception as error:  # an adapter's fault is no answer
        return CannotTell(because=f"The platform gave no answer ({type(error).__name__}).")


def _from_another_account(turn: Turn, attempt: Attempt) -> bool:
    """Whether we speak from another account by now: what it shows says nothing of what the first one posted."""
    ours = turn.tools.accounts.get(platform_of(attempt.target))
    names = {each.name for each in (ours, attempt.account) if each is not None and each.name}
    return len(names) > 1


async def ask_a_lead(turn: Turn) -> Answer:
    """Ask the leads to look."""
    found = await turn.found()
    if isinstance(found, Refusal):
        return found
    return await ask_leads(turn, *found, _ASK)
