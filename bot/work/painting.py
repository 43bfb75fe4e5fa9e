"""Painting one incident in one of its places: its card, and the lines that its thread has not said yet."""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass

from bot.nouns import record
from bot.nouns.conversation import Conversation
from bot.nouns.events import Delivered, Event, Noted
from bot.nouns.incident import Incident
from bot.nouns.team import Place, Team
from bot.ports import Broken, Clock, Query, Room, ThreadRef, Threads, Timelines
from bot.rules.due import clocks
from bot.screens import lines
from bot.screens.portrait import portrait
from bot.screens.shapes import Card
from bot.work.act import Act
from bot.work.health import Health
from bot.work.pace import Pace
from bot.work.telling import NOTES, TOLD, Telling

#: How many conversations a card shows at most (DESIGN §5).
FRONT = 5
PAGE = 500
#: A wait of so many seconds is none.
SOON = 0.01

#: What a storm brings by the thousand, and nobody is told of one by one.
_MANY = ("opened", "wrote_again")

#: An event, its version, and its text as far as it is readable.
Told = tuple[int, Event, str | None]


@dataclass(frozen=True, slots=True)
class Where:
    """Where an incident is to be shown: the lane of each place, `NOTES` for telling people. `behind`: those that show an
    older state; `fresh`: those that show nothing yet."""

    lanes: Mapping[Place, str]
    behind: frozenset[Place] = frozenset()
    fresh: frozenset[Place] = frozenset()


NOWHERE = Where({})


@dataclass(frozen=True, slots=True)
class Painted:
    """`whole`: the place shows it and every line is said; else it is to be tried again. `storm`: it storms. `where` it was
    to be shown when it was looked at."""

    whole: bool
    storm: bool = False
    where: Where = NOWHERE


