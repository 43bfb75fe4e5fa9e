"""What was typed survives closing: it is remembered while it is typed, kept as a draft where it may be, and else stands
in the same form when that is opened again. Only in memory; what is finished is on the timeline."""

from dataclasses import replace
from typing import Final

from adapters.rooms.slack.fields import Seen
from adapters.rooms.slack.heard import Spot, Typing
from adapters.rooms.slack.kept import Kept
from bot.screens.shapes import FieldKind, Form, Gesture

_MOST: Final = 500

#: A form of one person: who, its act and what it acts on.
_Name = tuple[str, str, str, str, tuple[tuple[str, str], ...]]


class Typed:
    """By view while it is open, by person and form afterwards."""

    def __init__(self) -> None:
        self._open: Kept[str, Typing] = Kept(_MOST)
        self._left: Kept[_Name, Typing] = Kept(_MOST)

    def typing(self, typing: Typing) -> None:
        """The newest of a view."""
        self._open.put(typing.spot.view, typing)
        self._left.put(_name(typing.gesture, typing.seen), typing)

    def closed(self, spot: Spot) -> Gesture | None:
        """The gesture that keeps what stood in it, where it can be kept and anything was typed."""
        typing = self._open.get(spot.view)
        self._open.drop(spot.view)
        if typing is None or not typing.keeps or not any(text.strip() for text in typing.seen.values.values()):
            return None
        return typing.gesture

    def finished(self, gesture: Gesture, seen: Seen, view: str) -> None:
        """It is on disk: nothing to remember."""
        self._open.drop(view)
        self._left.drop(_name(gesture, seen))

    def again(self, form: Form, who: str) -> Form:
        """A form as it is opened, with what its person typed in it before."""
        hidden = {one.name: form.filled.get(one.name, "") for one in form.fields if one.kind is FieldKind.HIDDEN}
        name = who, form.act, form.incident, form.conversation, tuple(sorted({**form.values, **hidden}.items()))
        typing = self._left.get(name)
        return form if typing is None else replace(form, filled={**form.filled, **typing.seen.values})


def _name(gesture: Gesture, seen: Seen) -> _Name:
    """What tells forms apart is what a form was opened with, without what was typed in it."""
    opened = tuple(sorted((name, value) for name, value in gesture.values.items() if name not in seen.values))
    return gesture.who.id, gesture.act, gesture.incident, gesture.conversation, opened
