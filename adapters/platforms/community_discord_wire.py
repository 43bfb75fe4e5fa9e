"""What we ask of Discord: one question each, its failure a value. The live connection tells where a channel lies."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Final, TypeVar

import discord

from adapters.connections.discord import Connection
from adapters.connections.discord_calls import Calls, Problem
from adapters.platforms.community_discord_parse import NAME, Where, post, where
from adapters.platforms.community_ground import Ground
from adapters.platforms.community_mark import BEGINNING, later
from adapters.platforms.community_network import Away, Closed, Gone, Page
from adapters.platforms.community_post import Post
from bot.ports import Clock

T = TypeVar("T")
#: As many messages as Discord hands out at once.
PAGE: Final = 100
#: Codes that say the thing itself is not there (topics/opcodes-and-status-codes: Unknown Channel, Unknown Message).
NO_CHANNEL: Final = 10003
NO_MESSAGE: Final = 10008
_FORUMS: Final = (15, 16)
_NO_TEXT: Final = (
    "Discord sends us messages without their text. In the Developer Portal open Bot, Privileged Gateway Intents, and "
    "switch on Message Content."
)
_AWAY: Final = "Discord cannot be reached just now."


class DiscordWire:
    """The port Network over one connection."""

    platform = NAME

    def __init__(self, connection: Connection, ground: Ground, clock: Clock) -> None:
        self._connection = connection
        self._ground = ground
        self._calls = Calls(clock, connection.invalid)
        self._wheres: dict[str, Where] = {}
        self.me = ""
        self.trouble: str | None = None

    async def ask(self, call: Callable[[discord.Client], Awaitable[T]]) -> T | Problem:
        """One question. Never raises for what Discord does."""
        found, _ = await self.watched(call)
        return found

    async def watched(self, call: Callable[[discord.Client], Awaitable[T]]) -> tuple[T | Problem, bool]:
        """The same, and whether it may have been done more than once."""
        async with self._connection.borrowed() as client:
            if isinstance(client, Problem):
                return Problem(0, client.code, client.wait), False
            if client.user is not None:
                self.me = str(client.user.id)
            return await self._calls.watched(lambda: call(client))

    async def newest(self) -> str | Away:
        """The newest message of all channels there are, so that the first start begins now."""
        channels = await self.channels(BEGINNING)
        if isinstance(channels, Away):
            return channels
        newest = BEGINNING
        for channel in channels:
            page = await self._read(channel, {"limit": 1})
            if isinstance(page, Away):
                return page
            if isinstance(page, Page):
                newest = later(newest, page.last)
        return newest

    async def channels(self, floor: str) -> Sequence[str] | Away:
        """The channels that are listened to, and of their threads those in which anything was said since `floor`."""
        ready = await self._connection.ready()
        if isinstance(ready, Problem):
            return Away(_AWAY)
        heard = list(await self._ground.heard())
        guilds = {found.guild for each in heard if (found := await self.where(each)) is not None}
        for guild in sorted(filter(None, guilds)):
            told = await self._threads(int(guild))
            if isinstance(told, Problem):
                return Away(_AWAY)
            for raw in told.get("threads", ()):
                thread = self._learn(where(raw))
                last = str(raw.get("last_message_id") or BEGINNING)
                if thread is not None and thread.parent in heard and later(floor, last) != floor:
                    heard.append(thread.id)
        return heard

    async def _threads(self, guild: int) -> Mapping[str, Any] | Problem:
        return await self.ask(lambda client: client.http.get_active_threads(guild))

    async def page(self, channel: str, after: str) -> Page | Closed | Away:
        """What was said after that message."""
        return await self._read(channel, {"limit": PAGE, "after": int(after)})

    async def fetch(self, channel: str, id: str) -> Post | Gone | Closed | Away:
        """One message as it stands."""
        found = await self.ask(lambda client: client.http.get_message(int(channel), int(id)))
        if isinstance(found, Problem):
            return Gone() if found.code in (NO_MESSAGE, NO_CHANNEL) else unread(found)
        said = post(found, await self.where(channel) or Where(channel))
        return Closed("That is no message that somebody wrote.") if said is None else said

    async def where(self, channel: str) -> Where | None:
        """Where a channel lies; None where Discord does not tell."""
        known = self.near(channel)
        if known is None:
            told = await self.ask(lambda client: client.http.get_channel(int(channel)))
            known = self._learn(where(told)) if not isinstance(told, Problem) else None
        if known is not None and known.parent and not known.forum:
            parent = int(known.parent)
            above = await self.ask(lambda client: client.http.get_channel(parent))
            if isinstance(above, dict) and above.get("type") in _FORUMS:
                known = self._learn(Where(known.id, known.guild, known.parent, known.title, forum=True))
        return known

    def near(self, channel: str) -> Where | None:
        """The same, as far as we were told already. Asks nobody."""
        found = self._connection.channel(int(channel))
        if isinstance(found, discord.Thread):
            forum = isinstance(found.parent, discord.ForumChannel)
            return Where(channel, str(found.guild.id), str(found.parent_id), found.name, forum)
        if isinstance(found, discord.abc.GuildChannel):
            return Where(channel, str(found.guild.id))
        return self._wheres.get(channel)

    def parent(self, channel: str) -> str:
        """The channel that a thread lies in, as far as we were told; '' for what is no thread."""
        known = self.near(channel)
        return known.parent if known is not None else ""

    async def named(self, said: Post) -> Post:
        """Discord tells names with each message."""
        return said

    def saw(self, said: Post) -> None:
        """A message came in: from its emptiness we learn whether we may read."""
        if said.human and self.me not in said.named:
            self.trouble = _NO_TEXT if said.blind else None

    async def _read(self, channel: str, asked: dict[str, Any]) -> Page | Closed | Away:
        found = await self.ask(lambda client: client.http.logs_from(int(channel), **asked))
        if isinstance(found, Problem):
            return unread(found)
        there = await self.where(channel) or Where(channel)
        if any(not isinstance(raw, dict) or "id" not in raw for raw in found):
            return Away("Discord sent something that cannot be read.")
        raws = sorted(found, key=lambda raw: int(raw["id"]))
        posts = [said for raw in raws if (said := post(raw, there)) is not None]
        for said in posts:
            self.saw(said)
        last = str(raws[-1]["id"]) if raws else str(asked.get("after", BEGINNING))
        return Page(posts, last, more=len(raws) == PAGE)

    def _learn(self, found: Where | None) -> Where | None:
        if found is not None:
            self._wheres[found.id] = found
        return found


def unread(problem: Problem) -> Closed | Away:
    """What it means that something could not be read: whether a person must change something."""
    if problem.status in (403, 404) and not problem.doubtful:
        return Closed(
            "Discord does not let us read a channel we listen to. Let the role Coolhead view it and read its history."
        )
    return Away(_AWAY if problem.status != 401 else "Discord does not accept our token.")