class Painting:
    """Paints the newest state, whatever was asked for. One room's trouble holds up no other."""

    def __init__(
        self,
        *,
        act: Act,
        timelines: Timelines,
        threads: Threads,
        rooms: Mapping[str, Room],
        clock: Clock,
        health: Health,
        telling: Telling,
        public_url: str,
    ) -> None:
        self._act = act
        self._timelines = timelines
        self._threads = threads
        self._rooms = rooms
        self._clock = clock
        self._health = health
        self._telling = telling
        self._public_url = public_url
        self._pace = Pace()

    async def where(self, name: str) -> Where:
        """Where an incident is to be shown as it is now; nowhere where nobody knows it."""
        view = await self._act.look((name,))
        incident = view.incidents.get(name)
        return NOWHERE if incident is None else self._where(incident, view.team, await self._threads.get(name))

    async def paint(self, name: str, place: Place, *, anew: bool = False) -> Painted:
        """Show an incident in one place as it is now. `anew`: even where nothing of its own changed."""
        view = await self._act.look((name,))
        incident = view.incidents.get(name)
        if incident is None:
            return Painted(whole=True)
        standing = await self._threads.get(name)
        where = self._where(incident, view.team, standing)
        if place not in where.lanes or not (anew or place in where.behind):
            return Painted(True, incident.storm, where)
        if await self._waited(where.lanes[place]):  # meanwhile it has changed
            return await self.paint(name, place, anew=anew)
        news = await self._news(incident, _painted(standing, place))
        if place == NOTES:
            whole = await self._tell(incident, news, view.team, _painted(standing, NOTES))
        else:
            card = await self._card(incident, view.team)
            whole = await self._at(place, card, incident, standing.get(place), news, view.team)
        return Painted(whole, incident.storm, where)

    def _where(self, incident: Incident, team: Team, standing: Mapping[Place, tuple[ThreadRef, int]]) -> Where:
        heard = [place for place in self._heard_in(incident, team) if place.room in self._rooms]
        lanes = {place: lane(place, standing[place][0] if place in standing else None) for place in heard}
        if self._telling.tells:
            lanes[NOTES] = NOTES.id
        behind = frozenset(place for place in lanes if _behind(standing, place, incident))
        return Where(lanes, behind, frozenset(place for place in heard if place not in standing))

    async def _waited(self, lane: str) -> bool:
        """Whether it had to wait until this lane can show it."""
        wait = self._pace.due(lane) - (await self._clock.now()).elapsed
        if wait > SOON:
            await self._clock.sleep(wait)
        return wait > SOON

    async def _tell(self, incident: Incident, news: Sequence[Told], team: Team, after: int) -> bool:
        """Tell people what they must not miss, the rooms first in which the incident is heard."""
        rooms = [place.room for place in self._heard_in(incident, team)]
        fresh = [each for each in news if each[0] > after]
        whole = await self._telling.news(incident, fresh, team, rooms)
        if whole:
            await self._threads.put(incident.id, NOTES, TOLD, incident.version)
        return whole

    async def _card(self, incident: Incident, team: Team) -> Card:
        found = await self._timelines.find(Query(index=f"pile:{incident.id}", limit=FRONT))
        view = await self._act.look((), found.ids)
        front = tuple(view.conversations[each] for each in found.ids if each in view.conversations)
        link = f"{self._public_url}/i/{incident.id}" if self._public_url else ""
        ticking = {each.id: clocks(each, team) for each in front}
        return portrait(incident, front, team, await self._clock.now(), link=link, clocks=ticking)

    def _heard_in(self, incident: Incident, team: Team) -> tuple[Place, ...]:
        """Where it is heard; what no watch names a place for goes to the team's first (DESIGN §6)."""
        wanted = tuple(p for p in team.places if p.name in incident.places or p.id in incident.places)
        return wanted or team.places[:1]

    async def _news(self, incident: Incident, after: int) -> Sequence[Told]:
        """What happened after that version, up to the one that is painted."""
        return [told async for told in self._events(incident, after)]

    async def _events(self, incident: Incident, after: int) -> AsyncIterator[Told]:
        while after < incident.version:
            most = min(PAGE, incident.version - after)
            for made in await self._timelines.events(incident.id, after, most, _MANY if incident.storm else ()):
                text = made.get("text")
                yield made["version"], record.event(made), text if isinstance(text, str) else None
            after += PAGE

    async def _at(
        self,
        place: Place,
        card: Card,
        incident: Incident,
        standing: tuple[ThreadRef, int] | None,
        news: Sequence[Told],
        team: Team,
    ) -> bool:
        """Whether the place shows all of it."""
        room = self._rooms[place.room]
        thread, painted = standing or (None, 0)
        if thread is None:
            ref = await room.open_thread(place, card, f"open:{incident.id}:{place.room}:{place.id}")
        else:
            began = (await self._clock.now()).elapsed
            ref = await room.repaint(thread, card)
            self._pace.showed(lane(place, thread), began, (await self._clock.now()).elapsed)
        if isinstance(ref, Broken):
            return self._trouble(place, ref)
        if thread != ref:
            await self._threads.put(incident.id, place, ref, painted)
        broken = await self._say(room, ref, incident, [each for each in news if each[0] > painted], team)
        if broken is not None:
            return self._trouble(place, broken)
        self._health.well(f"room {place.room} {place.id}")
        await self._threads.put(incident.id, place, ref, incident.version)
        return True

    def _trouble(self, place: Place, broken: Broken) -> bool:
        self._health.trouble(f"room {place.room} {place.id}", broken.because)
        return False

    async def _say(
        self, room: Room, ref: ThreadRef, incident: Incident, news: Sequence[Told], team: Team
    ) -> Broken | None:
        """Say what was not said yet. In a storm only what is about the whole: the pile shows the rest."""
        spoken = [each for each in news if not (incident.storm and each[1].conversation)]
        talks = await self._act.look(
            (), tuple({e.conversation or "" for _, e, _ in spoken if isinstance(e, Delivered)})
        )
        for version, event, text in spoken:
            here = _in_room(event, ref.room, team)
            line = lines.said(here, team, text, _sent(event, talks.conversations)) if here is not None else None
            key = f"line:{incident.id}:{version}:{ref.room}:{ref.place}"
            if line is None or await self._threads.said(key):
                continue
            said = await room.say(ref, line, key)
            if isinstance(said, Broken):
                return said
            await self._threads.mark_said(key, said)
        return None


def _in_room(event: Event, room: str, team: Team) -> Event | None:
    """The event as that room may tell it. What somebody said in a thread stays in its room, unless the team lets notes
    cross; then it says where it comes from."""
    if not isinstance(event, Noted) or not event.origin:
        return event
    if event.origin == room:
        return event.model_copy(update={"origin": ""})
    return event if team.policy.notes_cross else None


def lane(place: Place, thread: ThreadRef | None) -> str:
    """What shares one of the chat's limits with this: a room's edits, unless it says which; and a place's new cards."""
    return f"new {place.room} {place.id}" if thread is None else f"{place.room} {thread.lane}"


def _painted(standing: Mapping[Place, tuple[ThreadRef, int]], place: Place) -> int:
    """The version a place shows; 0 where there is nothing yet."""
    return standing[place][1] if place in standing else 0


def _behind(standing: Mapping[Place, tuple[ThreadRef, int]], place: Place, incident: Incident) -> bool:
    return _painted(standing, place) < incident.version


def _sent(event: Event, talks: Mapping[str, Conversation]) -> lines.Sent | None:
    """The send a delivery speaks of."""
    talk = talks.get(event.conversation or "")
    attempt = talk.attempt(event.attempt) if talk is not None and isinstance(event, Delivered) else None
    return lines.sent_of(attempt) if attempt is not None else None
