"""What `coolhead check` says of a community on Discord, channel by channel, with what to press where something is missing."""

from collections.abc import Sequence
from typing import Any, Final

import discord

from adapters.connections.discord_calls import Problem
from adapters.platforms.community_discord_wire import DiscordWire
from adapters.platforms.community_ground import Ground
from bot.nouns.community import Community
from bot.ports import Finding

#: Flags of an application: the Message Content intent, granted or for small ones.
_CONTENT: Final = (1 << 18) | (1 << 19)
_READS: Final = ("view_channel", "read_message_history")
_WRITES: Final = ("send_messages", "send_messages_in_threads")
_NAMES: Final = {
    "view_channel": "View Channel",
    "read_message_history": "Read Message History",
    "send_messages": "Send Messages",
    "send_messages_in_threads": "Send Messages in Threads and Posts",
}


async def check(wire: DiscordWire, ground: Ground) -> Sequence[Finding]:
    """Whether we may hear, and whether we may write where that is switched on. Raises StoreAway."""
    told = await wire.ask(lambda client: client.http.application_info())
    if isinstance(told, Problem):
        return (Finding(ok=False, what="Discord does not answer our bot.", fix="Is COOLHEAD_DISCORD_TOKEN right?"),)
    found = [_content(told)]
    for channel in ground.named:
        community = ground.of(channel)
        if community is not None:
            found.append(await _channel(wire, ground, channel, community))
    return found


def _content(told: Any) -> Finding:
    flags = told.get("flags")
    if isinstance(flags, int) and flags & _CONTENT:
        return Finding(ok=True, what="Discord: Message Content is switched on, for the community's channels.")
    fix = "In the Developer Portal open Bot, Privileged Gateway Intents, and switch on Message Content."
    return Finding(ok=False, what="Discord: Message Content is off, so messages arrive without their text.", fix=fix)


async def _channel(wire: DiscordWire, ground: Ground, channel: str, community: Community) -> Finding:
    if await ground.team_sits(channel):
        fix = f"Take {channel} out of the channels of [[community]]: where the team sits nobody is listened to."
        return Finding(ok=False, what=f"Discord: the team sits in the channel {channel}.", fix=fix)
    wanted = [*_READS, *(_WRITES if community.post_as_bot else ())]
    lacking = await _lacking(wire, channel, wanted)
    if lacking is None:
        fix = "Is the id right, is our bot on that server, and may its role view the channel?"
        return Finding(ok=False, what=f"Discord: the channel {channel} cannot be read.", fix=fix)
    if lacking:
        names = ", ".join(_NAMES[each] for each in lacking)
        return Finding(
            ok=False, what=f"Discord: in the channel {channel} our role lacks {names}.", fix=f"Allow {names}."
        )
    how = "answers go out as our bot" if community.post_as_bot else "a moderator answers from their own account"
    return Finding(ok=True, what=f"Discord: the channel {channel} is listened to; {how}.")


async def _lacking(wire: DiscordWire, channel: str, wanted: Sequence[str]) -> list[str] | None:
    """The permissions our bot lacks there; None where it cannot even look."""

    async def ask(client: discord.Client) -> discord.Permissions | None:
        there = await client.fetch_channel(int(channel))
        if not isinstance(there, discord.abc.GuildChannel):
            return None
        guild = await client.fetch_guild(there.guild.id)
        await guild.fetch_roles()
        us = await guild.fetch_member(client.user.id if client.user is not None else 0)
        return there.permissions_for(us)

    found = await wire.ask(ask)
    if isinstance(found, Problem) or found is None:
        return None
    return [each for each in wanted if not getattr(found, each)]
