"""Cards, lines and notes as Slack shows them: as their golden files, within its limits, harmless in every part."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.rooms.slack.card import card
from adapters.rooms.slack.line import line
from adapters.rooms.slack.message import Message
from adapters.rooms.slack.note import note
from bot.nouns.caution import Length
from bot.nouns.conversation import Mood
from bot.nouns.time import Addition
from bot.screens import notes
from bot.screens.lines import said
from bot.screens.shapes import Card, Choice, Fact, Line, Quote, Said, Wait
from tests.adapters.rooms.slack.checks import labels, pings_nobody, presses, sound, texts, words
from tests.adapters.rooms.slack.golden_files import SIGNER, same_as_golden
from tests.adapters.rooms.slack.vectors import LINKS, PINGS
from tests.bot.build import START, a_team, ready
from tests.bot.screens.states import STATES
from tests.bot.screens.test_lines import EVENTS, TEXT
from tests.bot.screens.test_portrait import painted

anything = st.text(st.characters(exclude_categories=()), max_size=300)


def full(text: str, times: int = 1) -> Card:
    """A card with that text in every part of it."""
    passages = (
        Quote(text, by=text, at=START, url=text, more=True),
        Quote(text, by=text, ours=True, length=Length(3, 2)),
        Quote(text, veiled=text),
        Quote(text, copy=True, url="https://square.test/m1"),
        Said(text),
        Fact(text, text, START, late=True),
        Wait(text, START, START + timedelta(minutes=20), (Addition(minutes=10, because=text, seconds=5),)),
    )
    choices = (Choice("claim", text or "Claim", {"epoch": "1"}, likely=True), Choice("write", "Write", form=True))
    return Card("i1", "c1", text, text, Mood.WAITING, passages * times, choices, choices, link="https://desk.test/i/i1")


@pytest.mark.parametrize("name", STATES)
def test_each_state_looks_as_its_golden_file(name: str) -> None:
    """A reviewer reads in golden/ what Slack is sent; Slack would take it."""
    message = card(painted(STATES[name](), link="https://desk.test/i/i1"), SIGNER)
    sound(message)
    same_as_golden(f"card_{name}", message)


@pytest.mark.parametrize("name", STATES)
def test_each_state_in_a_shared_channel_names_nobody(name: str) -> None:
    """Nobody's words, name or address, and yet every press, with a way to look."""
    one = painted(STATES[name]())
    message = card(one, SIGNER, minimal=True)
    sound(message)
    shown = message.text + words(message.blocks)
    for private in ("Mara", "Ana", "Theo", "Kim", "parcel", "square.test", "Eleven", "+49"):
        assert private not in shown
    assert labels(message.blocks)[: len(one.choices) + 1] == ["Look at it", *(c.label for c in one.choices)]


@pytest.mark.parametrize("name", STATES)
def test_nothing_of_a_card_vanishes(name: str) -> None:
    """Every sentence, fact and press of the card can be read or opened."""
    one = painted(STATES[name]())
    message = card(one, SIGNER)
    shown = words(message.blocks).replace("\u2060", "")
    for passage in one.passages:
        match passage:
            case Quote(text=text) | Said(text=text):
                assert text.split("\n")[0] in shown
            case Fact(name=fact, text=text):
                assert fact in shown
                assert text in shown
            case Wait(text=text):
                assert text in shown
    pressed = [SIGNER.unpack(button["value"]) for button in presses(message.blocks)]
    assert [p.act for p in pressed if p is not None][-len(one.choices) :] == [
        c.act for c in one.choices
    ] or not one.choices
    behind = [m for b in presses(message.blocks) if (m := SIGNER.unpack_menu(b["value"])) is not None]
    assert [c.label for menu in behind for c in menu.choices] == [c.label for c in one.more]


def test_a_mood_has_its_mark() -> None:
    """The mark repeats the word: open, half, full where it waits too long, dotted once it is settled or away."""
    plain = Card("i1", "c1", "x", "", Mood.WAITING, ())
    marks = {mood: words(card(replace(plain, mood=mood), SIGNER).blocks) for mood in Mood}
    assert ["○ Waiting" in marks[Mood.WAITING], "◐ Cooling" in marks[Mood.COOLING]] == [True, True]
    assert ["○ Ready" in marks[Mood.READY], "◌ Settled" in marks[Mood.SETTLED]] == [True, True]
    assert "◎ Storm" in marks[Mood.STORM]
    assert "● Waiting" in words(card(replace(plain, late=True), SIGNER).blocks)
    assert "◌ Offline" in words(card(replace(plain, offline=True), SIGNER).blocks)


def test_long_words_are_shortened_until_slack_takes_them() -> None:
    """A card of very long words keeps its presses and says that there is more."""
    for times in (1, 5, 60):
        message = card(full("They said it was nothing, and then it came again. " * 400, times), SIGNER)
        sound(message)
        assert "Write" in labels(message.blocks)
    assert "There is more to it than fits here." in words(message.blocks)


def test_words_of_nothing_but_signs_are_quoted_whole() -> None:
    """Each `&` takes five characters in Slack's markup; none of them is lost."""
    shown = card(replace(full("x"), passages=(Quote("&" * 1700, by="x"),)), SIGNER)
    sound(shown)
    assert words(shown.blocks).count("&amp;") == 1700


