"""Why a mention is here reads as a colleague would say it."""

import pytest

from bot.listening.flagging import flag
from bot.nouns.flag import Flag, Severity
from bot.screens.why import veil, why

SAID = {
    ('complaint ("still", "hung")',): "It is a complaint.",
    ('complaint ("still")', "third message today"): "It is a complaint. Third message today.",
    ('reads like a complaint ("late")', "swears"): "It sounds like a complaint. Swears.",
    ("may be a complaint",): "It may be a complaint.",
    ("mentions a lawyer or a court", "complaint"): "Mentions a lawyer or a court. It is a complaint.",
    ("one star, no words",): "One star, no words.",
    ("not scored: nobody here reads Dutch by machine; a person should look",): (
        "Nobody here reads Dutch by machine; a person should look."
    ),
    ("third message today.", "nobody has answered."): "Third message today, nobody has answered.",
    (): "",
}


def flagged(*reasons: str) -> Flag:
    """A flag with these reasons."""
    return Flag(forward=True, severity=Severity.MEDIUM, reasons=reasons)


@pytest.mark.parametrize("reasons", SAID)
def test_reasons_are_sentences(reasons: tuple[str, ...]) -> None:
    """No quoted keywords, no brackets, no lower-case beginnings: what a colleague would say in passing."""
    assert why(flagged(*reasons)) == SAID[reasons]


@pytest.mark.parametrize("shown", ["one star", "one star, no words", "five stars", "no words"])
def test_a_card_says_its_stars_once(shown: str) -> None:
    """What headline and second line say is not said again."""
    assert why(flagged(shown), on_card=True) == ""
    assert why(flagged(shown, "complaint"), on_card=True) == "It is a complaint."


def test_a_veil_is_short() -> None:
    """The reasons stand in the place of hostile words; where there are none it says that they are hostile."""
    assert veil(flagged('complaint ("joke")', "insults a person")) == "Complaint, insults a person"
    assert veil(flagged()) == "Hostile words"


def test_what_the_ears_say_is_understood() -> None:
    """The reasons as flagging words them today lose their keywords here."""
    judged = flag("Still no parcel, I am so angry, you hung up on me, this is ridiculous")
    assert any("(" in reason for reason in judged.reasons)
    assert "(" not in why(judged)
    assert "complaint." in why(judged)
