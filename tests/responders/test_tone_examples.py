"""The second reader on whole replies: bad ones seen, decent ones left alone, every caution well formed."""

import pytest

from bot.nouns.caution import Caution, Level, Reading
from responders import read
from tests.responders.examples import BAD, GOOD

STOPS = {"public_offer", "pii_leak", "pii_request", "profanity", "sarcasm", "too_long", "unfilled_slot"}
WARNS = {
    "blame",
    "defensive",
    "argument",
    "non_apology",
    "shouting",
    "legal_admission",
    "no_acknowledgement",
    "no_next_step",
    "passive_evasion",
    "asks_for_removal",
    "repeated_words",
}


def sure(reading: Reading) -> dict[str, Caution]:
    """The warns and stops on a draft, by code."""
    return {one.code: one for one in read(reading) if one.level is not Level.NOTE}


@pytest.mark.parametrize(("code", "mention", "text"), BAD)
def test_a_bad_reply_is_seen_for_what_it_is(code: str, mention: str, text: str) -> None:
    """Each example draws a warn or a stop of its own code."""
    assert code in sure(Reading(text=text, mention=mention))


@pytest.mark.parametrize(("mention", "text"), GOOD)
def test_a_decent_reply_is_left_alone(mention: str, text: str) -> None:
    """No decent reply draws a warn or a stop."""
    assert sure(Reading(text=text, mention=mention)) == {}


@pytest.mark.parametrize(("code", "mention", "text"), BAD)
def test_every_caution_is_well_formed(code: str, mention: str, text: str) -> None:
    """Levels follow the contract, spans lie in the text, reasons are calm and short, the order is that of the text."""
    found = read(Reading(text=text, mention=mention))
    assert [one.span for one in found] == sorted(one.span for one in found)
    for one in found:
        assert 0 <= one.span[0] <= one.span[1] <= len(text)
        assert one.span == (0, 0) or text[slice(*one.span)].strip() == text[slice(*one.span)] != ""
        assert one.because.count(". ") <= 1
        assert "!" not in one.because + (one.instead or "")
        allowed = {"stop": STOPS, "warn": WARNS}.get(one.level.value)
        assert allowed is None or one.code in allowed


@pytest.mark.parametrize(("code", "mention", "text"), BAD)
def test_a_better_wording_invents_nothing(code: str, mention: str, text: str) -> None:
    """No number, address, link or contact stands in a suggestion that did not stand in the draft."""
    for one in read(Reading(text=text, mention=mention)):
        assert not set("0123456789@:/$£€") & set(one.instead or "")


def test_the_same_words_draw_the_same_cautions() -> None:
    """Reading is a function of its argument alone."""
    reading = Reading(text="As we said, it is not our fault.", mention="my parcel is lost")
    assert read(reading) == read(reading)


def test_an_empty_draft_draws_nothing() -> None:
    """Nothing written is nothing to remark on."""
    assert read(Reading(text="", mention="terrible service")) == ()
    assert read(Reading(text="  \n ", mention="terrible service")) == ()
