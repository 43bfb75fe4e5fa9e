"""Blocks of a message, and how many of them one message holds: 40 components and 4,000 characters (chat_limits §1.5)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import discord
from discord import ui

from adapters.rooms.discord.text import units

Item = ui.Item[Any]
Button = ui.Button[Any]
#: What Discord takes, less the container that all lies in.
MOST_PARTS, MOST_UNITS = 39, 4000


@dataclass(frozen=True, slots=True)
class Block:
    """A text, with a button beside it or none; or a row of buttons or one list; or, with neither, a thin rule.

    `id` finds a text again when its message comes back (see typed.py).
    """

    text: str = ""
    beside: Button | None = None
    row: tuple[Item, ...] = ()
    id: int | None = None

    @property
    def parts(self) -> int:
        """How many components it takes."""
        if self.row:
            return 1 + len(self.row)
        return 3 if self.beside is not None else 1

    @property
    def units(self) -> int:
        """How much text it shows."""
        return units(self.text)

    def item(self) -> Item:
        """As discord.py writes it."""
        if self.row:
            return ui.ActionRow(*self.row)
        if not self.text:
            return ui.Separator()
        words: ui.TextDisplay[Any] = ui.TextDisplay(self.text, id=self.id)
        return words if self.beside is None else ui.Section(words, accessory=self.beside)


RULE = Block()


def view(blocks: Iterable[Block], accent: int | None = None) -> ui.LayoutView:
    """One message. It has no callbacks: what is pressed is read from the press itself, so it works after any restart."""
    shown = ui.LayoutView(timeout=None)
    items = [block.item() for block in blocks]
    colour = discord.Colour(accent) if accent is not None else None
    shown.add_item(ui.Container(*items, accent_colour=colour))
    return shown


def fits(blocks: Sequence[Block]) -> bool:
    """Whether one message holds them all."""
    return sum(b.parts for b in blocks) <= MOST_PARTS and sum(b.units for b in blocks) <= MOST_UNITS


def first(blocks: Sequence[Block], behind: Sequence[Block] = ()) -> int:
    """How many of `blocks`, from the start, one message holds together with `behind`; at least one."""
    parts, used = sum(b.parts for b in behind), sum(b.units for b in behind)
    for place, block in enumerate(blocks):
        parts, used = parts + block.parts, used + block.units
        if place and (parts > MOST_PARTS or used > MOST_UNITS):
            return place
    return len(blocks)


def poured(blocks: Sequence[Block]) -> Iterator[Sequence[Block]]:
    """All of them, in as many messages as it takes."""
    left = blocks
    while left:
        count = first(left)
        yield left[:count]
        left = left[count:]


def chunks(text: str, most: int) -> Iterator[str]:
    """A long text in pieces of at most `most` signs, cut behind the ends of lines, else behind words. Joined
    they are the text again."""
    left = text
    while len(left) > most:
        cut = max(left.rfind("\n", most // 2, most), left.rfind(" ", most // 2, most))
        cut = most if cut < 0 else cut + 1
        yield left[:cut]
        left = left[cut:]
    yield left
