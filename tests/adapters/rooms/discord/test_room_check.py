"""`coolhead check`: what is missing in each channel, in words, with what to press; and who could read along."""

import pytest
from simcord.builders import ChannelHandle

from adapters.connections.discord import least_intents
from adapters.rooms.discord.manifest import PERMISSIONS, intents, least
from bot.nouns.conversation import Mood
from bot.ports import Broken, Finding, ThreadRef
from tests.adapters.rooms.discord.server import Server, place
from tests.adapters.rooms.discord.test_room_healing import card


async def bad(server: Server) -> list[Finding]:
    """What is not well."""
    return [each for each in await server.room.check() if not each.ok]


async def test_a_good_place_is_said_to_be(server: Server) -> None:
    """One sentence for each channel."""
    server.places.append(place(server.forum))
    found = await server.room.check()
    assert [each.what for each in found if each.what.endswith("can be used.")] == [
        "#mod-desk can be used.",
        "#cases can be used.",
    ]
    assert all(each.ok for each in found)


@pytest.mark.parametrize(
    ("permission", "called"),
    [(name, called) for name, (called, _) in PERMISSIONS.items() if name != "view_channel"],
)
async def test_a_missing_permission_is_named(server: Server, permission: str, called: str) -> None:
    """As Discord's own settings call it, with the way there."""
    server.lacks(server.text, permission)
    (finding,) = await bad(server)
    assert finding.what == f"In #mod-desk we lack: {called}."
    assert "Edit Channel, Permissions, our role" in finding.fix


async def test_a_channel_we_cannot_see_is_named(server: Server) -> None:
    """50001."""
    server.lacks(server.text, "view_channel")
    (finding,) = await bad(server)
    assert "cannot see #mod-desk" in finding.what


async def test_a_channel_that_is_gone_is_named(server: Server) -> None:
    """10003."""
    server.env.backend.delete_channel(server.text.id)
    (finding,) = await bad(server)
    assert "#mod-desk" in finding.what


async def test_a_channel_of_another_kind_is_named(server: Server) -> None:
    """Neither text nor forum."""
    server.places[:] = [place(server.guild.create_voice_channel("lounge"))]
    (finding,) = await bad(server)
    assert "neither a text channel nor a forum" in finding.what


async def test_a_place_that_everyone_reads_is_refused_by_check_and_by_the_room(server: Server) -> None:
    """And nothing of any incident is shown there."""
    server.places[:] = [place(server.lobby)]
    (finding,) = await bad(server)
    assert "Everyone on the server can read #lobby" in finding.what
    assert "@everyone, View Channel: off" in finding.fix
    refused = await server.room.open_thread(place(server.lobby), card(), "open:1")
    assert isinstance(refused, Broken)
    assert "View Channel: off" in refused.because
    assert server.lobby.history() == []


async def test_a_place_that_an_unlisted_role_reads_is_refused(server: Server) -> None:
    """Where the team has listed its roles; once the role is listed or shut out, all goes on."""
    helpers = server.guild.create_role("Helpers")
    server.lets_see(server.text, helpers)
    assert await bad(server) == []  # nothing is listed: whoever sees it is the team
    ours = (
        server.env.backend.bot_user.name
    )  # Discord marks the role of a bot as one, and it need not be listed; simcord not
    server.listed[:] = ["Mods", ours]
    (finding,) = await bad(server)
    assert "The role Helpers can read #mod-desk" in finding.what
    assert isinstance(await server.room.open_thread(place(server.text), card(), "open:1"), Broken)
    server.listed[:] = ["@Mods", ours, str(helpers.id)]
    server.room_changed()
    assert await bad(server) == []
    assert isinstance(await server.room.open_thread(place(server.text), card(), "open:1"), ThreadRef)


async def test_a_start_says_which_places_cannot_be_used(server: Server) -> None:
    """Before anything is to be shown there."""
    server.places[:] = [place(server.lobby), place(server.text)]
    await server.forgets()
    await server.env.settle()
    part = f"room discord {server.lobby.id}"
    assert list(server.health.reasons) == [part]
    assert "Everyone on the server can read #lobby" in server.health.reasons[part]


async def test_too_much_is_said_too(server: Server) -> None:
    """Administrator works, and nobody should have to give it."""
    server.becomes_administrator()
    found = await server.room.check()
    assert all(each.ok for each in found)
    assert any("administrator" in each.what for each in found)


def test_what_is_heard_is_what_the_manifest_says() -> None:
    """Nobody is asked for less than is used, nor for more."""
    assert intents() == least_intents()


async def test_tags_for_moderators_alone_are_left_alone(server: Server) -> None:
    """They are not tried in vain, and the check says why they are missing."""
    strict = server.private_forum("strict", tags=("Waiting", "Ready"), moderated=True)
    server.only(least())
    server.places[:] = [place(strict)]
    ref = await server.room.open_thread(place(strict), card(), "open:1")
    assert isinstance(ref, ThreadRef)
    before = len(server.env.http_requests)
    assert await server.room.repaint(ref, card(mood=Mood.READY)) == ref
    assert len(server.env.http_requests) - before == 1
    assert any("only moderators" in each.fix for each in await server.room.check())


async def test_missing_tags_are_named(server: Server) -> None:
    """A forum without them works; the tags are then not shown."""
    bare: ChannelHandle = server.private_forum("bare")
    server.places[:] = [place(bare)]
    found = await server.room.check()
    assert all(each.ok for each in found)
    assert any("Waiting" in each.fix for each in found)


async def test_without_a_place_it_says_how_to_choose_one(server: Server) -> None:
    """No error: the team may sit elsewhere."""
    server.places.clear()
    (finding,) = await server.room.check()
    assert finding.ok
    assert "Bring incidents here" in finding.fix


async def test_a_wrong_token_is_named(server: Server) -> None:
    """Without the token in the sentence."""
    server.env.inject_error("GET", "/channels/*", status=401, code=0)
    (finding,) = await bad(server)
    assert "refuses our token" in finding.what
    assert "Reset Token" in finding.fix


async def test_the_least_permissions_are_enough(server: Server) -> None:
    """With exactly what is asked for, a whole incident can be shown, in a channel and in a forum."""
    server.only(least())
    assert await bad(server) == []
    for there in (server.text, server.forum):
        ref = await server.room.open_thread(place(there), card(), f"open:{there.id}")
        assert isinstance(ref, ThreadRef)
        assert await server.room.repaint(ref, card("Another headline")) == ref
        assert server.env.backend.channels[int(ref.id[1:])].name == "Another headline · Mara"
