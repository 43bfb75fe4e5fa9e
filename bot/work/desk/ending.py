"""Ends: not for us, closing one or a fixed list, opening it again."""

from collections.abc import Mapping

from bot.nouns import commands as c
from bot.nouns.conversation import Conversation
from bot.nouns.mention import Disposition
from bot.nouns.team import Refusal
from bot.ports import Query, Sealed
from bot.screens import called
from bot.screens.forms import shape
from bot.screens.plain import counted, number
from bot.screens.shapes import Answer
from bot.screens.words_of import headed
from bot.work.desk import filling, unseen
from bot.work.desk.answers import act, done
from bot.work.desk.turn import NO_INCIDENT, STALE, Turn, count
from bot.work.desk.unseen import Opens

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
    return await unseen.opened(turn, "close", lambda found: {"disposition": likely(found).value})


async def close(turn: Turn) -> Answer:
    """Close one conversation."""
    return await _close(turn, turn.value("disposition"), open_close, "Settled.")


async def open_not_for_us(turn: Turn) -> Answer:
    """What is it instead?"""
    return await unseen.opened(turn, "not_for_us")


async def not_for_us(turn: Turn) -> Answer:
    """Spam, a wrong name: signed and closed."""
    return await _close(turn, Disposition.NOT_FOR_US.value, open_not_for_us, "Settled: not for us.")


async def _close(turn: Turn, disposition: str, opens: Opens, said: str) -> Answer:
    if disposition not in set(Disposition):
        return STALE
    why, sealed = turn.value("words"), list[Sealed]()
    if why:
        found = await turn.found()
        sealed = [await turn.seal(why, None if isinstance(found, Refusal) else found[1])]
    command = c.Close(
        id=turn.gesture.id,
        conversation=turn.conversation,
        seen={turn.conversation: turn.number("seen")},
        disposition=Disposition(disposition),
        words=sealed[0].words if sealed else None,
    )
    return await unseen.act(turn, command, opens, said, *sealed)


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
    chosen = _chosen(turn)
    options = tuple((_option(each), f"{headed(incident, each, turn.who)[0]} · {_who(each)}") for each in standing)
    form = filling.offer(shape("close_list"), "conversations", options)
    filled = {"disposition": turn.value("disposition") or likely(standing[0]).value}
    news = [each for each in standing if chosen.get(each.id, each.seen) != each.seen]
    if chosen:
        filled["conversations"] = "\n".join(_option(each) for each in standing if each.id in chosen)
    return unseen.beside(filling.bound(form, incident, filled=filled), turn, [(each, chosen[each.id]) for each in news])


def _option(conversation: Conversation) -> str:
    """A conversation to choose, with how much had come in it when the list was shown."""
    return f"{conversation.id}@{conversation.seen}"


def _chosen(turn: Turn) -> Mapping[str, int]:
    """The conversations that were chosen, each with how much of it was shown; -1 where that is not told."""
    told = (line.rpartition("@") if "@" in line else (line, "", "") for line in turn.listed("conversations"))
    return {name: count(seen) for name, _, seen in told}


def _who(conversation: Conversation) -> str:
    return called.author(conversation.first, "nameless") if conversation.first is not None else "ours"


async def close_list(turn: Turn) -> Answer:
    """Close a fixed list: one press, every conversation named in the event."""
    chosen, disposition = _chosen(turn), turn.value("disposition")
    if not chosen:
        return Refusal(because="Choose at least one.")
    if disposition not in set(Disposition):
        return STALE
    names = tuple(chosen)
    command = c.Close(
        id=turn.gesture.id,
        conversation=names[0] if len(names) == 1 else "",
        conversations=names,
        seen=chosen,
        disposition=Disposition(disposition),
    )
    acted = await turn.do(command)
    if isinstance(acted, Refusal):
        return await unseen.instead(turn, acted, open_close_list)
    left = [name for name in names if acted.view.conversations[name].closed is None]
    return done(turn, f"Settled: {counted(len(names) - len(left), 'conversation')}.{_left(len(left))}")


def _left(many: int) -> str:
    stays = "it stays" if many == 1 else "they stay"
    return f" Something new has come in {number(many).lower()}, so {stays} open." if many else ""


async def reopen(turn: Turn) -> Answer:
    """It is not over."""
    return await act(turn, c.Reopen(id=turn.gesture.id, conversation=turn.conversation), "It is open again.")
