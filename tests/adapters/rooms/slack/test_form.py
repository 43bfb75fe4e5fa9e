"""Forms as modals: what stands beside, the boxes, the second reader, and everything typed read back to the letter."""

import random
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.rooms.slack.fields import Seen, parted
from adapters.rooms.slack.form import form
from adapters.rooms.slack.heard import Do, Typing
from adapters.rooms.slack.reading import interaction
from adapters.rooms.slack.seen import seen
from bot.nouns.caution import Caution, Length, Level, Suggestion
from bot.screens.forms import FORMS
from bot.screens.shapes import Choice, Field, FieldKind, Form, Gesture, GestureKind, Quote, Said
from tests.adapters.rooms.slack.checks import labels, sound_view, words
from tests.adapters.rooms.slack.forms import (
    EVERY_KIND,
    THEIRS,
    WORDS,
    filled_in,
    pressed,
    submitted,
    untouched,
    writing,
)
from tests.adapters.rooms.slack.golden_files import SIGNER, same_as_golden
from tests.adapters.rooms.slack.vectors import LINKS, PINGS

anything = st.text(st.characters(exclude_categories=()), max_size=200)


def gesture(payload: dict[str, object]) -> Gesture:
    """What it comes to, where it comes to a gesture."""
    found = interaction(payload, SIGNER)
    assert isinstance(found, Do), found
    return found.gesture


def block_of(view: dict[str, object], name: str) -> str:
    """The block_id of a field's first box."""
    found = [b["block_id"] for b in view["blocks"] if b["type"] == "input"]  # type: ignore[attr-defined]  # a view is JSON
    return next(str(one) for one in found if (part := parted(one)) is not None and part.name == name)


@pytest.mark.parametrize("act", FORMS)
def test_every_form_of_the_product_is_taken(act: str) -> None:
    """Each opens unfilled, with a title, a press that finishes it, and its fields to fill in."""
    one = FORMS[act]
    view = form(one, SIGNER)
    sound_view(view)
    shown = words(view)
    assert all(field.label in shown for field in one.fields if field.options or field.kind is not FieldKind.CHOICE)
    assert gesture(submitted(view)).act == act


def test_the_writing_form_looks_as_its_golden_file() -> None:
    """Their words, the boxes, cautions with a reason and better words, length and wait, ways out, suggestions."""
    view = form(writing(), SIGNER)
    sound_view(view)
    same_as_golden("form_write", view)


def test_a_form_of_every_kind_looks_as_its_golden_file() -> None:
    """Every kind of field as Slack has it."""
    view = form(EVERY_KIND, SIGNER)
    sound_view(view)
    same_as_golden("form_every_kind", view)


def test_an_untouched_form_says_what_it_opened_with() -> None:
    """Every kind of field comes back as it was filled, and what it hides with it."""
    found = gesture(submitted(form(EVERY_KIND, SIGNER)))
    assert found.values == {**EVERY_KIND.filled, "version": "3"}
    assert (found.kind, found.finished, found.kept) == (GestureKind.FILLED, True, False)
    view = form(EVERY_KIND, SIGNER)
    assert gesture(submitted({**view, "id": "V1", "state": {"values": {}}})).values == found.values


def test_what_was_chosen_comes_back() -> None:
    """A line, an option, several, a moment, no tick."""
    view = form(EVERY_KIND, SIGNER)
    changed = filled_in(
        view,
        line="Ben",
        one={"selected_option": {"value": "a"}},
        some={"selected_options": [{"value": "y"}]},
        when={"selected_date_time": 1772449200},
        tick={"selected_options": []},
        list={"selected_option": None},
    )
    found = gesture(submitted(changed)).values
    assert [found[name] for name in ("line", "one", "some", "tick", "list")] == ["Ben", "a", "y", "", ""]
    assert found["when"] == "2026-03-02T11:00:00+00:00"


def test_without_its_blocks_a_form_is_read_all_the_same() -> None:
    """Some relays leave the blocks out; the state is enough."""
    view = {**untouched(form(writing(), SIGNER)), "blocks": []}
    assert seen(view).values == writing().filled


