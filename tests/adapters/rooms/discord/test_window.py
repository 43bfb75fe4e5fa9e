"""Every form as a window: within what Discord takes, and read back as it was filled in."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from adapters.rooms.discord import moments
from adapters.rooms.discord.answering import shown
from adapters.rooms.discord.came import Came
from adapters.rooms.discord.doing import Do, Then
from adapters.rooms.discord.lead import filled, labels, lead
from adapters.rooms.discord.reading import read
from adapters.rooms.discord.window import needs_window, window
from bot.nouns.caution import Caution, Length, Level, Suggestion
from bot.nouns.team import Handle
from bot.nouns.time import Addition
from bot.screens.forms import FORMS
from bot.screens.shapes import Choice, Field, FieldKind, Form, Gesture, GestureKind, Quote
from tests.adapters.rooms.discord.moderator import NOW, controls, submitted
from tests.adapters.rooms.discord.painting import (
    SIGNER,
    message,
    payload,
    presses,
    same_as_golden,
    texts,
    window_payload,
    words,
)

IDS = ("i0123456789abcdef", "cfedcba9876543210")


def _full(one: Form) -> Form:
    """A form with options and something in every field."""
    fields = tuple(
        replace(f, options=tuple((f"p{n}", f"Person {n}") for n in range(7))) if _open(f) else f for f in one.fields
    )
    values = {
        "words": "Some words", "url": "https://square.test/m1", "what": "A parcel", "until": "2026-03-02T12:00:00+00:00",
        "due": "2026-03-03T12:00:00+00:00", "on_duty": "yes", "zone": "Europe/Berlin", "roles": "lead\nmanager",
    }  # fmt: skip
    chosen = {f.name: f.options[0][0] for f in fields if f.kind is FieldKind.CHOICE and f.name not in values}
    names = {f.name for f in fields}
    return replace(
        one,
        fields=fields,
        filled={k: v for k, v in {**values, **chosen}.items() if k in names},
        incident=IDS[0],
        conversation=IDS[1],
    )


def _open(one: Field) -> bool:
    return one.kind is FieldKind.CHOICE and not one.options


def _back(one: Form, **typed: str | list[str]) -> Gesture:
    made = window(one, SIGNER)
    assert made is not None
    window_payload(made)
    did = read(Came("5", "window", "1", submitted(made, typed)), SIGNER, NOW)
    assert isinstance(did, Do)
    return did.gesture


@pytest.mark.parametrize("act", FORMS)
def test_every_form_fits_into_its_window_and_comes_back(act: str) -> None:
    """Sent back untouched it holds what stood in it, on what it acted on."""
    one = _full(FORMS[act])
    payload(lead(one, SIGNER)[0])
    if not needs_window(one):
        return
    gesture = _back(one)
    assert (gesture.kind, gesture.act) == (GestureKind.FILLED, act)
    assert (gesture.incident, gesture.conversation) == IDS
    assert gesture.who == Handle(room="discord", id="1")
    for name, value in one.filled.items():
        if name in {"until", "due"}:
            assert datetime.fromisoformat(gesture.values[name]) == datetime.fromisoformat(value)
        else:
            assert gesture.values.get(name, "") == value


@pytest.mark.parametrize("act", FORMS)
def test_every_form_looks_as_its_golden_file(act: str) -> None:
    """A reviewer reads in golden/ what leads to each form, and what its window asks."""
    one = _full(FORMS[act])
    made = shown(
        one, Do(Gesture(id="g", kind=GestureKind.PRESS, who=Handle(room="discord", id="1"), act=act), Then.OPEN), SIGNER
    )
    parts = [message(view) for view in made.views]
    if made.modal is not None:
        found = window_payload(made.modal)
        parts.append(f"[window] {found['title']}")
        for part in found["components"]:
            inner = part["component"]
            options = ", ".join(o["label"] for o in inner.get("options", ()))
            value = inner.get("value") or ""
            parts.append(f"  {part['label']} ({inner['custom_id']}): {value or options}")
            parts += [f"    {part['description']}"] if part.get("description") else []
    same_as_golden(f"form_{act}", "\n".join(parts))


def test_a_list_without_options_says_so() -> None:
    """Discord takes no window without parts and no list without options: alone on the team, nobody can be chosen."""
    made = window(FORMS["assign"], SIGNER)
    assert made is not None
    (part,) = window_payload(made)["components"]
    assert part == {"type": 10, "content": f"**{FORMS['assign'].fields[0].label}**: there is nothing to choose from."}
    assert "to" not in _back(FORMS["assign"]).values


def test_more_ticks_than_windows_hold_lie_in_one_group() -> None:
    """Your settings have six fields; the two ticks share a place, and unticking is understood."""
    one = _full(FORMS["settings"])
    assert _back(one).values["on_duty"] == "yes"
    cleared = _back(one, t=[]).values
    assert cleared.get("on_duty", "") == cleared.get("shield", "") == ""
    assert _back(one, t=["shield"]).values["shield"] == "yes"


def test_a_long_list_takes_several_and_says_what_it_leaves_out() -> None:
    """Sixty conversations to close take three lists; of two hundred the rest is said."""
    many = replace(FORMS["close_list"].fields[0], options=tuple((f"c{n}", f"Mara {n}") for n in range(60)))
    one = replace(
        FORMS["close_list"], fields=(many, *FORMS["close_list"].fields[1:]), filled={"disposition": "answered"}
    )
    made = window(one, SIGNER)
    assert made is not None
    assert [c["custom_id"] for c in controls(made)] == [f"c.conversations.{n}" for n in range(3)] + ["c.disposition.0"]
    gesture = _back(one, conversations=["c0", "c30", "c59"])
    assert gesture.values["conversations"] == "c0\nc30\nc59"
    more = replace(one, fields=(replace(many, options=tuple((f"c{n}", "Mara") for n in range(200))), *one.fields[1:]))
    whole = window(more, SIGNER)
    assert whole is not None
    assert "100 more are not listed here" in str(window_payload(whole))


def test_a_choice_of_one_has_one_default() -> None:
    """Where what was chosen before is in several lists, or twice, Discord is handed one default at most."""
    one = replace(
        FORMS["assign"],
        fields=(Field("to", "To whom", FieldKind.CHOICE, (("a", "A"), ("b", "B"))),),
        filled={"to": "a\nb"},
    )
    made = window(one, SIGNER)
    assert made is not None
    assert [o.get("default", False) for o in controls(made)[0]["options"]] == [True, False]


def test_a_list_without_options_is_no_field() -> None:
    """While the store is away a list may be empty; its window opens without it."""
    assert window(replace(FORMS["settle_promise"], filled={}), SIGNER) is not None


def test_a_form_with_too_many_fields_is_noticed_when_it_is_made() -> None:
    """Six boxes do not fit into a window, and nobody would want them to vanish."""
    six = tuple(Field(f"f{n}", f"Field {n}") for n in range(6))
    with pytest.raises(ValueError, match="more fields"):
        window(Form("novel", "Novel", six), SIGNER)


def test_long_labels_and_titles_are_whole_somewhere() -> None:
    """A label longer than Discord takes is whole below it; a title is whole in the message that leads to the window."""
    label, title = "What this cannot stop. Tick what you have seen to", "A title " * 9
    one = replace(
        FORMS["note"], title=title, fields=(Field("words", label, FieldKind.TEXT, help="Really."),), error="x"
    )
    made = window(one, SIGNER)
    assert made is not None
    assert window_payload(made)["components"][0]["description"] == f"{label} Really."
    assert title.strip() in words(lead(one, SIGNER)[0])


def test_what_is_signed_wins_over_what_is_typed() -> None:
    """A window that was meddled with can't name another draft than the one it was opened on."""
    one = replace(
        FORMS["write"],
        values={"stage": "response", "draft": "d1"},
        length=Length(0, 500),
        incident=IDS[0],
        conversation=IDS[1],
    )
    made = window(one, SIGNER)
    assert made is not None
    data = {**submitted(made, {"words": "x"})}
    forged = {"type": 18, "component": {"type": 4, "custom_id": "f.draft.0", "value": "d2"}}
    data["components"] = [
        *data["components"],
        forged,
        {"type": 18},
        "odd",
        {"type": 1, "components": [{"custom_id": "z"}]},
    ]
    did = read(Came("5", "window", "1", data), SIGNER, NOW)
    assert isinstance(did, Do)
    assert (did.gesture.values["draft"], did.gesture.values["words"]) == ("d1", "x")
    assert did.gesture.finished is False


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2h", "2026-03-02T12:00:00+00:00"), ("in 30 min", "2026-03-02T10:30:00+00:00"), ("3 days", "2026-03-05T10:00:00+00:00"),
        ("1w", "2026-03-09T10:00:00+00:00"), ("2026-03-04 15:00 UTC", "2026-03-04 15:00+00:00"), ("2026-03-04 15:00", "2026-03-04 15:00"),
        ("", ""), ("tomorrow", "tomorrow"),
    ],
)  # fmt: skip
def test_moments_as_people_type_them(typed: str, meant: str) -> None:
    """A length counts from now, UTC is said; the rest is read by the presser's own clock, at the desk."""
    assert moments.moment(typed, NOW) == meant


