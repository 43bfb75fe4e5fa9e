"""What is missing, channel by channel, in words, with what to press. Needs only the token; nobody has to attend."""

from collections.abc import Collection, Iterable, Sequence

import discord

from adapters.connections.discord import Connection
from adapters.connections.discord_calls import Problem
from adapters.rooms.discord.broken import AWAY, TOKEN
from adapters.rooms.discord.readers import exposed, lacking
from adapters.rooms.discord.tags import ALL
from adapters.rooms.discord.wheres import ROOM, number
from bot.nouns.team import Place
from bot.ports import Finding

_NEW_TOKEN = "In the Developer Portal open Bot, press Reset Token, and set COOLHEAD_DISCORD_TOKEN to the new one."
_NO_PLACE = "Discord answers, and the team has no place there yet."
_CHOOSE = (
    'Press “Bring incidents here” in our greeting, or give a [[place]] with room = "discord" and a channel\'s number.'
)
_KIND = "{name} is neither a text channel nor a forum."
_MISSING = "In {name} we lack: {missing}."
_SWITCH_ON = "In Discord: {name}, Edit Channel, Permissions, our role; switch on {missing}."
_UNSEEN = "We cannot see {name}."
_WELL = "{name} can be used."
_NO_TAGS = "{name} has no tags that we may give for {missing}, so its posts cannot show them. Everything else works."
_MAKE_TAGS = "In Discord: {name}, Edit Channel, Tags; add {missing}, and leave “only moderators” off."
_TOO_MUCH = "We are an administrator on {name} and need not be."
_LESS = "In Discord: Server Settings, Roles, our role; switch Administrator off."


class Check:
    """Looks at the token, the places and what we may do in each."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def all(self, places: Sequence[Place], listed: Collection[str]) -> Sequence[Finding]:
        """Every finding; `listed` are the roles that may read the places (empty: whoever can)."""
        ours = [place for place in places if place.room == ROOM]
        async with self._connection.borrowed() as client:
            if isinstance(client, Problem):
                return (_away(client),)
            if not ours:
                return (Finding(ok=True, what=_NO_PLACE, fix=_CHOOSE),)
            found: list[Finding] = []
            for place in ours:
                found.extend(await self._place(client, place, listed))
            return tuple(dict.fromkeys(found))

    async def _place(self, client: discord.Client, place: Place, listed: Collection[str]) -> Iterable[Finding]:
        name = f"#{place.name or place.id}"
        looked = await self._connection.ask(lambda: _look(client, number(place.id) or 0))
        match looked:
            case Problem(status=0) | Problem(status=401):
                return (_away(looked),)
            case Problem():
                return (Finding(ok=False, what=_UNSEEN.format(name=name), fix=_switch_on(name, ["View Channel"])),)
            case (discord.TextChannel() | discord.ForumChannel() as channel, me):
                return findings(channel, me, listed)
            case _:
                return (Finding(ok=False, what=_KIND.format(name=name), fix=_CHOOSE),)


async def _look(client: discord.Client, id: int) -> tuple[object, discord.Member]:
    """The channel with its server's roles, and ourselves there; by requests alone."""
    seen = await client.fetch_channel(id)
    assert isinstance(seen, discord.abc.GuildChannel | discord.Thread)
    guild = await client.fetch_guild(seen.guild.id, with_counts=False)
    channels = await guild.fetch_channels()
    assert client.user is not None
    me = await guild.fetch_member(client.user.id)
    return next((each for each in channels if each.id == id), seen), me


def findings(
    channel: discord.TextChannel | discord.ForumChannel, me: discord.Member, listed: Collection[str]
) -> Sequence[Finding]:
    """What there is to say of one channel."""
    name = f"#{channel.name}"
    found: list[Finding] = []
    missing = lacking(channel, me)
    if missing:
        what = _MISSING.format(name=name, missing=", ".join(missing))
        found.append(Finding(ok=False, what=what, fix=_switch_on(name, missing)))
    because = exposed(channel, listed)
    if because:
        what, _, fix = because.partition(". ")
        found.append(Finding(ok=False, what=f"{what}.", fix=fix))
    if me.guild_permissions.administrator:
        found.append(Finding(ok=True, what=_TOO_MUCH.format(name=channel.guild.name), fix=_LESS))
    if isinstance(channel, discord.ForumChannel) and (untagged := _untagged(channel, me)):
        tags = ", ".join(untagged)
        fix = _MAKE_TAGS.format(name=name, missing=tags)
        found.append(Finding(ok=True, what=_NO_TAGS.format(name=name, missing=tags), fix=fix))
    return found if any(not each.ok for each in found) else [Finding(ok=True, what=_WELL.format(name=name)), *found]


def _untagged(forum: discord.ForumChannel, me: discord.Member) -> Sequence[str]:
    """Those of our tags that we cannot give there: missing, or for moderators alone."""
    every = forum.permissions_for(me).manage_threads
    there = {tag.name.casefold() for tag in forum.available_tags if every or not tag.moderated}
    return [name for name in ALL if name.casefold() not in there]


def _switch_on(name: str, missing: Sequence[str]) -> str:
    return _SWITCH_ON.format(name=name, missing=", ".join(missing))


def _away(problem: Problem) -> Finding:
    if problem.status == 401:
        return Finding(ok=False, what=TOKEN, fix=_NEW_TOKEN)
    return Finding(ok=False, what=AWAY, fix="Look whether this machine reaches discord.com, and try again.")
