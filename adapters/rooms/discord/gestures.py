"""A gesture of somebody in Discord."""

from collections.abc import Mapping

from adapters.rooms.discord.came import Came
from bot.nouns.team import Handle
from bot.screens.shapes import Gesture, GestureKind

#: The room's name, as handles and places carry it.
ROOM = "discord"
_NONE: Mapping[str, str] = {}


def gesture(
    came: Came,
    kind: GestureKind,
    act: str,
    incident: str = "",
    conversation: str = "",
    values: Mapping[str, str] = _NONE,
) -> Gesture:
    """Its id is the interaction's, which Discord never gives twice."""
    return Gesture(
        id=f"{ROOM}:{came.id}",
        kind=kind,
        who=Handle(room=ROOM, id=came.user),
        act=act,
        incident=incident,
        conversation=conversation,
        values=values,
    )
