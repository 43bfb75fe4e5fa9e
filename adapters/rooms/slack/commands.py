"""What can be asked in words: `/coolhead …`, shortcuts, and our name called in a thread."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from adapters.rooms.slack.heard import Do, Help, Nothing, Spot
from adapters.rooms.slack.message import Block, Message, context, numbered, section
from adapters.rooms.slack.presses import presses
from adapters.rooms.slack.pressing import Pressed, Signer
from bot.screens.shapes import Card, Choice, Gesture, GestureKind

#: `/coolhead WORD` and the page or form it opens.
ASKS: Mapping[str, str] = {
    "status": "now",
    "now": "now",
    "mine": "mine",
    "hold": "hold",
    "me": "settings",
    "review": "review",
    "bring": "bring",
    "statement": "statement",
    "people": "people",
    "health": "health",
}
#: A shortcut's callback_id, as the manifest has it, and what it opens.
SHORTCUTS: Mapping[str, str] = {"coolhead_now": "now", "coolhead_bring": "bring", "coolhead_hold": "hold"}
BRING_THIS = "coolhead_bring_this"
#: What may be said to us in an incident's thread, and the choice of its card that is meant.
_WISHES: Mapping[str, tuple[str, ...]] = {
    "claim": ("claim",),
    "i have this": ("claim",),
    "have": ("claim",),
    "hand back": ("hand_back",),
    "hand it back": ("hand_back",),
    "next": ("take_next",),
    "write": ("write",),
    "reply": ("write",),
    "send": ("read_once_more",),
    "offline": ("take_offline", "log_contact"),
    "close": ("close", "end_handoff", "close_list"),
    "reopen": ("reopen",),
    "list": ("list",),
    "words": ("words",),
    "look back": ("look_back",),
}
_HOLD = Choice("hold", "Hold all posting", form=True)
HELP = (
    "Here is what you can ask.\n"
    "`/coolhead status`  what needs someone now\n"
    "`/coolhead mine`  what is in your hands\n"
    "`/coolhead find WORDS`  incidents that hold these words\n"
    "`/coolhead bring`  bring something in\n"
    "`/coolhead hold`  hold all posting\n"
    "`/coolhead me`  your name, signature and duty\n"
    "`/coolhead review`  how we are doing, for managers\n"
    "In a thread, call me by name: *claim*, *hand back*, *note* and your words, *write*, *offline*, *close*, *hold*. "
    "Nothing you write in a thread is published."
)


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody called us for: a line for the team (`note`), or the first of `acts` that the card offers."""

    acts: tuple[str, ...] = ()
    note: str = ""


def slash(text: str, spot: Spot, id_: str) -> Do | Help:
    """`/coolhead WORD rest`. What we do not know is answered by what we do."""
    word, _, rest = text.strip().partition(" ")
    if word.lower() == "find":
        return _asks(spot, id_, "search", {"q": rest.strip()[:400]})
    act = ASKS.get(word.lower())
    return Help(spot) if act is None else _asks(spot, id_, act, {})


def shortcut(callback: str, spot: Spot, id_: str) -> Do | Nothing:
    """A global shortcut of ours."""
    act = SHORTCUTS.get(callback)
    return Nothing() if act is None else _asks(spot, id_, act, {})


def _asks(spot: Spot, id_: str, act: str, values: Mapping[str, str]) -> Do:
    gesture = Gesture(id=id_, kind=GestureKind.ASK, who=spot.who, act=act, values=values)
    return Do(gesture, spot, asked=Pressed(act, values=values, form=True))


def wished(words: str) -> Wish | None:
    """What was said after our name; None where it is nothing we know."""
    said = re.sub(r"^(?:\s*@\S+)+", "", words).strip() or "help"
    first, *rest = said.split(None, 1)
    if first.lower().rstrip(":") == "note" and rest:
        return Wish(note=rest[0])
    plain = " ".join(said.lower().rstrip(".! ").split())
    if plain in ("hold", "hold all posting"):
        return Wish(("hold",))
    acts = _WISHES.get(plain)
    return None if acts is None else Wish(acts)


def granted(wish: Wish, card: Card) -> Choice | None:
    """The choice of the card that is meant; None where the card offers none of it now."""
    if "hold" in wish.acts:
        return _HOLD
    offered = {choice.act: choice for choice in (*card.more[::-1], *card.choices[::-1])}
    return next((offered[act] for act in wish.acts if act in offered), None)


def pressed(choice: Choice, card: Card, spot: Spot, id_: str) -> Do:
    """The same as a press of it."""
    gesture = Gesture(
        id=id_,
        kind=GestureKind.PRESS,
        who=spot.who,
        act=choice.act,
        incident=card.incident,
        conversation=card.conversation,
        values=choice.values,
    )
    return Do(gesture, spot, asked=Pressed(choice.act, card.incident, card.conversation, choice.values, choice.form))


def offered(choice: Choice, card: Card, signer: Signer) -> Message:
    """A form can only be opened by a press, so the press is offered. For who asked alone."""
    text = "Press here; it opens beside you."
    row = presses(signer, (choice,), (), card.incident, card.conversation)
    return Message(text, tuple(numbered([section(text), *row])))


def helped(signer: Signer, card: Card | None = None) -> Message:
    """What can be asked here; under an incident, with the presses its card offers."""
    row: list[Block] = []
    if card is not None:
        row = presses(signer, card.choices, card.more, card.incident, card.conversation)
    note = [context("What stands here now can be pressed right away.")] if row else []
    return Message("Here is what you can ask.", tuple(numbered([section(HELP), *note, *row])))
