"""What leads to a form's window, in a message for one person alone: what to look at, suggestions, cautions, the words
as they stand, and the presses. It holds all that a window cannot, and carries what was typed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from discord import ui

from adapters.rooms.discord import cautions, passages, text, typed
from adapters.rooms.discord.blocks import RULE, Block, Button, first, fits, poured, view
from adapters.rooms.discord.buttons import Buttons
from adapters.rooms.discord.dates import distance, moment
from adapters.rooms.discord.moods import CALM
from adapters.rooms.discord.packing import How
from adapters.rooms.discord.pressing import Signer
from adapters.rooms.discord.window import hidden, needs_window, public, ticks, utc
from bot.nouns.caution import Caution
from bot.screens.shapes import Field, FieldKind, Form, Quote

_WORDS = "words"
_SUGGESTION = 700
_OPEN = {"write": "Write", "statement": "Write", "correct": "Write"}
_TOO_LONG = "-# It is too long to be kept in this message. Copy it before you go on."


def lead(form: Form, signer: Signer) -> tuple[ui.LayoutView, ...]:
    """The messages, the last one with the presses. Mostly it is one."""
    return _Lead(form, signer).views()


def holds(form: Form) -> bool:
    """Whether everything typed so far can be carried by one message."""
    return sum(block.units for block in _carried(form)) <= typed.MOST


def filled(form: Form) -> dict[str, str]:
    """What was typed or chosen so far, as it is carried: a choice by its label, by name of its field."""
    found = dict[str, str]()
    for field in form.fields:
        value = form.filled.get(field.name, "")
        shown = _shown(field, value)
        if shown and field.kind is not FieldKind.HIDDEN:
            found[field.name] = typed.plain(shown)
    return {name: words for name, words in found.items() if words}


def labels(field: Field) -> dict[str, str]:
    """What each option is called, by option: on one line, and no two the same."""
    found, seen = dict[str, str](), dict[str, int]()
    for option, label in field.options:
        name = text.one_line(label)
        seen[name] = seen.get(name, 0) + 1
        found[option] = name if seen[name] == 1 else f"{name} ({seen[name]})"
    return found


def _shown(field: Field, value: str) -> str:
    match field.kind:
        case FieldKind.CHOICE:
            chosen = value.split("\n")
            return "\n".join(label for option, label in labels(field).items() if option in chosen)
        case FieldKind.TICK:
            return "yes" if value == "yes" else ""
        case FieldKind.MOMENT:
            return utc(value)
        case _:
            return value


def _carried(form: Form) -> list[Block]:
    fields = {field.name: field for field in form.fields}
    return [
        typed.block(name, fields[name].label, words, _note(fields[name], form.filled.get(name, "")))
        for name, words in filled(form).items()
    ]


def _note(field: Field, value: str) -> str:
    """A moment as its reader's own clock shows it, under the one that everybody shares."""
    try:
        at = datetime.fromisoformat(value) if field.kind is FieldKind.MOMENT else None
    except ValueError:
        at = None
    return f"That is {moment(at)}, {distance(at)}, where you are" if at is not None and at.tzinfo else ""


def _takes(one: Caution) -> str:
    """What taking a better wording does."""
    if not one.instead:
        return "Take it out"
    return "Say it so" if one.span != (0, 0) else "Add it"


