"""Notes for one person: what must last though nobody looks at the page. Shown above *Now* until it is over or put away."""

import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Protocol

from pydantic import TypeAdapter

from bot.screens.shapes import Card, Fact, Quote, Said, Wait


class Notes(Protocol):
    """Where notes are kept, a few for each person. `body` is ours to read; the same key put twice is one note."""

    async def put(self, person: str, key: str, body: bytes) -> None: ...
    async def list(self, person: str) -> Sequence[bytes]: ...
    async def drop(self, person: str, key: str) -> None: ...


#: Which of these notes still say how things are.
Standing = Callable[[Sequence[Card]], Awaitable[Sequence[bool]]]


@dataclass(frozen=True, slots=True)
class Note:
    """One note."""

    key: str
    at: datetime
    card: Card


_NOTE = TypeAdapter(Note)
_PASSAGES: Mapping[str, TypeAdapter[Any]] = {kind.__name__: TypeAdapter(kind) for kind in (Quote, Said, Fact, Wait)}


def to_json(note: Note) -> bytes:
    """A note, ready to be stored. Each passage says what it is, so that none is taken for another."""
    told = _NOTE.dump_python(note, mode="json", warnings=False)
    told["card"]["passages"] = [
        [type(one).__name__, _PASSAGES[type(one).__name__].dump_python(one, mode="json")] for one in note.card.passages
    ]
    return json.dumps(told).encode()


def from_json(body: bytes) -> Note:
    """The same note."""
    told = json.loads(body)
    passages = tuple(_PASSAGES[kind].validate_python(one) for kind, one in told["card"]["passages"])
    note = _NOTE.validate_python({**told, "card": {**told["card"], "passages": ()}})
    return replace(note, card=replace(note.card, passages=passages))


def _asks(card: Card) -> tuple[str, ...]:
    """What a note asks, and of what; one that is about no conversation is known by its headline."""
    return card.conversation or card.headline, *(one.act for one in card.choices)


async def notes_for(kept: Notes, person: str, standing: Standing) -> tuple[Note, ...]:
    """Their notes that still say how things are, the newest first; of several that ask the same, the newest."""
    found = sorted((from_json(body) for body in await kept.list(person)), key=lambda note: (note.at, note.key))
    newest = [*{_asks(note.card): note for note in found}.values()]
    stand = await standing([note.card for note in newest]) if newest else ()
    told = [note for note, still in zip(newest, stand, strict=True) if still]
    return tuple(sorted(told, key=lambda note: (note.at, note.key), reverse=True))
