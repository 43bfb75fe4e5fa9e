"""While we attend: who we are, whether our token is good, what was said while nobody listened, and what arrived twice."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any, Final

from adapters.connections.slack import Slack
from adapters.rooms.slack.catching_up import FIRST, OVERLAP, CatchingUp, Envelope
from adapters.rooms.slack.events import House
from adapters.rooms.slack.hearing import Ears, Hear
from adapters.rooms.slack.introduction import Introduction
from adapters.rooms.slack.reconcile import Posts
from bot.errors import StoreAway
from bot.ports import Clock

#: Seconds between two looks; a token that was no good is tried as often.
_EVERY: Final = 30.0


class Watch:
    """`run` until cancelled. `take` and `up` are for the sockets; `start` where there are none."""

    def __init__(
        self,
        *,
        slack: Slack,
        house: House,
        introduction: Introduction,
        ears: Ears,
        catching_up: CatchingUp,
        posts: Posts,
        clock: Clock,
        hear: Hear,
    ) -> None:
        self._slack = slack
        self._house = house
        self._introduction = introduction
        self._ears = ears
        self._catching_up = catching_up
        self._posts = posts
        self._clock = clock
        self._hear = hear
        self._heard_at: datetime | None = None
        #: Whether something listens just now.
        self.connected: Callable[[], bool] = lambda: True

    async def run(self) -> None:
        """Look at the token again and again, and at what we posted. While it is no good nothing is sent; intake goes on."""
        while True:
            await self._introduction.known()
            if self._heard_at is not None and self.connected():
                await self._note()
            await self._posts.look_again()
            await self._slack.ticks.sleep(_EVERY)

    async def take(self, kind: str, payload: Mapping[str, Any], envelope: str) -> Mapping[str, Any] | None:
        """From a socket."""
        return await self._ears.take(kind, payload, envelope, self._hear)

    async def up(self) -> None:
        """A socket is there after a time without any."""
        await self.catch_up()

    async def start(self) -> None:
        """By HTTP Slack delivers again by itself; only what was lost before our start is read once."""
        await self.catch_up()
        while True:
            await self._slack.ticks.sleep(3600.0)

    async def catch_up(self) -> None:
        """Read what was said since we last listened."""
        self._ears.back()
        await self._introduction.known()
        try:
            now = (await self._clock.now()).wall
        except StoreAway:
            return
        since = now - FIRST if self._heard_at is None else self._heard_at - OVERLAP
        await self._catching_up.since(since, now, self._caught)
        self._heard_at = now
        with suppress(StoreAway):
            await self._house.greet()

    async def _caught(self, envelope: Envelope) -> None:
        await self._ears.caught(envelope, self._hear)

    async def _note(self) -> None:
        with suppress(StoreAway):
            self._heard_at = (await self._clock.now()).wall
