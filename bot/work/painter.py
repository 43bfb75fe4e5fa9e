"""The painter: shows each room what is true. Cards are at least once, keyed, and repaired by repainting.

One task reads the feed and marks what changed; another paints it, what is new first. So a slow room never makes the
feed run away from us, many changes of one incident are one painting, and a storm costs a few.
"""

import asyncio
from collections.abc import Mapping, Sequence

from bot.errors import StoreAway
from bot.ports import Clock, Fed, Query, Room, Roster, Threads, Timelines
from bot.work.act import Act
from bot.work.health import Health
from bot.work.house_news import HouseNews
from bot.work.lifecycle import log_fall
from bot.work.painting import Painting
from bot.work.telling import Telling
from bot.work.waiting import first, together

#: A change waits this long, in seconds, for others of the same incident; in a storm longer.
GATHER, STORM_GATHER = 0.05, 2.0
#: How long a room that could not do it is left alone, and one incident whose painting fell over.
RETRY = 30.0
#: How long one look at the feed waits for something.
WAIT = 2.0
#: The feed keeps about 10,000 entries (`Timelines.feed`). Whoever reads so many without a pause may have lost some.
MOST_BEHIND = 9_000
PAGE = 500
#: So many of what was settled last are looked at anew.
SETTLED = 200

_EVERYWHERE = frozenset({"hold_began", "hold_ended"})


class Painter:
    """`run` paints `rooms` from the feed; what changed while nobody painted is painted at the start.

    `tells`: where people are told in private what must last; empty where another painter tells them.
    """

    def __init__(
        self,
        *,
        act: Act,
        timelines: Timelines,
        threads: Threads,
        roster: Roster,
        rooms: Mapping[str, Room],
        tells: Mapping[str, Room],
        clock: Clock,
        health: Health,
        public_url: str,
    ) -> None:
        self._timelines = timelines
        self._clock = clock
        self._health = health
        telling = Telling(
            act=act,
            timelines=timelines,
            threads=threads,
            roster=roster,
            rooms=tells,
            clock=clock,
            link=public_url,
        )
        self._telling = telling
        self._news = HouseNews(act=act, timelines=timelines, threads=threads, rooms=rooms, clock=clock, link=public_url)
        self._painting = Painting(
            act=act,
            timelines=timelines,
            threads=threads,
            rooms=rooms,
            clock=clock,
            health=health,
            telling=telling,
            public_url=public_url,
        )
        self._due: dict[str, float] = {}
        self._rest: dict[str, bool] = {}
        self._anew: set[str] = set()
        self._not_before: dict[str, float] = {}
        self._marked = asyncio.Event()

    async def run(self, epoch: int) -> None:
        """Paint until cancelled."""
        del epoch  # a card painted late is painted over by the next
        await together(self._read(), self._paint())

    async def _read(self) -> None:
        after, behind = await self._catch_up(), 0
        while True:
            fed = await self._timelines.feed(after, WAIT)
            behind = behind + len(fed) if len(fed) >= PAGE else 0
            if behind >= MOST_BEHIND:
                after, behind = await self._catch_up(), 0
            elif fed:
                after = fed[-1].id
                await self._mark(fed)

    async def _catch_up(self) -> str:
        """Mark whatever may have changed; hands back where the feed goes on from."""
        newest = await self._timelines.feed("", 0.0)
        await self._all_open(anew=False)
        settled = await self._timelines.find(Query(index="i:settled", limit=SETTLED))
        self._rest |= {name: False for name in settled.ids if name not in self._rest}
        self._due[""] = float("-inf")
        self._marked.set()
        return newest[-1].id

    async def _all_open(self, *, anew: bool) -> None:
        after = ""
        while True:
            found = await self._timelines.find(Query(index="i:open", limit=PAGE, after=after))
            self._rest |= {name: anew or self._rest.get(name, False) for name in found.ids}
            after = found.after
            if not after:
                return

    async def _mark(self, fed: Sequence[Fed]) -> None:
        now = (await self._clock.now()).elapsed
        for each in fed:
            self._due.setdefault(each.incident, max(now + GATHER, self._not_before.get(each.incident, 0.0)))
            if _EVERYWHERE.intersection(each.kinds):  # every card shows it
                await self._all_open(anew=True)
        self._marked.set()

    async def _paint(self) -> None:
        while True:
            self._marked.clear()
            now = (await self._clock.now()).elapsed
            ready = [name for name, at in self._due.items() if at <= now]
            if not ready and self._rest:
                name = next(iter(self._rest))
                if self._rest.pop(name):
                    self._anew.add(name)
                ready = [name]
            for name in ready:
                await self._one(name)
            if not ready:
                nap = min((at - now for at in self._due.values()), default=WAIT)
                await first(self._clock.sleep(nap), self._marked.wait())

    async def _one(self, name: str) -> None:
        """Paint one incident ('' tells what the team's own timeline has to tell), and see when it is to be done again."""
        self._due.pop(name, None)
        self._rest.pop(name, None)
        try:
            again, storm = await self._shown(name)
        except StoreAway:
            self._due[name] = float("-inf")
            raise
        except Exception as error:  # one card that cannot be painted must not hide the others
            log_fall("A painting", error)
            self._health.counts[f"paintings_failed_{type(error).__name__}"] += 1
            again, storm = RETRY, False
        now = (await self._clock.now()).elapsed
        if storm:
            self._not_before[name] = now + STORM_GATHER
        else:
            self._not_before.pop(name, None)
        if again is None:
            self._anew.discard(name)
        else:
            self._due[name] = now + again

    async def _shown(self, name: str) -> tuple[float | None, bool]:
        if not name:
            told = await self._telling.team()
            said, anew = await self._news.tell()
            self._rest |= dict.fromkeys(anew, True)  # what is forgotten is painted over
            return (None if told and said else RETRY), False
        painted = await self._painting.paint(name, anew=name in self._anew)
        return (None if painted.whole else RETRY), painted.storm