def test_what_is_no_field_of_ours_is_left_out() -> None:
    """An input we did not paint, a day that no calendar has, a state of another kind."""
    view = {
        "state": {"values": {"other": {"x": {"value": "1"}}, "f.when.0.0x": {"type": {"selected_date_time": 10**18}}}}
    }
    assert seen(view).values == {"when": ""}
    odd = {"state": {"values": {"f.words.0.0x": {"type": {"value": 5}}}}}
    assert seen(odd).values == {"words": ""}


def test_options_too_long_for_slack_come_back_whole() -> None:
    """Long values, empty ones, and ones that look like a place in a list."""
    options = (("x" * 400, "Long"), ("", "Nobody"), ("~0", "Odd"), ("plain", "Plain"))
    one = Form("assign", "Give it", (Field("to", "To whom", FieldKind.CHOICE, options),), incident="i1")
    for value, _ in options:
        view = form(replace(one, filled={"to": value}), SIGNER)
        sound_view(view)
        assert gesture(submitted(view)).values["to"] == value
    forged = filled_in(form(one, SIGNER), to={"selected_option": {"value": "~99"}})
    assert gesture(submitted(forged)).values["to"] == ""


def test_a_list_without_anything_says_so() -> None:
    """Slack refuses an empty list; the reader is told."""
    view = form(Form("merge", "Put it", (Field("into", "Into which", FieldKind.CHOICE),)), SIGNER)
    sound_view(view)
    assert "There is nothing to choose from." in words(view)


@pytest.mark.parametrize("size", [0, 1, 2900, 3000, 5000, 20_000])
def test_a_long_text_stands_in_several_boxes(size: int) -> None:
    """Slack's boxes end at 3,000 characters; the words come back whole, to the letter."""
    for text in (("One line and another.\n\nA new one. " * 1000)[:size].strip(), "字" * size):
        view = form(writing(text), SIGNER)
        sound_view(view)
        assert gesture(submitted(view)).values["words"] == text


def test_a_text_may_go_on_where_a_box_is_nearly_full() -> None:
    """An empty box follows, and what is typed there begins a new line."""
    view = form(writing("word " * 450), SIGNER)
    boxes = [b for b in view["blocks"] if b["type"] == "input" and b["block_id"].startswith("f.words")]
    assert [b["label"]["text"] for b in boxes] == ["Your reply, as Mara will see it", "Going on"]
    shown = untouched(view)
    shown["state"]["values"][boxes[1]["block_id"]]["type"]["value"] = "And more."
    assert gesture(submitted(shown)).values["words"].endswith("word \nAnd more.")


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=9000))
def test_any_words_come_back(text: str) -> None:
    """What opens in the boxes and is not touched is the same words, but for white space at a cut."""
    view = form(writing(text), SIGNER)
    found = gesture(submitted(view)).values["words"]
    assert found.replace("\r\n", "\n") == text.replace("\r\n", "\n")


def test_looking_finishes_nothing() -> None:
    """Check my words: the same form, not finished; every check is another gesture."""
    view = form(writing(), SIGNER)
    typed = filled_in(view, words="Dear Mara")
    found = gesture(pressed(typed, "Check my words"))
    assert (found.kind, found.act, found.finished, found.values["words"]) == (
        GestureKind.FILLED,
        "write",
        False,
        "Dear Mara",
    )
    assert found.values["draft"] == "d1"
    assert (found.incident, found.conversation) == ("i1", "c1")


def test_keeping_is_a_press_of_its_own() -> None:
    """Keep as a draft hands in everything typed, kept; the same words kept twice are one gesture."""
    typed = filled_in(form(writing(), SIGNER), words="Dear Mara")
    found = gesture(pressed(typed, "Keep as a draft"))
    assert (found.finished, found.kept, found.values["words"]) == (True, True, "Dear Mara")
    assert gesture(pressed(typed, "Keep as a draft")).id == found.id
    assert "Keep as a draft" not in labels(form(FORMS["correct"], SIGNER))


