"""Lists of phrases are read as their first lines promise."""

import pytest

from bot.listening.phrases import BadListError, Phrases, parse
from bot.listening.tokens import cut

LIST = ["# a list", "", "<FOOD> = (?:soup|bread)", "[good news]", "wake love like", "hear love the <FOOD>", "hear like it",
        "not joking", "[other]", "wake soup", "hear soup", "soft"]  # fmt: skip


def test_a_phrase_is_heard_when_it_is_meant() -> None:
    """Groups are filled in, alternatives count, and what disarms it is believed."""
    kept = Phrases(parse(LIST))
    assert [phrase.called for phrase in kept.heard(cut("We LOVE the  #soup"))] == [("good", "news"), ("other",)]
    assert kept.heard(cut("I like it, joking")) == []
    assert kept.heard(cut("nothing here")) == []
    assert kept.heard(cut("unlike it, like")) == []


def test_softness_is_read() -> None:
    """A bare word is marked as such."""
    assert [phrase.soft for phrase in parse(LIST)] == [False, True]


@pytest.mark.parametrize(
    "lines", [["hear before any rule"], ["[a]", "smell something"], ["[a]", "wake x"], ["[a]", "hear x"]]
)
def test_a_wrong_list_is_refused_in_words(lines: list[str]) -> None:
    """A slip in a list stops the start, with the place."""
    with pytest.raises(BadListError, match=r"line|\[a\]"):
        parse(lines)
