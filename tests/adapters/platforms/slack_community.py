"""A community in a Slack nobody here wrote (local-slack), with our platform listening in one of its channels.

What the room would pass on is passed on by a socket of the tests' own.
"""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from aiohttp import ClientSession
from pydantic import SecretStr

from adapters.clock import RealClock
from adapters.connections.slack import Slack
from adapters.connections.slack_events import SlackEvents
from adapters.platforms.community_slack import CommunitySlack
from bot.nouns.mention import Cursor, MentionKey, Said
from bot.nouns.team import Place
from tests.adapters.platforms.communities import slack_table
from tests.adapters.platforms.ears import Ears
from tests.adapters.rooms.slack.house import _now
from tests.adapters.rooms.slack.peers import APP_TOKEN, CARE, TOKEN, LocalSlack, local_slack

GIL, KIM, ANA = "U0GIL", "U0KIM", "U0ANA"
EYES = "eyes"


#: Of a look or a send, of a connection that is being made, of one call.
DEADLINES = frozenset({7.5, 10.0, 45.0})


class Hurried(RealClock):
    """Ten seconds pass in one; deadlines are what they are, for a busy machine is slow and not wrong."""

    async def sleep(self, seconds: float) -> None:
        """A tenth of it."""
        await super().sleep(seconds if seconds in DEADLINES else seconds / 10)


class Office:
    """`ana` is a listed moderator. The platform hears the channel `care`; with `events` it is told, else it asks."""

    def __init__(self, slack: LocalSlack, *, post_as_bot: bool = False, events: bool = True, every: float = 0) -> None:
        self.slack = slack
        self.ears = Ears()
        self.places: list[Place] = []
        self.awaited: dict[str, str] = {}
        self.events = SlackEvents() if events else None
        self.every = every
        self.table = slack_table(CARE, post_as_bot=post_as_bot, moderators=(ANA,), report_emoji=EYES)
        self.clock = Hurried(_now)
        self.platform = self.new_platform()

    def new_platform(self) -> CommunitySlack:
        """Another one, as after a restart: it remembers nothing."""
        return CommunitySlack(
            slack=Slack(token=SecretStr(TOKEN), clock=self.clock, api_url=self.slack.api_url),
            tables=[self.table],
            places=self._places,
            awaited=self._awaited,
            clock=self.clock,
            events=self.events,
            every=self.every,
        )

    async def _places(self) -> Sequence[Place]:
        return self.places

    async def _awaited(self, key: MentionKey) -> Sequence[str]:
        return [self.awaited[key.id]] if key.id in self.awaited else []

    async def said(self, count: int) -> list[Said]:
        """What was said, once so many said something."""
        await self.ears.until(lambda ears: len(ears.of(Said)) >= count)
        return self.ears.of(Said)

    async def walks(self) -> None:
        """Until the next walk is over."""
        beats = self.ears.beats
        await self.ears.until(lambda ears: ears.beats > beats)

    @asynccontextmanager
    async def listening(self, since: Cursor | None = None) -> AsyncIterator[None]:
        """The platform listens until the end of the block."""
        before = self.ears.cursor
        tasks = [asyncio.create_task(self.platform.listen(since, self.ears))]
        if self.events is not None:
            tasks.append(asyncio.create_task(self._socket(self.events)))
            await self.slack.connected()
        await self.ears.until(lambda ears: ears.cursor is not before)
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _socket(self, events: SlackEvents) -> None:
        headers = {"Authorization": f"Bearer {APP_TOKEN}"}
        async with ClientSession() as session:
            async with session.post(f"{self.slack.api_url}apps.connections.open", headers=headers) as answer:
                url = (await answer.json())["url"]
            async with session.ws_connect(url) as socket:
                async for message in socket:
                    told = message.json()
                    if "envelope_id" in told:
                        await socket.send_json({"envelope_id": told["envelope_id"]})
                        await events.tell(told["type"], told["payload"])


def mention(ts: str, channel: str = CARE) -> MentionKey:
    """A message as a mention."""
    return MentionKey(platform="slack", id=f"{channel}-{ts}")


@asynccontextmanager
async def office(*, post_as_bot: bool = False, events: bool = True, every: float = 0) -> AsyncIterator[Office]:
    """One with everything in it."""
    async with local_slack() as slack:
        yield Office(slack, post_as_bot=post_as_bot, events=events, every=every)
