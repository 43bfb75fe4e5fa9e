"""Answering a press, so that whoever pressed sees it: within three seconds, privately, and pinging nobody.

An answer lasts as long as Discord keeps it, at most fifteen minutes: what must last is on the card, in the thread or in
a direct message. Where an answer comes too late for Discord, it goes by direct message.
"""

from collections.abc import Awaitable, Callable, Sequence
from functools import partial

import aiohttp
import discord
from discord.ui import LayoutView

from adapters.rooms.discord import codes
from adapters.rooms.discord.answering import Shown
from adapters.rooms.discord.saying import saving

_NOBODY = discord.AllowedMentions.none()

#: Show it by direct message to that person, under that key.
ByMessage = Callable[[int, LayoutView, str], Awaitable[object]]


class Reply:
    """One answer. `wait` says that it takes a moment, `show` shows it; the last word stands."""

    def __init__(self, interaction: discord.Interaction, by_message: ByMessage) -> None:
        self._interaction = interaction
        self._by_message = by_message
        self._waiting = False

    async def wait(self) -> None:
        """It takes longer than a moment: say so."""
        self._waiting = await self._told(lambda: self._send(saving()))

    async def show(self, shown: Shown, *, in_place: bool) -> None:
        """`in_place`: where the press came from a message for one person, that message becomes the answer."""
        response = self._interaction.response
        modal = shown.modal
        if modal is not None and not response.is_done() and self._opens_windows:
            modal.stop()  # what is filled in is read from the window itself
            if await self._told(lambda: response.send_modal(modal)):
                return
        first, *others = shown.views
        if not await self._told(lambda: self._first(first, in_place=in_place)):
            await self._by_message(self._interaction.user.id, shown.views[-1], f"answer:{self._interaction.id}")
            return
        await self._more(others)

    async def offer(self, choices: Sequence[discord.app_commands.Choice[str]]) -> None:
        """What a command may be completed with. Nobody misses it when it comes too late."""
        await self._told(lambda: self._interaction.response.autocomplete(list(choices)))

    @property
    def _opens_windows(self) -> bool:
        """A window cannot open another one."""
        return self._interaction.type is not discord.InteractionType.modal_submit

    async def _first(self, view: LayoutView, *, in_place: bool) -> object:
        view.stop()
        if self._waiting:
            return await self._interaction.edit_original_response(view=view, allowed_mentions=_NOBODY)
        message = self._interaction.message
        if in_place and message is not None and message.flags.ephemeral:
            return await self._interaction.response.edit_message(view=view, allowed_mentions=_NOBODY)
        return await self._send(view)

    async def _send(self, view: LayoutView) -> object:
        view.stop()
        return await self._interaction.response.send_message(
            view=view, ephemeral=True, allowed_mentions=_NOBODY, suppress_embeds=True
        )

    async def _more(self, views: Sequence[LayoutView]) -> None:
        for view in views:
            view.stop()
            await self._told(partial(self._follow, view))

    async def _follow(self, view: LayoutView) -> object:
        return await self._interaction.followup.send(
            view=view, ephemeral=True, allowed_mentions=_NOBODY, suppress_embeds=True, wait=True
        )

    async def _told(self, tell: Callable[[], Awaitable[object]]) -> bool:
        """Whether Discord took it. That it has it already is no error: discord.py asks again after a 500."""
        try:
            await tell()
        except discord.HTTPException as error:
            return error.code == codes.ACKNOWLEDGED_ALREADY
        except (discord.InteractionResponded, aiohttp.ClientError, OSError):
            return False
        return True
