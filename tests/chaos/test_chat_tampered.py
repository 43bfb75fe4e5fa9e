"""Values that are not as we handed them out, pressed in both chats: nothing reaches the desk (failures C8). Simulated."""

import random
from collections.abc import Sequence

import pytest

from adapters.rooms.discord.packing import How, Pressed
from adapters.rooms.slack.pressing import Opened, Signer
from bot.screens.shapes import Choice
from tests.adapters.rooms.discord.painting import SIGNER
from tests.adapters.rooms.discord.server import serving
from tests.adapters.rooms.slack.house import SECRET
from tests.adapters.rooms.slack.virtual import CARE
from tests.bot.work.desk_house import HERE
from tests.chaos.chat_actions import DiscordFloor, SlackFloor, dress

VALUES = 5_000
SIZES = [100, pytest.param(VALUES, marks=pytest.mark.chaos)]


def _changed(dice: random.Random, value: str, others: Sequence[str]) -> str:
    """A sign changed, put in or taken away, the end of another value, or two that changed places."""
    at = dice.randrange(len(value))
    sign = chr(dice.randrange(0x21, 0x7F))
    ways = (
        value[:at] + sign + value[at + 1 :],
        value[:at] + sign + value[at:],
        value[:at] + value[at + 1 :],
        value[:at],
        value[:at] + dice.choice(others)[at:],
        value[: at - 1] + value[at : at + 1] + value[at - 1 : at] + value[at + 1 :],
    )
    return dice.choice(ways)


@pytest.mark.parametrize("count", SIZES)
async def test_in_slack(count: int) -> None:
    """Buttons, menus and forms: whoever may do everything does nothing by them."""
    one = SlackFloor("lead and manager")
    await one.set("owned")
    signer, dice = Signer(SECRET), random.Random(4)
    ours = [
        signer.pack(Choice("claim", "x", {"epoch": "0"}), *HERE),
        signer.pack(Choice("hand_back", "x"), *HERE),
        *signer.pack_menus((Choice("reopen", "x"),), *HERE),
        signer.pack_form(Opened("close", *HERE, {"disposition": "answered"})) or "",
    ]
    before = len(one.house.timelines.changes)
    for _ in range(count):
        value = _changed(dice, dice.choice(ours), ours)
        if value not in ours:
            await one.says(value, dice.choice(("press", "more", "form")), CARE.id)
    assert one.came.answers == []
    assert len(one.house.timelines.changes) == before
    await one.says(ours[1], "press", CARE.id)
    assert len(one.came.answers) == 1, "what is as we handed it out is heard"


@pytest.mark.parametrize("count", SIZES)
async def test_in_discord(count: int) -> None:
    """Buttons, options and windows: the same."""
    async with serving() as server:
        await dress(server, "lead and manager")
        one = DiscordFloor("lead and manager", server)
        await one.set("owned")
        dice = random.Random(5)
        ours = [
            SIGNER.pack(Pressed(How.PRESS, "claim", *HERE, {"epoch": "0"})),
            SIGNER.pack(Pressed(How.PRESS, "hand_back", *HERE)),
            SIGNER.pack_form(Pressed(How.FINISH, "close", *HERE, {"disposition": "answered"})),
        ]
        before = len(one.house.timelines.changes)
        for _ in range(count):
            value = _changed(dice, dice.choice(ours), ours)
            if value not in ours:
                await one.says(value, dice.choice(("press", "more", "form")))
        assert one.heard == 0
        assert len(one.house.timelines.changes) == before
        await one.says(ours[1], "press")
        assert one.heard == 1, "what is as we handed it out is heard"