def test_typing_is_remembered() -> None:
    """Every letter typed tells what would be kept if the form were closed now."""
    view = filled_in(form(writing(), SIGNER), words="Dea")
    block = block_of(view, "words")
    payload = {
        **pressed(view, "Check my words"),
        "actions": [{"type": "plain_text_input", "action_id": "type", "block_id": block}],
    }
    found = interaction(payload, SIGNER)
    assert isinstance(found, Typing)
    assert found.keeps
    assert found.gesture.kept
    assert found.gesture.values["words"] == "Dea"
    assert found.seen.values["words"] == "Dea"


def test_taking_a_suggestion_changes_the_box_and_finishes_nothing() -> None:
    """Its text to the letter, in a box that Slack paints anew; other boxes keep what is typed in them."""
    view = form(writing(), SIGNER)
    found = interaction(pressed(view, "Take it", labels(view).count("Take it") - 2), SIGNER)
    assert isinstance(found, Do)
    assert found.gesture.values["words"] == "Hello Mara,\nI am sorry. [What happened?]\n\nAna"
    assert not found.gesture.finished
    after = form(writing(found.gesture.values["words"]), SIGNER, seen=found.seen)
    assert block_of(after, "words") != block_of(view, "words")
    assert block_of(after, "what") == block_of(view, "what")


def test_taking_better_words_changes_only_what_they_mean() -> None:
    """A span is replaced, a sentence added, a rude word taken out; words that moved are found, words that went are left."""
    view = form(writing(), SIGNER)
    pressed_words = [
        gesture(pressed(view, label, nth)).values["words"]
        for label, nth in (("Take it out", 0), ("Take it", 0), ("Take it", 1))
    ]
    assert pressed_words == [
        WORDS[2:],
        WORDS[:14] + "we missed you" + WORDS[50:],
        f"{WORDS} I write to you by noon.",
    ]
    moved = filled_in(view, words=f"Mara! {WORDS}")
    assert "we missed you" in gesture(pressed(moved, "Take it")).values["words"]
    gone = filled_in(view, words="Nothing of it is left.")
    assert gesture(pressed(gone, "Take it")).values["words"] == "Nothing of it is left."


def test_a_box_that_shall_show_something_else_is_named_anew() -> None:
    """Slack keeps what was typed as long as a box keeps its name, so only those change that must."""
    seen_ = Seen({"words": "typed", "what": "x"}, {"words": 4, "what": 2})
    assert seen_.round("words", "typed") == 4
    assert seen_.round("words", "other") == 5
    assert seen_.round("new", "") == 0


def test_the_same_words_sent_twice_are_one_gesture() -> None:
    """Slack may ask a person to press again; other words are another gesture, and so is another person's."""
    view = filled_in(form(writing(), SIGNER), words="Dear Mara")
    once = gesture(submitted(view)).id
    assert gesture({**submitted(view), "trigger_id": "t9"}).id == once
    assert gesture(submitted(filled_in(form(writing(), SIGNER), words="Dear Theo"))).id != once
    assert gesture({**submitted(view), "user": {"id": "U2"}}).id != once


def test_cautions_say_name_reason_and_better_words() -> None:
    """The gravest first; many of them are still all named."""
    shown = words(form(writing(), SIGNER))
    assert shown.index("A rude word") < shown.index("Blames somebody else") < shown.index("No next step")
    for part in (
        "It puts the fault on them.",
        "Say instead: “we missed you”",
        "Add: “I write to you by noon.”",
        "this has to be mended first",
    ):
        assert part in shown.replace("\u2060", "")
    many = tuple(Caution(code=f"odd_{n}", level=Level.NOTE, span=(n, n + 1), because="x") for n in range(40))
    view = form(writing(cautions=many), SIGNER)
    sound_view(view)
    assert all(f"Odd {n}" in words(view) for n in range(40))


def test_length_and_wait_are_said() -> None:
    """As the platform counts, and what makes the wait longer; where a ceiling cut it, only why."""
    assert "51 of 500 · It cools for 20 min, 10 more because it argues with them." in words(form(writing(), SIGNER))
    assert "too long for this place" in words(form(writing(length=Length(600, 500)), SIGNER))
    short = words(form(writing(cools=timedelta(minutes=5)), SIGNER))
    assert "It cools for 5 min, because it argues with them." in short


