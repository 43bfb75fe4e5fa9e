"""The painter: shows each room what is true. Cards are at least once, keyed, and repaired by repainting.

One task reads the feed and marks what changed, others paint it, lane by lane, what people wait for first. So a slow room
never makes the feed run away from us, a slow channel holds up no other, many changes of one incident are one painting,
and a storm costs a few.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.errors import StoreAway
from bot.nouns.team import Place
from bot.ports import Clock, Fed, Query, Room, Roster, Threads, Timelines
from bot.work.act import Act
from bot.work.health import Health
from bot.work.house_news import EVERYWHERE, HouseNews
from bot.work.lanes import ALONE, Lanes, Turn, Urgency, urgency
from bot.work.lifecycle import log_fall
from bot.work.painting import Painting, Where
from bot.work.telling import Telling
from bot.work.waiting import first, together

#: A change waits this long, in seconds, for others of the same incident; in a storm longer.
GATHER, STORM_GATHER = 0.05, 2.0
#: How long a place that could not do it is left alone with one incident, and one whose painting fell over.
RETRY = 30.0
#: How long one look at the feed waits for something.
WAIT = 2.0
#: The feed keeps about 10,000 entries (`Timelines.feed`). Whoever reads so many without a pause may have lost some.
MOST_BEHIND = 9_000
PAGE = 500
#: So many of what was settled last are looked at anew.
SETTLED = 200
#: So many paintings are under way at once, at most.
HANDS = 16
#: Of so many incidents it is remembered where they are shown.
MOST_KNOWN = 10_000

#: An incident and one of its places; None where those have to be looked up, and with '' for the team's own news.
Work = tuple[str, Place | None]
_NEWS: Work = ("", None)
_LOOKING_UP = "looking up"


@dataclass(slots=True)
class _Marked:
    """It is to be done from `at` on, by `Now.elapsed`."""

    at: float
    urgency: Urgency
    anew: bool = False


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
        self._lanes: Lanes[Work] = Lanes()
        self._due: dict[Work, _Marked] = {}
        self._lane: dict[str, Mapping[Place, str]] = {}
        self._not_before: dict[Work, float] = {}
        self._marked = asyncio.Event()

    async def run(self, epoch: int) -> None:
        """Paint until cancelled."""
        del epoch  # a card painted late is painted over by the next
        await together(self._read(), self._fall_due(), *(self._paint() for _ in range(HANDS)))

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
        """Have whatever may have changed looked at; hands back where the feed goes on from."""
        newest = await self._timelines.feed("", 0.0)
        self._lanes.put(_NEWS, ALONE, Urgency.PRESSED)
        await self._all_open(anew=await self._news.everywhere())
        settled = await self._timelines.find(Query(index="i:settled", limit=SETTLED))
        for name in settled.ids:
            self._put_all(name, Urgency.REST)
        return newest[-1].id

    async def _all_open(self, *, anew: bool) -> None:
        after = ""
        while True:
            found = await self._timelines.find(Query(index="i:open", limit=PAGE, after=after))
            for name in found.ids:
                self._put_all(name, Urgency.REST, anew=anew)
            after = found.after
            if not after:
                return

    async def _mark(self, fed: Sequence[Fed]) -> None:
        now = (await self._clock.now()).elapsed
        for each in fed:
            for work in self._works(each.incident):
                at = max(now + GATHER, self._not_before.get(work, 0.0))
                marked = self._due.setdefault(work, _Marked(at, Urgency.REST))
                marked.urgency = min(marked.urgency, urgency(each.kinds))
            if EVERYWHERE.intersection(each.kinds):  # every card shows it
                await self._all_open(anew=True)
        self._marked.set()

    def _works(self, name: str) -> Sequence[Work]:
        """What there is to paint of an incident, as far as it is known where."""
        known = self._lane.get(name)
        return [(name, place) for place in known] if known is not None else [(name, None)]

    def _put_all(self, name: str, urgency: Urgency, *, anew: bool = False) -> None:
        for work in self._works(name):
            self._put(work, urgency, anew=anew)

    def _put(self, work: Work, urgency: Urgency, *, anew: bool = False) -> None:
        name, place = work
        lane = self._lane.get(name, {}).get(place) if place is not None else None
        if work == _NEWS:
            self._lanes.put(work, ALONE, Urgency.PRESSED)
        elif lane is not None:
            self._lanes.put(work, lane, urgency, anew=anew)
        else:
            self._lanes.put((name, None), _LOOKING_UP, urgency, anew=anew)

    async def _fall_due(self) -> None:
        """What was marked goes to its lane once it is time."""
        while True:
            self._marked.clear()
            now = (await self._clock.now()).elapsed
            for work in [work for work, marked in self._due.items() if marked.at <= now]:
                marked = self._due.pop(work)
                self._put(work, marked.urgency, anew=marked.anew)
            if not self._due:
                await self._marked.wait()
                continue
            nap = min(marked.at - now for marked in self._due.values())
            await first(self._clock.sleep(nap), self._marked.wait())

    async def _paint(self) -> None:
        while True:
            while (turn := self._lanes.take()) is not None:  # something may wait from before we were stopped
                try:
                    await self._one(turn)
                finally:
                    self._lanes.done(turn)
            await self._lanes.bell.acquire()

    async def _one(self, turn: Turn[Work]) -> None:
        """Do what it is the turn of, and see when it is to be done again."""
        try:
            again = await self._done(turn)
        except (StoreAway, asyncio.CancelledError):
            self._put(turn.key, turn.urgency, anew=turn.anew)  # for whoever goes on with it
            raise
        except Exception as error:  # one card that cannot be painted must not hide the others
            log_fall("A painting", error)
            self._health.counts[f"paintings_failed_{type(error).__name__}"] += 1
            again = True
        if again:
            now = (await self._clock.now()).elapsed
            self._due[turn.key] = _Marked(now + RETRY, turn.urgency, turn.anew)
            self._marked.set()

    async def _done(self, turn: Turn[Work]) -> bool:
        """Whether it has to be done again."""
        name, place = turn.key
        if place is not None:
            return await self._painted(name, place, turn)
        if name:
            return await self._looked_up(name, turn)
        told = await self._telling.team()
        said, anew = await self._news.tell()
        for each in anew:
            self._put_all(each, Urgency.REST, anew=True)  # what is forgotten is painted over
        return not (told and said)

    async def _looked_up(self, name: str, turn: Turn[Work]) -> bool:
        where = await self._painting.where(name)
        for place, lane in where.lanes.items():
            work: Work = (name, place)
            rests = work in self._due and not turn.anew
            if (turn.anew or place in where.behind) and not rests:
                soon = min(turn.urgency, Urgency.NEW) if place in where.fresh else turn.urgency
                self._lanes.put(work, lane, soon, anew=turn.anew)
        self._know(name, where)
        return False

    async def _painted(self, name: str, place: Place, turn: Turn[Work]) -> bool:
        painted = await self._painting.paint(name, place, anew=turn.anew)
        self._know(name, painted.where)
        if painted.storm:
            self._not_before[name, place] = (await self._clock.now()).elapsed + STORM_GATHER
        else:
            self._not_before.pop((name, place), None)
        return not painted.whole

    def _know(self, name: str, where: Where) -> None:
        """Remember in which lanes it is shown. They are looked up again where that is no longer so, or not yet."""
        known = self._lane.pop(name, None)
        if where.lanes and not where.fresh:
            self._lane[name] = where.lanes
        if known is not None and known.keys() != where.lanes.keys():
            self._lanes.put((name, None), _LOOKING_UP, Urgency.NEW)
        while len(self._lane) > MOST_KNOWN:
            del self._lane[next(iter(self._lane))]
