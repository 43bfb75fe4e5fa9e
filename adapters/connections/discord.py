"""The one connection to Discord, shared by its room and its platform: one client, logged in while somebody attends.

Time comes from the clock. A failure is said in health under the part `discord`, never with what Discord answered.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Protocol, TypeVar

import aiohttp
import discord

from adapters.connections.discord_calls import LONGEST_LIMIT, Calls, Problem, tracing
from adapters.connections.discord_ends import AWAY, Ended, ended
from adapters.connections.discord_invalid import Invalid
from adapters.connections.discord_limit import Limit
from adapters.connections.secret import Secret, reveal
from adapters.connections.wire import connector, fenced
from bot.ports import Clock
from bot.work.waiting import together, within

T = TypeVar("T")
#: What a connection may end with; the last three where an answer is none that discord.py can read.
_ENDS = (discord.DiscordException, aiohttp.ClientError, OSError, TimeoutError, KeyError, TypeError, ValueError)
Ear = Callable[..., Awaitable[None]]
Make = Callable[[discord.Intents, aiohttp.TraceConfig], discord.Client]

PART = "discord"
#: How long a call waits, in seconds, for a client that is still logging in or reading its servers.
PATIENCE = 10.0
#: A connection that is gone for so many seconds is said to be; Discord breaks them off now and then.
GONE_AFTER = 30.0
_LOOK = 10.0


def least_intents() -> discord.Intents:
    """What the room has to hear: servers with their channels, roles and threads; and that messages come and go.

    None of these is privileged: no members' list, no message's content.
    """
    return discord.Intents(guilds=True, guild_messages=True)


def community_intents() -> discord.Intents:
    """What listening to a community needs besides what the room hears. Message Content is privileged: it is switched on
    in the Developer Portal, and only where a community is a source."""
    return discord.Intents(guilds=True, guild_messages=True, message_content=True, guild_reactions=True)


class Troubles(Protocol):
    """Where a part says that it does not work, and that it works again."""

    def trouble(self, part: str, because: str) -> None: ...
    def well(self, part: str) -> None: ...


def make_client(intents: discord.Intents, trace: aiohttp.TraceConfig) -> discord.Client:
    """discord.py's client, without its caches of messages and members. Nothing it sends pings anybody by default."""
    logging.getLogger("discord").setLevel(logging.CRITICAL)  # it logs tracebacks; what went wrong stands in health
    return discord.Client(
        intents=intents,
        connector=connector(),
        http_trace=fenced(trace),
        max_ratelimit_timeout=LONGEST_LIMIT,
        max_messages=None,
        member_cache_flags=discord.MemberCacheFlags.none(),
        chunk_guilds_at_startup=False,
        allowed_mentions=discord.AllowedMentions.none(),
    )


