"""What somebody did in Discord, read as a gesture. Pure: whose press it is comes from Discord, what it says from what we
signed, and an interaction has one id for ever, so that the same one twice is the same gesture."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from adapters.rooms.discord import moments, typed
from adapters.rooms.discord.answering import STALE
from adapters.rooms.discord.asking import commanded
from adapters.rooms.discord.came import Came
from adapters.rooms.discord.doing import Do, Then
from adapters.rooms.discord.gestures import gesture
from adapters.rooms.discord.packing import How, Pressed
from adapters.rooms.discord.pressing import MORE, Signer
from adapters.rooms.discord.window import needs_window
from bot.nouns.team import Refusal
from bot.screens.forms import FORMS
from bot.screens.shapes import GestureKind

FORGED = Refusal(because="That press is not one we made as it stands here, so nothing was done.")
UNKNOWN = Refusal(because="We don't know what that was meant to do, so nothing was done.")
#: Values of a press that say how to answer it; the desk is not told.
_OURS = frozenset({"typed", "taken", "nth", "skip"})
_MANY = "\n"


def read(came: Came, signer: Signer, now: datetime) -> Do | Refusal:
    """Every press, list, window and command. `now` (UTC) is what a length of time is counted from."""
    match came.kind:
        case "press":
            return _press(came, signer)
        case "window":
            return _window(came, signer, now)
        case "command":
            return commanded(came)
        case _:
            return UNKNOWN


def _press(came: Came, signer: Signer) -> Do | Refusal:
    custom_id = str(came.data.get("custom_id", ""))
    if MORE.fullmatch(custom_id):
        chosen = came.data.get("values") or [""]
        custom_id = str(chosen[0])
    pressed = signer.unpack(custom_id)
    if pressed is None:
        return FORGED
    carried = _carried(came, pressed, signer)
    return STALE if carried is None else _do(came, pressed, carried)


def _carried(came: Came, pressed: Pressed, signer: Signer) -> Mapping[str, str] | None:
    """What the message carries for this press; None where it is not what the press was made for."""
    seal = pressed.values.get("typed", "")
    if not seal:
        return {}
    carried = typed.carried(came.texts)
    return carried if signer.seal(carried) == seal else None


def _do(came: Came, pressed: Pressed, carried: Mapping[str, str]) -> Do:
    values = {name: value for name, value in pressed.values.items() if name not in _OURS}
    if pressed.act == "place_here":
        values["name"] = came.channel_name
    kind = GestureKind.ASK if pressed.how is How.ASK else GestureKind.PRESS
    if pressed.how is How.ASK:
        values |= carried
    done = gesture(came, kind, pressed.act, pressed.incident, pressed.conversation, values)
    match pressed.how:
        case How.PRESS | How.ASK:
            return Do(done, skip=int(pressed.values.get("skip") or 0))
        case How.OPEN:
            return Do(done, Then.OPEN, carried)
        case How.FINISH if _direct(pressed.act):
            return Do(done.model_copy(update={"kind": GestureKind.FILLED}))
        case How.FINISH:
            return Do(done, Then.FINISH, carried)
        case How.KEEP:
            return Do(done, Then.KEEP, carried)
        case How.TAKE:
            return Do(done, Then.TAKE, taken=pressed.values.get("taken", ""))
        case How.INSTEAD:
            return Do(done, Then.IMPROVE, carried, nth=int(pressed.values.get("nth") or 0))


def _direct(act: str) -> bool:
    """Whether a form of that act is finished by a press alone: nothing in it is typed."""
    return act in FORMS and not needs_window(FORMS[act])


def _window(came: Came, signer: Signer, now: datetime) -> Do | Refusal:
    pressed = signer.unpack_form(str(came.data.get("custom_id", "")))
    if pressed is None:
        return FORGED
    values = {**_filled(came.data, now), **pressed.values}
    done = gesture(came, GestureKind.FILLED, pressed.act, pressed.incident, pressed.conversation, values)
    return Do(done.model_copy(update={"finished": pressed.how is not How.ASK}))


def _filled(data: Mapping[str, Any], now: datetime) -> Mapping[str, str]:
    """What was typed and chosen, by the fields' own names. The letter before a name tells how to read it (window.py)."""
    found = dict[str, str]()
    for part in _controls(data.get("components") or ()):
        letter, _, rest = str(part.get("custom_id", "")).partition(".")
        name, _, nth = rest.partition(".")
        match letter:
            case "f":
                found[name] = f"{found.get(name, '')}{spaced(nth)}{_value(part)}"
            case "m":
                found[name] = moments.moment(_value(part), now)
            case "n":
                found[name] = moments.length(_value(part))
            case "c":
                chosen = [found[name]] if found.get(name) else []
                found[name] = _MANY.join([*chosen, *_values(part)])
            case "t":
                found |= dict.fromkeys(_values(part), "yes")
            case _:
                continue
    return found


def spaced(nth: str) -> str:
    """The space that stood before a further box of one text."""
    return "".join({"n": "\n", "s": " "}.get(letter, "") for letter in nth)


def _value(part: Mapping[str, Any]) -> str:
    return str(part.get("value") or "").replace("\r\n", "\n")


def _values(part: Mapping[str, Any]) -> list[str]:
    return [str(value) for value in part.get("values") or ()]


def _controls(parts: Any) -> Iterator[Mapping[str, Any]]:
    """The boxes and lists of a window, whatever they lie in."""
    for part in parts:
        if not isinstance(part, Mapping):
            continue
        inner = part.get("component")
        if inner is not None:
            yield from _controls([inner])
        elif isinstance(part.get("components"), list):
            yield from _controls(part["components"])
        else:
            yield part
