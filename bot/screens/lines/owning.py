"""Lines about who has it."""

from bot.nouns import events as e
from bot.screens.lines.told import Told
from bot.screens.shapes import Line


def claimed(event: e.Claimed, told: Told) -> Line:
    return told.line(event, f"{told.team.name(event.owner)} has this.")


def assigned(event: e.Assigned, told: Told) -> Line:
    return told.line(event, f"{told.who(event)} gave it to {told.team.name(event.owner)}.")


def handed_back(event: e.HandedBack, told: Told) -> Line:
    return told.line(event, f"{told.who(event)} handed it back. It is free.")


def freed(event: e.Freed, told: Told) -> Line:
    return told.line(event, f"It is free again; {told.team.name(event.owner)} had it until now.")
