"""The mood's word with its small mark. The mark repeats the word and says nothing of its own."""

from typing import assert_never

from bot.nouns.conversation import Mood
from bot.screens.shapes import Card


def mood(one: Card) -> str:
    """ "◐ Cooling"; a full ring where it waits too long."""
    return f"{_mark(one)} {_word(one)}"


def _word(one: Card) -> str:
    return "Offline" if one.offline else one.mood.value.capitalize()


def _mark(one: Card) -> str:
    if one.late:
        return "●"
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
