"""Meaning to paint."""

from dataclasses import replace
from datetime import timedelta

import pytest

from adapters.rooms.web import paint
from adapters.rooms.web.eyes import Eyes
from adapters.rooms.web.times import zone
from bot.nouns.caution import Length
from bot.nouns.conversation import Mood
from bot.screens.shapes import Card, Fact, Line, Passage, Quote, Said, Wait
from tests.fakes import desk_pages as script

EYES = Eyes(script.NOON, zone("Europe/Berlin"), True, lambda acted: f"signed {acted.act} {acted.packed}")
GUEST = replace(EYES, presses=False)


@pytest.mark.parametrize(
    ("one", "kind"),
    [
        (Quote("theirs"), "quote"),
        (Quote("ours", ours=True), "draft"),
        (Quote("by hand", copy=True), "draft"),
        (Said("a note"), "said"),
        (Fact("a", "b"), "fact"),
        (Wait("", script.NOON, script.at(5)), "wait"),
    ],
)
def test_every_passage_has_its_kind(one: Passage, kind: str) -> None:
    """Nothing a card may hold vanishes on the way to the page."""
    assert paint.passage(one, EYES).kind == kind


def test_a_wait_says_how_much_is_left() -> None:
    """The line is as long as the whole wait and filled by what is left of it, never below nothing."""
    wait = Wait("Ben’s answer", script.at(-10), script.at(20))
    painted = paint.passage(wait, EYES)
    assert (painted.left, painted.whole) == (20 * 60, 30 * 60)
    late = replace(EYES, now=script.NOON + timedelta(hours=2))
    assert paint.passage(wait, late).left == 0
    assert paint.passage(Wait("", script.at(3), script.at(3)), EYES).whole == 1


def test_a_draft_shows_its_length() -> None:
    """The count is the platform's; beyond its limit it is marked."""
    fits = paint.passage(Quote("x", ours=True, length=Length(3, 5)), EYES)
    over = paint.passage(Quote("x", ours=True, length=Length(6, 5)), EYES)
    assert (fits.count, fits.late, over.late) == ("3 of 5", False, True)


@pytest.mark.parametrize(
    ("mood", "late", "offline", "word", "mark"),
    [
        (Mood.WAITING, False, False, "Waiting", "ring"),
        (Mood.WAITING, True, False, "Waiting", "full"),
        (Mood.COOLING, False, False, "Cooling", "half"),
        (Mood.READY, False, False, "Ready", "ring"),
        (Mood.SETTLED, False, False, "Settled", "faded"),
        (Mood.STORM, False, False, "Storm", "rings"),
        (Mood.WAITING, False, True, "Offline", "faded"),
        (Mood.WAITING, True, True, "Offline", "full"),
    ],
)
def test_each_mood_is_a_word_with_a_mark(mood: Mood, late: bool, offline: bool, word: str, mark: str) -> None:
    """The mark repeats the word; only what waits too long is filled."""
    painted = paint.card(Card("i", "c", "h", "a", mood, (), late=late, offline=offline), EYES)
    assert (painted.mood, painted.mark) == (word, mark)


def test_a_card_leads_to_its_page() -> None:
    """To the conversation where it is about one, to the incident where it is about several, nowhere without either."""
    one = script.COOLING
    assert paint.card(one, EYES).href == "/i/parcel/parcel-1"
    assert paint.card(replace(one, conversation=""), EYES).href == "/i/parcel"
    assert paint.card(replace(one, incident=""), EYES).href == ""


def test_presses_carry_what_they_act_on() -> None:
    """Each press is signed over its act and values, and bound to the card's incident and conversation."""
    likely, second = paint.card(script.COOLING, EYES).choices
    assert likely.values == '{"draft":"d1","version":"3"}'
    assert likely.signature == 'signed edit {"draft":"d1","version":"3"}'
    assert (likely.incident, likely.conversation, likely.likely) == ("parcel", "parcel-1", True)
    assert not second.likely


def test_a_guest_gets_no_presses() -> None:
    """Whatever the desk offers, a guest's page holds no button."""
    painted = paint.card(script.COOLING, GUEST)
    assert (painted.choices, painted.more) == ((), ())
    page = paint.page(script.EMPTY, GUEST)
    assert page.choices == ()
    assert paint.page(script.UNFORWARDED, GUEST).parts[0].rows[0][0].choices == ()


def test_the_post_opens_only_where_it_is_a_link() -> None:
    """The first readable link of the quotes is offered, and a strange one is not."""
    strange = replace(script.COOLING, passages=(Quote("x", url="javascript:alert(1)"),))
    opened = paint.card(script.COOLING, EYES).open
    assert opened is not None
    assert opened.host == "social.example"
    assert paint.card(strange, EYES).open is None


def test_talk_among_the_team_is_softer() -> None:
    """A note stands back; what happened does not."""
    assert paint.line(Line("x", script.NOON, kind="noted"), EYES).soft
    assert not paint.line(Line("x", script.NOON, kind="claimed", ours=True), EYES).soft
