"""Filling a form's shape in: options, values, what was typed."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from bot.nouns.conversation import Conversation
from bot.nouns.incident import Incident
from bot.nouns.team import Teammate
from bot.screens.forms import FORMS
from bot.screens.shapes import FieldKind, Form, Gesture

NOT_SAVED = "Not saved: the store cannot be reached. What you typed is still here."
Options = tuple[tuple[str, str], ...]


def people(found: Iterable[Teammate]) -> Options:
    """People as options, by name."""
    return tuple((person.id, person.name) for person in sorted(found, key=lambda p: p.name))


def offer(form: Form, field: str, options: Options) -> Form:
    """The form with these options for one of its fields."""
    return replace(form, fields=tuple(replace(f, options=options) if f.name == field else f for f in form.fields))


def bound(
    form: Form,
    incident: Incident | None = None,
    conversation: Conversation | None = None,
    *,
    filled: Mapping[str, str] | None = None,
    **values: str,
) -> Form:
    """The form on what it acts on. `values` say its version, `filled` what stands in the fields already."""
    return replace(
        form,
        incident=incident.id if incident is not None else "",
        conversation=conversation.id if conversation is not None else "",
        values={**form.values, **values},
        filled={**form.filled, **(filled or {})},
    )


def typed(form: Form, gesture: Gesture) -> Mapping[str, str]:
    """Of a gesture's values those that were typed into the form's fields."""
    return {field.name: gesture.values[field.name] for field in form.fields if field.name in gesture.values}


def back(gesture: Gesture, error: str) -> Form | None:
    """The form a gesture came from, with everything typed and a sentence; None where no such form is known.

    Needs no store: an option chosen stands in its own words where the list it came from cannot be read again.
    """
    form = FORMS.get(gesture.act)
    if form is None:
        return None
    filled = typed(form, gesture)
    for field in form.fields:
        if field.kind is FieldKind.CHOICE and not field.options:
            form = offer(form, field.name, tuple((v, v) for v in filled.get(field.name, "").split("\n") if v))
    return replace(
        form,
        values={name: value for name, value in gesture.values.items() if name not in filled},
        filled=filled,
        error=error,
        incident=gesture.incident,
        conversation=gesture.conversation,
    )
