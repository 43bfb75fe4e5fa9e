"""What a press carries through Slack and back: what it acts on and that thing's version, signed (failures C8).

Other apps in the workspace can read a message's values, so they hold ids and versions alone, never a word anybody wrote.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from adapters.rooms.slack.message import LABEL
from adapters.rooms.slack.packing import Sealer
from adapters.rooms.slack.text import clip, one_line
from bot.screens.shapes import Choice

#: The longest value of a button, and a view's private_metadata (docs.slack.dev/reference).
VALUE, METADATA = 2000, 3000
_NOTHING: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Pressed:
    """A press as we handed it out. `form`: it opens a form or a page; `sheet`: from which sheet of a long page on."""

    act: str
    incident: str = ""
    conversation: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    form: bool = False
    sheet: int = 0


@dataclass(frozen=True, slots=True)
class Menu:
    """What lies behind *More*."""

    incident: str
    conversation: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Opened:
    """What an open form is: its act and what it acts on. `options` are values too long for Slack's own, by place;
    `checks`: its words can be looked at before they are finished; `keeps`: it may be kept as it stands."""

    act: str
    incident: str = ""
    conversation: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    options: tuple[str, ...] = ()
    checks: bool = False
    keeps: bool = False


class Signer:
    """Signs with keys of its own, derived from `secret` (any bytes, the same on every replica)."""

    def __init__(self, secret: bytes) -> None:
        self._press = Sealer(secret, b"coolhead slack press")
        self._menu = Sealer(secret, b"coolhead slack menu")
        self._form = Sealer(secret, b"coolhead slack form")
        self._words = Sealer(secret, b"coolhead slack words")

    def pack(self, choice: Choice, incident: str, conversation: str, *, sheet: int = 0) -> str:
        """A button's value. A press too long for Slack becomes one that shows what it would have acted on."""
        told = [choice.act, incident, conversation, dict(choice.values), choice.form, sheet]
        packed = self._press.pack(told, VALUE)
        if packed is None:
            packed = self._press.pack(["incident", incident, conversation, {}, True, 0], VALUE)
        return packed or ""

    def unpack(self, value: str) -> Pressed | None:
        """The press of that value; None where we did not hand it out."""
        match self._press.unpack(value):
            case [str(act), str(incident), str(conversation), dict(values), bool(form), int(sheet)]:
                return Pressed(act, incident, conversation, values, form, sheet)
            case _:
                return None

    def pack_menus(self, choices: Sequence[Choice], incident: str, conversation: str) -> tuple[str, ...]:
        """Values of *More*: one, or as many as it takes for all of `choices`."""
        if not choices:
            return ()
        told = [[c.act, clip(one_line(c.label), LABEL), dict(c.values), c.form] for c in choices]
        packed = self._menu.pack([incident, conversation, told], VALUE)
        if packed is not None:
            return (packed,)
        if len(choices) == 1:
            only = Choice("incident", choices[0].label, form=True)
            return self.pack_menus((only,), incident, conversation) if choices[0].act != "incident" else ()
        half = len(choices) // 2
        first = self.pack_menus(choices[:half], incident, conversation)
        return (*first, *self.pack_menus(choices[half:], incident, conversation))

    def unpack_menu(self, value: str) -> Menu | None:
        """What lies behind that *More*; None where we did not hand it out."""
        match self._menu.unpack(value):
            case [str(incident), str(conversation), list(told)]:
                return Menu(incident, conversation, tuple(_choice(one) for one in told))
            case _:
                return None

    def pack_form(self, opened: Opened) -> str | None:
        """A form's private_metadata; None where it would be too long."""
        told = [
            opened.act,
            opened.incident,
            opened.conversation,
            dict(opened.values),
            list(opened.options),
            opened.checks,
            opened.keeps,
        ]
        return self._form.pack(told, METADATA)

    def unpack_form(self, metadata: str) -> Opened | None:
        """The form of that private_metadata; None where it is none of ours."""
        match self._form.unpack(metadata):
            case [str(act), str(incident), str(talk), dict(values), list(options), bool(checks), bool(keeps)]:
                return Opened(act, incident, talk, values, tuple(options), checks, keeps)
            case _:
                return None

    def pack_words(self, told: Sequence[str | int]) -> str | None:
        """Words a press puts into a box (in modals only, which no other app can read); None where they are too long."""
        return self._words.pack(list(told), VALUE)

    def unpack_words(self, value: str) -> Sequence[str | int] | None:
        """The same; None where we did not hand it out."""
        found = self._words.unpack(value)
        return found if isinstance(found, list) else None


def _choice(told: Any) -> Choice:
    act, label, values, form = told
    return Choice(act, label, values, form=form)
