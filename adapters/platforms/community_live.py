"""What a live connection brings, made news and handed on, one thing after the other."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from adapters.platforms.community_ground import Ground
from adapters.platforms.community_network import (
    Away,
    Came,
    Changed,
    Closed,
    Gone,
    Happened,
    Network,
    Removed,
    Reported,
)
from adapters.platforms.community_post import Post, key
from adapters.platforms.community_voices import Voices
from bot.errors import StoreAway
from bot.nouns.community import Community
from bot.nouns.mention import Deleted, Duplicate, Edited, Hear, News, Said, Unreadable
from bot.nouns.refusal import Refusal
from bot.ports import Clock

#: So often a reported message is asked for before a person is told that it could not be read.
TRIES: Final = 3
_NOT_READ: Final = "A member reported this message, and it could not be read. Please look at it there."


@dataclass(frozen=True, slots=True)
class Refused:
    """It could not be handed on just now; nothing of it is lost."""

    because: str


class Live:
    """`said` is for messages from a history, too."""

    def __init__(self, network: Network, ground: Ground, voices: Voices, clock: Clock) -> None:
        self._network = network
        self._ground = ground
        self._voices = voices
        self._clock = clock
        self._tries: Counter[tuple[str, str]] = Counter()

    async def said(self, post: Post) -> Sequence[News]:
        """What a message is to us: nothing where the team sits, or where nobody asked us to listen. Raises StoreAway."""
        community = await self._community(post.channel)
        if community is None:
            return ()
        self._voices.me = self._network.me
        return await self._voices.news(await self._network.named(post), community)

    async def tell(self, happened: Happened, hear: Hear) -> Sequence[News] | Refused:
        """Hand it on; what was told."""
        try:
            match happened:
                case Came(post=post):
                    return await self._hand(await self.said(post), hear)
                case Changed(post=post):
                    return await self._hand(await self._changed(post), hear)
                case Removed(key=gone, channel=channel):
                    listened = await self._community(channel) is not None
                    news: list[News] = [Deleted(key=gone, at=(await self._clock.now()).wall)] if listened else []
                    return await self._hand(news, hear)
                case Reported():
                    return await self._reported(happened, hear)
        except StoreAway as away:
            return Refused(str(away) or "The store cannot be reached.")

    async def _changed(self, post: Post) -> Sequence[News]:
        community = await self._community(post.channel)
        if community is None:
            return ()
        self._voices.me = self._network.me
        return self._voices.changed(await self._network.named(post), community)

    async def _community(self, channel: str) -> Community | None:
        parent = self._network.parent(channel)
        return self._ground.of(channel, parent) if await self._ground.open(channel, parent) else None

    async def _hand(self, news: Sequence[News], hear: Hear) -> Sequence[News] | Refused:
        heard = await hear(news, None) if news else ()
        return Refused(heard.because) if isinstance(heard, Refusal) else news

    async def _reported(self, report: Reported, hear: Hear) -> Sequence[News] | Refused:
        """A report makes a message speak to us, whoever wrote it. One that was heard before is told as an edit: that is
        how the sorter comes to judge it anew."""
        if await self._community(report.channel) is None:
            return ()
        spot = (report.channel, report.id)
        post = report.post or await self._network.fetch(*spot)
        match post:
            case Away(because=because):
                self._tries[spot] += 1
                if self._tries[spot] < TRIES:
                    return Refused(because)
            case Gone():
                return ()
            case Post():
                return await self._spoken(post, hear)
            case Closed():
                pass
        self._tries.pop(spot, None)
        where = key(self._network.platform, *spot)
        return await self._hand([Unreadable(source=where.platform, raw=where.id, because=_NOT_READ)], hear)

    async def _spoken(self, post: Post, hear: Hear) -> Sequence[News] | Refused:
        if post.author.id == self._network.me:
            return ()
        mention = (await self._network.named(post)).mention(direct=True)
        heard = await hear([Said(mention=mention)], None)
        if isinstance(heard, Refusal):
            return Refused(heard.because)
        if any(isinstance(each, Duplicate) for each in heard):
            return await self._hand([Edited(mention=mention)], hear)
        return [Said(mention=mention)]
