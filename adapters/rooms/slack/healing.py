"""What people do to us in Slack, mended once: a card deleted, a channel archived, the app removed, a thread locked.

At most three calls: what failed, the new card, and the same in another channel. A channel that is not to be had is left
alone for a while, so that nothing is tried again and again.
"""

from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from typing import Final, Protocol

from adapters.connections.slack_answers import Lost, Refused
from adapters.connections.slack_budget import Rank
from adapters.connections.slack_ticks import Ticks
from adapters.rooms.slack.cures import Cure, because, broken, cure
from adapters.rooms.slack.kept import Kept
from adapters.rooms.slack.message import Message
from adapters.rooms.slack.reconcile import Posts
from adapters.rooms.slack.refs import ROOM, At
from bot.errors import StoreAway
from bot.nouns.team import Place
from bot.ports import Broken, Clock

#: The message as it is to stand in that channel: one that others read too shows less.
Paint = Callable[[str], Awaitable[Message]]
#: Seconds a channel that is not to be had is left alone.
OUT: Final = 300.0


class Troubles(Protocol):
    """`bot.work.health.Health`: a sentence for each part that does not work."""

    def trouble(self, part: str, because: str) -> None: ...
    def well(self, part: str) -> None: ...


class Healer:
    """Posts cards so that an incident can be reached, in its place or in the next one of ours."""

    def __init__(
        self,
        posts: Posts,
        ticks: Ticks,
        clock: Clock,
        places: Callable[[], Awaitable[Sequence[Place]]],
        health: Troubles,
    ) -> None:
        self._posts = posts
        self._ticks = ticks
        self._clock = clock
        self._places = places
        self._health = health
        self._out: Kept[str, tuple[float, str]] = Kept(1000)

    async def post(self, channel: str, paint: Paint, key: str, rank: Rank) -> At | Broken:
        """A card in that channel; where it is not to be had, in the team's next one."""
        if (out := await self.is_out(channel)) is not None:
            return await self._elsewhere(channel, paint, key, rank, out)
        message = await paint(channel)
        posted = await self._posts.post(channel, message, key, rank=rank)
        match posted:
            case At():
                self._health.well(_part(channel))
                return posted
            case Refused(error=error) if cure(error) is Cure.ELSEWHERE:
                await self.out(channel, error)
                return await self._elsewhere(channel, paint, key, rank, error)
            case Refused(error=error) if cure(error) is Cure.PLAINER:
                plainer = await self._posts.post(channel, plain(message), key, rank=rank)
                return plainer if isinstance(plainer, At) else await self.broken(plainer, channel)
            case _:
                return await self.broken(posted, channel)

    async def repaint(self, card: At, paint: Paint, error: str) -> At | Broken:
        """A card that Slack would not let us change: another one takes its place."""
        key = f"instead of {card.id}"
        match cure(error):
            case Cure.ANEW:
                self._posts.forget(card)
                return await self.post(card.channel, paint, key, Rank.SEND)
            case Cure.ELSEWHERE:
                await self.out(card.channel, error)
                return await self._elsewhere(card.channel, paint, key, Rank.SEND, error)
            case _:
                return await self.broken(Refused(error), card.channel)

    async def broken(self, answer: Refused | Lost, channel: str) -> Broken:
        """What the core is told of it."""
        return broken(answer, await self.wall(), await self._named(channel))

    async def wall(self) -> datetime:
        """The time; while the store is away and the clock with it, the beginning of all: try again at once."""
        try:
            return (await self._clock.now()).wall
        except StoreAway:
            return datetime.fromtimestamp(0, UTC)

    async def out(self, channel: str, error: str) -> None:
        """It is not to be had; said on the health page until something stands there again."""
        self._out.put(channel, (await self._ticks.now() + OUT, error))
        self._health.trouble(_part(channel), because(error, await self._named(channel)))

    def back(self, channel: str) -> None:
        """Somebody let us in again."""
        self._out.drop(channel)
        self._health.well(_part(channel))

    async def is_out(self, channel: str) -> str | None:
        """Slack's error for why it is left alone just now, or None."""
        until, error = self._out.get(channel) or (0.0, "")
        return error if await self._ticks.now() < until else None

    async def _named(self, channel: str) -> str:
        """As the team calls it; its id where nobody told us, or the store is away."""
        with suppress(StoreAway):
            named = (place.name for place in await self._places() if place.room == ROOM and place.id == channel)
            return f"#{name.removeprefix('#')}" if (name := next(named, "")) else channel
        return channel

    async def _elsewhere(self, channel: str, paint: Paint, key: str, rank: Rank, error: str) -> At | Broken:
        """In the next place of ours in Slack that may be had; one try."""
        for place in await self._places():
            if place.room == ROOM and place.id != channel and await self.is_out(place.id) is None:
                posted = await self._posts.post(place.id, await paint(place.id), f"{key} of {channel}", rank=rank)
                if isinstance(posted, Refused) and cure(posted.error) is Cure.ELSEWHERE:
                    await self.out(place.id, posted.error)
                return posted if isinstance(posted, At) else Broken(because=because(error, await self._named(channel)))
        return Broken(because=because(error, await self._named(channel)))


def plain(message: Message) -> Message:
    """The same in words alone."""
    return Message(message.text, ())


def _part(channel: str) -> str:
    return f"{ROOM} {channel}"
