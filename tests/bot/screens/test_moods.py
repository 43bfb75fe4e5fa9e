"""A card's mood in a word and a mark."""

import pytest

from bot.nouns.conversation import Mood
from bot.screens.moods import marked
from bot.screens.shapes import Card


def card(mood: Mood, *, offline: bool = False, late: bool = False) -> Card:
    """A card in that mood."""
    return Card("i", "", "Mara's parcel", "", mood, (), offline=offline, late=late)


@pytest.mark.parametrize(
    ("one", "shown"),
    [
        (card(Mood.WAITING), "○ Waiting"),
        (card(Mood.COOLING), "◐ Cooling"),
        (card(Mood.READY), "○ Ready"),
        (card(Mood.SETTLED), "◌ Settled"),
        (card(Mood.STORM), "◎ Storm"),
        (card(Mood.WAITING, offline=True), "◌ Offline"),
        (card(Mood.WAITING, late=True), "● Waiting"),
    ],
    ids=lambda each: each if isinstance(each, str) else "",
)
def test_the_mark_repeats_the_word(one: Card, shown: str) -> None:
    """A ring that fills as it cools, and is full only where somebody waits too long."""
    assert marked(one) == shown
