"""Forgetting whoever a conversation is with, at their wish: a manager's press; the caretaker does it."""

from bot.nouns import commands as c
from bot.nouns.team import Refusal, Role
from bot.rules.erasure import NOT_A_MANAGER
from bot.screens.forms import shape
from bot.screens.shapes import Answer, Choice, Done
from bot.work.desk import filling
from bot.work.desk.turn import STALE, Turn

_NOT_SURE = "Tick it if you are sure. Nobody can bring their words back."


def offered(turn: Turn) -> tuple[Choice, ...]:
    """The choice, for a manager."""
    may = turn.who.may(Role.MANAGER)
    return (Choice("forget", "Forget them at their wish", form=True),) if may else ()


async def open_forget(turn: Turn) -> Answer:
    """What goes, and whether they are sure."""
    if not turn.who.may(Role.MANAGER):
        return NOT_A_MANAGER
    found = await turn.found()
    return found if isinstance(found, Refusal) else filling.bound(shape("forget"), *found)


async def forget(turn: Turn) -> Answer:
    """Ask that everybody who spoke in the conversation be forgotten."""
    found = await turn.found()
    if isinstance(found, Refusal):
        return found
    if turn.value("sure") != "yes":
        return filling.back(turn.gesture, _NOT_SURE) or STALE
    persons = tuple(dict.fromkeys(kept.person for kept in found[1].mentions))
    acted = await turn.do(c.Forget(id=turn.gesture.id, persons=persons))
    if isinstance(acted, Refusal):
        return acted
    return Done("They are being forgotten. What rooms show of them goes within a minute.", found[0].id, found[1].id)
