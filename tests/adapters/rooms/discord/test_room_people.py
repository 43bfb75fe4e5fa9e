"""Who somebody is, by the server itself, asked anew each time; where nothing is answered, nobody is let through.

All of it on the replica that attends, and on another one while the first attends.
"""

from collections.abc import AsyncIterator

import discord
import pytest

from bot.nouns.team import Handle
from bot.ports import Broken, Member
from tests.adapters.rooms.discord.server import Server, place, serving


@pytest.fixture(params=["attends", "beside"])
async def server(request: pytest.FixtureRequest) -> AsyncIterator[Server]:
    """A server with the room of the one replica or of the other."""
    async with serving() as found:
        if request.param == "beside":
            found.room = found.new_room(found.env.bot)
        yield found


async def test_roles_are_groups_by_id_and_by_name(server: Server) -> None:
    """So that settings may name either; `@everyone` is no group."""
    found = await server.room.who(server.handle(server.ana))
    assert isinstance(found, Member)
    assert found.groups == (str(server.mods.id), "Mods")
    assert not found.guest


async def test_a_role_taken_away_counts_at_once(server: Server) -> None:
    """Nothing is kept: whoever lost the role while a draft cooled sends nothing."""
    assert not (await server.who(server.ana)).guest
    server.takes_role(server.ana)
    assert (await server.who(server.ana)).guest


async def test_who_cannot_see_the_place_is_a_guest(server: Server) -> None:
    """Being on the server is not being on the team."""
    assert (await server.who(server.gil)).guest


async def test_the_servers_owner_sees_every_place(server: Server) -> None:
    """Without any role."""
    owner = await server.room.who(server.handle(server.guild.owner))
    assert isinstance(owner, Member)
    assert (owner.guest, owner.groups) == (False, ())


async def test_who_is_timed_out_is_a_guest_for_so_long(server: Server) -> None:
    """Then they are who they were before."""
    server.times_out(server.ana, 60)
    assert (await server.who(server.ana)).guest
    await server.env.advance_time(61)
    assert not (await server.who(server.ana)).guest


async def test_a_bot_is_a_guest(server: Server) -> None:
    """Whatever roles it has."""
    bot = server.guild.add_member(server.env.create_user("botty", bot=True), roles=[server.mods])
    assert (await server.who(bot)).guest


async def test_where_the_team_has_no_place_yet_who_manages_the_server_is_no_guest(server: Server) -> None:
    """Somebody must be able to press *Bring incidents here*."""
    server.places.clear()
    assert (await server.who(server.ana)).guest
    admins = server.guild.create_role("Admins", permissions=discord.Permissions(manage_guild=True))
    boss = server.guild.add_member(server.env.create_user("boss"), roles=[admins])
    assert not (await server.who(boss)).guest


@pytest.mark.parametrize("status", [403, 404, 500])
async def test_no_answer_lets_nobody_through(server: Server, status: int) -> None:
    """Whatever Discord says but a member is no member."""
    server.env.inject_error("GET", "/guilds/*/members/*", status=status, code=0)
    assert isinstance(await server.room.who(server.handle(server.ana)), Broken)


@pytest.mark.parametrize("id", ["", "ana", "-1", "1e3", "٣", "0", "9" * 40, "1; DROP"])
async def test_what_is_no_number_is_nobody(server: Server, id: str) -> None:
    """Nothing of it is asked."""
    before = len(server.env.http_requests)
    assert isinstance(await server.room.who(Handle(room="discord", id=id)), Broken)
    assert isinstance(await server.room.who(Handle(room="web", id=str(server.ana.id))), Broken)
    assert len(server.env.http_requests) == before


async def test_two_servers_of_one_team(server: Server) -> None:
    """Somebody on the second is found there; on neither, nobody."""
    guild, _, private = await server.invited_to_another()
    server.places.append(place(private))
    there = guild.add_member(server.zoe)
    assert (await server.who(there)).guest
    assert isinstance(await server.room.who(Handle(room="discord", id="12345")), Broken)
