"""The small answers: done, and a press that only acts."""

from bot.nouns import commands as c
from bot.nouns.team import Refusal
from bot.ports import Sealed
from bot.screens.shapes import Answer, Done
from bot.work.desk.turn import Turn


def done(turn: Turn, said: str) -> Done:
    """It is on disk; the room leads back to where it was pressed."""
    return Done(said, turn.incident, turn.conversation)


async def act(turn: Turn, command: c.Command, said: str, *sealed: Sealed) -> Answer:
    """One command; what it led to in a sentence, or the rule's refusal as it is."""
    acted = await turn.do(command, *sealed)
    return acted if isinstance(acted, Refusal) else done(turn, said)
