"""A mood as Discord shows it: the word, a quiet mark before it, and a colour that only repeats what the word says."""

from typing import assert_never

from bot.nouns.conversation import Mood
from bot.screens.shapes import Card

#: The one accent, the grey, and amber, which is for "waiting too long" alone.
CALM, GREY, AMBER = 0x4A6FA5, 0x8A8D91, 0xB7791F


def mood(one: Card) -> str:
    """The mark and the word: "○ Waiting"."""
    if one.late:
        return f"● {word(one)} · waiting too long"
    return f"{_mark(one)} {word(one)}"


def word(one: Card) -> str:
    """The word alone."""
    return "Offline" if one.offline else one.mood.value.capitalize()


def accent(one: Card) -> int:
    """The colour of the card's edge."""
    if one.late:
        return AMBER
    return CALM if one.mood in {Mood.COOLING, Mood.READY} and not one.offline else GREY


def _mark(one: Card) -> str:
    if one.offline:
        return "◌"
    match one.mood:
        case Mood.WAITING | Mood.READY:
            return "○"
        case Mood.COOLING:
            return "◐"
        case Mood.SETTLED:
            return "◌"
        case Mood.STORM:
            return "◎"
        case _:
            assert_never(one.mood)
