"""What a painted message shows, as text a reviewer reads; and Discord's limits, kept by simcord and by our own rules."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from discord import ui
from simcord.components import validate_components, validate_modal

from adapters.rooms.discord.packing import Pressed
from adapters.rooms.discord.pressing import Signer
from adapters.rooms.discord.text import units

GOLDEN = Path(__file__).parent / "golden"
SIGNER = Signer(b"a secret of thirty-two letters..")
_V2 = 1 << 15
Payload = Mapping[str, Any]


def same_as_golden(name: str, painted: str) -> None:
    """Compare with golden/<name>.txt, or write it where COOLHEAD_GOLDEN=1 asks for it."""
    path = GOLDEN / f"{name}.txt"
    if os.environ.get("COOLHEAD_GOLDEN"):
        path.write_text(painted + "\n", encoding="utf-8")
    assert path.read_text(encoding="utf-8") == painted + "\n"


def components(view: ui.LayoutView) -> list[Payload]:
    """The components of a message, as they are sent."""
    untyped: Any = view  # discord.py gives this method no types
    return list(untyped.to_components())


def payload(view: ui.LayoutView) -> list[Payload]:
    """The components as they are sent, after every limit was checked."""
    parts = components(view)
    validate_components([*parts], flags=_V2)
    assert sum(units(part["content"]) for part in walk(parts) if part["type"] == 10) <= 4000
    assert sum(1 for _ in walk(parts)) <= 40
    for part in walk(parts):
        assert units(part.get("label") or "") <= 80
        assert units(part.get("custom_id") or "") <= 100
        assert len(part.get("url") or "") <= 512
        assert not part.get("options") or len({option["value"] for option in part["options"]}) == len(part["options"])
    return [*parts]


def window_payload(window: ui.Modal) -> Payload:
    """A window as it is sent, after every limit was checked."""
    found = window.to_dict()
    validate_modal(found)
    assert len(found["components"]) <= 5
    assert units(found["title"]) <= 45
    for label in found["components"]:
        assert units(label.get("label", "")) <= 45
        assert units(label.get("description") or "") <= 100
        assert units(label.get("component", {}).get("value") or "") <= 4000
    return found


def walk(parts: Any) -> Iterator[Payload]:
    """Every component, the deep ones too, in the order they are read."""
    for part in parts:
        yield part
        yield from walk(part.get("components", ()))
        yield from walk([part["accessory"]] if "accessory" in part else [])


def words(view: ui.LayoutView) -> str:
    """All text of a message."""
    return "\n".join(part["content"] for part in walk(components(view)) if part["type"] == 10)


def texts(*views: ui.LayoutView) -> Mapping[int, str]:
    """The texts with an id of their own, as the message hands them back."""
    parts = [part for view in views for part in walk(components(view))]
    return {part["id"]: part["content"] for part in parts if part["type"] == 10 and part.get("id")}


def presses(view: ui.LayoutView) -> Mapping[str, str]:
    """Every press by its label: its `custom_id`, or an option's value."""
    found = dict[str, str]()
    for part in walk(components(view)):
        if part["type"] == 2 and "custom_id" in part:
            found[part["label"]] = part["custom_id"]
        for option in part.get("options", ()):
            found[option["label"]] = option["value"]
    return found


def pressed(custom_id: str) -> Pressed:
    """What a press of ours says."""
    found = SIGNER.unpack(custom_id)
    assert found is not None
    return found


def message(view: ui.LayoutView) -> str:
    """The message, top to bottom."""
    (container,) = payload(view)
    if container["type"] == 10:
        return str(container["content"])
    colour = container.get("accent_color")
    return "\n".join(
        [f"({colour:06x})" if colour is not None else "(plain)", *(_part(p) for p in container["components"])]
    )


def _part(part: Payload) -> str:
    match part["type"]:
        case 1:
            return "  ".join(_part(inner) for inner in part["components"])
        case 2:
            mark = {1: "(*)", 2: "( )", 5: "(>)"}[part["style"]]
            return f"{mark} {part['label']}{_does(part)}"
        case 3:
            options = "".join(f"\n    {option['label']}{_said(option['value'])}" for option in part["options"])
            return f"[{part['placeholder']}]{options}"
        case 9:
            return f"{_part(part['components'][0])}\n    {_part(part['accessory'])}"
        case 10:
            return str(part["content"])
        case 14:
            return "---"
        case other:
            raise AssertionError(f"nobody painted a component {other} before")


def _does(part: Payload) -> str:
    return f" <{part['url']}>" if "url" in part else _said(part["custom_id"])


def _said(custom_id: str) -> str:
    found = pressed(custom_id)
    values = " ".join(f"{name}={value[:12]}" for name, value in found.values.items())
    return f" -> {found.how.name.lower()} {found.act} {values}".rstrip()
