"""The painter: shows each room what is true. Cards are at least once, keyed, and repaired by repainting."""

from collections.abc import Mapping, Sequence

from bot.nouns import record
from bot.nouns.conversation import Conversation
from bot.nouns.events import Cooled, Event, Released, Reminded, SentBack
from bot.nouns.incident import Incident
from bot.nouns.team import Handle, Place, Team
from bot.ports import Broken, Clock, Fed, Query, Room, ThreadRef, Threads, Timelines
from bot.rules.due import clocks
from bot.screens import lines, notes
from bot.screens.portrait import portrait
from bot.screens.shapes import Card
from bot.work.act import Act
from bot.work.health import Health

#: How many conversations a card shows at most (DESIGN §5).
FRONT = 5
#: A change waits this long for others of the same incident, so that a storm is painted once.
GATHER = 0.05
WAIT = 2.0


class Painter:
    """`run` paints from the feed, from where the last one stopped. One room's trouble holds up no other."""

    def __init__(
        self,
        *,
        act: Act,
        timelines: Timelines,
        threads: Threads,
        rooms: Mapping[str, Room],
        clock: Clock,
        health: Health,
        public_url: str,
    ) -> None:
        self._act = act
        self._timelines = timelines
        self._threads = threads
        self._rooms = rooms
        self._clock = clock
        self._health = health
        self._public_url = public_url
        self._said: dict[str, int] = {}

    async def run(self, epoch: int) -> None:
        """Paint until cancelled. What changed while nobody painted is painted at the start."""
        del epoch  # a card painted late is painted over by the next
        after = await self._catch_up()
        while True:
            fed = await self._timelines.feed(after, WAIT)
            if fed:
                after = fed[-1].id
                await self.paint(fed)

    async def _catch_up(self) -> str:
        """Repaint what is open; hands back where the feed goes on from."""
        newest = await self._timelines.feed("", 0.0)
        found = await self._timelines.find(Query(index="i:open", limit=500))
        for name in found.ids:
            await self._paint_one(name)
        return newest[-1].id if newest else ""

    async def paint(self, fed: Sequence[Fed]) -> None:
        """Paint each incident these changes touched, once."""
        for name in dict.fromkeys(each.incident for each in fed if each.incident):
            await self._paint_one(name)

    async def _paint_one(self, name: str) -> None:
        view = await self._act.look((name,))
        incident = view.incidents.get(name)
        if incident is None:
            return
        front = await self.front(incident)
        card = await self._card(incident, front, view.team)
        standing = await self._threads.get(name)
        for place in self._places(incident, view.team):
            await self._paint_at(place, card, incident, standing.get(place), view.team)

    async def front(self, incident: Incident) -> tuple[Conversation, ...]:
        """At most five conversations of an incident, the most urgent first."""
        found = await self._timelines.find(Query(index=f"pile:{incident.id}", limit=FRONT))
        view = await self._act.look((), found.ids)
        return tuple(view.conversations[each] for each in found.ids if each in view.conversations)

    async def _card(self, incident: Incident, front: Sequence[Conversation], team: Team) -> Card:
        now = await self._clock.now()
        link = f"{self._public_url}/i/{incident.id}" if self._public_url else ""
        ticking = {each.id: clocks(each, team) for each in front}
        return portrait(incident, front, team, now, link=link, clocks=ticking)

    def _places(self, incident: Incident, team: Team) -> tuple[Place, ...]:
        wanted = [p for p in team.places if p.name in incident.places or p.id in incident.places]
        return tuple(p for p in (wanted or team.places[:1]) if p.room in self._rooms)

    async def _paint_at(
        self, place: Place, card: Card, incident: Incident, standing: tuple[ThreadRef, int] | None, team: Team
    ) -> None:
        room = self._rooms[place.room]
        if standing is None:
            ref = await room.open_thread(place, card, f"open:{incident.id}:{place.room}:{place.id}")
            painted = 0
        else:
            thread, painted = standing
            ref = await room.repaint(thread, card) if painted < incident.version else thread
        if isinstance(ref, Broken):
            self._health.trouble(f"room {place.room}", ref.because)
            return
        self._health.well(f"room {place.room}")
        if painted < incident.version:
            await self._say_since(room, ref, incident, painted, team)
            await self._threads.put(incident.id, place, ref, incident.version)

    async def _say_since(self, room: Room, ref: ThreadRef, incident: Incident, painted: int, team: Team) -> None:
        for made in await self._timelines.events(incident.id, painted):
            event, text = record.event(made), made.get("text")
            key = f"line:{incident.id}:{made['version']}:{ref.room}:{ref.place}"
            if await self._threads.said(key):
                continue
            line = lines.said(event, team, text if isinstance(text, str) else None)
            if line is not None:
                said = await room.say(ref, line, key)
                if isinstance(said, Broken):
                    continue
                await self._threads.mark_said(key, said)
            await self._tell(room, event, incident, team, key)

    async def _tell(self, room: Room, event: Event, incident: Incident, team: Team, key: str) -> None:
        """What must last goes to one person alone."""
        view = await self._act.look((), (event.conversation,) if event.conversation else ())
        conversation = view.conversations.get(event.conversation or "")
        if conversation is None:
            return
        match event:
            case Cooled() | Released():
                draft = conversation.draft(event.draft)
                if draft is not None:
                    note = notes.cooled(incident, conversation, draft, team)
                    await room.tell(Handle(room=room.name, id=draft.author), note, key)
            case SentBack(attempt=attempt):
                asked = conversation.attempt(attempt)
                if asked is not None:
                    note = notes.sent_back(incident, conversation, asked)
                    await room.tell(Handle(room=room.name, id=asked.by), note, key)
            case Reminded(told=told):
                for person in told:
                    note = notes.reminded(incident, conversation, event, team)
                    await room.tell(Handle(room=room.name, id=person), note, f"{key}:{person}")
            case _:
                pass
