"""Short answers to one person alone: done, a calm no, saving."""

from discord import ui

from adapters.rooms.discord import passages, text
from adapters.rooms.discord.blocks import Block, poured, view
from adapters.rooms.discord.buttons import Buttons
from adapters.rooms.discord.dates import clock, distance
from adapters.rooms.discord.moods import CALM, GREY
from adapters.rooms.discord.packing import How
from adapters.rooms.discord.pressing import Signer
from bot.nouns.team import Refusal
from bot.screens.shapes import Done, Quote

_SAID = 1500
_SAVING = "Saving. It stands here in a moment."


def done(one: Done, signer: Signer) -> ui.LayoutView:
    """It is on disk; with a press that opens what it was about."""
    said = Block(text.escape_within(one.said, _SAID))
    if not one.incident:
        return view([said], CALM)
    opened = Buttons(signer, one.incident, one.conversation).one("Open it", "incident", how=How.ASK)
    return view([Block(said.text, beside=opened)], CALM)


def refusal(one: Refusal) -> ui.LayoutView:
    """A calm no, and until when, in the reader's own zone."""
    return view([_no(one)], GREY)


def refused(one: Refusal, typed: str) -> tuple[ui.LayoutView, ...]:
    """The same, with what was typed, so that it can be copied: nothing anybody wrote is lost."""
    words = passages.whole([Quote(typed, by="What you wrote", ours=True)]) if typed.strip() else []
    return tuple(view(part, GREY) for part in poured([_no(one), *words]))


def _no(one: Refusal) -> Block:
    until = f"\n-# Until {clock(one.until)}, {distance(one.until)}" if one.until is not None else ""
    return Block(f"{text.escape_within(one.because, _SAID)}{until}")


def saving() -> ui.LayoutView:
    """What stands there while the answer takes longer than two seconds."""
    return view([Block(_SAVING)], GREY)


def plainly(words: str) -> ui.LayoutView:
    """A sentence of the room's own."""
    return view([Block(text.escape_within(words, _SAID))], GREY)
