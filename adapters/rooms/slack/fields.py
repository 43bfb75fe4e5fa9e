"""A form's fields as inputs. Each carries in its block_id what reading it takes: see `named` and `parted`."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import assert_never

from adapters.rooms.slack.dates import unix
from adapters.rooms.slack.message import OPTION, Block, plain_text, section
from adapters.rooms.slack.presses import Kind
from adapters.rooms.slack.text import cut, escape, sendable, size
from bot.screens.shapes import Field, FieldKind

#: The longest text one box of Slack's takes (docs.slack.dev/reference/block-kit/block-elements/plain-text-input-element).
BOX = 3000
#: Up to so many options stand open; Slack takes at most ten.
_STAND_OPEN = 8
_GROUP, _VALUE = 100, 150
_ROOM = 2000
#: What stood between two boxes' texts before they were cut, by the letter their block_id ends with.
SEAMS: Mapping[str, str] = {"x": "", "s": " ", "n": "\n", "p": "\n\n"}
_SEAM = {white: letter for letter, white in SEAMS.items()}
_BLOCK = re.compile(r"f\.(?P<name>.+)\.(?P<round>\d{1,6})\.(?P<part>\d{1,3})(?P<seam>[xsnp])")


@dataclass(frozen=True, slots=True)
class Seen:
    """What stood in an open form's fields, by name, and how often each was painted anew.

    Slack keeps what was typed in a box as long as its block_id stays, so a box that shall show something else is named
    anew, and all others keep their names: nothing is lost of what is typed in the meantime.
    """

    values: Mapping[str, str] = field(default_factory=dict)
    rounds: Mapping[str, int] = field(default_factory=dict)

    def round(self, name: str, value: str) -> int:
        """The round of a field that shall show `value`."""
        before = self.rounds.get(name, 0)
        return before if self.values.get(name, value) == value else before + 1


@dataclass(frozen=True, slots=True)
class Part:
    """What a block_id says: the field, its round, which box of it, and what stood before that box."""

    name: str
    round: int
    part: int
    seam: str


def parted(block_id: str) -> Part | None:
    """A block_id read; None where it is no input of a form's."""
    found = _BLOCK.fullmatch(block_id)
    if found is None:
        return None
    return Part(found["name"], int(found["round"]), int(found["part"]), SEAMS[found["seam"]])


def named(name: str, round_: int, part: int = 0, seam: str = "x") -> str:
    """The block_id of a field's input."""
    return f"f.{name}.{round_}.{part}{seam}"


def inputs(one: Field, value: str, round_: int, options: list[str]) -> list[Block]:
    """A field's inputs with what was typed. Values of options that Slack would not carry are put into `options`."""
    match one.kind:
        case FieldKind.LINE | FieldKind.LENGTH if size(value) <= BOX:
            return [_input(one, named(one.name, round_), _heard(_box(one, value, multiline=size(value) > 200)))]
        case FieldKind.TEXT | FieldKind.LINE | FieldKind.LENGTH:
            return _boxes(one, value, round_)
        case FieldKind.CHOICE:
            return _choice(one, value, round_, options)
        case FieldKind.MOMENT:
            return [_input(one, named(one.name, round_), _moment(value))]
        case FieldKind.TICK:
            return [_input(one, named(one.name, round_), _tick(one, value))]
        case FieldKind.HIDDEN:
            return []
        case _:
            assert_never(one.kind)


def _input(one: Field, block_id: str, element: Block, label: str = "", required: bool | None = None) -> Block:
    needed = one.required if required is None else required
    block: Block = {
        "type": "input",
        "block_id": block_id,
        "label": plain_text(label or one.label or "Words", 2000),
        "element": element,
        "optional": not needed,
    }
    help_ = one.help or ("As in 30m, 2h or 3d." if one.kind is FieldKind.LENGTH else "")
    block |= {"hint": plain_text(help_, 2000)} if help_ else {}
    return {**block, "dispatch_action": True} if "dispatch_action_config" in element else block


