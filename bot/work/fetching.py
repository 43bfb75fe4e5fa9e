"""What was said while nobody heard a source is fetched once it is heard again: how far that is, and what it came to."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from bot.errors import StoreAway
from bot.nouns import commands as c
from bot.nouns.mention import Cursor, Hear, Heard, News, Said, Stored
from bot.nouns.team import Part, Refusal
from bot.ports import Clock, Rhythms
from bot.rules.sources import AT_LEAST
from bot.work.act import Act

#: Seconds between two times that it is said.
LOOK = 15.0


@dataclass(slots=True)
class _Walk:
    """From `since`, when the source was last heard, to `began`, when it was heard again.

    `count`: how many mentions were stored so far, `until`: when the newest of them was said; `told`: how many that were
    when it was last said. `missed`: the team was told that it is quiet, and wants to know how that ended.
    """

    since: datetime
    began: datetime
    count: int = 0
    until: datetime | None = None
    told: int = 0
    whole: bool = False
    missed: bool = False

    def heard(self, news: Sequence[News], heard: Sequence[Heard]) -> None:
        """It answered: with what was said meanwhile, with what is newer, or with nothing more."""
        self.whole = not news or any(each.mention.at >= self.began for each in news if isinstance(each, Said))
        for at in _stored(news, heard):
            if at < self.began:
                self.count += 1
                self.until = at if self.until is None else max(self.until, at)

    def news(self, *, whole: bool) -> bool:
        """Whether there is anything to say."""
        return self.count != self.told or (whole and (self.count > 0 or self.missed))


def _stored(news: Sequence[News], heard: Sequence[Heard]) -> Iterator[datetime]:
    """When each new mention was said."""
    for each, became in zip(news, heard, strict=True):
        if isinstance(each, Said) and isinstance(became, Stored):
            yield each.mention.at


class Fetching:
    """`hear` is for platforms that are listened to: what they answer passes here as it goes to disk."""

    def __init__(self, *, act: Act, rhythms: Rhythms, clock: Clock, hear: Hear) -> None:
        self._act = act
        self._rhythms = rhythms
        self._clock = clock
        self._hear = hear
        self._last: dict[str, datetime | None] = {}
        self._walks: dict[str, _Walk] = {}
        self._quiet: Collection[str] = ()

    async def hear(self, news: Sequence[News], cursor: Cursor | None) -> Sequence[Heard] | Refusal:
        """As intake has it. What comes without a cursor is of this moment, and no answer to a question of ours."""
        before = await self._before(cursor.source) if cursor is not None else None
        heard = await self._hear(news, cursor)
        if cursor is not None and not isinstance(heard, Refusal):
            await self._answered(cursor.source, before, news, heard)
        return heard

    async def _before(self, source: str) -> datetime | None:
        """When it last answered, here or another replica; None where that is not known."""
        if source not in self._last:
            with suppress(StoreAway):
                beats = {rhythm.source: rhythm.beat for rhythm in await self._rhythms.all()}
                self._last[source] = beats.get(source)
        return self._last.get(source)

    async def _answered(
        self, source: str, before: datetime | None, news: Sequence[News], heard: Sequence[Heard]
    ) -> None:
        now = (await self._clock.now()).wall
        self._last[source] = now
        if before is not None and now - before >= AT_LEAST and source not in self._walks:
            self._walks[source] = _Walk(since=before, began=now, missed=source in self._quiet)
        if source in self._walks:
            self._walks[source].heard(news, heard)

    async def run(self) -> None:
        """On every replica: say what this one fetches, until cancelled."""
        while True:
            await self.tell()
            await self._clock.sleep(LOOK)

    async def tell(self) -> None:
        """One round."""
        team = await self._act.team()
        for source, walk in list(self._walks.items()):
            quiet = source in team.quiet
            walk.missed = walk.missed or quiet
            whole = walk.whole and not quiet  # that it is back is said first
            if walk.news(whole=whole):
                await self._say(source, walk, whole=whole)
            if whole and walk.told == walk.count:
                del self._walks[source]
        self._quiet = frozenset(team.quiet)

    async def _say(self, source: str, walk: _Walk, *, whole: bool) -> None:
        told = walk.count
        command = c.NoteFetched(
            id=f"fetched:{source}:{walk.since.isoformat()}:{walk.count}:{whole}",
            source=source,
            since=walk.since,
            until=walk.until,
            count=walk.count,
            whole=whole,
        )
        await self._act(command, Part.CLOCKWORK)
        walk.told = told
