"""What a place allows: who can read it (what moderators write about people is for the team alone), and what we may do."""

from collections.abc import Collection, Sequence

from discord import ForumChannel, Member, Role, TextChannel
from discord.abc import GuildChannel

from adapters.rooms.discord.manifest import PERMISSIONS

#: What a forum does not need: a post is a thread already.
_NO_FORUM = frozenset({"create_public_threads"})

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
    have = channel.permissions_for(me)
    needed = set(PERMISSIONS) - (_NO_FORUM if isinstance(channel, ForumChannel) else set())
    return [called for name, (called, _) in PERMISSIONS.items() if name in needed and not getattr(have, name)]
