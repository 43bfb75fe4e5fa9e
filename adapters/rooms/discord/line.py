"""One fact in an incident's thread."""

from discord import ui

from adapters.rooms.discord import text
from adapters.rooms.discord.dates import clock, moment
from bot.screens.shapes import Line

_TEXT, _BY, _QUOTE = 900, 120, 2400


def line(one: Line) -> ui.LayoutView:
    """The line, without a frame."""
    shown = ui.LayoutView(timeout=None)
    shown.add_item(ui.TextDisplay(words(one, _QUOTE)))
    return shown


def words(one: Line, most: int) -> str:
    """`text moment (by, at): quote`, what is '' left out; the quotation under it, at most `most` characters."""
    said = text.escape_within(text.one_line(one.text), _TEXT).removesuffix(".")
    by = text.escape_within(text.one_line(one.by), _BY)
    moment_ = f" {moment(one.moment)}" if one.moment is not None else ""
    head = f"{said}{moment_} ({', '.join(part for part in (by, clock(one.at)) if part)})"
    if not one.quote.strip():
        return f"{head}{'' if said.endswith('?') else '.'}"
    return f"{head}:\n{text.quoted(text.escape_within(one.quote, most))}"
