"""What lies behind *More*, as a modal: one press a line, so that a thumb finds it."""

from adapters.rooms.slack.message import Block, actions
from adapters.rooms.slack.presses import presser
from adapters.rooms.slack.pressing import Menu, Signer
from adapters.rooms.slack.views import modal


def more(menu: Menu, signer: Signer) -> Block:
    """The rest of a card's choices. It asks nobody, so it opens at once."""
    press = presser(signer, menu.incident, menu.conversation)
    return modal("menu", "More", [row for choice in menu.choices for row in actions([press(choice)])])
