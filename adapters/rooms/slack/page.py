"""A page as a modal, in sheets where it is long."""

from adapters.rooms.slack.entries import entries
from adapters.rooms.slack.message import MOST_VIEW_BLOCKS, Block, actions, button, weight
from adapters.rooms.slack.presses import Kind
from adapters.rooms.slack.pressing import Pressed, Signer
from adapters.rooms.slack.views import MOST_VIEW_TEXT, modal
from bot.screens.shapes import Choice, Page


def page(one: Page, signer: Signer, *, asked: Pressed | None = None, sheet: int = 0) -> Block:
    """The page's sheet of that number. `asked`: what it was asked by; *Read on* and *Show more* ask the same again."""
    again = asked if asked is not None and asked.act == one.name else _asked(one)
    sheets = _sheets(entries(one, signer))
    number = min(sheet, len(sheets) - 1)
    on = []
    if number + 1 < len(sheets):
        choice = Choice(again.act, "Read on", again.values, form=True)
        on.append(
            button("Read on", Kind.PRESS, signer.pack(choice, again.incident, again.conversation, sheet=number + 1))
        )
    elif one.after:
        choice = Choice(again.act, "Show more", {**again.values, "after": one.after}, form=True)
        on.append(button("Show more", Kind.PRESS, signer.pack(choice, again.incident, again.conversation)))
    return modal("page", one.title, [*sheets[number], *(actions(on) if on else [])])


def _asked(one: Page) -> Pressed:
    about = one.card
    return Pressed(one.name, about.incident, about.conversation) if about is not None else Pressed(one.name)


def _sheets(blocks: list[Block]) -> list[list[Block]]:
    """The blocks in sheets that Slack takes, with room for one row of presses."""
    sheets: list[list[Block]] = [[]]
    room = MOST_VIEW_TEXT
    for block in blocks:
        room -= weight(block)
        if sheets[-1] and (room < 0 or len(sheets[-1]) >= MOST_VIEW_BLOCKS - 1):
            sheets.append([])
            room = MOST_VIEW_TEXT - weight(block)
        sheets[-1].append(block)
    return sheets
