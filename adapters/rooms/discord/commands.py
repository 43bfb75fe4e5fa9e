"""The commands as Discord is told of them: one slash command with its parts, and two in the menus of a message and of a
person. Payloads of `PUT /applications/{id}/commands`; they work in servers only, and nobody needs a permission to see
them: who may act is asked at every press."""

from collections.abc import Sequence
from typing import Any

NAME = "coolhead"
BRING = "Bring this to Coolhead"
KNOWN = "What do we know of them"
#: What is looked for may be so long; it must fit into the answer that leads on.
LONGEST_SEARCH = 200

_SUB, _STRING = 1, 3
_SLASH, _PERSON, _MESSAGE = 1, 2, 3
_WHICH = {
    "type": _STRING,
    "name": "which",
    "description": "Which one. In an incident's thread it is that one.",
    "required": False,
    "autocomplete": True,
}


def _part(name: str, description: str, *options: dict[str, Any]) -> dict[str, Any]:
    return {"type": _SUB, "name": name, "description": description, "options": list(options)}


def _text(name: str, description: str, longest: int, *, required: bool, offers: bool = False) -> dict[str, Any]:
    return {
        "type": _STRING,
        "name": name,
        "description": description,
        "required": required,
        "max_length": longest,
        "autocomplete": offers,
    }


_PARTS = (
    _part("status", "What needs someone now"),
    _part("mine", "What is in your hands"),
    _part("hold", "Hold all posting, or end the hold"),
    _part("find", "Search", _text("words", "Words somebody wrote, or their name", LONGEST_SEARCH, required=True)),
    _part("claim", "I have this", _WHICH),
    _part("note", "A note for the team, never published", _text("text", "The note", 2000, required=True), _WHICH),
    _part("offline", "Take it offline", _WHICH),
    _part("close", "Close it: how did it end?", _WHICH),
    _part(
        "me",
        "You: name, signature, time zone, duty",
        _text("zone", "Your time zone, as in Europe/Berlin", 60, required=False, offers=True),
        _text("public_name", "How you sign in public", 80, required=False),
    ),
    _part("review", "The managers' first page"),
)
#: Only where a server invited us: 0 is a server, and 0 an install for a server.
_WHERE = {"contexts": [0], "integration_types": [0]}

COMMANDS: Sequence[dict[str, Any]] = (
    {"type": _SLASH, "name": NAME, "description": "What people say about you, kept calm", "options": list(_PARTS)}
    | _WHERE,
    {"type": _MESSAGE, "name": BRING} | _WHERE,
    {"type": _PERSON, "name": KNOWN} | _WHERE,
)
#: By name. Whatever else is called on the same connection is somebody else's to answer.
OURS = frozenset(str(each["name"]) for each in COMMANDS)
