"""Whom the server does not know, and what is no answer to that."""

from bot.ports import Broken, Stranger
from tests.adapters.rooms.discord.server import Server


async def test_who_left_is_a_stranger(server: Server) -> None:
    """The server answered, so they are shut out of the web desk too."""
    assert isinstance(await server.room.who(server.handle(server.zoe)), Stranger)


async def test_where_we_were_sent_away_nobody_is_a_stranger(server: Server) -> None:
    """Somebody removed the bot from the only server: nobody was asked there, so nobody is shut out of the web desk."""
    server.places.clear()
    server.env.bot._connection._remove_guild(server.env.bot.guilds[0])
    found = await server.room.who(server.handle(server.ana))
    assert isinstance(found, Broken)
    assert not isinstance(found, Stranger)
    assert found.until is None
