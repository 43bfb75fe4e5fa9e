"""Private notes: what one person is told by direct message, and what stands in the thread where that door is closed."""

from discord import ui

from adapters.rooms.discord.blocks import Block, view
from adapters.rooms.discord.buttons import Buttons
from adapters.rooms.discord.card import note_card
from adapters.rooms.discord.moods import GREY
from adapters.rooms.discord.packing import How
from adapters.rooms.discord.pressing import Signer
from bot.screens.shapes import Card

_CLOSED = "Something waits for you here, for you alone. Your direct messages are closed to this server."
_OPEN = "Read it privately"


def note(one: Card, signer: Signer) -> ui.LayoutView:
    """A note, for a direct message."""
    return note_card(one, signer)


def closed_note(one: Card, signer: Signer, mention: str) -> ui.LayoutView:
    """What stands in the thread for somebody whose direct messages are closed: nothing of the note but a button that
    opens privately what the note leads to: the form its likely press opens, else the incident. `mention` is theirs
    (`<@1>`), the one ping that whoever sends this allows."""
    buttons = Buttons(signer, one.incident, one.conversation)
    likely = next((choice for choice in one.choices if choice.likely and choice.form), None)
    if likely is not None:
        opened = buttons.one(_OPEN, likely.act, likely.values)
    else:
        opened = buttons.one(_OPEN, "incident" if one.incident else "now", how=How.ASK)
    return view([Block(f"{mention} {_CLOSED}"), Block(row=(opened,))], GREY)
