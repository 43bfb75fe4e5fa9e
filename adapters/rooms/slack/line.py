"""A line of the thread: `text moment (by): quote`, as every room says it."""

from collections.abc import Mapping

from adapters.rooms.slack.dates import date
from adapters.rooms.slack.message import FALLBACK, Block, Message, section
from adapters.rooms.slack.passages import quoted
from adapters.rooms.slack.text import brief, clip, clip_marked, escape, readable
from bot.screens.shapes import Line

#: A line is no place for a whole letter: it stands on the page of the incident.
_LONGEST = 1500
#: What a shared channel is told, by the event's kind: neither whose nor what words.
_WAITS, _TAKEN, _FREE = "Somebody waits for us.", "Somebody of the team has this.", "It is free again."
_PLAINLY: Mapping[str, str] = {
    "opened": _WAITS,
    "wrote_again": _WAITS,
    "claimed": _TAKEN,
    "assigned": _TAKEN,
    "taken_over": _TAKEN,
    "handed_back": _FREE,
    "freed": _FREE,
    "drafted": "An answer cools.",
    "cooled": "An answer is ready to be read once more.",
    "released": "An answer is ready to be read once more.",
    "closed": "It is settled.",
    "reopened": "It is open again.",
}
_NEWS = "There is something new. *Look at it* on the card shows what."


def line(one: Line, *, minimal: bool = False) -> Message:
    """One fact. `minimal`: for a shared channel, without anybody's words or names."""
    if minimal:
        told = _PLAINLY.get(one.kind, _NEWS)
        return Message(told, (section(told),))
    said = sentence(one, bool(one.quote))
    whole = readable(one.quote).strip()
    words = clip(whole, _LONGEST)
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
