"""Ends: not for us, closing one or a fixed list, opening it again."""

from bot.nouns import commands as c
from bot.nouns.conversation import Conversation
from bot.nouns.mention import Disposition
from bot.nouns.team import Refusal
from bot.ports import Query, Sealed
from bot.screens import called
from bot.screens.forms import shape
from bot.screens.plain import counted
from bot.screens.shapes import Answer
from bot.screens.words_of import headed
from bot.work.desk import filling
from bot.work.desk.answers import act
from bot.work.desk.turn import NO_INCIDENT, STALE, Turn

#: So many conversations of a list stand in one form.
LISTED = 200


def likely(conversation: Conversation) -> Disposition:
    """How it most likely ended, chosen beforehand and theirs to change."""
    first = conversation.first
    if conversation.statement:
        return Disposition.PUBLISHED if conversation.answered_at is not None else Disposition.WITHDRAWN
    if conversation.gone:
        return Disposition.WITHDRAWN
    if conversation.handoff is not None:
        return Disposition.OFFLINE
    if conversation.silence is not None:
        return Disposition.SILENCE
    if first is not None and first.flag.situation == "praise":
        return Disposition.THANKED
    if conversation.answered_at is not None:
        return Disposition.ANSWERED
    return Disposition.ACKNOWLEDGED if conversation.heard_at is not None else Disposition.NOT_FOR_US


async def open_close(turn: Turn) -> Answer:
    """How did it end?"""
    found = await turn.found()
    if isinstance(found, Refusal):
        return found
    return filling.bound(shape("close"), *found, filled={"disposition": likely(found[1]).value})


async def close(turn: Turn) -> Answer:
    """Close one conversation."""
    return await _close(turn, turn.value("disposition"), (turn.conversation,), "Settled.")


async def not_for_us(turn: Turn) -> Answer:
    """Spam, a wrong name: signed and closed."""
    return await _close(turn, Disposition.NOT_FOR_US.value, (turn.conversation,), "Settled: not for us.")


async def _close(turn: Turn, disposition: str, names: tuple[str, ...], said: str) -> Answer:
    if disposition not in set(Disposition):
        return STALE
    why, sealed = turn.value("words"), list[Sealed]()
    if why:
        found = await turn.found()
        sealed = [await turn.seal(why, None if isinstance(found, Refusal) else found[1])]
    command = c.Close(
        id=turn.gesture.id,
        conversation=names[0] if len(names) == 1 else "",
        conversations=names,
        disposition=Disposition(disposition),
        words=sealed[0].words if sealed else None,
    )
    return await act(turn, command, said, *sealed)


async def open_close_list(turn: Turn) -> Answer:
    """Which ones, as they stand now: what comes later stays open."""
    found = await turn.tools.timelines.find(Query(index=f"pile:{turn.incident}", limit=LISTED))
    view = await turn.tools.act.look((turn.incident,), found.ids)
    incident = view.incidents.get(turn.incident)
    if incident is None:
        return NO_INCIDENT
    lying = [view.conversations[name] for name in found.ids if name in view.conversations]
    standing = [each for each in lying if each.closed is None]
    if not standing:
        return Refusal(because="Everything here is settled already.")
    options = tuple((each.id, f"{headed(incident, each, turn.who)[0]} · {_who(each)}") for each in standing)
    form = filling.offer(shape("close_list"), "conversations", options)
    return filling.bound(form, incident, filled={"disposition": likely(standing[0]).value})


def _who(conversation: Conversation) -> str:
    return called.author(conversation.first, "nameless") if conversation.first is not None else "ours"


async def close_list(turn: Turn) -> Answer:
    """Close a fixed list: one press, every conversation named in the event."""
    names = turn.listed("conversations")
    if not names:
        return Refusal(because="Choose at least one.")
    return await _close(turn, turn.value("disposition"), names, f"Settled: {counted(len(names), 'conversation')}.")


async def reopen(turn: Turn) -> Answer:
    """It is not over."""
    return await act(turn, c.Reopen(id=turn.gesture.id, conversation=turn.conversation), "It is open again.")
