"""*Hold all posting*."""

from dataclasses import replace
from datetime import timedelta

from bot.nouns import commands as c
from bot.nouns.team import Refusal
from bot.screens.facts import on_hold
from bot.screens.forms import shape
from bot.screens.shapes import Answer, Done, Form, Said
from bot.work.desk import filling
from bot.work.desk.turn import STALE, Turn

#: What a hold is offered for, theirs to change.
OFFERED = timedelta(hours=2)


async def open_(turn: Turn) -> Answer:
    """Begin a hold; or end the one that stands."""
    standing = on_hold(turn.team, turn.now)
    if standing is None:
        until = (turn.now.wall + OFFERED).replace(second=0, microsecond=0)
        beside = (
            Said("Nothing of ours goes out in public until then, whoever pressed Send. Drafts can still be written."),
        )
        return replace(filling.bound(shape("hold"), filled={"until": until.isoformat()}), beside=beside)
    return replace(shape("end_hold"), beside=(standing,))


async def begin(turn: Turn) -> Answer:
    """All public words wait."""
    until = turn.moment("until")
    if until is None:
        return _again(turn, "Until when? A day and an hour, please.")
    sealed = await turn.seal(turn.value("words"))
    command = c.BeginHold(id=turn.gesture.id, until=until, words=sealed.words, beyond=turn.listed("beyond"))
    acted = await turn.do(command, sealed)
    return acted if isinstance(acted, Refusal) else Done("All posting is on hold.")


def _again(turn: Turn, error: str) -> Form | Refusal:
    return filling.back(turn.gesture, error) or STALE


async def end(turn: Turn) -> Answer:
    """A lead ends it."""
    sealed = [await turn.seal(turn.value("words"))] if turn.value("words") else []
    command = c.EndHold(id=turn.gesture.id, words=sealed[0].words if sealed else None)
    acted = await turn.do(command, *sealed)
    return acted if isinstance(acted, Refusal) else Done("The hold has ended.")
