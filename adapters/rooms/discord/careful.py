"""A card and a line without anybody's words, for servers whose AutoMod keeps those out of the channel."""

from dataclasses import replace

from bot.screens.shapes import Card, Line, Passage, Quote

_KEPT_OUT = "AutoMod of this server keeps these words out"
_HEADLINE = "A mention whose words AutoMod keeps out"


def careful(card: Card) -> Card:
    """The same with every quotation veiled, and no word of theirs in the headline."""
    return replace(card, headline=_HEADLINE, about="", passages=tuple(_veiled(each) for each in card.passages))


def careful_line(line: Line) -> Line:
    """The same without the quotation."""
    return replace(line, quote="")


def _veiled(passage: Passage) -> Passage:
    match passage:
        case Quote():
            return replace(passage, text="", by="", veiled=_KEPT_OUT)
        case _:
            return passage
