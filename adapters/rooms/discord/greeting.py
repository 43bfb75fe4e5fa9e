"""What is said once, where we are invited."""

from discord import ui

from adapters.rooms.discord.blocks import Block, view
from adapters.rooms.discord.buttons import Buttons
from adapters.rooms.discord.moods import CALM
from adapters.rooms.discord.pressing import Signer
from bot.screens.shapes import Choice

#: What a post with the greeting is called.
TITLE = "Good to be here"
_WORDS = f"""### {TITLE}
I listen to what is said about you in public and bring it here: one card and one thread for each incident.
Whoever presses *I have this* answers it. Nothing is published before somebody here has read it once more and pressed \
*Send*, and never before it has cooled.
Full members of the team's place may press; whoever set me up is lead and manager; guests read. `/coolhead me` holds \
your name and time zone, `/coolhead status` what needs someone now.
-# What is written in a thread stays in the thread."""


def greeting(signer: Signer, channel: str) -> ui.LayoutView:
    """The greeting, with the presses that make `channel` a place of the team and that try it out."""
    buttons = Buttons(signer)
    choices = (
        Choice("place_here", "Bring incidents here", {"place": channel}, likely=True),
        Choice("sample", "Try it with a sample mention"),
    )
    return view([Block(_WORDS), *buttons.rows(choices)], CALM)
