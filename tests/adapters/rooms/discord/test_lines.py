"""Lines, notes and short answers, as Discord shows them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from adapters.rooms.discord.dates import clock, distance, moment
from adapters.rooms.discord.greeting import greeting
from adapters.rooms.discord.line import line
from adapters.rooms.discord.note import closed_note, note
from adapters.rooms.discord.packing import How
from adapters.rooms.discord.saying import done, plainly, refusal, refused, saving
from bot.nouns.conversation import Mood
from bot.nouns.team import Refusal
from bot.screens.shapes import Card, Choice, Done, Fact, Line, Quote, Said, Wait
from tests.adapters.rooms.discord.painting import SIGNER, message, payload, pressed, presses, same_as_golden, words
from tests.adapters.rooms.discord.vectors import hostile

AT = datetime(2026, 3, 2, 14, 5, tzinfo=UTC)
LINES = (
    Line("Ana has this", AT),
    Line("We said we heard", AT, by="Ana"),
    Line("Next call", AT, by="Ana", moment=AT + timedelta(days=2)),
    Line("Mara wrote again", AT, quote="Still **nothing**?\n@everyone"),
    Line("Nobody has this yet. It came 30 min ago.", AT),
)
CARD = Card(
    "i1",
    "c1",
    "Parcel never came",
    "Mara on Square",
    Mood.READY,
    (Said("It has cooled. Read it as Mara would."), Quote("Sorry. Ana", by="Ana", ours=True)),
    (Choice("read_once_more", "Read once more and send", {"draft": "d1", "version": "1"}, likely=True, form=True),),
)


def test_lines_look_as_their_golden_file() -> None:
    """One fact, one line: the text, the moment it leads up to, who, when, and what they wrote under it."""
    for one in LINES:
        payload(line(one))
    same_as_golden("lines", "\n\n".join(words(line(one)) for one in LINES))


def test_a_note_reaches_one_person_whole() -> None:
    """By direct message it is a card of its own, with its presses."""
    view = note(CARD, SIGNER)
    payload(view)
    assert "It has cooled" in words(view)
    assert set(presses(view)) == {"Read once more and send", "The whole story"}
    payload(note(replace(CARD, incident="", conversation=""), SIGNER))


def test_behind_closed_doors_only_a_button_stands_in_the_thread() -> None:
    """Nothing of the note, one mention, and the press that opens privately what the note leads to."""
    view = closed_note(CARD, SIGNER, "<@1>")
    payload(view)
    assert words(view).startswith("<@1> ")
    assert "cooled" not in message(view)
    assert "Sorry" not in message(view)
    opened = pressed(presses(view)["Read it privately"])
    assert (opened.how, opened.act, opened.values["draft"]) == (How.PRESS, "read_once_more", "d1")


@pytest.mark.parametrize(("incident", "act"), [("i1", "incident"), ("", "now")])
def test_a_press_that_acts_is_never_hidden_behind_reading(incident: str, act: str) -> None:
    """Where the likely press would do something, the button only shows the incident, or what needs someone now."""
    one = replace(CARD, incident=incident, choices=(Choice("claim", "I have this", {"epoch": "0"}, likely=True),))
    opened = pressed(presses(closed_note(one, SIGNER, "<@1>"))["Read it privately"])
    assert (opened.how, opened.act) == (How.ASK, act)


def test_short_answers_are_sound() -> None:
    """Done with a way to look, a no with its end in the reader's zone, and what stands there meanwhile."""
    view = done(Done("You have this.", "i1", "c1"), SIGNER)
    payload(view)
    assert pressed(presses(view)["Open it"]).incident == "i1"
    assert presses(done(Done("Saved."), SIGNER)) == {}
    no = refusal(Refusal(because="Not yet. It cools until then.", until=AT))
    assert words(no) == f"Not yet. It cools until then.\n-# Until {clock(AT)}, {distance(AT)}"
    assert words(refusal(Refusal(because="No."))) == "No."
    assert "Saving" in words(saving())
    assert words(plainly("<@1>")) == "<\u2060@1>"
    for one in (no, saving(), plainly("x")):
        payload(one)
    assert len(refused(Refusal(because="No."), "")) == 1
    long = refused(Refusal(because="No."), "Not one word was true. " * 300)
    assert len(long) > 1
    for one in long:
        payload(one)


def test_the_greeting_offers_the_channel_and_a_sample() -> None:
    """Said once; it names the rule that nothing goes out before somebody read it."""
    view = greeting(SIGNER, "12345678901234567890")
    payload(view)
    same_as_golden("greeting", message(view))
    assert dict(pressed(presses(view)["Bring incidents here"]).values) == {"place": "12345678901234567890"}


def test_moments_are_discords_own() -> None:
    """Each reader sees them in their zone; what lies outside the calendar is brought back into it."""
    assert (moment(AT), clock(AT), distance(AT)) == ("<t:1772460300:f>", "<t:1772460300:t>", "<t:1772460300:R>")
    assert moment(datetime(1900, 1, 1, tzinfo=UTC)) == "<t:0:f>"


def test_no_hostile_word_breaks_a_line_or_a_card() -> None:
    """Whatever anybody is called or wrote, Discord takes it, and it pings nobody."""
    for one in list(hostile())[::7]:
        card = Card(
            "i1", "c1", one, one, Mood.STORM,
            (Quote(one, by=one, veiled=one), Quote(one, by=one, ours=True), Quote(one, copy=True), Said(one), Fact(one, one), Wait(one, AT, AT)),
            (Choice("claim", one, {"epoch": "0"}, likely=True),), (Choice("note", one),),
        )  # fmt: skip
        for view in (line(Line(one, AT, by=one, quote=one)), note(card, SIGNER)):
            parts = payload(view)
            assert parts
        outside = "\n".join(
            piece for place, piece in enumerate(words(note(card, SIGNER)).split("```")) if place % 2 == 0
        )
        assert "@everyone" not in outside
        assert "<@1>" not in outside
