"""Forms to try, and a Slack that fills them in: what a modal hands back when it is pressed."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from adapters.rooms.slack.fields import parted
from bot.nouns.caution import Caution, Length, Level, Suggestion
from bot.nouns.time import Addition
from bot.screens.shapes import Choice, Field, FieldKind, Form, Quote, Said
from tests.bot.build import START

WORDS = "We are sorry, but you must have missed the courier."
CAUTIONS = (
    Caution(
        code="blame", level=Level.WARN, span=(14, 50), because="It puts the fault on them.", instead="we missed you"
    ),
    Caution(
        code="no_next_step",
        level=Level.NOTE,
        span=(0, 0),
        because="They don't know what comes next.",
        instead="I write to you by noon.",
    ),
    Caution(code="profanity", level=Level.STOP, span=(0, 2), because="It is rude.", instead=""),
    Caution(code="shouting", level=Level.NOTE, span=(3, 6), because="It sounds loud."),
)
SUGGESTIONS = (
    Suggestion(
        "lost", "Hello Mara,\nI am sorry. [What happened?]\n\nAna", "A parcel that got lost", ("What happened?",)
    ),
    Suggestion("ask", "Please write to help@shop.test & we look.", "Asks them to write", invites=True),
)
THEIRS = Quote("Eleven days, and nobody *answers*.", by="Mara", at=START, url="https://square.test/m1")


def writing(words: str = WORDS, **changes: Any) -> Form:
    """The writing form, with all it can show."""
    told: dict[str, Any] = {
        "values": {"stage": "response", "draft": "d1", "based_on": "0"},
        "filled": {"what": "A lost parcel", "words": words},
        "cautions": CAUTIONS,
        "suggestions": SUGGESTIONS,
        "beside": (THEIRS, Said("These are Ben's words.")),
        "length": Length(len(words), 500),
        "cools": timedelta(minutes=30),
        "because": (Addition(minutes=10, because="it argues with them"),),
        "finish": "Finish, cools 30 min",
        "keep": "Keep as a draft",
        "incident": "i1",
        "conversation": "c1",
        "choices": (Choice("discard", "Discard", {"draft": "d1", "version": "1"}),),
    }
    fields = (
        Field("what", "What happened to them, and what do they want?", help="For you alone.", longest=500),
        Field("words", "Your reply, as Mara will see it", FieldKind.TEXT, required=True, longest=5000),
    )
    return replace(Form("write", "Write a reply", fields, **told), **changes)


EVERY_KIND = Form(
    "settings",
    "Everything a form can ask",
    (
        Field("line", "A line", required=True, help="As in a name."),
        Field("text", "A text", FieldKind.TEXT),
        Field("one", "One of few", FieldKind.CHOICE, (("a", "First"), ("b", "Second"))),
        Field("list", "One of many", FieldKind.CHOICE, tuple((str(n), f"Number {n}") for n in range(40))),
        Field("some", "Some of few", FieldKind.CHOICE, (("x", "Ex"), ("y", "Why"), ("z", "Zed")), many=True),
        Field("many", "Some of many", FieldKind.CHOICE, tuple((str(n), f"Number {n}") for n in range(250)), many=True),
        Field("when", "When", FieldKind.MOMENT),
        Field("long", "How long", FieldKind.LENGTH),
        Field("tick", "Tick it", FieldKind.TICK),
        Field("kept", "Not seen", FieldKind.HIDDEN),
    ),
    values={"version": "3"},
    filled={
        "line": "Ana", "text": "two\nlines", "one": "b", "list": "7", "some": "x\nz", "many": "0\n249",
        "when": "2026-03-02T10:00:00+00:00", "long": "30m", "tick": "yes", "kept": "h1",
    },
)  # fmt: skip


def untouched(view: Mapping[str, Any]) -> dict[str, Any]:
    """The view as Slack hands it back when nothing in it was touched: every input's state as it opened."""
    values = {block["block_id"]: {block["element"]["action_id"]: _state(block["element"])} for block in _inputs(view)}
    return {**view, "id": "V1", "hash": "h1", "state": {"values": values}}


def filled_in(view: Mapping[str, Any], **typed: Any) -> dict[str, Any]:
    """The same after somebody typed or chose in the first box of these fields."""
    shown = untouched(view)
    for block in _inputs(view):
        part = parted(block["block_id"])
        assert part is not None
        if part.name in typed and part.part == 0:
            state = shown["state"]["values"][block["block_id"]][block["element"]["action_id"]]
            state.update(typed[part.name] if isinstance(typed[part.name], dict) else {"value": typed[part.name]})
    return shown


def _inputs(view: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [block for block in view["blocks"] if block["type"] == "input"]


def _state(element: Mapping[str, Any]) -> dict[str, Any]:
    kind = element["type"]
    match kind:
        case "plain_text_input":
            return {"type": kind, "value": element.get("initial_value")}
        case "checkboxes" | "multi_static_select":
            return {"type": kind, "selected_options": element.get("initial_options", [])}
        case "datetimepicker":
            return {"type": kind, "selected_date_time": element.get("initial_date_time")}
        case _:
            return {"type": kind, "selected_option": element.get("initial_option")}


def pressed(view: Mapping[str, Any], label: str, nth: int = 0) -> dict[str, Any]:
    """The press of the nth button of that label in a view, as Slack tells it."""
    buttons = [
        (block, element)
        for block in view["blocks"]
        for element in (*block.get("elements", ()), *([block["accessory"]] if "accessory" in block else []))
        if element.get("type") == "button" and element["text"]["text"] == label
    ]
    block, button = buttons[nth]
    action = {
        "type": "button",
        "action_id": button["action_id"],
        "block_id": block.get("block_id", "b"),
        "value": button["value"],
        "action_ts": "1.5",
    }
    shown = view if "state" in view else untouched(view)
    return {
        "type": "block_actions",
        "user": {"id": "U1"},
        "trigger_id": "t1",
        "view": shown,
        "container": {"type": "view", "view_id": "V1"},
        "actions": [action],
    }


def submitted(view: Mapping[str, Any]) -> dict[str, Any]:
    """The view sent, as Slack tells it."""
    shown = view if "state" in view else untouched(view)
    return {"type": "view_submission", "user": {"id": "U1"}, "trigger_id": "t2", "view": shown}
