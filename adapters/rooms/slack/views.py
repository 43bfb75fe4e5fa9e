"""Modals: the frame around blocks, within Slack's limits."""

from collections.abc import Sequence

from adapters.rooms.slack.message import TITLE, Block, numbered, plain_text
from adapters.rooms.slack.text import clip, one_line, size

#: A view as a whole is refused above 250 kB; counted in characters, some of which take four bytes.
MOST_VIEW_TEXT = 55_000


def modal(
    kind: str, title: str, blocks: Sequence[Block], *, submit: str = "", close: str = "Close", metadata: str = ""
) -> Block:
    """A modal. `kind` is its callback_id: form, page, menu or said. A form says when it was closed."""
    view: Block = {
        "type": "modal",
        "callback_id": kind,
        "title": plain_text(short(title), TITLE),
        "close": plain_text(close, TITLE),
        "blocks": numbered(blocks),
    }
    view |= {"private_metadata": metadata} if metadata else {}
    view |= {"submit": plain_text(short(submit), TITLE)} if submit else {}
    return {**view, "notify_on_close": True} if kind == "form" else view


def short(label: str, longest: int = TITLE) -> str:
    """A label for a narrow place: whole, else its first clause, else its first words."""
    whole = one_line(label)
    if size(whole) <= longest:
        return whole
    for end in (". ", ", ", ": "):
        head = whole.partition(end)[0]
        if size(head) <= longest and head != whole:
            return head
    return clip(whole, longest)


def fits(label: str, longest: int = TITLE) -> bool:
    """Whether a label stands whole in a narrow place."""
    return size(one_line(label)) <= longest
