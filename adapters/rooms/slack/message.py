"""What is sent to Slack, and the small parts it is made of, each within Slack's limits (docs.slack.dev/reference/block-kit)."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from adapters.rooms.slack.text import clip, clip_marked, literal, one_line, size

Block = dict[str, Any]

#: Blocks of a message; of a modal or App Home.
MOST_BLOCKS, MOST_VIEW_BLOCKS = 50, 100
#: Characters of a section, a header, a button, a modal's title or buttons, an option.
SECTION, HEADER, LABEL, TITLE, OPTION = 3000, 150, 75, 24, 75
#: Characters of all blocks together. About 13,200 were seen to fail (`msg_blocks_too_long`), though nobody wrote it down.
MOST_TEXT = 12_000
#: A message's own text; `chat.update` refuses more.
FALLBACK = 4000
#: Elements of an actions block, parts of a context block.
MOST_ELEMENTS, MOST_CONTEXT = 25, 10


@dataclass(frozen=True, slots=True)
class Message:
    """A message. `text` is what a notification or a screen reader says: mrkdwn, escaped already, like `blocks`.

    It is to be sent with `unfurl_links`, `unfurl_media` and `link_names` false.
    """

    text: str
    blocks: tuple[Block, ...]


def mrkdwn(text: str) -> Block:
    """A text object of escaped mrkdwn. `verbatim`: Slack adds no links or pings of its own. Empty ones are refused, so
    they become a dash."""
    return {"type": "mrkdwn", "text": clip_marked(text, SECTION).strip() or "–", "verbatim": True}


def plain_text(text: str, longest: int = SECTION) -> Block:
    """A text object that Slack shows as it is; a dash for an empty one."""
    return {"type": "plain_text", "text": clip(literal(text), longest).strip() or "–", "emoji": False}


def section(text: str, accessory: Block | None = None) -> Block:
    """A paragraph of escaped mrkdwn, with at most one press beside it."""
    block: Block = {"type": "section", "text": mrkdwn(text)}
    return block if accessory is None else {**block, "accessory": accessory}


def verbatim(text: str) -> Block:
    """A paragraph shown letter by letter, and never folded; `text` is not changed and must fit."""
    return {"type": "section", "text": {"type": "plain_text", "text": text, "emoji": False}, "expand": True}


def header(text: str) -> Block:
    """A headline."""
    return {"type": "header", "text": plain_text(one_line(text), HEADER)}


def context(*texts: str) -> Block:
    """A small grey line of escaped mrkdwn."""
    return {"type": "context", "elements": [mrkdwn(text) for text in texts[:MOST_CONTEXT]]}


def divider() -> Block:
    """A thin rule."""
    return {"type": "divider"}


def button(label: str, action: str, value: str, *, likely: bool = False) -> Block:
    """A press. `value` comes back as it is."""
    found: Block = {"type": "button", "action_id": action, "text": plain_text(one_line(label), LABEL), "value": value}
    return {**found, "style": "primary"} if likely else found


def spoken(press: Block, about: str) -> Block:
    """A press of which several of one name stand in one view: a screen reader says what this one is about."""
    label = f"{press['text']['text']}: {one_line(about)}"
    return {**press, "accessibility_label": clip(literal(label), LABEL)} if about.strip() else press


def actions(elements: Sequence[Block], block_id: str = "") -> list[Block]:
    """Presses in a row; in several rows where there are many."""
    rows = [elements[at : at + MOST_ELEMENTS] for at in range(0, len(elements), MOST_ELEMENTS)]
    named = [{"block_id": f"{block_id}{place or ''}"} if block_id else {} for place in range(len(rows))]
    return [{"type": "actions", "elements": list(row), **name} for row, name in zip(rows, named, strict=True)]


def numbered(blocks: Sequence[Block]) -> list[Block]:
    """The same with an action_id of its own for every press that is not in an input: `kind.number`."""
    count = itertools.count()

    def named(part: Any) -> Any:
        match part:
            case {"type": "input"}:
                return part
            case dict():
                inner = {name: named(value) for name, value in part.items()}
                return {**inner, "action_id": f"{part['action_id']}.{next(count)}"} if "action_id" in part else inner
            case list():
                return [named(one) for one in part]
            case _:
                return part

    return [named(block) for block in blocks]


def weight(block: object) -> int:
    """How many characters a block shows or carries in its texts, at worst."""
    match block:
        case {"type": "mrkdwn" | "plain_text", "text": str(text)}:
            return size(text)
        case dict():
            return sum(weight(part) for part in block.values())
        case list() | tuple():
            return sum(weight(part) for part in block)
        case _:
            return 0
