"""The greeting, once, where we are invited: in a channel that the team alone reads, where there is one."""

import discord

from adapters.rooms.discord.greeting import greeting
from adapters.rooms.discord.pressing import Signer
from adapters.rooms.discord.readers import exposed
from adapters.rooms.discord.writing import Writing


class Welcome:
    """Says it to a server that invited us."""

    def __init__(self, writing: Writing, signer: Signer) -> None:
        self._writing = writing
        self._signer = signer

    async def greet(self, guild: discord.Guild) -> None:
        """One message. Where we may write nowhere, nothing is said; `coolhead check` tells."""
        channel = _where(guild)
        if channel is not None:
            await self._writing.send(channel.id, greeting(self._signer, str(channel.id)), f"greeting:{guild.id}")


def _where(guild: discord.Guild) -> discord.TextChannel | None:
    ours = [each for each in guild.text_channels if _may(each)]
    private = [each for each in ours if not exposed(each, ())]
    return next(iter([*private, *[each for each in ours if each == guild.system_channel], *ours]), None)


def _may(channel: discord.TextChannel) -> bool:
    allowed = channel.permissions_for(channel.guild.me)
    return allowed.view_channel and allowed.send_messages
