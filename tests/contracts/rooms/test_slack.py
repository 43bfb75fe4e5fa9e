"""The Slack room keeps what every room promises, in a Slack that nobody here wrote."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest

from adapters.rooms.slack.room import SlackRoom
from bot.nouns.team import Handle, Place
from tests.adapters.rooms.slack.guests import guests
from tests.adapters.rooms.slack.house import PLACES, house
from tests.adapters.rooms.slack.peers import LocalSlack, local_slack
from tests.contracts.rooms.contract import RoomContract


@dataclass
class _SlackHouse:
    room: SlackRoom
    slack: LocalSlack
    place: Place = PLACES[0]
    member: Handle = Handle(room="slack", id="U0ANA")  # frozen
    guest: Handle = Handle(room="slack", id="U0GIL")  # frozen
    stranger: Handle = Handle(room="slack", id="U0NOBODY")  # frozen

    async def notes(self, to: Handle) -> int:
        return len(await self.slack.direct(to.id))


class TestSlackRoom(RoomContract):
    """The same stories, in channels."""

    @pytest.fixture
    async def house(self) -> AsyncIterator[_SlackHouse]:
        """A Slack room in local-slack. It knows no guests, so a proxy in between says who is one."""
        async with local_slack() as slack, guests(slack.api_url, "U0GIL") as api_url, house(api_url) as made:
            yield _SlackHouse(made.room, slack)
