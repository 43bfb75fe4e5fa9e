"""What concerns the whole house is said in each room's first place: a source went quiet or is back, something is missing.

One card for each source and day, repainted with its newest news, and at most one line of a kind a day beneath it; that
it went quiet and that it is back are each said.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.nouns import record
from bot.nouns.events import Erased, GapFound, PutAside, SourceBack, SourceFetched, SourceQuiet
from bot.nouns.team import Place, Team
from bot.ports import Broken, Clock, Room, ThreadRef, Threads, Timelines
from bot.screens import lines
from bot.screens.house_card import News, house_card
from bot.work.act import Act
from bot.work.withdrawing import Withdrawing

#: How far the team's timeline has been told in certain rooms is remembered like a thread of its own.
_TOLD = ThreadRef(room="team", place="news", id="news")
PAGE = 500
#: What is older than this when somebody could tell it is on the pages only.
FRESH = timedelta(days=1)
#: What the cards of all incidents show, though nothing of their own changed.
EVERYWHERE = frozenset({"hold_began", "hold_ended", "source_quiet", "source_back", "room_away", "room_back"})
#: So long painting them all may take at most, where a chat takes few edits a minute.
LAST_PAINTED = timedelta(hours=1)
#: So many days back the card of a source that went quiet is looked for.
DAYS = 14


class HouseNews:
    """A card and every line have keys, so that a crash or a second replica says none twice."""

    def __init__(
        self,
        *,
        act: Act,
        timelines: Timelines,
        threads: Threads,
        rooms: Mapping[str, Room],
        clock: Clock,
        link: str,
    ) -> None:
        self._act = act
        self._timelines = timelines
        self._threads = threads
        self._rooms = rooms
        self._mark = Place(room="team", id=" ".join(["news", *sorted(rooms)]))
        self._clock = clock
        self._link = f"{link}/health" if link else ""
        self._withdrawing = Withdrawing(act=act, timelines=timelines, threads=threads, rooms=rooms)

    async def everywhere(self) -> bool:
        """Whether cards may show what is no longer so: something that stands on all of them changed since news was last
        told here, or so lately that whoever told it may have stopped before all were painted.
        """
        team = await self._act.team()
        _, told = (await self._threads.get("")).get(self._mark, (_TOLD, 0))
        since = (await self._clock.now()).wall - LAST_PAINTED
        after = max(0, min(told, team.version - PAGE))
        while after < team.version:
            for made in await self._timelines.events("", after, PAGE):
                lately = made["version"] > told or datetime.fromisoformat(made["at"]) > since
                if lately and made["kind"] in EVERYWHERE:
                    return True
            after += PAGE
        return False

    async def tell(self) -> tuple[bool, Sequence[str]]:
        """Whether all is told (else it is to be tried again), and the incidents whose cards are to be painted anew."""
        team = await self._act.team()
        _, after = (await self._threads.get("")).get(self._mark, (_TOLD, 0))
        since = (await self._clock.now()).wall - FRESH
        whole, anew = True, list[str]()
        while after < team.version:
            page = await self._timelines.events("", after, PAGE)
            for made in page:
                match record.event(made):
                    case Erased(persons=persons):
                        gone, incidents = await self._withdrawing.withdraw(persons)
                        anew += incidents
                        whole = whole and gone
                    case (SourceQuiet() | SourceBack() | SourceFetched() | GapFound() | PutAside()) as event if (
                        event.at > since
                    ):
                        whole = await self._say(event, made["version"], team) and whole
                    case _:
                        pass
            after += PAGE
        if whole:
            await self._threads.put("", self._mark, _TOLD, team.version)
        return whole, anew

    async def _say(self, event: News, version: int, team: Team) -> bool:
        """Whether every room has it."""
        whole = True
        for place in _first_places(team):
            room = self._rooms.get(place.room)
            if room is not None:
                whole = await self._say_in(room, place, event, version, team) and whole
        return whole

    async def _say_in(self, room: Room, place: Place, event: News, version: int, team: Team) -> bool:
        key = f"house:{_about(event, version, team)}:{place.room}:{place.id}"
        line = lines.said(event, team, None)
        if line is None or await self._threads.said(key):
            return True
        ref = await self._shown(room, place, event, team)
        told = ref if isinstance(ref, Broken) or _on_the_way(event) else await room.say(ref, line, key)
        if isinstance(told, Broken):
            return told.until is None  # what a person must mend, time does not
        if isinstance(told, ThreadRef):
            return True
        await self._threads.mark_said(key, told)
        return True

    async def _shown(self, room: Room, place: Place, event: News, team: Team) -> ThreadRef | Broken:
        """The card of its source as it is now, in the thread it has today, or had when it went quiet."""
        today = _day(event.at, team)
        days = _back(event, today) if isinstance(event, SourceBack | SourceFetched) else (today,)
        card = house_card(event, team, self._link)
        for day in days:
            name = f"house:{event.source}:{day}"
            standing = (await self._threads.get(name)).get(place)
            if standing is not None:
                ref = await room.repaint(standing[0], card)
                return await self._kept(name, place, ref, team)
        name = f"house:{event.source}:{today}"
        return await self._kept(name, place, await room.open_thread(place, card, f"{name}:{place.id}"), team)

    async def _kept(self, name: str, place: Place, ref: ThreadRef | Broken, team: Team) -> ThreadRef | Broken:
        if not isinstance(ref, Broken):
            await self._threads.put(name, place, ref, team.version)
        return ref


def _about(event: News, version: int, team: Team) -> str:
    """What a line must not be said twice about: each time it went quiet or came back; the rest once a day and source."""
    if isinstance(event, SourceQuiet | SourceBack | SourceFetched):
        return str(version)
    return f"{event.kind}:{event.source}:{_day(event.at, team)}"


def _on_the_way(event: News) -> bool:
    """Whether it is told by the card alone, which says from time to time how far it is."""
    return isinstance(event, SourceFetched) and not event.whole


def _day(at: datetime, team: Team) -> date:
    return at.astimezone(ZoneInfo(team.policy.quiet_hours.zone)).date()


def _back(event: SourceBack | SourceFetched, today: date) -> Iterator[date]:
    """The days on which it may have been said that it is quiet, the last one first."""
    return (today - timedelta(days=back) for back in range(DAYS))


def _first_places(team: Team) -> Sequence[Place]:
    """The first place of each room."""
    found: dict[str, Place] = {}
    for place in team.places:
        found.setdefault(place.room, place)
    return tuple(found.values())
