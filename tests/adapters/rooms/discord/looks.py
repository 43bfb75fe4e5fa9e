"""Reading what a message shows, as a person would: its words, its buttons, its lists."""

from collections.abc import Iterator, Sequence
from typing import Any

import discord
from simcord.results import InteractionResult, ResponseMessage


def parts(components: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Every component, deep ones too."""
    for part in components:
        yield part
        yield from parts(part.get("components") or ())
        if part.get("accessory"):
            yield part["accessory"]


def words(message: discord.Message | ResponseMessage | None) -> str:
    """All that is to be read in it."""
    return "\n".join(str(part["content"]) for part in parts(raw(message)) if "content" in part)


def buttons(message: discord.Message | ResponseMessage | None) -> list[str]:
    """The labels of its buttons."""
    return [str(part.get("label")) for part in parts(raw(message)) if part.get("type") == 2]


def options(message: discord.Message | ResponseMessage | None) -> dict[str, str]:
    """The options of its lists: value by label."""
    found = [option for part in parts(raw(message)) if part.get("type") == 3 for option in part["options"]]
    return {option["label"]: option["value"] for option in found}


def list_id(message: discord.Message | ResponseMessage) -> str:
    """The `custom_id` of its first list."""
    return next(str(part["custom_id"]) for part in parts(raw(message)) if part.get("type") == 3)


def raw(message: discord.Message | ResponseMessage | None) -> Sequence[dict[str, Any]]:
    """Its components as Discord keeps them."""
    match message:
        case None:
            return ()
        case ResponseMessage():
            return message.components
        case _:
            return [dict(part.to_dict()) for part in message.components]


def answer(result: InteractionResult) -> str:
    """What whoever pressed reads; it is for them alone."""
    assert result.response is not None, "nothing was answered"
    assert result.response.ephemeral, "the answer is there for everybody to see"
    return words(result.response)


def box(opened: InteractionResult) -> str:
    """The `custom_id` of the first thing to fill in in a window."""
    assert opened.modal is not None, "no window opened"
    label = next(part for part in opened.modal["components"] if "component" in part)
    return str(label["component"]["custom_id"])


def boxes(opened: InteractionResult, **typed: str) -> dict[str, str]:
    """What is typed into a window, by the fields' own names."""
    assert opened.modal is not None, "no window opened"
    ids = [str(part["component"]["custom_id"]) for part in opened.modal["components"] if "component" in part]
    return {next(id for id in ids if id.split(".")[1] == name): text for name, text in typed.items()}
