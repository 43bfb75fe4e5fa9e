"""How far two wordings lie apart."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.nouns.caution import Level
from bot.nouns.conversation import Mark
from bot.rules.repair import _changed, asked_for, same_words, small_repair, unsigned

OLD = "We are sorry that your parcel is late. You should have ordered sooner. We call you on Friday."


@pytest.mark.parametrize(
    ("new", "small"),
    [
        (OLD, True),
        (OLD.replace(" You should have ordered sooner.", ""), True),
        (OLD.replace("Friday", "Monday"), True),
        (OLD.replace("We are sorry", "We are very sorry"), True),
        (OLD.replace("late", "later than it ought"), False),
        (OLD.replace("sorry", "happy"), True),
        ("Something else altogether, which is not what was thought over.", False),
        (OLD + " And one more sentence.", False),
        ("We call you. We are sorry.", False),
    ],
)
def test_small_repairs(new: str, small: bool) -> None:
    """Taking words out or changing at most ten characters is small; anything else is new words."""
    assert small_repair(OLD, new) is small


def test_ten_characters_are_counted_wherever_they_stand() -> None:
    """Ten changes far apart are still small, the eleventh is not."""
    old = "abcdefgh" * 30
    ten = "".join("X" if i % 24 == 0 else letter for i, letter in enumerate(old))
    assert sum(a != b for a, b in zip(old, ten, strict=True)) == 10
    assert small_repair(old, ten)
    assert not small_repair(old, ten[:1] + "X" + ten[2:])


def slow_distance(old: str, new: str) -> int:
    """Levenshtein's distance, as plainly as can be."""
    row = list(range(len(new) + 1))
    for i, a in enumerate(old, 1):
        row, before = [i], row
        for j, b in enumerate(new, 1):
            row.append(min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b)))
    return row[-1]


@given(st.text("ab ", max_size=24), st.text("ab ", max_size=24), st.integers(0, 12))
def test_the_band_agrees_with_the_plain_distance(old: str, new: str, most: int) -> None:
    """The quick count of changes says what the slow one says, for every bound."""
    assert _changed(old, new, most) is (slow_distance(old, new) <= most)


def test_a_caution_that_went_away_makes_a_repair_of_one_stretch() -> None:
    """What a caution asked for may be longer than ten characters, but is one stretch and less than half of the words."""
    blame = (Mark(code="blame", level=Level.WARN),)
    new = OLD.replace("You should have ordered sooner.", "That should not have happened here.")
    assert not small_repair(OLD, new)
    assert asked_for(OLD, new, blame, ())
    assert not asked_for(OLD, new, blame, blame), "no caution went away"
    assert not asked_for(OLD, new, blame, (Mark(code="shouting", level=Level.WARN),)), "another came"
    assert not asked_for(OLD, "x" * len(OLD), blame, ()), "all of it is new"
    long = OLD * 10
    assert not asked_for(long, long[:100] + "y" * 201 + long[301:], blame, ()), "too long a stretch"


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("We call you.\nAna from the shop", "We call you."),
        ("We call you. — Ana from the shop", "We call you."),
        ("We call you. ^Ben ", "We call you."),
        ("You can ask for Ben", "You can ask for Ben"),
        ("We call you.", "We call you."),
        ("Ben", ""),
    ],
)
def test_a_signature_stands_alone_or_after_a_dash(text: str, bare: str) -> None:
    """Only a name on its own last line, or after a dash at the end, is a signature."""
    assert unsigned(text, ("Ben", "Ana from the shop", "")) == bare


def test_words_are_the_same_whoever_signs_them() -> None:
    """Exchanging, adding or taking away a signature changes nothing of the words."""
    names = ("Ana from the shop", "Ben")
    assert same_words("We call.\n— Ana from the shop", "We call.\n— Ben", names)
    assert same_words("We call.", "We call.\nBen", names)
    assert not same_words("We call Ana from the shop", "We call Ben", names)


def test_deleting_is_judged_by_words() -> None:
    """Letters left over from longer words do not make other words a repair."""
    letters = random.Random(3).choices("abcdefghij", k=60)
    assert not small_repair(" ".join(["".join(letters)] * 2), "".join(letters[::2]))
