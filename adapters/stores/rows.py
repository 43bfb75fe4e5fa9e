"""Nouns as rows: without any text when they are kept, filled in from the vault when they are read.

A walk over a noun visits only the fields that can hold words, found once for each class from its annotations.
"""

import json
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, TypeVar, get_args

from pydantic import ValidationError
from pydantic_core import PydanticSerializationError

from bot.nouns.base import Noun
from bot.nouns.conversation import Handoff
from bot.nouns.mention import Kept
from bot.nouns.team import Team
from bot.nouns.words import Forgotten, Words
from bot.ports import Opened

N = TypeVar("N", bound=Noun)
V = TypeVar("V")
_Fields = Callable[[type[Noun]], tuple[str, ...]]
_Swap = Callable[[Any], Any]

#: Shown by a recorded press only, so that no view ever carries it.
_NEVER_FILLED: Mapping[type[Noun], str] = {Handoff: "contact"}

_NOT_ITS_OWN = {name: Team.model_fields[name].default for name in ("policy", "watches", "places", "contacts")}


def dump(noun: Noun) -> str:
    """A noun as the JSON of its row, without any text: no type writes one down (decision 0004).

    Lone surrogates, which have no UTF-8, stand as escapes.
    """
    try:
        return noun.model_dump_json()
    except PydanticSerializationError:
        return json.dumps(noun.model_dump(mode="json"), separators=(",", ":"))


def load(kind: type[N], row: bytes) -> N:
    """The noun that `dump` wrote."""
    try:
        return kind.model_validate_json(row)
    except ValidationError:
        return kind.model_validate(json.loads(row))


def own(team: Team) -> Team:
    """What a team's timeline knows of it. The settings laid over it are not its own and are read anew at each start."""
    return team.model_copy(update=_NOT_ITS_OWN)


def refs(value: object) -> list[str]:
    """The vault's refs of every text a view may show in `value`."""
    found: list[str] = []

    def note(noun: Words | Kept) -> Words | Kept:
        if isinstance(noun, Words):
            found.append(noun.ref)
        return noun

    _walk(value, _readable, note)
    return found


def fill(value: V, opened: Mapping[str, Opened]) -> V:
    """The same with the texts and the personal fields that the vault opened: every one of `refs`."""

    def swap(noun: Words | Kept) -> Words | Kept:
        if isinstance(noun, Words):
            return noun.model_copy(update={"text": opened[noun.ref].text})
        found = opened[noun.words.ref]
        gone = isinstance(found.text, Forgotten)
        return noun.model_copy(update={"about": Forgotten() if gone else found.about})

    return _walk(value, _readable, swap)


def _walk(value: V, fields: _Fields, swap: _Swap) -> V:
    found: V = _visit(value, fields, swap)
    return found


def _visit(value: Any, fields: _Fields, swap: _Swap) -> Any:
    """`value` with every Words and Kept in it swapped; the very same object where nothing changed."""
    match value:
        case Words():
            return swap(value)
        case Noun():
            changed = {
                name: after
                for name in fields(type(value))
                if (after := _visit(before := getattr(value, name), fields, swap)) is not before
            }
            visited = value.model_copy(update=changed) if changed else value
            return swap(visited) if isinstance(visited, Kept) else visited
        case tuple() | list():
            items = tuple(_visit(item, fields, swap) for item in value)
            return items if any(a is not b for a, b in zip(items, value, strict=True)) else value
        case Mapping():
            pairs = {name: _visit(item, fields, swap) for name, item in value.items()}
            return pairs if any(pairs[name] is not item for name, item in value.items()) else value
        case _:
            return value


@cache
def _carriers(kind: type[Noun]) -> tuple[str, ...]:
    """The fields of a class that can hold words, however deep."""
    return tuple(name for name, field in kind.model_fields.items() if _carries(field.annotation))


@cache
def _readable(kind: type[Noun]) -> tuple[str, ...]:
    """The same without what no view may show."""
    return tuple(name for name in _carriers(kind) if _NEVER_FILLED.get(kind) != name)


def _carries(annotation: Any) -> bool:
    if inner := get_args(annotation):
        return any(_carries(one) for one in inner)
    if not isinstance(annotation, type) or not issubclass(annotation, Noun):
        return False
    return issubclass(annotation, Words) or bool(_carriers(annotation))
