"""An interaction as we read it: plain data, so that reading asks nobody and is tried without Discord."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import discord

from adapters.rooms.discord.packing import How
from adapters.rooms.discord.pressing import TEMPLATE, Signer

_KINDS = {
    discord.InteractionType.application_command: "command",
    discord.InteractionType.autocomplete: "asking",
    discord.InteractionType.component: "press",
    discord.InteractionType.modal_submit: "window",
}


@dataclass(frozen=True, slots=True)
class About:
    """Whose thread it is: the incident, and its conversation where it has only one."""

    incident: str
    conversation: str = ""


@dataclass(frozen=True, slots=True)
class Came:
    """`id` is the interaction's own, `user` who did it, both from Discord. `data` as Discord sent it; `texts` of the
    message it came from, by their ids; `about` where it came from an incident's thread."""

    id: str
    kind: str
    user: str
    data: Mapping[str, Any] = field(default_factory=dict)
    texts: Mapping[int, str] = field(default_factory=dict)
    about: About | None = None
    channel: str = ""
    channel_name: str = ""
    guild: str = ""


def came(interaction: discord.Interaction[Any], about: About | None = None) -> Came:
    """What is needed of it. A kind of interaction that we know nothing of has the kind ''."""
    channel = interaction.channel
    return Came(
        id=str(interaction.id),
        kind=_KINDS.get(interaction.type, ""),
        user=str(interaction.user.id),
        data=dict(interaction.data or {}),
        texts=texts(interaction.message),
        about=about,
        channel=str(interaction.channel_id or ""),
        channel_name=str(getattr(channel, "name", "") or ""),
        guild=str(interaction.guild_id or ""),
    )


def texts(message: discord.Message | None) -> Mapping[int, str]:
    """The texts a message shows, by the ids of their components."""
    found = {}
    for part in _parts(message):
        if isinstance(part, discord.TextDisplay) and part.id is not None:
            found[part.id] = part.content
    return found


def about(message: discord.Message | None, signer: Signer) -> About | None:
    """Which incident a card is of, read from its own presses; None where the message is no card of ours."""
    for part in _parts(message):
        custom_id = str(getattr(part, "custom_id", "") or "")
        pressed = signer.unpack(custom_id) if TEMPLATE.fullmatch(custom_id) else None
        if pressed is not None and pressed.how is How.ASK and pressed.act == "incident" and pressed.incident:
            return About(pressed.incident, pressed.conversation)
    return None


def _parts(message: discord.Message | None) -> Iterator[Any]:
    """All components of a message, the deep ones too."""
    waiting: list[Any] = list(message.components) if message is not None else []
    while waiting:
        part = waiting.pop(0)
        yield part
        inner = [*getattr(part, "children", ()), *([part.accessory] if hasattr(part, "accessory") else [])]
        waiting = [*inner, *waiting]
