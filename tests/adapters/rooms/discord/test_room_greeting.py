"""The greeting: once, where we are at home for the first time; in a forum it is a post."""

import asyncio

import discord
import pytest
from simcord.builders import ChannelHandle, GuildHandle

from tests.adapters.rooms.discord.looks import answer, words
from tests.adapters.rooms.discord.server import Server
from tests.adapters.rooms.discord.world import SEES_NOT


def greetings(channel: ChannelHandle) -> int:
    """How many stand in a channel, or in the posts of a forum."""
    there = [channel, *channel.threads]
    return sum(words(each).count("Good to be here") for where in there for each in where.history())


async def settled(server: Server) -> None:
    """What was begun is done, also by what simcord does not take for the bot's."""
    for _ in range(20):
        await server.env.settle()
        await asyncio.sleep(0)


async def invited(server: Server, guild: GuildHandle) -> None:
    """Discord tells us that we are on it."""
    server.env.bot.dispatch("guild_join", server.env.bot.get_guild(guild.id))
    await settled(server)


async def only_a_forum(server: Server) -> tuple[GuildHandle, ChannelHandle]:
    """A server whose one channel is a forum."""
    guild = server.env.create_guild("Forum only")
    for channel in list(guild.channels.values()):
        server.env.backend.delete_channel(channel.id)
    return guild, guild.create_forum_channel("cases")


async def test_a_team_that_has_only_a_forum(server: Server) -> None:
    """It is greeted by one post, however often Discord tells us, and its presses work."""
    guild, forum = await only_a_forum(server)
    for _ in range(2):
        await invited(server, guild)
    assert [each.name for each in forum.threads] == ["Good to be here"]
    assert greetings(forum) == 1
    member = guild.add_member(server.ana.user)
    said = answer(await member.click(forum.threads[0].history()[0], label="Try it with a sample mention"))
    assert said
    assert [each.act for each in server.desk.heard] == ["sample"]


async def test_a_forum_of_the_team_goes_before_a_channel_of_everybody(server: Server) -> None:
    """What is said there is for the team."""
    server.places.clear()
    server.env.backend.delete_channel(server.text.id)
    for _ in range(3):
        await server.forgets()
        await settled(server)
        await server.env.advance_time(3_600)
    assert (greetings(server.forum), server.lobby.history()) == (1, [])


async def test_incidents_come_to_the_forum_that_was_greeted(server: Server) -> None:
    """*Bring incidents here* names the forum and not the post."""
    server.places.clear()
    server.env.backend.delete_channel(server.text.id)
    await server.forgets()
    await settled(server)
    await server.ana.click(server.forum.threads[0].history()[0], label="Bring incidents here")
    (heard,) = server.desk.heard
    assert (heard.act, heard.values["place"]) == ("place_here", str(server.forum.id))


async def test_a_greeting_that_was_posted_twice(server: Server) -> None:
    """One stays; the other is taken away or says where to look."""
    guild, forum = await only_a_forum(server)
    server.strict.twice.append(("POST", f"/channels/{forum.id}/threads"))
    server.strict.lost.append(("POST", f"/channels/{forum.id}/threads"))
    await invited(server, guild)
    assert greetings(forum) == 1


@pytest.mark.parametrize("tags", [("Fair", "Waiting"), ()])
async def test_a_forum_that_asks_for_a_tag(server: Server, tags: tuple[str, ...]) -> None:
    """The first one we may give is taken; where there is none, nothing is said, and `coolhead check` tells."""
    guild, forum = await only_a_forum(server)
    bare = {"moderated": False, "emoji_id": None, "emoji_name": None}
    given = [{"id": str(server.env.backend.snowflake()), "name": tag, **bare} for tag in tags]
    server.env.backend.edit_channel(forum.id, {"available_tags": given})
    server.env.inject_error("POST", f"/channels/{forum.id}/threads", status=400, code=40067, times=1 if tags else None)
    await server.env.settle()
    await invited(server, guild)
    assert greetings(forum) == len(tags[:1])
    assert [len(server.env.backend.channels[each.id].applied_tags) for each in forum.threads] == [1] * len(tags[:1])


async def test_nowhere_to_greet(server: Server) -> None:
    """Where we may write nothing, nothing is asked of Discord."""
    guild = server.env.create_guild("Closed")
    closed = discord.PermissionOverwrite.from_pair(discord.Permissions.none(), discord.Permissions.all())
    for channel in list(guild.channels.values()):
        server.env.backend.delete_channel(channel.id)
    guild.create_text_channel("closed", overwrites={guild.default_role: SEES_NOT, guild_role(server, guild): closed})
    before = len(server.env.http_requests)
    await invited(server, guild)
    assert len(server.env.http_requests) == before


def guild_role(server: Server, guild: GuildHandle) -> "discord.Role":
    """The role that came with us."""
    found = server.env.bot.get_guild(guild.id)
    assert found is not None
    return next(role for role in found.roles if role.name == server.env.backend.bot_user.name)