@pytest.mark.parametrize(("typed", "meant"), [("20 min", "20m"), ("2h", "2h"), ("1 week", "7d"), (" soon ", "soon")])
def test_lengths_as_people_type_them(typed: str, meant: str) -> None:
    """As forms write a length; what is none is handed on for the form to say so."""
    assert moments.length(typed) == meant


def test_a_length_has_a_box_of_its_own() -> None:
    """No form of ours asks for one yet; one that does is painted and read."""
    one = Form(
        "novel",
        "Novel",
        (Field("for", "For how long", FieldKind.LENGTH), Field("h", "", FieldKind.HIDDEN)),
        filled={"h": "1"},
    )
    values = _back(one, **{"for": "20 min"}).values
    assert values == {"for": "20m", "h": "1"}


def test_an_unreadable_moment_stays_as_it_was_typed() -> None:
    """What the desk could not read stands in the box again; a moment without an offset as it is."""
    one = Form("hold", "Hold", (Field("until", "Until", FieldKind.MOMENT),))
    for value in ("tomorrow", "2026-03-02T12:00"):
        made = window(replace(one, filled={"until": value}), SIGNER)
        assert made is not None
        assert controls(made)[0]["value"] == value


def test_many_remarks_take_what_room_there_is() -> None:
    """Thirty cautions and twelve suggestions: what fits stands there, the rest is said, and every message is sound."""
    caution = Caution(code="blame", level=Level.WARN, span=(0, 4), because="It blames somebody.", instead="We")
    one = replace(
        _full(FORMS["write"]),
        cautions=(caution,) * 30,
        suggestions=tuple(Suggestion(f"s{n}", "Sorry. " * 60, "It fits.") for n in range(12)),
        beside=(Quote("Mara said. " * 300, by="Mara"),),
        length=Length(4, 500),
        choices=(Choice("discard", "Discard", {"draft": "0123456789abcdef", "version": "1"}),),
        values={"stage": "response", "draft": "0123456789abcdef", "based_on": "1", "invites": ""},
        keep="Keep as a draft",
    )
    views = lead(one, SIGNER)
    for view in views:
        payload(view)
    assert len(views) > 1
    assert "more to look at" in words(views[-1])
    assert {"Edit", "Finish", "Keep as a draft", "Discard"} <= set(presses(views[-1]))
    assert texts(views[-1])


