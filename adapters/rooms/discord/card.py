"""A card as a Discord message: Components V2, at most 40 of them and 4,000 characters. Pure."""

from collections.abc import Sequence

from discord import ui

from adapters.rooms.discord import passages, text
from adapters.rooms.discord.blocks import Block, fits, view
from adapters.rooms.discord.buttons import Buttons, opens
from adapters.rooms.discord.moods import accent, mood
from adapters.rooms.discord.packing import How
from adapters.rooms.discord.pressing import Signer
from bot.screens.shapes import Card

_HEADLINE, _ABOUT = 300, 300
#: How much of each quotation is shown: the most that leaves room for everything else.
_QUOTES = (1500, 900, 500, 350, 200, 100, 40)
#: Where even that is too much, as many passages as fit; the whole story has the rest.
_CUT = "-# There is more than Discord shows at once. The whole story has it."


def card(one: Card, signer: Signer) -> ui.LayoutView:
    """The card of an incident, for everybody in its place. Its headline's button opens the whole story, privately, and
    carries which incident this is: every card has it, in every state."""
    return view(_fitting(one, signer, story=True), accent(one))


def note_card(one: Card, signer: Signer) -> ui.LayoutView:
    """The same for one person."""
    return view(_fitting(one, signer, story=bool(one.incident)), accent(one))


def _fitting(one: Card, signer: Signer, *, story: bool) -> Sequence[Block]:
    for most in _QUOTES:
        whole = blocks(one, Buttons(signer, one.incident, one.conversation), most, story=story)
        if fits(whole):
            return whole
    buttons = Buttons(signer, one.incident, one.conversation)
    head, foot = heading(one, buttons, story=story), presses(one, buttons)
    kept = list[Block]()
    for block in passages.blocks(one.passages, _QUOTES[-1]):
        if fits([*head, *kept, block, Block(_CUT), *foot]):
            kept.append(block)
    return [*head, *kept, Block(_CUT), *foot]


def blocks(one: Card, buttons: Buttons, most: int, *, story: bool = True) -> list[Block]:
    """A card's blocks, top to bottom."""
    return [*heading(one, buttons, story=story), *passages.blocks(one.passages, most), *presses(one, buttons)]


def heading(one: Card, buttons: Buttons, *, story: bool = True) -> list[Block]:
    """Headline, second line and mood."""
    title = f"### {text.escape_within(text.one_line(one.headline) or '…', _HEADLINE)}"
    lines = [title, *([text.escape_within(text.one_line(one.about), _ABOUT)] if one.about else []), f"-# {mood(one)}"]
    whole = buttons.one("The whole story", "incident", how=How.ASK) if story else None
    return [Block("\n".join(lines), beside=whole)]


def presses(one: Card, buttons: Buttons) -> list[Block]:
    """Its choices, *More*, and the link to the whole story where it has a public address."""
    link = opens(one.link, "Read it")
    return buttons.rows(one.choices, one.more, (link,) if link is not None else ())
