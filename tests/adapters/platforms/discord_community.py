"""A community on a Discord that runs in this process (simcord), with our platform listening in its lobby and its forum."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import simcord
from pydantic import SecretStr
from simcord.actors import MemberActor
from simcord.builders import ChannelHandle

from adapters.connections.discord import Connection, least_intents
from adapters.connections.discord import community_intents as intents
from adapters.platforms.community_discord import CommunityDiscord
from bot.nouns.community import Community
from bot.nouns.mention import Cursor, MentionKey, Said
from bot.nouns.team import Place
from tests.adapters.platforms.communities import discord_table
from tests.adapters.platforms.ears import Ears
from tests.adapters.rooms.discord.server import FakeHealth, ServerClock, always, make
from tests.adapters.rooms.discord.world import World

FLAG = "🚩"


#: Of a look or a send, of a connection that is being made, of one call.
DEADLINES = frozenset({7.5, 10.0, 45.0})


class Hurried(ServerClock):
    """Ten seconds pass in one; deadlines are what they are, for a busy machine is slow and not wrong."""

    async def sleep(self, seconds: float) -> None:
        """A tenth of it."""
        await super().sleep(seconds if seconds in DEADLINES else seconds / 10)


class Town(World):
    """`ana` is a listed moderator, `kim` one who is not; the platform hears `lobby` and the forum `questions`."""

    def __init__(self, env: simcord.Env, *, post_as_bot: bool = False) -> None:
        super().__init__(env)
        self.questions = self.guild.create_forum_channel("questions")
        self.elsewhere = self.guild.create_text_channel("elsewhere")
        self.ears = Ears()
        self.health = FakeHealth()
        self.clock = Hurried(env)
        self.every = 300.0
        self.places: list[Place] = []
        self.awaited: dict[str, str] = {}
        self.table = discord_table(
            str(self.lobby.id),
            str(self.questions.id),
            moderators=(str(self.ana.id),),
            report_emoji=FLAG,
            post_as_bot=post_as_bot,
        )
        self.platform = self.new_platform([self.table])

    def new_platform(self, tables: Sequence[Community]) -> CommunityDiscord:
        """Another one, as after a restart: it remembers nothing."""
        connection = Connection(
            token=SecretStr("token"),
            clock=self.clock,
            intents=least_intents() | intents(),
            health=self.health,
            make=always(self.env.bot),
        )
        return CommunityDiscord(
            connection=connection,
            tables=tables,
            places=self._places,
            awaited=self._awaited,
            clock=self.clock,
            every=self.every,
        )

    async def _places(self) -> Sequence[Place]:
        return self.places

    async def _awaited(self, key: MentionKey) -> Sequence[str]:
        return [self.awaited[key.id]] if key.id in self.awaited else []

    @asynccontextmanager
    async def listening(self, since: Cursor | None = None) -> AsyncIterator[None]:
        """The platform listens until the end of the block."""
        before = self.ears.cursor
        task = asyncio.create_task(self.platform.listen(since, self.ears))
        await self.ears.until(lambda ears: ears.cursor is not before)
        try:
            yield
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    async def ears_said(self, count: int) -> list[Said]:
        """What was said, once so many said something."""
        await self.ears.until(lambda ears: len(ears.of(Said)) >= count)
        return self.ears.of(Said)

    async def posts(self, person: MemberActor, title: str, text: str) -> ChannelHandle:
        """A member's post in the forum: a thread whose first message has its id."""
        backend = self.env.backend
        thread = backend.create_thread(self.questions.id, title, person.id, broadcast=False)
        first = backend.prepare_message(thread.id, person.id, text)
        first.id = thread.id
        backend.commit_message(first, broadcast=False)
        thread.last_message_id = thread.id
        backend.announce_thread_create(thread)
        backend.announce_message_create(first)
        await self.env.settle()
        return ChannelHandle(self.env, self.guild, thread)

    async def walks(self) -> None:
        """Until the next walk is over."""
        beats = self.ears.beats
        await self.ears.until(lambda ears: ears.beats > beats)


@asynccontextmanager
async def town(*, post_as_bot: bool = False) -> AsyncIterator[Town]:
    """One with everything in it."""
    env = simcord.Env(make(least_intents() | intents()), settle_timeout=1.0)
    await env.start()
    try:
        made = Town(env, post_as_bot=post_as_bot)
        await env.settle()
        yield made
    finally:
        await env.shutdown()
    env.raise_errors()