def test_choices_are_carried_by_what_they_are_called() -> None:
    """Two options of the same name are told apart, and each is found again."""
    one = Form(
        "move",
        "Move",
        (Field("to", "Where to", FieldKind.CHOICE, (("i1", "Parcel"), ("i2", "Parcel"))),),
        filled={"to": "i2"},
    )
    assert labels(one.fields[0]) == {"i1": "Parcel", "i2": "Parcel (2)"}
    assert filled(one) == {"to": "Parcel (2)"}
    did = Do(
        Gesture(id="g", kind=GestureKind.PRESS, who=Handle(room="discord", id="1"), act="move"), Then.OPEN, filled(one)
    )
    again = shown(replace(one, filled={}), did, SIGNER)
    assert again.modal is not None
    assert [o.get("default", False) for o in controls(again.modal)[0]["options"]] == [False, True]


def test_words_to_be_posted_by_hand_are_copied_to_the_sign() -> None:
    """They stand in a code block, which copies as it is, with the press that opens the place; a fence in them is escaped."""
    words_ = "Dear *Mara*, <@1>\nhttps://a.test"
    one = replace(
        FORMS["by_hand"], beside=(Quote(words_, by="To be posted", url="https://square.test/m1", ours=True, copy=True),)
    )
    (view,) = lead(one, SIGNER)
    payload(view)
    assert f"```\n{words_}\n```" in words(view)
    assert "(>) Open on square.test" in message(view)
    fenced = replace(one, beside=(Quote("```x```", copy=True), Quote("y " * 4000, copy=True)))
    for each in lead(fenced, SIGNER):
        payload(each)
    assert "> \\`\\`\\`x" in words(lead(fenced, SIGNER)[0])


def test_a_caution_nobody_named_yet_is_read_as_words() -> None:
    """With nothing better to say it only says why; one that is better left out says so."""
    plain = Caution(code="too_soon", level=Level.NOTE, span=(0, 0), because="Wait a little.")
    out = Caution(code="blame", level=Level.NOTE, span=(0, 4), because="It blames.", instead="")
    one = replace(
        _full(FORMS["write"]),
        cautions=(plain, out),
        cools=timedelta(minutes=20),
        because=(Addition(minutes=30, because="it argues"),),
    )
    (view,) = lead(one, SIGNER)
    assert "**Too soon**: Wait a little." in words(view)
    assert "Better left out." in words(view)
    assert "It cools for 20 min, because it argues." in words(view)


def test_a_moment_that_was_typed_is_shown_by_the_readers_own_clock() -> None:
    """The window can only hold the clock that everybody shares; the message beside it says what that is for its reader."""
    one = replace(FORMS["hold"], filled={"until": "2026-03-02T12:00:00+00:00", "words": "Recall"}, error="Until when?")
    (view,) = lead(one, SIGNER)
    assert "> 2026-03-02 12:00 UTC\n-# That is <t:1772452800:f>" in words(view)
    (other,) = lead(replace(one, filled={"until": "soon"}), SIGNER)
    assert "That is" not in words(other)