@dataclass(frozen=True, slots=True)
class _Lead:
    form: Form
    signer: Signer

    def views(self) -> tuple[ui.LayoutView, ...]:
        """In one message where they fit; else what is to be read comes first, in messages of its own."""
        front, back = self._front(), self._back()
        if fits([*front, *back]):
            return (view([*front, *back], CALM),)
        return (*(view(part, CALM) for part in poured(front)), view(back, CALM))

    def _front(self) -> list[Block]:
        form = self.form
        found = [Block(f"### {text.escape_within(text.one_line(form.title), 300)}")]
        found += [Block(text.escape_within(form.error, 600))] if form.error else []
        found += passages.whole(form.beside)
        found += self._suggestions()
        if not self._holds:
            names = {field.name: field.label for field in form.fields}
            found += passages.whole([Quote(words, by=names[name], ours=True) for name, words in filled(form).items()])
            found.append(Block(_TOO_LONG))
        return found

    def _back(self) -> list[Block]:
        """The words, how long they are and cool, and the presses; then as many cautions as there is room for."""
        words = [*(_carried(self.form) if self._holds else []), *self._sums()]
        words = [RULE, *words] if words and (self.form.beside or self.form.suggestions) else words
        rows = self._rows()
        remarks = self._cautions()
        room = first([Block("-"), *remarks], [*words, *rows, Block("-" * 80)]) - 1
        left = len(remarks) - room
        more = [Block(f"-# {left} more to look at; they come once these are seen to.")] if left else []
        return [*words, *remarks[:room], *more, *rows]

    @property
    def _holds(self) -> bool:
        return holds(self.form)

    @property
    def _seal(self) -> dict[str, str]:
        """Proof of what this message carries, for its buttons."""
        carried = filled(self.form) if self._holds else {}
        return {"typed": self.signer.seal(carried)} if carried else {}

    def _buttons(self) -> Buttons:
        return Buttons(self.signer, self.form.incident, self.form.conversation)

    def _sums(self) -> list[Block]:
        form = self.form
        count = f"{form.length.used} of {form.length.limit} characters" if form.length is not None else ""
        over = ", too long for there" if form.length is not None and not form.length.fits else ""
        said = [part for part in (f"{count}{over}", cautions.wait(form)) if part]
        return [Block("\n".join(f"-# {part}" for part in said))] if said else []

    def _suggestions(self) -> list[Block]:
        buttons, found = self._buttons(), list[Block]()
        for one in self.form.suggestions:
            values = {**hidden(self.form), "taken": one.key}
            words = text.quoted(text.escape_within(one.text, _SUGGESTION))
            take = buttons.one("Take it", self.form.act, values, How.TAKE)
            found.append(Block(f"{words}\n-# {text.escape_within(text.one_line(one.fits), 200)}", beside=take))
        return found

    def _cautions(self) -> list[Block]:
        buttons, words = self._buttons(), self.form.filled.get(_WORDS, "")
        return [
            Block(cautions.said(one, words), beside=self._instead(buttons, place) if one.instead is not None else None)
            for place, one in enumerate(self.form.cautions)
        ]

    def _instead(self, buttons: Buttons, place: int) -> Button | None:
        """The press that takes a better wording; none where the words are not carried."""
        if not self._seal:
            return None
        values = {**hidden(self.form), **self._seal, "nth": str(place)}
        return buttons.one(_takes(self.form.cautions[place]), self.form.act, values, How.INSTEAD)

    def _rows(self) -> list[Block]:
        form, buttons = self.form, self._buttons()
        made = [*self._open(buttons), *self._finish(buttons)]
        return [Block(row=tuple(made)), *buttons.rows(form.choices)] if made else buttons.rows(form.choices)

    def _open(self, buttons: Buttons) -> list[Button]:
        """The press that opens the window."""
        form = self.form
        if not needs_window(form):
            return []
        label = "Edit" if form.filled.get(_WORDS) else _OPEN.get(form.act, "Fill it in")
        values = {**hidden(form), **self._seal}
        return [buttons.one(label, form.act, values, How.OPEN, likely=label != "Edit" or bool(form.error))]

    def _finish(self, buttons: Buttons) -> Sequence[Button]:
        """What finishes it as it stands here: words that were written, or a form that only asks for a press."""
        form = self.form
        if not needs_window(form):
            tick = next(iter(ticks(form)), None)
            label = f"{text.one_line(tick.label)}. {form.finish}" if tick is not None else form.finish
            values = {**hidden(form), **({tick.name: "yes"} if tick is not None else {})}
            return [buttons.one(label, form.act, values, How.FINISH, likely=True)]
        if not public(form) or not form.filled.get(_WORDS, "").strip():
            return []
        values = {**hidden(form), **self._seal}
        found = [buttons.one(form.finish, form.act, values, How.FINISH, likely=not form.error)]
        return [*found, buttons.one(form.keep, form.act, values, How.KEEP)] if form.keep else found
