"""A server that Discord has not told us of yet, as in an outage of its own: said, waited for, and nobody's roles are lost."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from simcord.builders import GuildHandle

from bot.ports import Broken, Member, ThreadRef
from tests.adapters.rooms.discord.server import Server, place
from tests.adapters.rooms.discord.test_room_healing import card


@contextmanager
def untold(server: Server, which: GuildHandle | None = None) -> Iterator[None]:
    """The gateway's READY named the server (the first one, where none is given), and what is in it has not come."""
    state: Any = server.env.bot._connection
    guild = state._get_guild((which or server.guild).id)
    state._remove_guild(guild)
    yield
    state._add_guild(guild)


async def test_a_place_of_it_waits(server: Server) -> None:
    """Who can read the channel is not known, so nothing is shown there; it is when it is known."""
    with untold(server):
        broken = await server.room.open_thread(place(server.text), card(), "open:1")
        assert isinstance(broken, Broken)
        assert "has not told us" in broken.because
        assert broken.until is not None
    assert isinstance(await server.room.open_thread(place(server.text), card(), "open:1"), ThreadRef)


async def test_its_people_are_no_strangers(server: Server) -> None:
    """Who they are cannot be told now, which is no no; a person who is not there is one."""
    with untold(server):
        broken = await server.room.who(server.handle(server.ana))
        assert isinstance(broken, Broken)
        assert broken.until is not None
    assert isinstance(await server.room.who(server.handle(server.ana)), Member)
    stranger = await server.room.who(server.handle(server.zoe))
    assert isinstance(stranger, Broken)
    assert stranger.until is None


async def test_a_place_that_is_gone_hides_nobody(server: Server) -> None:
    """Where our only channel was deleted, people are still those of our servers."""
    server.env.backend.delete_channel(server.text.id)
    await server.env.settle()
    found = await server.room.who(server.handle(server.kim))
    assert isinstance(found, Member)
