"""What people do in Slack, read: payloads to gestures. Pure; every id comes from the payload, so that a payload that is
delivered twice is the same gesture."""

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from adapters.connections.slack_markup import written
from adapters.rooms.slack import commands
from adapters.rooms.slack.cautions import improved
from adapters.rooms.slack.fields import Seen
from adapters.rooms.slack.form import WORDS
from adapters.rooms.slack.heard import (
    Brought,
    Called,
    Closed,
    Do,
    Heard,
    Home,
    Marked,
    Nothing,
    Show,
    Spot,
    Stale,
    Typing,
)
from adapters.rooms.slack.presses import Kind
from adapters.rooms.slack.pressing import Opened, Pressed, Signer
from adapters.rooms.slack.seen import fingerprint, seen
from bot.nouns.team import Handle
from bot.screens.shapes import Gesture, GestureKind

ROOM = "slack"
#: Reactions that mark a line for the look back.
MARKS = frozenset({"pushpin", "round_pushpin"})
#: Slack's own limit of a message: nothing that somebody brings or notes is cut.
_LONGEST = 40_000
Payload = Mapping[str, Any]


def interaction(payload: Payload, signer: Signer) -> Heard:
    """A press, a modal that came back or was closed, a shortcut."""
    spot = _spot(payload)
    match payload.get("type"):
        case "block_actions":
            return _action(payload, spot, signer)
        case "view_submission":
            return _submitted(payload, spot, signer)
        case "view_closed":
            return Closed(spot)
        case "message_action":
            return _brought(payload, spot)
        case "shortcut":
            return commands.shortcut(
                str(payload.get("callback_id", "")), spot, key(spot, "s", _text(payload, "trigger_id"))
            )
        case _:
            return Nothing()


def command(payload: Payload) -> Heard:
    """A slash command, as its form came."""
    spot = Spot(
        Handle(room=ROOM, id=_text(payload, "user_id")),
        trigger=_text(payload, "trigger_id"),
        channel=_text(payload, "channel_id"),
        respond=_text(payload, "response_url"),
    )
    return commands.slash(_text(payload, "text"), spot, key(spot, "c", spot.trigger))


def event(envelope: Payload, marks: Collection[str] = MARKS) -> Heard:
    """An event of the Events API, with its envelope. What is not for us to answer is Nothing."""
    told = envelope.get("event") or {}
    id_ = _text(envelope, "event_id")
    who = Handle(room=ROOM, id=_text(told, "user"))
    match told:
        case {"bot_id": str()}:
            return Nothing()
        case {"type": "app_mention"}:
            spot = Spot(who, channel=_text(told, "channel"), message=_text(told, "ts"), thread=_text(told, "thread_ts"))
            return Called(written(_text(told, "text"))[:_LONGEST], spot, key(spot, "e", id_))
        case {"type": "reaction_added", "reaction": str(reaction), "item": {"channel": str(channel), "ts": str(at)}}:
            spot = Spot(who, channel=channel, message=at)
            return Marked(spot, key(spot, "e", id_)) if reaction.partition("::")[0] in marks else Nothing()
        case {"type": "app_home_opened"} if told.get("tab", "home") == "home":
            return Home(Spot(who, kind="home"))
        case _:
            return Nothing()


def key(spot: Spot, *parts: str) -> str:
    """A gesture's id: the same for the same payload, and nobody's but theirs."""
    return hashlib.sha256(json.dumps([spot.who.id, *parts]).encode()).hexdigest()[:32]


def _text(payload: Payload, name: str) -> str:
    found = payload.get(name)
    return found if isinstance(found, str) else ""


def _spot(payload: Payload) -> Spot:
    """Of an interaction. Payloads with a view tell their place less and their view more."""
    view, message, box = (payload.get(name) or {} for name in ("view", "message", "container"))
    return Spot(
        Handle(room=ROOM, id=_text(payload.get("user") or {}, "id")),
        trigger=_text(payload, "trigger_id"),
        channel=_text(payload.get("channel") or {}, "id") or _text(box, "channel_id"),
        message=_text(message, "ts") or _text(box, "message_ts") or _text(payload, "message_ts"),
        thread=_text(message, "thread_ts") or _text(box, "thread_ts"),
        view=_text(view, "id"),
        hash=_text(view, "hash"),
        kind=_kind(view),
        respond=_text(payload, "response_url"),
    )


def _kind(view: Payload) -> str:
    return "home" if view.get("type") == "home" else _text(view, "callback_id")


def _action(payload: Payload, spot: Spot, signer: Signer) -> Heard:
    """The first action of a press; Slack sends one at a time."""
    action: Payload = next(iter(payload.get("actions") or ()), {})
    name, value = _text(action, "action_id").partition(".")[0], _text(action, "value")
    match name:
        case Kind.PRESS:
            return _pressed(payload, spot, signer, _named(spot, action))
        case Kind.MORE:
            menu = signer.unpack_menu(value)
            return Stale(spot) if menu is None else Show(menu, spot)
        case Kind.KEEP | Kind.CHECK | Kind.TAKE | Kind.INSTEAD | Kind.TYPE:
            return _in_form(payload, spot, signer, action)
        case _:
            return Nothing()