def test_titles_and_presses_too_long_for_slack_are_said_whole_beside() -> None:
    """A modal's title and buttons end at 24 characters."""
    one = writing(title="It has cooled. Read it as Mara would.", finish="Send, as Ana from the shop", error="Not yet.")
    view = form(one, SIGNER)
    sound_view(view)
    assert (view["title"]["text"], view["submit"]["text"]) == ("It has cooled", "Send")
    shown = words(view)
    for whole in ("It has cooled. Read it as Mara would.", "Send, as Ana from the shop", "Not yet."):
        assert whole in shown


def test_the_account_stands_beside_the_words_that_go_out() -> None:
    """As plain words: a handle that looks like an address is no link, and pings nobody."""
    ours = Quote("We look into it.", ours=True)
    view = form(Form("send", "It has cooled", (), beside=(ours, Said("As @shop@example.social on Mastodon."))), SIGNER)
    sound_view(view)
    shown = words(view).replace("\u2060", "")
    assert "As @shop@example.social on Mastodon." in shown
    assert "mailto" not in shown


def test_long_words_beside_are_one_press_away() -> None:
    """The boxes stay near the top, and the press leaves what is typed where it is."""
    view = form(writing(beside=(replace(THEIRS, text="Very long. " * 2000), THEIRS)), SIGNER)
    sound_view(view)
    found = gesture(pressed(view, "Read all"))
    assert (found.kind, found.act, found.conversation) == (GestureKind.PRESS, "words", "c1")
    veiled = form(writing(beside=(replace(THEIRS, veiled="Insults a person"),)), SIGNER)
    assert "Eleven days" not in words(veiled)
    assert gesture(pressed(veiled, "Show their words")).act == "words"


def test_very_much_beside_leaves_the_boxes_standing() -> None:
    """However much there is to look at, the form can be filled in and sent."""
    many = form(writing(beside=(Quote("word " * 600, by="x"),) * 120), SIGNER)
    sound_view(many)
    assert gesture(submitted(many)).values["words"] == WORDS


def test_what_slack_cannot_carry_is_said() -> None:
    """A form that acts on more than fits is not cut: it says where it can be filled in."""
    view = form(writing(values={str(n): random.Random(n).randbytes(60).hex() for n in range(60)}), SIGNER)
    sound_view(view)
    assert view["callback_id"] == "said"
    assert "web desk" in words(view)


def test_a_suggestion_too_long_to_press_can_still_be_read() -> None:
    """It stands there without a press."""
    text = random.Random(3).randbytes(2500).hex()
    view = form(writing(cautions=(), suggestions=(Suggestion("x", text, "fits"),)), SIGNER)
    sound_view(view)
    assert "Take it" not in labels(view)
    assert text[:500] in words(view)


@settings(max_examples=60, deadline=None)
@given(anything, st.integers(1, 20))
def test_whatever_is_written_slack_takes_it(text: str, times: int) -> None:
    """Any text in any part of a form."""
    sound_view(form(hostile(text * times), SIGNER))


@pytest.mark.parametrize("vectors", [PINGS, LINKS], ids=["pings", "links"])
def test_no_vector_comes_through(vectors: list[str]) -> None:
    """In no part of a form does one of them ping somebody or lead astray."""
    for vector in vectors[::5]:
        sound_view(form(hostile(vector), SIGNER))


def hostile(text: str) -> Form:
    """A form with that text in every part."""
    options = ((text, text), ("b", text))
    fields = (
        Field("words", text, FieldKind.TEXT, help=text, longest=5000),
        Field("line", text, help=text),
        Field("to", text, FieldKind.CHOICE, options),
        Field("some", text, FieldKind.CHOICE, options, many=True),
        Field("when", text, FieldKind.MOMENT),
        Field("tick", text, FieldKind.TICK),
        Field("kept", text, FieldKind.HIDDEN),
    )
    cautions = (Caution(code="blame", level=Level.WARN, span=(0, 3), because=text, instead=text),)
    return writing(
        text,
        title=text,
        fields=fields,
        filled={field.name: text for field in fields},
        cautions=cautions,
        beside=(replace(THEIRS, text=text, by=text),),
        error=text,
        finish=text or "Save",
        keep=text,
        choices=(Choice("discard", text, {"draft": text[:100]}),),
    )
