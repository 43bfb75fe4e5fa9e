"""Heat is about words meant to hurt, not about complaining."""

import pytest

from bot.listening.hostility import Heat, heat
from bot.listening.tokens import cut


def hot(text: str, lang: str | None = "en", *, anger: float = 0.5, threatened: bool = False) -> Heat:
    """The heat of a text."""
    return heat(cut(text), lang, anger, threatened)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("You are all idiots and liars", "insults a person"),
        ("this is fucking shit", "swears"),
        ("what a retard", "uses a slur"),
    ],
)
def test_insults_and_swearing_are_hostile(text: str, reason: str) -> None:
    """They pass the balanced point, and the reason says what it is without quoting it."""
    found = hot(text)
    assert found.score > 0.5
    assert reason in found.reasons
    assert not any(word in " ".join(found.reasons) for word in text.split() if len(word) > 4)


@pytest.mark.parametrize(
    "text", ["My parcel never came and nobody answers", "Thank you so much", "Where is my refund?"]
)
def test_a_plain_complaint_is_not_hostile(text: str) -> None:
    """Complaining is not hostility."""
    assert hot(text).score < 0.5


def test_threats_capitals_and_anger_add() -> None:
    """A threat alone is enough; capitals and anger raise it."""
    assert hot("see you soon", threatened=True).score > 0.8
    assert hot("WHERE IS THE PARCEL YOU PROMISED").reasons == ("is written in capitals",)
    assert hot("you useless lot", anger=0.9).score > hot("you useless lot", anger=0.1).score
    assert hot("idiot, moron").score > hot("idiot").score


def test_scorn_is_named_only_where_it_is_hostile() -> None:
    """A shameful delay is a complaint; contempt for people is more."""
    assert "speaks with contempt" not in hot("a shame about the delay").reasons
    assert "speaks with contempt" in hot("You are disgusting, shame on you").reasons


def test_other_languages_have_their_own_words_and_the_english_ones() -> None:
    """German insults count in German, English ones everywhere, unknown languages like English."""
    assert hot("ihr seid alle Arschlöcher", "de").score > 0.5
    assert hot("voll die idiots", "de").score > 0.5
    assert hot("you idiots", None).score > 0.5
    assert hot("you idiots", "ja").score > 0.5
    assert hot("ihr seid alle Arschlöcher", "en").score < 0.5
