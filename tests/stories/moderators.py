"""Moderators of a Discord server in this process (simcord), with the whole product on it: they read, press and fill in."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial

import discord
import pytest
import simcord
from simcord.actors import MemberActor
from simcord.results import InteractionResult, ResponseMessage

from adapters.connections import discord as connections
from adapters.connections.discord import Connection, least_intents
from tests.adapters.rooms.discord.looks import boxes, buttons, words
from tests.adapters.rooms.discord.server import always, make
from tests.adapters.rooms.discord.world import World
from tests.stories.house import until

#: As Discord's own tokens look; simcord asks for none.
TOKEN = "MTIz.story.token"
#: Seconds of real time that an answer may take: everything behind it is real.
_PATIENCE = 20.0


class Moderators(World):
    """What they see in their channel and in their own messages."""

    @property
    def place(self) -> str:
        """Their channel, as coolhead.toml names it."""
        return f'[[place]]\nroom = "discord"\nid = "{self.text.id}"\nname = "mods"\n'

    async def card(self, *says: str) -> discord.Message:
        """The card, once it shows all of this."""
        return await self._shown(lambda: self.text.history(), *says)

    async def note(self, who: MemberActor, *says: str) -> discord.Message:
        """What we wrote to somebody alone, once it is there."""
        return await self._shown(lambda: who.user.dm_channel.history(), *says)

    async def _shown(self, where: Callable[[], list[discord.Message]], *says: str) -> discord.Message:
        async def there() -> discord.Message | None:
            return next((one for one in reversed(where()) if all(each in words(one) for each in says)), None)

        found: discord.Message = await until(there, within=30)
        return found

    def thread(self) -> str:
        """Everything that was said under the cards."""
        return "\n".join(words(line) for thread in self.text.threads for line in thread.history())

    async def presses(
        self, who: MemberActor | simcord.UserHandle, message: discord.Message | ResponseMessage, label: str
    ) -> InteractionResult:
        """A button, by how its label begins. In their own messages, `who` is the person and not the member."""
        whole = next(each for each in buttons(message) if each.startswith(label))
        pressed: InteractionResult = await who.click(message, label=whole)
        return pressed

    async def writes(self, who: MemberActor, card: discord.Message, label: str, words: str) -> InteractionResult:
        """A reply: their words first, then the window, then what we think of it, then finished."""
        beside = await self.presses(who, card, label)
        opened = await self.presses(who, last(beside), "Write")
        looked = await self.fills(who, opened, words=words)
        return await self.presses(who, last(looked), "Finish")

    async def sends(self, who: MemberActor) -> InteractionResult:
        """What has cooled, read once more in their own messages."""
        note = await self.note(who, "It has cooled")
        read = await self.presses(who.user, note, "Read once more")
        return await self.presses(who.user, last(read), "Send")

    async def fills(self, who: MemberActor, opened: InteractionResult, **typed: str) -> InteractionResult:
        """The window that a press opened."""
        return await who.submit_modal(opened, boxes(opened, **typed))


def last(result: InteractionResult) -> ResponseMessage:
    """The newest message of an answer."""
    assert result.response is not None, "nothing was answered"
    return [result.response, *result.followups][-1]


@asynccontextmanager
async def moderators(patch: pytest.MonkeyPatch) -> AsyncIterator[Moderators]:
    """A server to which the product connects when it is started inside of the block. Only the server's own time stands
    still: whoever starts it lives in virtual time from then on, so a task of its own does."""
    env = simcord.Env(make(least_intents()), settle_timeout=_PATIENCE)
    await asyncio.create_task(env.start())
    patch.setattr(connections, "Connection", partial(Connection, make=always(env.bot)))
    try:
        yield Moderators(env)
    finally:
        await env.shutdown()
    env.raise_errors()
