"""A moderator at the real desk, through what Discord shows: they press buttons by their labels and fill windows in."""

from collections.abc import Mapping
from datetime import UTC, datetime
from itertools import count
from typing import Any

from discord import ui

from adapters.rooms.discord.answering import Shown, follow, shown
from adapters.rooms.discord.came import About, Came
from adapters.rooms.discord.card import card
from adapters.rooms.discord.doing import Do
from adapters.rooms.discord.gestures import ROOM
from adapters.rooms.discord.reading import read
from adapters.rooms.discord.saying import refusal
from bot.nouns.team import Handle, Refusal
from bot.screens.shapes import Answer, Card, Gesture
from tests.adapters.rooms.discord.painting import (
    SIGNER,
    message,
    payload,
    presses,
    texts,
    window_payload,
    words,
)
from tests.bot.work.desk_house import House

NOW = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
IDS = {"1": "ana", "2": "ben", "3": "kim", "9": "gus"}


class Moderator:
    """`views` and `window` are what they see now; `answer` is the desk's own last one."""

    def __init__(self, house: House, user: str = "1") -> None:
        self.house, self.user = house, user
        self.views: tuple[ui.LayoutView, ...] = ()
        self.window: ui.Modal | None = None
        self.answer: Answer | None = None
        self.heard: list[Gesture] = []
        self.about: About | None = None
        self._ids = count(1)

    @property
    def sees(self) -> str:
        """All text of what they were answered."""
        return "\n".join(words(view) for view in self.views)

    @property
    def labels(self) -> set[str]:
        """What they can press."""
        return {label for view in self.views for label in presses(view)}

    def look_at(self, one: Card) -> "Moderator":
        """They see this card in its place."""
        self.views, self.window = (card(one, SIGNER),), None
        return self

    async def press(self, label: str, *, slow: bool = False) -> "Moderator":
        """The button, or the option of *More*, with that label. `slow`: the answer took too long for a window."""
        found = {name: id for view in self.views for name, id in presses(view).items()}
        wanted = next(id for name, id in found.items() if name == label or name.startswith(f"{label},"))
        return await self.do(self.came("press", {"custom_id": wanted}), slow=slow)

    async def submit(self, **typed: str | list[str]) -> "Moderator":
        """The window, with these values by the names of its fields; the others as they stood in it."""
        assert self.window is not None, self.sees
        return await self.do(self.came("window", submitted(self.window, typed)))

    async def command(self, name: str, **given: str) -> "Moderator":
        """A slash command."""
        options = [{"name": option, "value": value} for option, value in given.items()]
        return await self.do(
            self.came("command", {"name": "coolhead", "options": [{"name": name, "options": options}]})
        )

    def came(self, kind: str, data: Mapping[str, Any]) -> Came:
        """An interaction of theirs, with what they see."""
        id = str(next(self._ids))
        return Came(f"{self.user}{id}", kind, self.user, data, texts(*self.views), self.about, guild="7")

    async def do(self, one: Came, *, slow: bool = False) -> "Moderator":
        """What the room does with it."""
        self.window = None
        did = read(one, SIGNER, NOW)
        if isinstance(did, Refusal):
            self.views, self.answer = (refusal(did),), did
            return self
        answer = await self._hear(did)
        while (more := follow(did, answer)) is not None:
            did, answer = more, await self._hear(more)
        self._shown(shown(answer, did, SIGNER), slow)
        self.answer = answer
        return self

    async def _hear(self, did: Do) -> Answer:
        self.heard.append(did.gesture)
        return await self.house.desk.hear(did.gesture)

    def _shown(self, one: Shown, slow: bool) -> None:
        for view in one.views:
            payload(view)
            message(view)
        if one.modal is not None:
            window_payload(one.modal)
        self.views, self.window = one.views, None if slow else one.modal


async def team() -> House:
    """A team whose people are in Discord too, with Mara's post."""
    house = await House().begin()
    for id, person in IDS.items():
        await house.roster.bind(Handle(room=ROOM, id=id), person)
    await house.mention()
    return house


def controls(window: ui.Modal) -> list[Mapping[str, Any]]:
    """The boxes and lists of a window."""
    return [part["component"] for part in window.to_dict()["components"] if part["type"] == 18]


def submitted(window: ui.Modal, typed: Mapping[str, str | list[str]]) -> Mapping[str, Any]:
    """A window as Discord sends it back."""
    parts = []
    for place, control in enumerate(controls(window)):
        name = control["custom_id"].split(".")[1] if "." in control["custom_id"] else "t"
        parts.append({"type": 18, "id": place, "component": {**_back(control, typed.get(name))}})
    return {"custom_id": window.custom_id, "components": [{"type": 10, "id": 99}, *parts]}


def _back(control: Mapping[str, Any], given: str | list[str] | None) -> Mapping[str, Any]:
    same = {"type": control["type"], "custom_id": control["custom_id"]}
    if control["type"] == 4:
        return {**same, "value": control.get("value", "") if given is None else given}
    chosen = [o["value"] for o in control["options"] if o.get("default")] if given is None else given
    offered = {o["value"] for o in control["options"]}
    return {
        **same,
        "values": [value for value in ([chosen] if isinstance(chosen, str) else chosen) if value in offered],
    }
