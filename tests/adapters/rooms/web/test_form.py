"""Forms: painted, and read when they come back."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from urllib.parse import urlencode

import pytest

from adapters.rooms.web.fields import Posted, filled, improved, posted
from adapters.rooms.web.paint_form import PaintedForm, form, pieces, tally
from adapters.rooms.web.times import zone
from bot.nouns.caution import Caution, Length, Level
from bot.screens.caution_names import caution_name
from bot.screens.shapes import Field, FieldKind, Form
from tests.adapters.rooms.web.test_paint import EYES
from tests.fakes import desk_pages as script

URLENCODED = "application/x-www-form-urlencoded"


def _posted(*pairs: tuple[str, str]) -> Posted:
    found = posted(URLENCODED, urlencode(pairs).encode())
    assert found is not None
    return found


def _as_browser(painted: PaintedForm) -> Posted:
    """What a browser would send of a painted form without touching it."""
    pairs = []
    for one in painted.fields:
        match one.kind:
            case "one" | "list" | "several":
                pairs += [(one.name, value) for value, _, chosen in one.options if chosen]
            case "tick":
                pairs += [(one.name, "yes")] if one.value == "yes" else []
            case "length":
                pairs += [(one.name, one.value), (f"u.{one.name[2:]}", one.unit)]
            case _:
                pairs.append((one.name, one.value))
    return _posted(*pairs)


def test_a_form_comes_back_as_it_was() -> None:
    """Painted and sent back untouched, every kind of field keeps its value."""
    painted = form(script.EVERY_FIELD, EYES)
    back = filled(_as_browser(painted), zone("Europe/Berlin"))
    expected = {name: value for name, value in script.EVERY_FIELD.filled.items() if name != "secret"}
    assert {name: value for name, value in back.items() if value} == expected


def test_what_is_hidden_travels_signed() -> None:
    """A hidden field is among the signed values and not among those a reader could change."""
    painted = form(script.EVERY_FIELD, EYES)
    assert json.loads(painted.signed.values) == {"secret": "s1"}
    assert all(not one.name.endswith("secret") for one in painted.fields)


def test_a_few_options_stand_open_and_many_are_a_list() -> None:
    """Radio buttons up to six, then a list; several are ticks."""
    kinds = {one.name: one.kind for one in form(script.EVERY_FIELD, EYES).fields}
    assert (kinds["f.way"], kinds["f.zone"], kinds["a.beyond"]) == ("one", "list", "several")


def test_a_long_line_is_given_room() -> None:
    """A line too long to be read in one row opens as a box."""
    one = Form("x", "X", (Field("what", "What"),))
    assert form(one, EYES).fields[0].kind == "line"
    assert form(replace(one, filled={"what": "w " * 40}), EYES).fields[0].kind == "text"


def test_only_words_for_outside_are_checked() -> None:
    """A reason is no draft: it has no length, no wait and no check."""
    reason = Form("x", "X", (Field("words", "Why", FieldKind.TEXT),))
    assert not form(reason, EYES).checks
    assert form(replace(reason, length=Length(0, 500)), EYES).checks
    assert form(script.WRITE, EYES).checks


def test_cautions_stand_under_the_words_they_mean() -> None:
    """The draft is cut where cautions and slots begin and end, and joined again it is the draft."""
    cut = pieces(script.DRAFT, script.CAUTIONS)
    assert "".join(piece.text for piece in cut) == script.DRAFT
    assert [piece.text for piece in cut if piece.mark == "caution"] == [
        "As we explained in chat, the carrier lost it.",
        "Here is 20 % off your next order.",
    ]
    assert [piece.text for piece in cut if piece.mark == "slot"] == ["[day and hour]"]


@pytest.mark.parametrize("span", [(-1, 3), (2, 99), (5, 2), (0, 0), (99, 120)])
def test_a_span_outside_the_words_marks_nothing(span: tuple[int, int]) -> None:
    """A caution that does not fit the text any more cannot break the page."""
    odd = Caution(code="blame", level=Level.WARN, span=span, because="x")
    assert all(piece.mark == "" for piece in pieces("short 🙂 text", (odd,)))


def test_spans_count_code_points() -> None:
    """A face before the words does not shift the mark."""
    odd = Caution(code="blame", level=Level.WARN, span=(3, 6), because="x")
    assert [piece.text for piece in pieces("🙂🙂 you lost it", (odd,)) if piece.mark] == ["you"]


@pytest.mark.parametrize(
    ("cautions", "words", "said"),
    [
        (0, "fine", ""),
        (1, "fine", "One thing to look at"),
        (2, "on [day]", "Two things to look at, one place to fill in"),
        (0, "[a] and [b]", "Two places to fill in"),
        (12, "x", "12 things to look at"),
    ],
)
def test_the_tally_says_what_is_left(cautions: int, words: str, said: str) -> None:
    """One line in words; nothing where nothing is left."""
    one = Caution(code="blame", level=Level.WARN, span=(0, 0), because="x")
    slot = Caution(code="unfilled_slot", level=Level.STOP, span=(0, 1), because="x")
    assert tally((one,) * cautions + (slot,), words) == said


def test_the_wait_is_said_with_its_reasons() -> None:
    """The base, what is added and why; a wait without reasons is said plainly; none is not mentioned."""
    assert form(script.WRITE, EYES).cools.startswith("It cools for 20 min, 10 more because it argues with her. You can")
    assert form(replace(script.WRITE, because=()), EYES).cools.startswith("It cools for 30 min. You can")
    assert form(replace(script.WRITE, because=(), cools=timedelta(hours=2)), EYES).cools.startswith("It cools for 2 h.")
    assert form(replace(script.WRITE, cools=None), EYES).cools == ""
    ceiling = form(replace(script.WRITE, cools=timedelta(minutes=5)), EYES).cools
    assert ceiling.startswith("It cools for 5 min, because it argues with her. You can")


def test_every_caution_has_a_name() -> None:
    """Codes never reach people; one nobody named is read as words."""
    assert caution_name("public_offer") == "An offer in public"
    assert caution_name("new_code") == "New code"


@pytest.mark.parametrize(
    ("words", "press", "becomes"),
    [
        ("I see. We lost it. Ben", {"was": "We lost it.", "at": 7, "now": "It was ours."}, "I see. It was ours. Ben"),
        (
            "Well, I see. We lost it.",
            {"was": "We lost it.", "at": 7, "now": "It was ours."},
            "Well, I see. It was ours.",
        ),
        ("I see. Ben", {"was": "We lost it.", "at": 7, "now": "It was ours."}, "I see. Ben"),
        ("Hi. Free bag. Ben", {"was": "Free bag.", "at": 4, "now": ""}, "Hi. Ben"),
        ("Hi. ", {"was": "", "at": 0, "now": "More at four."}, "Hi. More at four."),
        ("", {"was": "", "at": 0, "now": "More at four."}, "More at four."),
    ],
)
def test_a_better_wording_is_taken(words: str, press: Mapping[str, object], becomes: str) -> None:
    """It replaces the words it means where they still stand, is added where it means none, and else changes nothing."""
    assert improved({"words": words}, _posted(("instead", json.dumps(press))))["words"] == becomes


@pytest.mark.parametrize(
    "press", ["", "[]", "{}", "null", '{"was": 1}', '{"was":"a","at":1e999,"now":"b"}', "[" * 5000]
)
def test_a_strange_wording_changes_nothing(press: str) -> None:
    """What was typed is never lost over a press nobody handed out."""
    assert improved({"words": "a b c"}, _posted(("instead", press)))["words"] == "a b c"


def test_a_suggestion_takes_the_box() -> None:
    """Taking words puts them into the box, line ends as the web sends them made plain."""
    assert improved({"words": "old"}, _posted(("take", "new\r\nlines")))["words"] == "new\nlines"
    assert improved({"words": "old"}, _posted(("other", "x"))) == {"words": "old"}


def test_fields_are_read_by_their_letter() -> None:
    """Unknown letters are ignored, the first of a name counts, ticks of one name are joined by lines."""
    sent = _posted(
        ("f.a", "1"),
        ("f.a", "2"),
        ("a.b", "x"),
        ("a.b", "y"),
        ("z.c", "3"),
        ("plain", "4"),
        ("f.", "5"),
        ("n.d", ""),
        ("n.e", "5"),
        ("u.e", "y"),
    )
    assert filled(sent, zone("UTC")) == {"a": "1", "b": "x\ny", "d": "", "e": "5"}


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/json", b"{}"),
        ("multipart/form-data; boundary=x", b"--x--"),
        ("", b"a=b"),
        (URLENCODED, b"&".join(b"a%d=1" % n for n in range(600))),
    ],
)
def test_what_is_no_form_of_ours_is_none(kind: str, body: bytes) -> None:
    """Other kinds of body, and more fields than any form has, are not read."""
    assert posted(kind, body) is None


def test_broken_letters_are_replaced() -> None:
    """Bytes that are no UTF-8 become a mark; nothing fails."""
    found = posted(URLENCODED + "; charset=utf-8", b"f.a=\xff%FF%00")
    assert found is not None
    assert found.one["f.a"] == "\ufffd\ufffd\x00"