class Connection:
    """`on` before `attend`; `call` and `ready` while somebody attends; `told` and `borrowed` also while nobody does."""

    def __init__(
        self,
        *,
        token: Secret,
        clock: Clock,
        intents: discord.Intents,
        health: Troubles,
        make: Make = make_client,
    ) -> None:
        self._token = token
        self._clock = clock
        self._intents = intents
        self._health = health
        self._make = make
        self._ears: list[tuple[str, Ear]] = []
        self._telling: set[asyncio.Task[object]] = set()
        self._client: discord.Client | None = None
        self._here = asyncio.Event()
        self._gone_since: float | None = None
        self._tried, self._refused = "", False
        self.invalid = Invalid()
        self._limit = Limit(clock)
        self._calls = Calls(clock, self.invalid)
        self.on("ready", self._back)
        self.on("resumed", self._back)
        self.on("disconnect", self._gone)

    def on(self, event: str, ear: Ear) -> None:
        """Tell `ear` of an event, by discord.py's name for it without `on_`. One event may have several ears."""
        self._ears.append((event, ear))

    async def attend(self) -> None:
        """Until cancelled: logged in and connected, again and again."""
        tries = 0
        while True:
            end = await self._once()
            tries = 0 if end.was_up else tries + 1
            self._health.trouble(PART, end.because)
            await self._rests(max(end.wait, min(5.0 * 2**tries, 60.0)))

    async def _rests(self, seconds: float) -> None:
        """So long, or until there is another token where ours was refused."""
        while seconds > 0 and not self._has_another():
            await self._clock.sleep(min(seconds, _LOOK))
            seconds -= _LOOK

    def _has_another(self) -> bool:
        return self._refused and reveal(self._token) != self._tried

    async def _log_in(self, client: discord.Client) -> None:
        """With the token as it is now."""
        self._tried, self._refused = reveal(self._token), False
        if not client.is_ready():
            await client.login(self._tried)

    async def _once(self) -> Ended:
        client = self._make(self._intents, tracing(self.invalid, self._limit))
        was_up = False
        try:
            self._wire(client)
            await self._log_in(client)
            was_up = True
            self._client = client
            self._here.set()
            if client.is_ready():
                await self._tell("ready")
            await together(client.connect(), self._watch())
            return Ended(AWAY, was_up=was_up)
        except _ENDS as error:
            self.invalid.note(getattr(error, "status", 401 if isinstance(error, discord.LoginFailure) else 0))
            end = ended(error, was_up=was_up)
            self._refused = self._refused or end.refused
            return end
        finally:
            self._client = None
            self._here.clear()
            await self._hush()
            await client.close()

    def _wire(self, client: discord.Client) -> None:
        for event in dict.fromkeys(name for name, _ in self._ears):
            setattr(client, f"on_{event}", self._teller(event))

    def _teller(self, event: str) -> Ear:
        async def told(*arguments: object) -> None:
            task = asyncio.current_task()
            if task is not None:
                self._telling.add(task)
                task.add_done_callback(self._telling.discard)
            await self._tell(event, *arguments)

        return told

    async def _hush(self) -> None:
        """Whoever is still being told something is broken off: nothing of a connection outlives it."""
        left = [task for task in self._telling if task is not asyncio.current_task()]
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)

    async def _tell(self, event: str, *arguments: object) -> None:
        for name, ear in self._ears:
            if name == event:
                await ear(*arguments)

    async def _back(self) -> None:
        self._gone_since = None
        self._health.well(PART)

    async def _gone(self) -> None:
        if self._gone_since is None:
            self._gone_since = (await self._clock.now()).elapsed

    async def _watch(self) -> None:
        """Until it has to be begun anew, with another token."""
        while not self._has_another():
            await self._clock.sleep(_LOOK)
            gone = self._gone_since
            if gone is not None and (await self._clock.now()).elapsed - gone >= GONE_AFTER:
                self._health.trouble(PART, AWAY)

    @property
    def told(self) -> discord.Client | None:
        """The client, where the gateway has told it of its servers. None: not yet, or nobody attends on this replica."""
        return self._client if self._client is not None and self._client.is_ready() else None

    async def client(self) -> discord.Client | Problem:
        """The client, once logged in."""
        if self._client is None:
            try:
                await within(self._clock, PATIENCE, self._here.wait())
            except TimeoutError:
                return Problem(0, wait=PATIENCE)
        return self._client or Problem(0, wait=PATIENCE)

    async def ready(self) -> discord.Client | Problem:
        """The client, once it knows its servers, their channels and their roles."""
        client = await self.client()
        if isinstance(client, Problem) or client.is_ready():
            return client
        try:
            await within(self._clock, PATIENCE, client.wait_until_ready())
        except TimeoutError:
            return Problem(0, wait=PATIENCE)
        return client

    def channel(self, id: int) -> discord.abc.GuildChannel | discord.Thread | discord.abc.PrivateChannel | None:
        """A channel or thread as far as the gateway told us of it. Asks nobody."""
        return self._client.get_channel(id) if self._client is not None else None

    async def call(self, call: Callable[[discord.Client], Awaitable[T]]) -> T | Problem:
        """One call, its failure as a value."""
        found, _ = await self.watched(call)
        return found

    async def watched(self, call: Callable[[discord.Client], Awaitable[T]]) -> tuple[T | Problem, bool]:
        """The same, and whether it may have been done more than once."""
        client = await self.client()
        if isinstance(client, Problem):
            return client, False
        found, twice = await self._calls.watched(lambda: call(client))
        if isinstance(found, Problem) and found.status == 401:
            self._refused = True
            self._health.trouble(PART, ended(discord.LoginFailure(), was_up=True).because)
        return found, twice

    async def ask(self, call: Callable[[], Awaitable[T]]) -> T | Problem:
        """One call by a client that was `borrowed`."""
        return await self._calls.run(call)

    @asynccontextmanager
    async def borrowed(self) -> AsyncIterator[discord.Client | Problem]:
        """The attended client; where nobody attends, one that is logged in for this and closed again."""
        if self._client is not None:
            yield self._client
            return
        client = self._make(self._intents, tracing(self.invalid, self._limit))
        try:
            found = None if client.is_ready() else await self._calls.run(lambda: client.login(reveal(self._token)))
            yield found if isinstance(found, Problem) else client
        finally:
            await client.close()
