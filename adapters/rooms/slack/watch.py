"""While we attend: who we are, whether our token is good, what was said while nobody listened, and what arrived twice."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any, Final

from adapters.connections.slack import Slack
from adapters.connections.slack_answers import Answered
from adapters.connections.slack_budget import Rank
from adapters.rooms.slack.catching_up import FIRST, OVERLAP, CatchingUp, Envelope
from adapters.rooms.slack.cures import because
from adapters.rooms.slack.events import House
from adapters.rooms.slack.healing import Troubles
from adapters.rooms.slack.hearing import Ears, Hear
from adapters.rooms.slack.people import People
from adapters.rooms.slack.reconcile import Posts
from adapters.rooms.slack.refs import Workspace
from bot.errors import StoreAway
from bot.ports import Clock

#: Seconds between two looks; a token that was no good is tried as often.
_EVERY: Final = 30.0
_PART: Final = "slack token"


class Watch:
    """`run` until cancelled. `take` and `up` are for the sockets; `start` where there are none."""

    def __init__(
        self,
        *,
        slack: Slack,
        house: House,
        workspace: Workspace,
        people: People,
        ears: Ears,
        catching_up: CatchingUp,
        posts: Posts,
        clock: Clock,
        health: Troubles,
        hear: Hear,
    ) -> None:
        self._slack = slack
        self._house = house
        self._workspace = workspace
        self._people = people
        self._ears = ears
        self._catching_up = catching_up
        self._posts = posts
        self._clock = clock
        self._health = health
        self._hear = hear
        self._heard_at: datetime | None = None
        #: Whether something listens just now.
        self.connected: Callable[[], bool] = lambda: True

    async def run(self) -> None:
        """Look at the token again and again, and at what we posted. While it is no good nothing is sent; intake goes on."""
        while True:
            if self._slack.dead or not self._house.me:
                await self._introduce()
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
        if not self._house.me:
            await self._introduce()
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

    async def _introduce(self) -> None:
        """Who we are here; and with it, whether our token is good."""
        answer = await self._slack.call("auth.test", {}, rank=Rank.ANSWER)
        if isinstance(answer, Answered):
            self._house.me = str(answer.body.get("user_id", ""))
            self._people.team = str(answer.body.get("team_id", ""))
            self._workspace.url = str(answer.body.get("url", ""))
            self._health.well(_PART)
        elif self._slack.dead:
            self._health.trouble(_PART, because(self._slack.dead))
