"""Which channels of a network are listened to. A place where the team sits is never one of them."""

from collections.abc import Awaitable, Callable, Sequence

from bot.nouns.community import Community
from bot.nouns.team import Place

Places = Callable[[], Awaitable[Sequence[Place]]]


class Ground:
    """The communities of one network. `places`: where the team sits, asked anew each time it matters."""

    def __init__(self, platform: str, tables: Sequence[Community], places: Places) -> None:
        self.platform = platform
        self._by_channel = {channel: each for each in tables for channel in each.channels}
        self._places = places

    @property
    def named(self) -> tuple[str, ...]:
        """Every channel that the settings name."""
        return tuple(self._by_channel)

    def of(self, channel: str, parent: str = "") -> Community | None:
        """The community that a channel, or the channel its thread lies in, belongs to."""
        return self._by_channel.get(channel) or self._by_channel.get(parent)

    async def team_sits(self, *channels: str) -> bool:
        """Whether one of these is a place of the team. Raises StoreAway."""
        taken = {place.id for place in await self._places() if place.room == self.platform}
        return not taken.isdisjoint(channels)

    async def open(self, channel: str, parent: str = "") -> bool:
        """Whether what is said there may be heard. Raises StoreAway."""
        return self.of(channel, parent) is not None and not await self.team_sits(channel, parent)

    async def heard(self) -> Sequence[str]:
        """Every channel that the settings name and the team does not sit in. Raises StoreAway."""
        taken = {place.id for place in await self._places() if place.room == self.platform}
        return [channel for channel in self._by_channel if channel not in taken]
