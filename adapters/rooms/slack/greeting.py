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
    "Full members of this workspace may press, unless your settings name the people. Guests read headlines only. "
    "What you write in a thread stays here."
)


def greeting(signer: Signer) -> Message:
    """What it is, who may press, and two ways to begin."""
    choices = (
        Choice("place_here", "Bring incidents here", likely=True),
        Choice("sample", "Try it with a sample mention"),
    )
    return Message(_WHAT, tuple(numbered([section(_WHAT), context(_WHO), *presses(signer, choices, (), "", "")])))
