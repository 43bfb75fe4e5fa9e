"""Who somebody is, on a replica that does not attend: another one is connected, and this one is to send.

It asks by requests what the gateway tells the other. What both promise is in `test_room_people`.
"""

import asyncio
from collections.abc import AsyncIterator

import aiohttp
import pytest
from discord import Client, Intents
from discord.http import Route
from pydantic import SecretStr
from simcord.actors import MemberActor

from adapters.connections.discord import Connection, least_intents, make_client
from adapters.rooms.discord.broken import TOKEN
from adapters.rooms.discord.room import DiscordRoom
from bot.nouns.team import Handle, Place, Team
from bot.ports import Broken, Member, Stranger
from tests.adapters.rooms.discord.served import served
from tests.adapters.rooms.discord.server import FakeHealth, Server, place
from tests.adapters.rooms.discord.test_room_outage import untold
from tests.adapters.rooms.discord.test_room_token import Changed
from tests.adapters.rooms.discord.wire import wired
from tests.adapters.rooms.discord.world import World
from tests.fakes.clock import FakeClock


@pytest.fixture
def beside(server: Server) -> DiscordRoom:
    """The room of a second replica, which nobody attends; the first goes on."""
    return server.new_room(server.env.bot)


async def test_a_moderator_is_known(server: Server, beside: DiscordRoom) -> None:
    """By name, with their roles, as on the replica that is connected; so what they ask to send goes out."""
    found = await beside.who(server.handle(server.ana))
    assert isinstance(found, Member)
    assert (found.guest, found.groups) == (False, (str(server.mods.id), "Mods"))
    assert found == await server.who(server.ana)


async def test_it_is_asked_anew_each_time(server: Server, beside: DiscordRoom) -> None:
    """A role that was given or taken a moment ago counts, and so does what a channel grants."""
    assert (await _member(server, beside, server.gil)).guest
    server.lets_see(server.text, server.guild.default_role)
    assert not (await _member(server, beside, server.gil)).guest
    server.env.backend.edit_channel(
        server.text.id, {}, overwrites=server.env.backend.channels[server.forum.id].overwrites
    )
    assert (await _member(server, beside, server.gil)).guest


async def test_a_place_that_we_cannot_see_is_one_of_the_teams(server: Server, beside: DiscordRoom) -> None:
    """Somebody took our own role's sight of it; who sees it is no stranger for that."""
    server.lacks(server.text, "view_channel")
    assert not (await _member(server, beside, server.ana)).guest
    assert (await _member(server, beside, server.gil)).guest


@pytest.mark.parametrize("status", [403, 500, 503])
@pytest.mark.parametrize("path", ["/users/@me/guilds", "/guilds/*[0-9]", "/guilds/*/channels"])
async def test_in_an_outage_of_discords_own_nobody_is_a_stranger(
    server: Server, beside: DiscordRoom, status: int, path: str
) -> None:
    """Nor a moderator: nobody can tell. Once the server is there again, each is who they are."""
    server.env.inject_error("GET", path, status=status, times=2)
    for person in (server.ana, server.zoe):
        broken = await beside.who(server.handle(person))
        assert isinstance(broken, Broken), person
        assert not isinstance(broken, Stranger)
        assert broken.until is not None
    assert not (await _member(server, beside, server.ana)).guest
    assert isinstance(await beside.who(server.handle(server.zoe)), Stranger)


async def test_an_outage_elsewhere_holds_nobody_up(server: Server, beside: DiscordRoom) -> None:
    """Another server that we are on tells nothing of itself; the team does not sit there."""
    guild, *_ = await server.invited_to_another()
    server.env.inject_error("GET", f"/guilds/{guild.id}", status=503, times=None)
    assert not (await _member(server, beside, server.ana)).guest
    assert isinstance(await beside.who(server.handle(server.zoe)), Stranger)


async def test_of_two_servers_one_is_out(server: Server, beside: DiscordRoom) -> None:
    """Whoever is not on the one may be on the other: they are no strangers, for either replica."""
    guild, _, private = await server.invited_to_another()
    server.places.append(place(private))
    there = guild.add_member(server.zoe)
    server.env.inject_error("GET", f"/guilds/{guild.id}", status=503, times=None)
    with untold(server, guild):
        for room in (beside, server.room):
            broken = await room.who(server.handle(there))
            assert isinstance(broken, Broken)
            assert not isinstance(broken, Stranger)
            assert broken.until is not None
            known = await room.who(server.handle(server.ana))
            assert isinstance(known, Member)
            assert not known.guest