def test_words_of_ours_are_shown_to_the_letter() -> None:
    """What is to be sent or copied is not formatted, changed or shortened."""
    text = "We are *sorry*.\n\n> Please call `us` at 10:30, _today_ & soon.\n  Ana"
    for quote in (Quote(text, by="Ana", ours=True), Quote(text, copy=True)):
        message = note(replace(full("x"), passages=(quote,)), SIGNER)
        assert text in texts(message.blocks, "plain_text")


@settings(max_examples=60, deadline=None)
@given(anything, st.integers(1, 12))
def test_whatever_is_written_slack_takes_it(text: str, times: int) -> None:
    """Any text in any part of a card, a line or a note."""
    one = full(text * times)
    for message in (card(one, SIGNER), card(one, SIGNER, minimal=True), note(one, SIGNER)):
        sound(message)
    for shown in (line(Line(text, START, by=text, quote=text * times, moment=START), minimal=m) for m in (False, True)):
        sound(shown)


@pytest.mark.parametrize("vectors", [PINGS, LINKS], ids=["pings", "links"])
def test_no_vector_comes_through(vectors: list[str]) -> None:
    """In no part of a card, a line or a note does one of them ping somebody or lead astray."""
    for vector in vectors:
        one = full(vector)
        for message in (card(one, SIGNER), note(one, SIGNER), line(Line(vector, START, by=vector, quote=vector))):
            pings_nobody(message)


def test_lines_look_as_their_golden_file() -> None:
    """Every event that is told in the thread, one after the other."""
    team = a_team()
    told = [one for event in EVENTS if (one := said(event, team, TEXT.read())) is not None]
    messages = [line(one) for one in told]
    for message in messages:
        sound(message)
    whole = tuple(block for message in messages for block in message.blocks)
    same_as_golden("lines", Message("\n".join(message.text for message in messages), whole))


def test_a_line_says_it_as_every_room_does() -> None:
    """text moment (by): quote, with what is '' left out."""
    assert line(Line("Ana has this.", START)).text == "Ana has this."
    assert line(Line("Ana has this", START)).text == "Ana has this."
    assert line(Line("Noted", START, by="Ana", quote="Call her.")).text == "Noted (Ana): Call her."
    whole = line(Line("Next call", START, moment=START, quote="Call her."))
    assert whole.text.startswith("Next call <!date^")
    assert whole.blocks[1]["text"]["text"] == ">Call her."
    for kind in ("noted", "claimed", "opened", "delivered"):
        shared = line(Line("Ana noted for Mara", START, by="Kim", quote="Call her.", kind=kind), minimal=True)
        sound(shared)
        assert not [name for name in ("Ana", "Mara", "Kim", "Call her") if name in f"{shared.text}{shared.blocks}"]


def test_notes_look_as_their_golden_files() -> None:
    """It begins with what it says; what cooled stands there whole, with its presses."""
    view = ready()
    incident, found = view.incidents["i1"], view.conversations["c1"]
    message = note(notes.cooled(incident, found, found.drafts[0], a_team()), SIGNER)
    sound(message)
    assert message.text.startswith("It has cooled.")
    same_as_golden("note_cooled", message)
    rest = note(notes.rest(incident, found, "That was a hard hour."), SIGNER)
    sound(rest)
    same_as_golden("note_rest", rest)


def test_a_note_without_words_still_says_something() -> None:
    """What a notification shows is never empty."""
    sound(note(Card("", "", "", "", Mood.WAITING, ()), SIGNER))
    sound(card(Card("", "", "", "", Mood.WAITING, ()), SIGNER))


def test_a_link_shows_where_it_leads() -> None:
    """Only http and https to a named host, under that host's own letters."""
    shown = words(card(replace(full("x"), passages=(Quote("x", url="https://bücher.test/a b"),)), SIGNER).blocks)
    assert "bücher" not in shown
    for url, host in (
        ("https://square.test/m1?a=1&b=2", "square.test"),
        ("http://[::1]:8080/x", "[::1]:8080"),
        ("https://bücher.test/ü", "xn--bcher-kva.test"),
    ):
        assert f"|{host}>" in words(card(replace(full("x"), passages=(Quote("x", url=url),)), SIGNER).blocks)
    for url in (
        "javascript:alert(1)",
        "https://a@b.test",
        "https://",
        "https://a b.test",
        "https://x\u202ey.test",
        "http://[x",
    ):
        assert "|" not in words(card(replace(full("x"), link="", passages=(Quote("x", url=url),)), SIGNER).blocks)


def test_a_link_longer_than_a_line_is_its_host_in_words() -> None:
    """Written out with its % signs an address may be six times as long: no half of one is ever shown."""
    for url in (f"https://square.test/{'ж' * 1900}", f"https://square.test/?{'&' * 1900}"):
        message = card(replace(full("x"), passages=(Quote("x", by="Mara", at=START, url=url),)), SIGNER)
        sound(message)
        assert "square.\u2060test" in words(message.blocks)
        assert "%D0" not in words(message.blocks)
    nobody = card(replace(full("x"), link="", passages=(Quote("x", url=f"https://{'a.' * 700}test/"),)), SIGNER)
    sound(nobody)
    assert "a.a" not in words(nobody.blocks)


def test_a_line_with_a_moment_is_never_cut_within_it() -> None:
    """However long the words before and the name behind it are."""
    for length in range(1900, 2010, 7):
        message = line(Line("x" * length, START, by="y" * 400, moment=START, quote="What somebody wrote."))
        sound(message)