def _named(spot: Spot, action: Payload) -> str:
    place = spot.view or f"{spot.channel}:{spot.message}"
    return key(spot, "a", place, *(_text(action, part) for part in ("action_ts", "block_id", "action_id", "value")))


def _pressed(payload: Payload, spot: Spot, signer: Signer, id_: str) -> Heard:
    action = payload["actions"][0]
    pressed = signer.unpack(_text(action, "value"))
    if pressed is None:
        return Stale(spot)
    values = dict(pressed.values)
    if pressed.act == "place_here":
        values |= {"place": spot.channel, "name": _text(payload.get("channel") or {}, "name")}
    gesture = Gesture(
        id=id_,
        kind=GestureKind.PRESS,
        who=spot.who,
        act=pressed.act,
        incident=pressed.incident,
        conversation=pressed.conversation,
        values=values,
    )
    return Do(gesture, spot, asked=pressed)


def _in_form(payload: Payload, spot: Spot, signer: Signer, action: Payload) -> Heard:
    """A press inside a form, or a letter typed in it."""
    view = payload.get("view") or {}
    opened = signer.unpack_form(_text(view, "private_metadata"))
    name, value = _text(action, "action_id").partition(".")[0], _text(action, "value")
    if opened is None:  # whoever types is not interrupted: a press of theirs is answered
        return Nothing() if name == Kind.TYPE else Stale(spot)
    found = seen(view, opened.options)
    match name:
        case Kind.TYPE:
            id_ = key(spot, "k", spot.view, *fingerprint(found))
            return Typing(_filled(opened, spot, found.values, id_, kept=True), spot, found, opened.keeps)
        case Kind.KEEP:
            id_ = key(spot, "k", spot.view, *fingerprint(found))
            return Do(_filled(opened, spot, found.values, id_, kept=True), spot, seen=found)
        case Kind.CHECK:
            gesture = _filled(opened, spot, found.values, _named(spot, action), finished=False)
            return Do(gesture, spot, seen=found)
        case _:
            words = _better(found, signer.unpack_words(value))
            if words is None:
                return Stale(spot)
            taken = {**found.values, WORDS: words}
            return Do(_filled(opened, spot, taken, _named(spot, action), finished=False), spot, seen=found)


def _better(found: Seen, told: Sequence[str | int] | None) -> str | None:
    """The words after a press that takes a suggestion's text or a caution's better wording."""
    match told:
        case [str(text)]:
            return text
        case [str(was), int(at), str(now)]:
            return improved(found.values.get(WORDS, ""), was, at, now)
        case _:
            return None


def _submitted(payload: Payload, spot: Spot, signer: Signer) -> Heard:
    """The same view sent twice with the same words is one gesture; Slack may ask a person to press again."""
    view = payload.get("view") or {}
    opened = signer.unpack_form(_text(view, "private_metadata"))
    if opened is None:
        return Stale(spot)
    found = seen(view, opened.options)
    id_ = key(spot, "v", spot.view, *fingerprint(found))
    return Do(_filled(opened, spot, found.values, id_), spot, seen=found)


def _filled(
    opened: Opened, spot: Spot, typed: Mapping[str, str], id_: str, *, finished: bool = True, kept: bool = False
) -> Gesture:
    """What the form acts on wins over what was typed under the same name."""
    return Gesture(
        id=id_,
        kind=GestureKind.FILLED,
        who=spot.who,
        act=opened.act,
        incident=opened.incident,
        conversation=opened.conversation,
        values={**typed, **opened.values},
        finished=finished,
        kept=kept,
    )


def _brought(payload: Payload, spot: Spot) -> Heard:
    """ "Bring this to Coolhead", on any message."""
    message = payload.get("message") or {}
    domain, at = _text(payload.get("team") or {}, "domain"), spot.message
    url = f"https://{domain}.slack.com/archives/{spot.channel}/p{at.replace('.', '')}" if domain and at else ""
    return Brought(
        text=written(_text(message, "text"))[:_LONGEST],
        url=url,
        author=_text(message, "user"),
        name=_text(message, "username"),
        spot=spot,
        key=key(spot, "b", spot.trigger),
    )


def noted(spot: Spot, id_: str, incident: str, text: str, *, marked: bool = False) -> Gesture:
    """A line for the team under an incident: a marked reaction, a message handed over, "note …"."""
    values = {"text": text[:_LONGEST], **({"marked": "yes"} if marked else {})}
    return Gesture(id=id_, kind=GestureKind.NOTED, who=spot.who, act="note", incident=incident, values=values)


def asking(spot: Spot, id_: str, act: str, incident: str = "", conversation: str = "", **values: str) -> Do:
    """A page or a form, asked for."""
    gesture = Gesture(
        id=id_,
        kind=GestureKind.ASK,
        who=spot.who,
        act=act,
        incident=incident,
        conversation=conversation,
        values=values,
    )
    return Do(gesture, spot, asked=Pressed(act, incident, conversation, values, form=True))