async def test_a_channel_that_the_library_cannot_read_is_no_fault_of_ours(server: Server, beside: DiscordRoom) -> None:
    """Nothing of the library is raised: nobody can tell."""
    server.env.backend.channels[server.lobby.id].type = 99
    assert isinstance(await beside.who(server.handle(server.ana)), Broken)


async def test_it_asks_no_more_than_it_must(server: Server, beside: DiscordRoom) -> None:
    """A send waits five seconds, and no longer: the server, its channels and the person, once it is known which server it is."""
    for _ in range(3):
        await server.invited_to_another()
    await beside.who(server.handle(server.ana))
    before = len(server.env.http_requests)
    await beside.who(server.handle(server.ana))
    asked = [each.path for each in server.env.http_requests[before:]]
    home = f"/guilds/{server.guild.id}"
    assert asked == [home, f"{home}/channels", f"{home}/members/{server.ana.id}"]


async def test_a_team_that_moves_is_found_again(server: Server, beside: DiscordRoom) -> None:
    """To another server, and off the first: that one is neither asked for ever, nor does it hold anybody up."""
    assert not (await _member(server, beside, server.ana)).guest
    guild, _, private = await server.invited_to_another()
    server.places[:] = [place(private)]
    there = guild.add_member(server.zoe)
    server.env.backend.remove_guild(server.guild.id)
    assert (await _member(server, beside, there)).guest
    assert isinstance(await beside.who(server.handle(server.ana)), Stranger)


@pytest.fixture
async def changed(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Changed]:
    """A Discord with sockets, and nobody attends."""
    async with wired(monkeypatch) as wire:
        yield Changed(wire)


async def test_it_asks_with_the_token_as_it_is_now(changed: Changed) -> None:
    """A token that is refused is said to be, and another one in its file is the one of the next question. Nothing of this
    listens to Discord's events: two replicas that did would answer each press twice."""
    room = _room(changed.connection, changed.clock, Place(room="discord", id="7", name="mods"))
    changed.wire.token = "the.new.token"
    assert await room.who(Handle(room="discord", id="42")) == Broken(because=TOKEN)
    assert changed.wire.asked == ["GET /users/@me"]
    changed.token = "the.new.token"
    assert await room.who(Handle(room="discord", id="42")) != Broken(because=TOKEN)
    assert "GET /users/@me/guilds" in changed.wire.asked
    assert changed.wire.sessions == 0


async def test_it_goes_over_the_wire(monkeypatch: pytest.MonkeyPatch) -> None:
    """With a client of its own, that logs in, asks, and is gone again."""
    async with served() as discord:
        monkeypatch.setattr(Route, "BASE", f"{discord.url}/api/v10")
        world = World(discord.env)
        made: list[Client] = []

        def make(intents: Intents, trace: aiohttp.TraceConfig) -> Client:
            made.append(make_client(intents, trace))
            return made[-1]

        clock, health = FakeClock(), FakeHealth()
        connection = Connection(
            token=SecretStr("token"), clock=clock, intents=least_intents(), health=health, make=make
        )
        room = _room(connection, clock, place(world.text))
        found = await asyncio.gather(*(room.who(world.handle(each)) for each in (world.ana, world.gil, world.zoe)))
    ana, gil, zoe = found
    assert isinstance(ana, Member)
    assert isinstance(gil, Member)
    assert isinstance(zoe, Stranger)
    assert (ana.guest, gil.guest) == (False, True)
    assert len(made) == 3
    assert all(each.is_closed() for each in made)


def _room(connection: Connection, clock: FakeClock, *sits: Place) -> DiscordRoom:
    async def places() -> tuple[Place, ...]:
        return sits

    async def team() -> Team:
        return Team()

    return DiscordRoom(
        token=SecretStr("the connection has its own"),
        clock=clock,
        secret=b"s",
        places=places,
        team=team,
        health=FakeHealth(),
        connection=connection,
    )


async def _member(server: Server, room: DiscordRoom, person: MemberActor) -> Member:
    found = await room.who(server.handle(person))
    assert isinstance(found, Member)
    return found
