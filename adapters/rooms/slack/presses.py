"""Choices as buttons."""

from collections.abc import Sequence
from enum import StrEnum

from adapters.rooms.slack.message import Block, actions, button, spoken
from adapters.rooms.slack.passages import Press
from adapters.rooms.slack.pressing import Signer
from bot.screens.shapes import Choice


class Kind(StrEnum):
    """What an action_id begins with: what a press of it means. reading.py takes them apart again."""

    PRESS = "press"
    MORE = "more"
    KEEP = "keep"
    CHECK = "check"
    TAKE = "take"
    INSTEAD = "instead"
    TYPE = "type"


def presser(signer: Signer, incident: str, conversation: str) -> Press:
    """What makes a choice on that conversation a button."""
    return lambda choice: button(
        choice.label, Kind.PRESS, signer.pack(choice, incident, conversation), likely=choice.likely
    )


def presses(
    signer: Signer,
    choices: Sequence[Choice],
    more: Sequence[Choice],
    incident: str,
    conversation: str,
    *,
    spoken_of: str = "",
) -> list[Block]:
    """A row of buttons, the rest behind *More*. `spoken_of`: what they are about, where the like stand more than once. A select would not do for them: Slack says nothing of an option that is
    chosen a second time, and whoever closed a form could not open it again."""
    press = presser(signer, incident, conversation)
    row = [spoken(press(choice), spoken_of) for choice in choices]
    row += [button("More", Kind.MORE, value) for value in signer.pack_menus(more, incident, conversation)]
    return actions(row) if row else []
