"""A page, shown to one person alone, as much of it at once as Discord holds; *Next* shows the rest."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from discord import ui

from adapters.rooms.discord import card, passages, text, typed
from adapters.rooms.discord.blocks import RULE, Block, chunks, first, view
from adapters.rooms.discord.buttons import Buttons
from adapters.rooms.discord.dates import moment
from adapters.rooms.discord.moods import GREY, mood
from adapters.rooms.discord.packing import How
from adapters.rooms.discord.pressing import Signer
from bot.screens.shapes import Line, Page, Row, Section

#: Pages that asking for shows again; what only a press shows (a contact, a link that lets somebody in) is short.
ASKED = frozenset(
    {"now", "incident", "list", "mine", "offline", "settled", "review", "look_back", "search", "words", "people"}
    | {"health", "unforwarded", "quarantine", "take_offline"}
)
_REST = "-# The rest stands in the whole story."
_TITLE, _ANSWER, _QUOTE, _PIECE = 300, 600, 900, 1200


@dataclass(frozen=True, slots=True)
class Asked:
    """What a page was asked with, so that the next one can be: the incident and conversation, `q`, `after`, and how many of
    its blocks were shown before (`skip`)."""

    incident: str = ""
    conversation: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    skip: int = 0


def page(one: Page, signer: Signer, asked: Asked) -> ui.LayoutView:
    """One message of it."""
    incident, conversation = _about(one, asked)
    buttons = Buttons(signer, incident, conversation)
    head, body, foot = _head(one, buttons), _body(one, buttons), buttons.rows(one.choices)
    left = body[min(asked.skip, len(body)) :]
    carried = _carried(asked)
    room = [*head, *carried, *foot, Block(row=(buttons.one("Next", "now", how=How.ASK),))]
    count = first([Block("-"), *left], room) - 1
    if left and not count:
        count = 1
    following = _next(one, signer, asked, asked.skip + count if count < len(left) else 0)
    kept = _trimmed(left[:count])
    return view([*head, *kept, *carried, *foot, *following], GREY)


def _about(one: Page, asked: Asked) -> tuple[str, str]:
    """What its presses act on: what its card is about, else what it was asked with."""
    return (one.card.incident, one.card.conversation) if one.card is not None else (asked.incident, asked.conversation)


def _head(one: Page, buttons: Buttons) -> list[Block]:
    lines = [f"## {text.escape_within(text.one_line(one.title) or '…', _TITLE)}"]
    lines += [text.escape_within(one.answer, _ANSWER)] if one.answer else []
    return [Block("\n".join(lines))]


def _body(one: Page, buttons: Buttons) -> list[Block]:
    found = list[Block]()
    if one.card is not None and (one.card.passages or one.card.choices or one.card.more):
        own = buttons.about(one.card.incident, one.card.conversation)
        found += [*card.blocks(one.card, own, _QUOTE, story=False)]
    for part in one.parts:
        found += [*([RULE] if found else []), *_section(part, buttons)]
    return found


def _section(one: Section, buttons: Buttons) -> list[Block]:
    found = [Block(f"**{text.escape_within(text.one_line(one.title), _TITLE)}**")] if one.title else []
    for row in one.rows:
        found += _row(row, buttons)
    found += passages.whole(one.passages)
    for entry in one.lines:
        found += _line(entry)
    if not (one.rows or one.passages or one.lines) and one.empty:
        found.append(Block(text.escape_within(one.empty, _ANSWER)))
    return [*found, *buttons.rows(one.choices)]


def _row(one: Row, buttons: Buttons) -> list[Block]:
    """A card in a list: headline, second line, mood and notes, and the press that opens it."""
    shown = one.card
    lines = [f"**{text.escape_within(text.one_line(shown.headline) or '…', _TITLE)}**"]
    lines += [text.escape_within(text.one_line(shown.about), _TITLE)] if shown.about else []
    asides = [text.escape_within(text.one_line(aside), _TITLE) for aside in one.aside]
    lines.append(f"-# {' · '.join([mood(shown), *asides])}")
    opened = buttons.about(shown.incident, shown.conversation).one("Open", "incident", how=How.ASK)
    return [Block("\n".join(lines), beside=opened)]


def _line(one: Line) -> list[Block]:
    """A line of the story, whole: a long quotation takes several blocks."""
    said = text.escape_within(text.one_line(one.text), _ANSWER)
    at = f" {moment(one.moment)}" if one.moment is not None else ""
    by = f" ({text.escape_within(text.one_line(one.by), 120)})" if one.by else ""
    head = f"-# {moment(one.at)}\n{said}{at}{by}"
    if not one.quote.strip():
        return [Block(head)]
    quotes = [text.quoted(text.escape(piece.rstrip("\n"))) for piece in chunks(text.clean(one.quote), _PIECE)]
    return [Block(f"{head}:\n{quotes[0]}"), *(Block(quote) for quote in quotes[1:])]


def _carried(asked: Asked) -> list[Block]:
    """What was searched for: it stands in the message, so that *Next* can search on."""
    words = asked.values.get("q", "")
    return [typed.block("q", "You looked for", words)] if words.strip() else []


def _next(one: Page, signer: Signer, asked: Asked, skip: int) -> list[Block]:
    """*Next*: the rest of this page, else the page after it; nothing where there is no more."""
    if not (skip or one.after):
        return []
    if one.name not in ASKED:
        return [Block(_REST)]
    incident, conversation = _about(one, asked)
    words = typed.plain(asked.values.get("q", ""))
    values = {"after": asked.values.get("after", "") if skip else one.after, "skip": str(skip)}
    values |= {"typed": signer.seal({"q": words})} if words else {}
    buttons = Buttons(signer, incident, conversation)
    return [Block(row=(buttons.one("Next", one.name, values, How.ASK),))]


def _trimmed(blocks: Sequence[Block]) -> Sequence[Block]:
    """Without a rule at either end."""
    kept = list(blocks)
    while kept and kept[0] == RULE:
        kept.pop(0)
    while kept and kept[-1] == RULE:
        kept.pop()
    return kept
