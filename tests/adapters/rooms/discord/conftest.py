"""A server with the room on it."""

from collections.abc import AsyncIterator

import pytest

from tests.adapters.rooms.discord.server import Server, serving


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    """Attended; everything it remembers is gone after the test."""
    async with serving() as found:
        yield found
