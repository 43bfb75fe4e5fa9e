"""A form as Discord's window (a modal): at most five components, each title and label short, each text up to 4,000.

Ticks lie together in one group; a text too long for one box takes two; a list longer than 25 takes several.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, assert_never

import discord
from discord import ui

from adapters.rooms.discord import text
from adapters.rooms.discord.blocks import chunks
from adapters.rooms.discord.packing import How, Pressed
from adapters.rooms.discord.pressing import Signer
from bot.screens.shapes import Field, FieldKind, Form

Window = ui.Modal
_Part = ui.Label[Any] | ui.TextDisplay[Any]
_PARTS, _TITLE, _LABEL, _HELP, _OPTION, _BOX, _LIST = 5, 45, 45, 100, 100, 4000, 25
#: A box is given no more than this to begin with, so that there is room to write.
_PIECE = 3500
MOMENT_HELP = "As in 2h, 3 days, or 2027-02-24 15:00 by your own clock."


def window(form: Form, signer: Signer) -> Window | None:
    """The window; None for a form that needs nothing typed. ValueError where its fields do not fit into one."""
    fields = [field for field in form.fields if field.kind is not FieldKind.HIDDEN]
    if not needs_window(form):
        return None
    parts = _parts(fields, form)
    if len(parts) > _PARTS:
        raise ValueError(f"the form {form.act} has more fields than a window of Discord holds")
    shown = ui.Modal(title=text.label(form.title, _TITLE), custom_id=signer.pack_form(_acts_on(form)))
    for part in parts:
        shown.add_item(part)
    return shown


def needs_window(form: Form) -> bool:
    """Whether something is to be typed or chosen; a lone tick is a press of its own."""
    return any(field.kind not in {FieldKind.HIDDEN, FieldKind.TICK} for field in form.fields) or len(ticks(form)) > 1


def ticks(form: Form) -> Sequence[Field]:
    """The fields that are only ticked."""
    return [field for field in form.fields if field.kind is FieldKind.TICK]


def public(form: Form) -> bool:
    """Whether its words are to be said outside: then they are looked at before they are finished."""
    return form.length is not None or form.cools is not None or bool(form.cautions)


def hidden(form: Form) -> dict[str, str]:
    """What it carries unseen."""
    unseen = {field.name: form.filled.get(field.name, "") for field in form.fields if field.kind is FieldKind.HIDDEN}
    return {**form.values, **unseen}


def _acts_on(form: Form) -> Pressed:
    how = How.ASK if public(form) else How.FINISH
    return Pressed(how, form.act, form.incident, form.conversation, hidden(form))


def _parts(fields: Sequence[Field], form: Form) -> list[_Part]:
    lists = [field for field in fields if field.kind is FieldKind.CHOICE]
    others = len(fields) - len(lists) - max(0, len(ticks(form)) - 1)
    found, room = list[_Part](), _PARTS - others
    for field in fields:
        value = form.filled.get(field.name, "")
        match field.kind:
            case FieldKind.CHOICE:
                lists = lists[1:]
                made = _lists(field, value, max(1, room - len(lists)))
                room -= len(made)
                found += made
            case FieldKind.TICK:
                continue
            case FieldKind.TEXT | FieldKind.LINE:
                found += _boxes(field, value)
            case FieldKind.MOMENT:
                found.append(_box(field, f"m.{field.name}", utc(value), field.help or MOMENT_HELP))
            case FieldKind.LENGTH:
                found.append(_box(field, f"n.{field.name}", value, field.help or "As in 20m, 2h or 3d."))
            case FieldKind.HIDDEN:
                raise AssertionError("a hidden field travels with what the window acts on")
            case _:
                assert_never(field.kind)
    return [*found, *_ticked(form)]


def _labelled(field: Field, item: ui.Item[Any], help: str, nth: int = 0) -> _Part:
    """An item under its label; a longer label is whole in the line below it."""
    name = text.one_line(field.label) or "Words"
    label = f"{name} ({nth + 1})" if nth else name
    below = help if text.units(label) <= _LABEL else " ".join(part for part in (name, help) if part)
    return ui.Label(
        text=text.label(label, _LABEL), description=text.label(below, _HELP) if below else None, component=item
    )


def _boxes(field: Field, value: str) -> list[_Part]:
    """One box; two and more where what is filled in already does not fit into one. Discord trims what is typed, so the
    `custom_id` of each further box carries the space that stood before it (`reading.spaced`)."""
    pieces = list(chunks(value, _PIECE)) if text.units(value) > _BOX else [value]
    found, space = list[_Part](), ""
    for nth, piece in enumerate(pieces):
        words = piece.strip(" \n") if len(pieces) > 1 else piece
        head, _, tail = piece.partition(words) if words else (piece, "", "")
        found.append(
            _box(field, f"f.{field.name}.{nth}{_written(space + head) if nth else ''}", words, field.help, nth)
        )
        space = tail
    return found


def _written(space: str) -> str:
    """Line feeds and blanks as letters; at most so many as fit."""
    return "".join("n" if sign == "\n" else "s" for sign in space)[:60]


def _box(field: Field, custom_id: str, value: str, help: str, nth: int = 0) -> _Part:
    long = field.kind is FieldKind.TEXT
    item: ui.TextInput[Any] = ui.TextInput(
        style=discord.TextStyle.paragraph if long else discord.TextStyle.short,
        custom_id=custom_id,
        default=value or None,
        required=field.required and not nth,
        max_length=_BOX if long else min(_BOX, max(field.longest or _BOX, len(value))),
    )
    return _labelled(field, item, help, nth)


def _lists(field: Field, value: str, most: int) -> list[_Part]:
    """A list, or several where there are more options than one holds; `most` of them. Discord takes none without any."""
    if not field.options:
        return [ui.TextDisplay(f"**{text.label(field.label, _LABEL)}**: there is nothing to choose from.")]
    chosen = set(value.split("\n"))
    found = list[_Part]()
    for nth, start in enumerate(range(0, len(field.options), _LIST)[:most]):
        items = [
            discord.SelectOption(label=text.label(label, _OPTION), value=option, default=option in chosen)
            for option, label in field.options[start : start + _LIST]
        ]
        alone = len(field.options) <= _LIST
        picked: ui.Select[Any] = ui.Select(
            custom_id=f"c.{field.name}.{nth}",
            options=items if field.many else _one_default(items),
            required=field.required and alone,
            min_values=1 if field.required and alone else 0,
            max_values=len(items) if field.many else 1,
        )
        left = len(field.options) - most * _LIST
        more = f"{left} more are not listed here; search finds them." if left > 0 and nth == most - 1 else ""
        found.append(_labelled(field, picked, " ".join(part for part in (field.help, more) if part), nth))
    return found


def _one_default(items: list[discord.SelectOption]) -> list[discord.SelectOption]:
    """With at most one option chosen, as a list of one asks for."""
    for place, item in enumerate(items):
        item.default = item.default and not any(other.default for other in items[:place])
    return items


def _ticked(form: Form) -> list[_Part]:
    """All ticks in one group."""
    found = ticks(form)
    if not found:
        return []
    options = [
        discord.CheckboxGroupOption(
            label=text.label(tick.label, _OPTION), value=tick.name, default=form.filled.get(tick.name) == "yes"
        )
        for tick in found
    ]
    group: ui.CheckboxGroup[Any] = ui.CheckboxGroup(
        custom_id="t", options=options, required=False, min_values=0, max_values=len(options)
    )
    return [ui.Label(text="Tick what holds", component=group)]


def utc(value: str) -> str:
    """A moment that is filled in already, by the clock everybody shares: a window can't show the reader's own."""
    try:
        at = datetime.fromisoformat(value)
    except ValueError:
        return value
    return at.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC") if at.tzinfo is not None else value
