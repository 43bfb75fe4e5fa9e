"""What goes into a message: a painted card, marked and digested, and the few lines about threads."""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from discord.ui import LayoutView, TextDisplay

from adapters.rooms.discord.blocks import Block
from adapters.rooms.discord.blocks import view as blocks
from adapters.rooms.discord.buttons import Buttons
from adapters.rooms.discord.card import card as painted
from adapters.rooms.discord.looking import mark, marked
from adapters.rooms.discord.packing import How
from adapters.rooms.discord.pressing import Signer
from bot.screens.shapes import Card


@dataclass(frozen=True, slots=True)
class Sheet:
    """A view, the mark it carries, and a digest of all it shows: two of the same need no request."""

    view: LayoutView
    mark: int
    digest: str


class Sheets:
    """Paints cards for a place."""

    def __init__(self, signer: Signer) -> None:
        self._signer = signer

    def card(self, card: Card, place: str) -> Sheet:
        """A card as it stands in a place."""
        number = mark(card.incident, place)
        view = marked(painted(card, self._signer), number)
        untyped: Any = view  # discord.py says nothing of what this hands back
        shown = json.dumps(untyped.to_components(), sort_keys=True, ensure_ascii=True)
        return Sheet(view, number, hashlib.sha256(shown.encode()).hexdigest())

    def goes_on(self, card: Card, guild: int, thread: int) -> LayoutView:
        """What a first card shows once the card goes on in the thread. It still says which incident this is."""
        told = f"This card goes on in its thread: https://discord.com/channels/{guild}/{thread}"
        story = Buttons(self._signer, card.incident, card.conversation).one("The whole story", "incident", how=How.ASK)
        return blocks([Block(told, beside=story)])


def pointer(text: str, thread: int) -> LayoutView:
    """A line that leads to a thread."""
    view = LayoutView(timeout=None)
    view.add_item(TextDisplay(f"{text} <#{thread}>."))
    return view
