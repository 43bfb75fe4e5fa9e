"""The ground a card stands on: its channel, whether the team alone can read it, and what Discord refused there lately."""

from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

import discord

from adapters.connections.discord import Connection
from adapters.connections.discord_calls import Problem
from adapters.rooms.discord import codes
from adapters.rooms.discord.broken import broken
from adapters.rooms.discord.readers import exposed, lacking
from adapters.rooms.discord.wheres import number
from bot.ports import Broken, Clock

#: Seconds for which a place that a person must mend is left alone, so that asking again costs nothing meanwhile.
RESTS = 120.0

Ground = discord.TextChannel | discord.ForumChannel
_UNTOLD = "Discord has not told us yet what is on the server. It goes on by itself."
_SOON = timedelta(seconds=30)
_NO_GROUND = "{name} is neither a text channel nor a forum. Choose one of those."
_NO_ID = "{name} is no channel of Discord. Give the channel's number as its id."
_TIMED_OUT = "Somebody has timed us out on the server, so we can say nothing there. It goes on by itself."
_LACKING = "In {place} we lack: {missing}. In Discord: Edit Channel, Permissions, our role; switch it on."


@dataclass(frozen=True, slots=True)
class _Rest:
    broken: Broken
    until: float


class Grounds:
    """Looks channels up in what the gateway told us, and asks only for what it did not."""

    def __init__(self, connection: Connection, clock: Clock, listed: Callable[[], Awaitable[Collection[str]]]) -> None:
        self._connection = connection
        self._clock = clock
        self._listed = listed
        self._resting: dict[str, _Rest] = {}

    def changed(self) -> None:
        """A channel, role or server changed: what was refused may go now."""
        self._resting.clear()

    async def find(self, place: str) -> Ground | Broken:
        """The channel, once it is known that nobody but the team reads it."""
        if (resting := await self.resting(place)) is not None:
            return resting
        found = await self.look(place)
        if isinstance(found, Broken):
            return found
        because = exposed(found, await self._listed())
        return await self._rest(place, Broken(because=because)) if because else found

    async def look(self, place: str) -> Ground | Broken:
        """The channel, whoever reads it."""
        id = number(place)
        if id is None:
            return Broken(because=_NO_ID.format(name=place))
        client = await self._connection.ready()
        if isinstance(client, Problem):
            return await self.refused(client, place)
        found = client.get_channel(id) or await self._connection.call(lambda asked: asked.fetch_channel(id))
        match found:
            case discord.TextChannel() | discord.ForumChannel() if found.guild.unavailable:
                return await self.untold()
            case discord.TextChannel() | discord.ForumChannel():
                return found
            case Problem():
                return await self.refused(found, place)
            case _:
                return await self._rest(place, Broken(because=_NO_GROUND.format(name=self.called(place))))

    async def untold(self) -> Broken:
        """Discord names the server and tells us nothing of it, as in an outage: it does so by itself."""
        return Broken(because=_UNTOLD, until=(await self._clock.now()).wall + _SOON)

    async def resting(self, place: str) -> Broken | None:
        """What was refused there lately and only a person mends."""
        rest = self._resting.get(place)
        if rest is None or (await self._clock.now()).elapsed >= rest.until:
            return None
        return rest.broken

    async def refused(self, problem: Problem, place: str) -> Broken:
        """Say what Discord refused. Where only a person mends it, the place is left alone for a while."""
        now = (await self._clock.now()).wall
        said = broken(problem, self.called(place), now)
        if problem.code == codes.MISSING_PERMISSIONS:
            said = await self._why(place, said, now)
        if problem.code in codes.FORBIDDEN or problem.code == codes.UNKNOWN_CHANNEL:
            return await self._rest(place, said)
        return said

    async def _why(self, place: str, said: Broken, now: datetime) -> Broken:
        """What is not allowed to us, by name; or until when we may say nothing at all."""
        channel = self._connection.channel(number(place) or 0)
        if not isinstance(channel, discord.TextChannel | discord.ForumChannel):
            return said
        me = await self._connection.call(lambda client: channel.guild.fetch_member(_id(client)))
        if isinstance(me, Problem):
            return said
        if me.timed_out_until is not None and me.timed_out_until > now:
            return Broken(because=_TIMED_OUT, until=me.timed_out_until)
        missing = lacking(channel, me)
        if not missing:
            return said
        name = self.called(place)
        return Broken(because=_LACKING.format(place=name, missing=", ".join(missing)))

    async def _rest(self, place: str, said: Broken) -> Broken:
        self._resting[place] = _Rest(said, (await self._clock.now()).elapsed + RESTS)
        return said

    def called(self, place: str) -> str:
        """The place as the team calls it."""
        channel = self._connection.channel(number(place) or 0)
        return f"#{channel.name}" if isinstance(channel, discord.abc.GuildChannel) else "the channel"


def _id(client: discord.Client) -> int:
    return client.user.id if client.user is not None else 0
