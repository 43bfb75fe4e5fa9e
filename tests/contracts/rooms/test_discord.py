"""The Discord room keeps what every room promises, in a text channel and in a forum."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest

from adapters.rooms.discord.room import DiscordRoom
from bot.nouns.team import Handle, Place
from tests.adapters.rooms.discord.server import Server, place, serving
from tests.contracts.rooms.contract import RoomContract


@dataclass
class _DiscordHouse:
    server: Server
    place: Place

    @property
    def room(self) -> DiscordRoom:
        return self.server.room

    @property
    def member(self) -> Handle:
        return self.server.handle(self.server.ana)

    @property
    def guest(self) -> Handle:
        return self.server.handle(self.server.gil)

    @property
    def stranger(self) -> Handle:
        return self.server.handle(self.server.zoe)

    async def notes(self, to: Handle) -> int:
        person = {str(each.id): each.user for each in (self.server.ana, self.server.gil)}[to.id]
        return len(person.dm_channel.history())


class TestTextChannel(RoomContract):
    """A card is a message, its thread hangs under it."""

    @pytest.fixture
    async def house(self) -> AsyncIterator[_DiscordHouse]:
        """A server nobody here wrote, with a private text channel."""
        async with serving() as server:
            yield _DiscordHouse(server, place(server.text))


class TestForum(RoomContract):
    """A card is a post with tags."""

    @pytest.fixture
    async def house(self) -> AsyncIterator[_DiscordHouse]:
        """The same with a private forum."""
        async with serving() as server:
            server.places.append(place(server.forum))
            yield _DiscordHouse(server, place(server.forum))
