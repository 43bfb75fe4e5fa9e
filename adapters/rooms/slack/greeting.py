"""The one greeting where the bot is invited."""

from adapters.rooms.slack.message import Message, context, numbered, section
from adapters.rooms.slack.presses import presses
from adapters.rooms.slack.pressing import Signer
from bot.screens.shapes import Choice

_WHAT = (
    "I am Coolhead. When somebody says in public that we let them down, I bring it here, one card each, "
    "and help you answer with a cool head. Nothing goes out without a named person's press, and never before it has cooled."
)
_WHO = (
    "Full members of this workspace may press, unless your settings name the people; whoever brings incidents here first "
    "leads. Guests read headlines only. What you write in a thread is never published."
)
_SHARED = "Other companies read this channel too, so cards here would show nobody's words and no names."


def greeting(signer: Signer, *, shared: bool = False) -> Message:
    """What it is, who may press, and two ways to begin. `shared`: other companies read the channel; bringing incidents
    there confirms that this is meant."""
    here = {"shared": "yes"} if shared else {}
    choices = (
        Choice("place_here", "Bring incidents here", here, likely=not shared),
        Choice("sample", "Try it with a sample mention"),
    )
    blocks = [section(_WHAT), *([section(_SHARED)] if shared else []), context(_WHO)]
    return Message(_WHAT, tuple(numbered([*blocks, *presses(signer, choices, (), "", "")])))
