"""What a place allows: who can read it (what moderators write about people is for the team alone), and what we may do."""

from collections.abc import Collection, Mapping, Sequence

from discord import ForumChannel, Member, Role, TextChannel
from discord.abc import GuildChannel

#: What a place needs, by discord.py's name, as Discord's own settings call it (in English).
TEXT: Mapping[str, str] = {
    "view_channel": "View Channel",
    "send_messages": "Send Messages",
    "read_message_history": "Read Message History",
    "create_public_threads": "Create Public Threads",
    "send_messages_in_threads": "Send Messages in Threads",
}
FORUM: Mapping[str, str] = {
    "view_channel": "View Channel",
    "send_messages": "Create Posts",
    "read_message_history": "Read Post History",
    "send_messages_in_threads": "Send Messages in Posts",
}

_EVERYONE = (
    "Everyone on the server can read {place}. In Discord: Edit Channel, Permissions, @everyone, View Channel: off."
)
_ROLE = (
    "The role {role} can read {place} and is not on the team. In Discord: Edit Channel, Permissions, {role}, "
    "View Channel: off; or list it under [roles]."
)


def exposed(channel: GuildChannel, listed: Collection[str]) -> str:
    """Why nothing may be shown there, or ''. `listed` are the team's roles by id or name; empty: whoever sees it is it.

    Administrators see every channel of a server, and bots read by their own role: neither is counted.
    """
    place = f"#{channel.name}"
    if channel.permissions_for(channel.guild.default_role).view_channel:
        return _EVERYONE.format(place=place)
    wanted = {each.removeprefix("@").casefold() for each in listed}
    for role in channel.guild.roles if wanted else ():
        if not _known(role, wanted) and channel.permissions_for(role).view_channel:
            return _ROLE.format(place=place, role=role.name)
    return ""


def _known(role: Role, wanted: Collection[str]) -> bool:
    safe = role.is_default() or role.is_bot_managed() or role.permissions.administrator
    return safe or str(role.id) in wanted or role.name.removeprefix("@").casefold() in wanted


def lacking(channel: TextChannel | ForumChannel, me: Member) -> Sequence[str]:
    """The permissions we lack in a channel, as Discord's settings call them."""
    needed = FORUM if isinstance(channel, ForumChannel) else TEXT
    have = channel.permissions_for(me)
    return [called for permission, called in needed.items() if not getattr(have, permission)]
