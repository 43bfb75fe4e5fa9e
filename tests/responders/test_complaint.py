"""The reader's own small rule: does a mention complain?"""

import pytest

from responders.tone.complaint import complains, friendly


@pytest.mark.parametrize(
    "mention",
    [
        "the worst guest house in town",
        "my lamp never arrived",
        "three letters and you ignored them all",
        "lukewarm soup again",
        "thanks for nothing",
        "Thanks so much for the huge delay",
        "the till page keeps crashing",
        "still no refund",
        "no reply for a week 😡",
        "thanks, but it is broken and I still don't have an answer, never again",
    ],
)
def test_complaints_are_heard(mention: str) -> None:
    """Plain, terse and biting complaints all count."""
    assert complains(mention)
    assert not friendly(mention)


@pytest.mark.parametrize(
    "mention",
    ["love it, thank you", "are you open on Sunday?", "thanks, the problem is solved, great", "best day ever 🎉"],
)
def test_praise_and_questions_are_friendly(mention: str) -> None:
    """Nothing sore in them."""
    assert not complains(mention)
    assert friendly(mention)


@pytest.mark.parametrize("mention", ["", "it is the blue one"])
def test_neither_is_doubt(mention: str) -> None:
    """Plain words are neither."""
    assert not complains(mention)
    assert not friendly(mention)
