"""Care, offline words, and the first line about what happened."""

from datetime import UTC, datetime, timedelta

import pytest

from responders.care import needs_rest
from responders.offline import ask_in_public, reference
from responders.summary import what_happened

NOW = datetime(2026, 3, 2, 15, 30, tzinfo=UTC)


def every(minutes: int, count: int) -> list[datetime]:
    """`count` moments before NOW, `minutes` apart."""
    return [NOW - timedelta(minutes=minutes * at) for at in range(count)]


@pytest.mark.parametrize(
    ("times", "words"),
    [
        (every(15, 11), "eleven harsh ones since noon"),
        (every(21, 11), "eleven harsh ones since noon"),
        (every(22, 11), "eleven harsh ones in the last four hours"),
        (every(12, 8), "eight harsh ones since noon"),
        ([*every(12, 8), NOW - timedelta(hours=3)], "eight harsh ones in the last two hours"),
        (every(1, 25), "25 harsh ones since noon"),
    ],
)
def test_after_a_hard_hour_a_quiet_word(times: list[datetime], words: str) -> None:
    """The count and since when are both true, and the offer is one press."""
    assert needs_rest(times, NOW) == f"That was {words}. Someone else can take the next. Shall I ask?"


@pytest.mark.parametrize(
    "times", [[], every(15, 7), every(30, 10), [NOW + timedelta(minutes=at) for at in range(1, 12)]]
)
def test_an_ordinary_day_is_left_alone(times: list[datetime]) -> None:
    """Fewer, or longer ago, or not yet: nothing is said."""
    assert needs_rest(times, NOW) is None


def test_a_reference_is_short_and_stays() -> None:
    """Four signs, the same each time, none that is mistaken for another."""
    assert reference("c1") == reference("c1") != reference("c2")
    assert all(len(one) == 4 and not set(one) & set("0O1IB8S5Z2") for one in map(reference, map(str, range(50))))


def test_asking_them_out_of_public() -> None:
    """Our listed contact and the reference stand in it; the short form where the long one does not fit."""
    long = ask_in_public("help@shop.example", "K7QF", name="Mara", signature="Ben")
    assert long.startswith("Mara, I have read")
    assert "help@shop.example and mention K7QF" in long
    assert long.endswith("Ben")
    short = ask_in_public("help@shop.example", "K7QF", limit=200)
    assert len(short) <= 200
    assert short.startswith("I am sorry")
    assert short.endswith("[your name]")
    assert ask_in_public("", "K7QF", limit=400).count("[our contact]") == 1


def test_in_a_community_out_of_public_is_a_direct_message() -> None:
    """Whatever contact is listed, long or short: a direct message or a ticket is asked for, and nothing is left to fill in."""
    long = ask_in_public("help@shop.example", "K7QF", name="Mara", signature="the mod team", direct=True)
    assert "Please send me a direct message or open a ticket and mention K7QF," in long
    short = ask_in_public("help@shop.example", "K7QF", signature="the mod team", limit=200, direct=True)
    assert short.endswith("would like to speak with you by direct message or in a ticket, reference K7QF. the mod team")
    assert not any("help@shop.example" in each or "[" in each for each in (long, short))


@pytest.mark.parametrize(
    ("mention", "situation", "rating", "line"),
    [
        (
            "Eleven days, my parcel is nowhere. The last one hung up on me, answer me!",
            "parcel_lost",
            None,
            "Parcel not there, eleven days, was cut off by us. Wants an answer.",
        ),
        (
            "I want my money back, you charged me twice since Monday",
            "charged_twice",
            None,
            "Charged twice or wrongly, since monday. Wants their money back.",
        ),
        ("the kettle broke", "broken_item", 2, "Something arrived or went broken."),
        ("", None, 1, "One star, no words."),
        (" ", None, 4, "4 stars, no words."),
        ("", None, None, ""),
        ("I want a refund", None, None, ""),
        ("lovely cakes", "parcel_lost", None, ""),
    ],
)
def test_the_first_line_says_only_what_they_said(
    mention: str, situation: str | None, rating: int | None, line: str
) -> None:
    """From their words alone, or nothing."""
    assert what_happened(mention, situation, rating) == line
