"""What was typed survives closing: it is remembered while it is typed, kept as a draft where it may be, and else stands
in the same form when that is opened again, after a restart too. What is finished is on the timeline."""

import asyncio
import hashlib
import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Final, Protocol

from adapters.connections.slack_ticks import Ticks
from adapters.rooms.slack.fields import Seen
from adapters.rooms.slack.heard import Spot, Typing
from adapters.rooms.slack.kept import Kept
from bot.errors import StoreAway
from bot.nouns.team import Handle
from bot.screens.shapes import FieldKind, Form, Gesture
from bot.work.waiting import first

_MOST: Final = 500
#: Seconds a form waits for what was left in it before a restart (DESIGN §5): it opens without, if that takes longer.
_PATIENCE: Final = 0.3

#: A form of one person: who, its act and what it acts on.
_Name = tuple[str, str, str, str, tuple[tuple[str, str], ...]]


class Scratch(Protocol):
    """Words nobody finished, in the store: encrypted, gone after a day, and with whom they are about.

    `person`: the conversation or incident they are about, else who typed them. Each method raises StoreAway.
    """

    async def put(self, person: str, key: str, body: bytes) -> None: ...
    async def list(self, person: str) -> Sequence[bytes]: ...
    async def drop(self, person: str, key: str) -> None: ...


class Typed:
    """By view while it is open, by person and form afterwards; the newest of each form goes to the `scratch` as well."""

    def __init__(self, scratch: Scratch, ticks: Ticks) -> None:
        self._scratch = scratch
        self._ticks = ticks
        self._open: Kept[str, Typing] = Kept(_MOST)
        self._left: Kept[_Name, Mapping[str, str]] = Kept(_MOST)
        self._over: Kept[str, bool] = Kept(_MOST)
        self._unwritten: dict[_Name, Mapping[str, str]] = {}
        self._writer: asyncio.Task[None] | None = None

    def typing(self, typing: Typing) -> None:
        """The newest of a view. A letter that is told of after the form came back is no news."""
        if typing.spot.view in self._over:
            return
        name = _name(typing.gesture, typing.seen)
        self._open.put(typing.spot.view, typing)
        self._left.put(name, typing.seen.values)
        self._write(name, typing.seen.values)

    def closed(self, spot: Spot) -> Gesture | None:
        """The gesture that keeps what stood in it, where it can be kept and anything was typed."""
        typing = self._open.get(spot.view)
        self._open.drop(spot.view)
        if typing is None or not typing.keeps or not any(text.strip() for text in typing.seen.values.values()):
            return None
        return typing.gesture

    def finished(self, gesture: Gesture, seen: Seen, view: str) -> None:
        """It is on disk: nothing to remember."""
        name = _name(gesture, seen)
        self._over.put(view, True)
        self._open.drop(view)
        self._left.drop(name)
        self._write(name, {})

    async def again(self, form: Form, who: Handle) -> Form:
        """A form as it is opened, with what its person typed in it before."""
        name = _opens(form, who)
        known_here = self._left.get(name)
        left = await self._stored(name) if known_here is None else known_here
        known = {one.name for one in form.fields}
        return replace(form, filled={**form.filled, **{field: text for field, text in left.items() if field in known}})

    def leave(self, form: Form, who: Handle) -> None:
        """What it was to open with is nowhere else, and it could not open: it stands there when it does."""
        self._left.put(_opens(form, who), form.filled)

    async def close(self) -> None:
        """What was typed last is written down."""
        if self._writer is not None:
            await self._writer

    def _write(self, name: _Name, values: Mapping[str, str]) -> None:
        """One after the other, and of one form only the newest: somebody who types fast costs no more."""
        self._unwritten[name] = values
        if self._writer is None or self._writer.done():
            self._writer = asyncio.get_running_loop().create_task(self._written())

    async def _written(self) -> None:
        while self._unwritten:
            name = next(iter(self._unwritten))
            values = self._unwritten.pop(name)
            with suppress(StoreAway):  # it is remembered here meanwhile
                if values:
                    body = {"form": _key(name), "values": dict(values)}
                    await self._scratch.put(_about(name), _key(name), json.dumps(body).encode())
                else:
                    await self._scratch.drop(_about(name), _key(name))

    async def _stored(self, name: _Name) -> Mapping[str, str]:
        """What an earlier life wrote down; nothing where that takes too long."""
        look = asyncio.ensure_future(self._found(name))
        await first(asyncio.wait({look}), self._ticks.sleep(_PATIENCE))
        if look.done():
            return look.result()
        look.cancel()
        return {}

    async def _found(self, name: _Name) -> Mapping[str, str]:
        with suppress(StoreAway):
            for body in await self._scratch.list(_about(name)):
                kept = json.loads(body)
                if kept["form"] == _key(name):
                    return {str(field): str(text) for field, text in kept["values"].items()}
        return {}


def _opens(form: Form, who: Handle) -> _Name:
    hidden = {one.name: form.filled.get(one.name, "") for one in form.fields if one.kind is FieldKind.HIDDEN}
    opened = tuple(sorted({**form.values, **hidden}.items()))
    return f"{who.room}:{who.id}", form.act, form.incident, form.conversation, opened


def _name(gesture: Gesture, seen: Seen) -> _Name:
    """What tells forms apart is what a form was opened with, without what was typed in it."""
    opened = tuple(sorted((name, value) for name, value in gesture.values.items() if name not in seen.values))
    who = f"{gesture.who.room}:{gesture.who.id}"
    return who, gesture.act, gesture.incident, gesture.conversation, opened


def _about(name: _Name) -> str:
    """Where it lies: whoever a conversation is about may ask to be forgotten, and this goes with the rest."""
    who, _, incident, conversation, _ = name
    return conversation or incident or f"typed by {who}"


def _key(name: _Name) -> str:
    return hashlib.sha256(json.dumps(name).encode()).hexdigest()[:32]
