"""Commands, read: `/coolhead …`, the two menus, and what a command offers while it is typed."""

import zoneinfo
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from discord import app_commands

from adapters.rooms.discord import text
from adapters.rooms.discord.came import About, Came
from adapters.rooms.discord.commands import BRING, KNOWN, NAME
from adapters.rooms.discord.doing import Do, Then
from adapters.rooms.discord.gestures import ROOM, gesture
from bot.nouns.team import Refusal
from bot.screens.shapes import Gesture, GestureKind, Page

UNKNOWN = Refusal(because="We don't know that command. It may be new or gone; Discord shows the others.")
WHICH = Refusal(because="Which one? Choose it under “which”, or say this in the incident's thread.")
_NOTHING = Refusal(because="There is nothing in it to note.")
_OFFERED, _LABEL, _LONGEST_WORDS = 25, 100, 5000
_PAGES = {"status": "now", "mine": "mine", "review": "review"}


def commanded(came: Came) -> Do | Refusal:
    """What a command asks for."""
    match str(came.data.get("name", "")):
        case name if name == NAME:
            return _slash(came)
        case name if name == BRING:
            return _bring(came)
        case name if name == KNOWN:
            return _known(came)
        case _:
            return UNKNOWN


def _slash(came: Came) -> Do | Refusal:
    part, given = _given(came.data)
    match part:
        case "status" | "mine" | "review":
            return Do(gesture(came, GestureKind.ASK, _PAGES[part]))
        case "find":
            return Do(gesture(came, GestureKind.ASK, "search", values={"q": given.get("words", "")}))
        case "hold":
            return Do(gesture(came, GestureKind.PRESS, "hold"))
        case "me":
            return Do(gesture(came, GestureKind.PRESS, "settings"), changes=given)
        case "claim" | "note" | "offline" | "close":
            about = named(given.get("which", "")) or came.about
            return WHICH if about is None else _on(came, part, about, given)
        case _:
            return UNKNOWN


def _on(came: Came, part: str, about: About, given: Mapping[str, str]) -> Do | Refusal:
    """A command on one incident. Where several conversations lie in it, its list is opened to choose from."""
    incident, conversation = about.incident, about.conversation
    match part:
        case "claim":
            return Do(gesture(came, GestureKind.ASK, "incident", incident, conversation), choose="claim")
        case "note":
            words = given.get("text", "").strip()
            noted = gesture(came, GestureKind.NOTED, "note", incident, conversation, {"text": words})
            return Do(noted) if words else _NOTHING
        case "offline" if conversation:
            return Do(gesture(came, GestureKind.PRESS, "take_offline", incident, conversation))
        case "close" if conversation:
            return Do(gesture(came, GestureKind.PRESS, "close", incident, conversation))
        case "close":
            return Do(gesture(came, GestureKind.PRESS, "close_list", incident))
        case _:
            return Do(gesture(came, GestureKind.ASK, "list", incident))


def _bring(came: Came) -> Do | Refusal:
    """A message brought in. In an incident's own thread it is noted there; one without words opens the form."""
    message = _resolved(came.data, "messages")
    if message is None:
        return UNKNOWN
    words = str(message.get("content") or "").strip()[:_LONGEST_WORDS]
    if came.about is not None:
        noted = gesture(came, GestureKind.NOTED, "note", came.about.incident, came.about.conversation, {"text": words})
        return Do(noted) if words else _NOTHING
    author = message.get("author") or {}
    values = {
        "words": words,
        "url": f"https://discord.com/channels/{came.guild}/{message.get('channel_id', '')}/{message.get('id', '')}",
        "author": str(author.get("global_name") or author.get("username") or "")[:80],
        "platform": ROOM,
    }
    if words:
        return Do(gesture(came, GestureKind.BROUGHT, "bring", values=values))
    return Do(gesture(came, GestureKind.PRESS, "bring"), Then.OPEN, values)


def _known(came: Came) -> Do | Refusal:
    """What we know of a person: incidents that hold their name."""
    person = _resolved(came.data, "users")
    if person is None:
        return UNKNOWN
    name = str(person.get("global_name") or person.get("username") or "")
    return Do(gesture(came, GestureKind.ASK, "search", values={"q": name}))


def _resolved(data: Mapping[str, Any], kind: str) -> Mapping[str, Any] | None:
    """The message or person a menu was opened on."""
    found = ((data.get("resolved") or {}).get(kind) or {}).get(str(data.get("target_id", "")))
    return found if isinstance(found, Mapping) else None


def _given(data: Mapping[str, Any]) -> tuple[str, dict[str, str]]:
    """The part of the command, and its options."""
    part = _part(data)
    return str(part.get("name", "")), {
        str(option.get("name", "")): str(option.get("value", "")) for option in part.get("options") or ()
    }


def _part(data: Mapping[str, Any]) -> Mapping[str, Any]:
    """The part of the command that was chosen."""
    parts: list[Mapping[str, Any]] = list(data.get("options") or ())
    return parts[0] if parts else {}


def named(which: str) -> About | None:
    """What an offered option stands for; anything else somebody typed there stands for nothing."""
    incident, _, conversation = which.partition("/")
    plain = all(part.replace("-", "").isalnum() and part.isascii() for part in (incident, conversation or "x"))
    return About(incident, conversation) if "/" in which and plain else None


def asked(came: Came) -> Gesture:
    """The page that holds what `which` may offer."""
    return gesture(came, GestureKind.ASK, "now")


def focused(came: Came) -> tuple[str, str]:
    """The option being typed, and what stands in it so far."""
    options: list[dict[str, Any]] = list(_part(came.data).get("options") or ())
    found: dict[str, Any] = next((option for option in options if option.get("focused")), {})
    return str(found.get("name", "")), str(found.get("value", ""))


def offered(page: Page, typed: str) -> list[app_commands.Choice[str]]:
    """What `which` offers of a page, by headline; a card of nothing in particular is left out."""
    found = dict[str, str]()
    for part in page.parts:
        for row in part.rows:
            name = text.label(f"{row.card.headline} · {row.card.about}".strip(" ·"), _LABEL)
            if typed.casefold() in name.casefold() and row.card.incident:
                found.setdefault(f"{row.card.incident}/{row.card.conversation}", name)
    return [app_commands.Choice(name=name, value=value) for value, name in list(found.items())[:_OFFERED]]


def zones(typed: str) -> list[app_commands.Choice[str]]:
    """Time zones that hold what was typed."""
    wanted = typed.casefold().replace(" ", "_")
    found = [zone for zone in _zones() if wanted in zone.casefold()]
    return [app_commands.Choice(name=zone, value=zone) for zone in found[:_OFFERED]]


@cache
def _zones() -> Sequence[str]:
    return sorted(zone for zone in zoneinfo.available_timezones() if "/" in zone and not zone.startswith("Etc/"))
