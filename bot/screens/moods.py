"""A card's mood in a word, and the small mark before it: it repeats the word and says nothing of its own."""

from enum import StrEnum
from typing import assert_never

from bot.nouns.conversation import Mood
from bot.screens.shapes import Card


class Mark(StrEnum):
    """How full the ring is. FULL is for what waits too long alone."""

    FULL = "full"
    FADED = "faded"
    RING = "ring"
    HALF = "half"
    RINGS = "rings"


#: The marks where a room shows plain text.
GLYPHS = {Mark.FULL: "●", Mark.FADED: "◌", Mark.RING: "○", Mark.HALF: "◐", Mark.RINGS: "◎"}


def word(one: Card) -> str:
    """The word: "Waiting"; "Offline" for what goes on away from the public."""
    return "Offline" if one.offline else one.mood.value.capitalize()


def mark(one: Card) -> Mark:
    """The mark."""
    if one.late:
        return Mark.FULL
    if one.offline:
        return Mark.FADED
    match one.mood:
        case Mood.WAITING | Mood.READY:
            return Mark.RING
        case Mood.COOLING:
            return Mark.HALF
        case Mood.SETTLED:
            return Mark.FADED
        case Mood.STORM:
            return Mark.RINGS
        case _:
            assert_never(one.mood)


def marked(one: Card) -> str:
    """Both in plain text: "◐ Cooling"."""
    return f"{GLYPHS[mark(one)]} {word(one)}"
