"""App Home: what waits for me, and the ways that lie under no incident."""

from collections.abc import Sequence

from adapters.rooms.slack.entries import Where, entries, nowhere
from adapters.rooms.slack.message import MOST_VIEW_BLOCKS, Block, actions, header, numbered, spoken, weight
from adapters.rooms.slack.passages import passages
from adapters.rooms.slack.presses import presser, presses
from adapters.rooms.slack.pressing import Signer
from adapters.rooms.slack.views import MOST_VIEW_TEXT
from bot.screens.shapes import Choice, Fact, Page

_WAYS = (
    Choice("bring", "Bring something in", form=True),
    Choice("statement", "Write a statement", form=True),
    Choice("settings", "You", form=True),
    Choice("people", "The team", form=True),
    Choice("hold", "Hold all posting", form=True),
)
_END = Choice("hold", "End the hold", form=True)
_MORE = (
    Choice("now", "What needs someone now", form=True),
    Choice("offline", "Away from the public", form=True),
    Choice("settled", "Settled", form=True),
    Choice("review", "How are we doing", form=True),
    Choice("unforwarded", "What was not forwarded", form=True),
    Choice("quarantine", "What could not be read", form=True),
    Choice("health", "Is everything working", form=True),
)


def home(
    pages: Sequence[Page],
    signer: Signer,
    *,
    where: Where = nowhere,
    presses_too: bool = True,
    held: Fact | None = None,
) -> Block:
    """The Home of one person: `pages` as they were answered for them, each with a share of the room.

    `where` names the thread of an incident; `presses_too` false for guests, who press nothing; `held` says of the hold that
    stands, if one does.
    """
    ways = _WAYS if held is None else (*_WAYS[:-1], _END)
    blocks = passages([held], MOST_VIEW_TEXT) if held is not None else []
    blocks += presses(signer, ways, _MORE, "", "") if presses_too else []
    for place, one in enumerate(pages):
        share = (MOST_VIEW_BLOCKS - len(blocks)) // (len(pages) - place)
        room = (MOST_VIEW_TEXT - weight(blocks)) // (len(pages) - place)
        blocks += _shared(one, signer, where, share, room)
    return {"type": "home", "blocks": numbered(blocks or [header("Nothing is here for you yet")])}


def _shared(one: Page, signer: Signer, where: Where, share: int, room: int) -> list[Block]:
    """A page in at most `share` blocks of together `room` characters; where that is not all of it, a press shows all."""
    whole = entries(one, signer, where)
    head = header(one.title)
    if len(whole) + 1 <= share and weight(whole) + weight(head) <= room and not one.after:
        return [head, *whole]
    press = spoken(presser(signer, "", "")(Choice(one.name, "Show all of it", form=True)), one.title)
    taken: list[Block] = [head]
    for block in whole[: share - 2]:
        if weight(taken) + weight(block) > room:
            break
        taken.append(block)
    return [*taken, *actions([press])]
