"""The web room keeps what every room promises."""

from dataclasses import dataclass, field

import pytest

from adapters.rooms.web.room import WebRoom
from bot.nouns.team import Handle, Place
from tests.adapters.rooms.web.house import House
from tests.contracts.rooms.contract import RoomContract


@dataclass
class _WebHouse:
    inner: House = field(default_factory=House)
    place: Place = Place(room="web", id="desk", name="Desk")  # frozen
    member: Handle = Handle(room="web", id="ana")  # frozen
    guest: Handle = Handle(room="web", id="gil")  # frozen
    stranger: Handle = Handle(room="web", id="nobody")  # frozen

    @property
    def room(self) -> WebRoom:
        return self.inner.room

    async def notes(self, to: Handle) -> int:
        return len(await self.inner.notes.list(to.id))


class TestWebRoom(RoomContract):
    """The same stories, in the browser's room."""

    @pytest.fixture
    def house(self) -> _WebHouse:
        """A web room with fakes around it."""
        return _WebHouse()