def _box(one: Field, value: str, *, multiline: bool) -> Block:
    box: Block = {
        "type": "plain_text_input",
        "action_id": Kind.TYPE,
        "multiline": multiline,
        "max_length": max(min(one.longest or BOX, BOX), min(size(value), BOX)),
    }
    return {**box, "initial_value": sendable(value)} if value else box


def _boxes(one: Field, value: str, round_: int) -> list[Block]:
    """A long text in several boxes, and an empty one where the last is nearly full and more is allowed."""
    pieces = list(cut(value, BOX - 100))
    found: list[Block] = []
    for place in range(len(pieces)):
        seam, text = _seam(pieces, place)
        label = one.label if place == 0 else "Going on"
        found.append(_typed(one, named(one.name, round_, place, seam), text, label, one.required and place == 0))
    if size(pieces[-1]) > _ROOM and (one.longest > BOX or not one.longest):
        found.append(_typed(one, named(one.name, round_, len(pieces), "n"), "", "Going on", False))
    return found


def _seam(pieces: Sequence[str], place: int) -> tuple[str, str]:
    """What a piece begins after, and the piece without the white space of its seams."""
    before = pieces[place - 1] if place else ""
    white = before[len(before.rstrip()) :]
    seam = _SEAM.get(white, "x") if place else "x"
    piece = pieces[place]
    if place + 1 < len(pieces) and piece[len(piece.rstrip()) :] in _SEAM:
        piece = piece.rstrip()
    return seam, piece


def _typed(one: Field, block_id: str, text: str, label: str, required: bool) -> Block:
    return _input(one, block_id, _heard(_box(one, text, multiline=True)), label, required)


def _heard(box: Block) -> Block:
    """A box that tells us while it is typed in, so that nothing is lost when the form is closed."""
    return {**box, "dispatch_action_config": {"trigger_actions_on": ["on_character_entered"]}}


def _moment(value: str) -> Block:
    picker: Block = {"type": "datetimepicker", "action_id": Kind.TYPE}
    try:
        at = datetime.fromisoformat(value)
    except ValueError:
        return picker
    return {**picker, "initial_date_time": unix(at if at.tzinfo is not None else at.replace(tzinfo=UTC))}


def _tick(one: Field, value: str) -> Block:
    option = {"text": plain_text(one.label, OPTION), "value": "yes"}
    ticked = {"initial_options": [option]} if value == "yes" else {}
    return {"type": "checkboxes", "action_id": Kind.TYPE, "options": [option], **ticked}


def _choice(one: Field, value: str, round_: int, long: list[str]) -> list[Block]:
    chosen = set(value.split("\n")) if one.many else {value}
    told = dict(one.options)
    options = [{"text": plain_text(label, OPTION), "value": _carried(v, long)} for v, label in told.items()]
    if not options:
        return [section(f"*{escape(one.label)}:* There is nothing to choose from.")]
    picked = [option for option, v in zip(options, told, strict=True) if v in chosen]
    return [_input(one, named(one.name, round_), _select(options, picked, one.many))]


def _select(options: list[Block], picked: list[Block], many: bool) -> Block:
    few = len(options) <= _STAND_OPEN
    kind = ("checkboxes" if few else "multi_static_select") if many else ("radio_buttons" if few else "static_select")
    element: Block = {"type": kind, "action_id": Kind.TYPE}
    if len(options) <= _GROUP:
        element["options"] = options
    else:
        element["option_groups"] = [
            {"label": plain_text(f"{at + 1} to {min(at + _GROUP, len(options))}"), "options": options[at : at + _GROUP]}
            for at in range(0, len(options), _GROUP)
        ]
    if not picked:
        return element
    return {**element, **({"initial_options": picked} if many else {"initial_option": picked[0]})}


def _carried(value: str, long: list[str]) -> str:
    """The value as an option carries it: itself, or its place among the long ones."""
    if value and size(value) <= _VALUE and not value.startswith("~") and sendable(value) == value:
        return value
    long.append(value)
    return f"~{len(long) - 1}"
