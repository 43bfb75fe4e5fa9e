"""How long a post may be on a Mastodon server. Every replica needs to know: people write and send on any, one listens."""

import asyncio
from contextlib import suppress
from typing import Final

from adapters.platforms.mastodon_send import Room
from adapters.platforms.mastodon_wire import Got, Wire
from bot.errors import StoreAway
from bot.work.waiting import heard

#: Seconds until a server that did not tell its limits is asked again, however often they are wanted meanwhile.
AGAIN: Final = 60.0


class Limits:
    """`known` is None until the server has told."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        self._asking: asyncio.Task[None] | None = None
        self.known: Room | None = None

    @property
    def room(self) -> Room:
        """As the server told; 500 characters and 23 for a link until then."""
        return self.known or Room()

    async def learn(self) -> None:
        """Ask now. What the server told before stays where it tells nothing."""
        got = await self._wire.ask("GET", "/api/v2/instance")
        limit = link = None
        if isinstance(got, Got) and got.status == 200:
            limit = got.at("configuration", "statuses", "max_characters")
            link = got.at("configuration", "statuses", "characters_reserved_per_url")
        if isinstance(limit, int) and limit > 0:
            self.known = Room(limit, link if isinstance(link, int) else Room().link)

    def wanted(self) -> None:
        """Somebody counts just now: ask in the background while they are unknown, and not at every key somebody presses.
        It needs a running loop."""
        if self.known is None and (self._asking is None or self._asking.done()):
            self._asking = asyncio.get_running_loop().create_task(self._learn_and_rest())
            self._asking.add_done_callback(heard)

    async def _learn_and_rest(self) -> None:
        with suppress(StoreAway):  # it only means that nobody could tell the time
            await self.learn()
        if self.known is None:
            await self._wire.clock.sleep(AGAIN)
