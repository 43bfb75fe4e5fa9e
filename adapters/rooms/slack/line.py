"""A line of the thread: `text moment (by): quote`, as every room says it."""

from adapters.rooms.slack.dates import date
from adapters.rooms.slack.message import FALLBACK, Block, Message, section
from adapters.rooms.slack.passages import quoted
from adapters.rooms.slack.text import brief, clip, clip_marked, escape, readable
from bot.screens.shapes import Line

#: A line is no place for a whole letter: it stands on the page of the incident.
_LONGEST = 1500


def line(one: Line, *, minimal: bool = False) -> Message:
    """One fact. `minimal`: for a shared channel, without anybody's words."""
    said = sentence(one, bool(one.quote) and not minimal)
    whole = readable(one.quote).strip()
    words = "" if minimal or not whole else clip(whole, _LONGEST)
    blocks: list[Block] = [section(said), *(section(piece) for piece in quoted(words) if words)]
    text = f"{said} {escape(words)}" if words else said
    return Message(clip_marked(text, FALLBACK), tuple(blocks))


def sentence(one: Line, quotes: bool) -> str:
    """What it says, escaped, without the quote; it ends in a colon where one follows."""
    text = brief(one.text, 2000)
    moment = f" {date(one.moment)}" if one.moment is not None else ""
    by = f" ({brief(one.by, 200)})" if one.by else ""
    end = ":" if quotes else "" if not (moment or by) and text.endswith((".", "?", "…")) else "."
    return f"{text}{moment}{by}{end}"
