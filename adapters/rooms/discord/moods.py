"""A mood as Discord shows it: the word, a quiet mark before it, and a colour that only repeats what the word says."""

from bot.nouns.conversation import Mood
from bot.screens.moods import marked
from bot.screens.shapes import Card

#: The one accent, the grey, and amber, which is for "waiting too long" alone.
CALM, GREY, AMBER = 0x4A6FA5, 0x8A8D91, 0xB7791F


def mood(one: Card) -> str:
    """The mark and the word: "○ Waiting"."""
    return f"{marked(one)} · waiting too long" if one.late else marked(one)


def accent(one: Card) -> int:
    """The colour of the card's edge."""
    if one.late:
        return AMBER
    return CALM if one.mood in {Mood.COOLING, Mood.READY} and not one.offline else GREY
