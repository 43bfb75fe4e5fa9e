"""A form to what its template shows. Pure, as paint.py is."""

import json
import re
from dataclasses import dataclass
from typing import assert_never

from adapters.rooms.web.eyes import Eyes, Press
from adapters.rooms.web.paint import Painted, passage, presses
from adapters.rooms.web.times import local_input
from bot.nouns.caution import Caution, Level, Suggestion
from bot.screens.caution_names import caution_name
from bot.screens.shapes import Field, FieldKind, Form
from bot.screens.waits import EDIT, cools

_SLOT = re.compile(r"\[[^\[\]\n]{1,80}\]")
_LENGTH = re.compile(r"(\d{1,6})([mhd])")
#: The field that cautions speak of.
WORDS = "words"
#: Up to so many options stand open; more are behind a list.
_STAND_OPEN = 6
#: A line longer than this is given room to be read whole, on a phone too.
_ONE_LINE = 36


@dataclass(frozen=True, slots=True)
class PaintedField:
    """A field. `kind` names its template, `name` how its input is called (see fields.py)."""

    kind: str
    name: str
    label: str
    value: str
    options: tuple[tuple[str, str, bool], ...]
    required: bool
    help: str
    longest: int
    unit: str = ""


@dataclass(frozen=True, slots=True)
class PaintedCaution:
    """A caution under the words it means. `press` takes its better wording; `take` says what that does."""

    name: str
    because: str
    words: str
    take: str
    press: str
    stop: bool


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the draft behind the box. `mark` is caution, slot or ''."""

    text: str
    mark: str


@dataclass(frozen=True, slots=True)
class PaintedForm:
    """A form. `checks`: its words can be looked at before they are finished. `tally` is one line about the words; `cools` one about the wait; `signed` proves what it acts on."""

    title: str
    signed: Press
    fields: tuple[PaintedField, ...]
    beside: tuple[Painted, ...]
    cautions: tuple[PaintedCaution, ...]
    pieces: tuple[Piece, ...]
    suggestions: tuple[Suggestion, ...]
    tally: str
    count: str
    over: bool
    cools: str
    finish: str
    keep: str
    error: str
    choices: tuple[Press, ...]
    checks: bool


def form(one: Form, eyes: Eyes) -> PaintedForm:
    """A form, whole. What it hides travels signed, with the values it acts on."""
    hidden = {f.name: one.filled.get(f.name, "") for f in one.fields if f.kind is FieldKind.HIDDEN}
    words = one.filled.get(WORDS, "").replace("\r\n", "\n")
    return PaintedForm(
        title=one.title,
        signed=eyes.signed(one.act, one.incident, one.conversation, {**one.values, **hidden}),
        fields=tuple(field(f, one.filled.get(f.name, ""), eyes) for f in one.fields if f.kind is not FieldKind.HIDDEN),
        beside=tuple(passage(p, eyes) for p in one.beside),
        cautions=tuple(caution(c, words) for c in one.cautions),
        pieces=pieces(words, one.cautions),
        suggestions=one.suggestions,
        tally=tally(one.cautions, words),
        count=f"{one.length.used} of {one.length.limit}" if one.length else "",
        over=one.length is not None and not one.length.fits,
        cools=_cools(one),
        finish=one.finish,
        keep=one.keep,
        error=one.error,
        choices=presses(one.choices, eyes, one.incident, one.conversation),
        checks=_public(one) and any(f.name == WORDS and f.kind is FieldKind.TEXT for f in one.fields),
    )


def field(one: Field, value: str, eyes: Eyes) -> PaintedField:
    """A field with what was typed. The letter before its name tells how to read it when it comes back."""
    match one.kind:
        case FieldKind.LINE:
            return _field(one, "line" if len(value) <= _ONE_LINE else "text", f"f.{one.name}", value)
        case FieldKind.TEXT:
            return _field(one, "text", f"f.{one.name}", value)
        case FieldKind.CHOICE:
            return _choice(one, value)
        case FieldKind.MOMENT:
            return _field(one, "moment", f"m.{one.name}", local_input(value, eyes.zone))
        case FieldKind.LENGTH:
            found = _LENGTH.fullmatch(value)
            amount, unit = found.groups() if found else ("", "m")
            return _field(one, "length", f"n.{one.name}", amount, unit)
        case FieldKind.TICK:
            return _field(one, "tick", f"f.{one.name}", value)
        case FieldKind.HIDDEN:
            raise AssertionError("a hidden field travels with the signed values")
        case _:
            assert_never(one.kind)


def _field(one: Field, kind: str, name: str, value: str, unit: str = "") -> PaintedField:
    return PaintedField(kind, name, one.label, value, (), one.required, one.help, one.longest, unit)


def _choice(one: Field, value: str) -> PaintedField:
    chosen = set(value.split("\n")) if one.many else {value}
    options = tuple((option, label, option in chosen) for option, label in one.options)
    kind = "several" if one.many else "one" if len(options) <= _STAND_OPEN else "list"
    prefix = "a" if one.many else "f"
    return PaintedField(kind, f"{prefix}.{one.name}", one.label, value, options, one.required, one.help, 0)


def caution(one: Caution, words: str) -> PaintedCaution:
    """A caution. One with no span speaks of the draft as a whole, and its wording is added at the end."""
    start, end = one.span
    meant = words[start:end]
    press = json.dumps({"was": meant, "at": start, "now": one.instead or ""}) if one.instead is not None else ""
    match one.instead:
        case None:
            take = ""
        case "":
            take = "Take it out"
        case better:
            take = f"Say instead: “{better}”" if meant else f"Add: “{better}”"
    return PaintedCaution(caution_name(one.code), one.because, meant, take, press, one.level is Level.STOP)


def pieces(words: str, cautions: tuple[Caution, ...]) -> tuple[Piece, ...]:
    """The draft cut at the ends of all cautions and slots; a slot's mark wins where they overlap."""
    slots = [match.span() for match in _SLOT.finditer(words)]
    meant = [c.span for c in cautions if 0 <= c.span[0] < c.span[1] <= len(words)]
    cuts = sorted({0, len(words), *(edge for span in (*slots, *meant) for edge in span)})
    return tuple(
        Piece(words[start:end], _inside(start, slots, "slot") or _inside(start, meant, "caution"))
        for start, end in zip(cuts, cuts[1:], strict=False)
    )


def _inside(at: int, spans: list[tuple[int, int]], mark: str) -> str:
    return mark if any(start <= at < end for start, end in spans) else ""


def tally(cautions: tuple[Caution, ...], words: str) -> str:
    """ "Two things to look at, one place to fill in"; '' where nothing was written yet."""
    slots = len(_SLOT.findall(words))
    things = sum(c.code != "unfilled_slot" for c in cautions)
    said = [
        *([f"{_number(things)} {'thing' if things == 1 else 'things'} to look at"] if things else []),
        *([f"{_number(slots)} {'place' if slots == 1 else 'places'} to fill in"] if slots else []),
    ]
    sentence = ", ".join(said)
    return sentence[:1].upper() + sentence[1:]


def _number(count: int) -> str:
    small = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
    return small[count] if count < len(small) else str(count)


def _public(one: Form) -> bool:
    """Whether its words are to be said outside: then they have a length, a wait or cautions. A reason has none."""
    return one.length is not None or one.cools is not None or bool(one.cautions)


def _cools(one: Form) -> str:
    return f"{cools(one.cools, one.because)} {EDIT}" if one.cools is not None else ""
