"""The web desk as a room: a browser is told that something changed, and asks for the page."""

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from typing import Protocol

from adapters.rooms.web import sheet
from adapters.rooms.web.doors import doors
from adapters.rooms.web.events import Hub
from adapters.rooms.web.guard import ROOM, Guard, front
from adapters.rooms.web.hall import Hall, Hear
from adapters.rooms.web.ink import Ink
from adapters.rooms.web.notes import Note, Notes, Standing, to_json
from adapters.rooms.web.presence import Presence
from adapters.rooms.web.signing import Signer
from adapters.rooms.web.static_files import read_static
from bot.nouns.team import Handle, Place, Role, Team
from bot.ports import (
    Broken,
    Clock,
    Door,
    Finding,
    Gone,
    LineRef,
    Member,
    Response,
    Roster,
    Sessions,
    Stranger,
    ThreadRef,
)
from bot.screens.shapes import Card, Line

#: Seconds between two looks at who has gone.
_SWEEP = 10.0


class Troubles(Protocol):
    """What `bot.work.health.Health` tells a page: a sentence for each part that does not work, and notes."""

    @property
    def notes(self) -> Sequence[str]: ...

    def all(self) -> Mapping[str, str]: ...


class WebRoom:
    """The port Room. A card is painted anew for everybody who looks, so nothing is kept of it here.

    `secret` signs presses (any bytes, the same on every replica); `hosts` are names beside the public address under
    which browsers may come. `changed` is for replicas that only hear of a change through the feed.
    """

    def __init__(
        self,
        *,
        roster: Roster,
        sessions: Sessions,
        notes: Notes,
        standing: Standing,
        clock: Clock,
        team: Callable[[], Awaitable[Team]],
        secret: bytes,
        public_url: str = "",
        hosts: Collection[str] = (),
        health: Troubles,
    ) -> None:
        self._static = read_static()
        self._team = team
        self._public_url = public_url.rstrip("/")
        self._hall = Hall(
            guard=Guard(sessions, clock, team, front(self._public_url, hosts)),
            roster=roster,
            sessions=sessions,
            clock=clock,
            signer=Signer(secret),
            ink=Ink(self._static.urls),
            hub=Hub(),
            presence=Presence(),
            notes=notes,
            standing=standing,
            trouble=lambda: tuple(health.all().values()),
            running=lambda: tuple(health.notes),
        )

    @property
    def name(self) -> str:
        """How handles and places name this room."""
        return ROOM

    def doors(self, hear: Hear) -> Sequence[Door]:
        """Its addresses."""
        return doors(self._hall, hear, self._static)

    def calm(self, status: int, because: str) -> Response:
        """A page for the server's own noes."""
        return sheet.plain(self._hall.ink, status, because)

    async def attend(self, hear: Hear) -> None:
        """Until cancelled: see who has gone. Gestures come in by the doors."""
        del hear
        while True:
            await self._hall.clock.sleep(_SWEEP)
            for incident in self._hall.presence.sweep((await self._hall.clock.now()).elapsed):
                self._hall.hub.publish("here", incident)

    def changed(self, incident: str) -> None:
        """Something changed there ('': for the team): whoever looks at it asks anew."""
        self._hall.hub.publish("repaint", incident)

    async def open_thread(self, place: Place, card: Card, key: str) -> ThreadRef | Broken:
        """The thread of an incident is its page."""
        del key
        self.changed(card.incident)
        return ThreadRef(room=ROOM, place=place.id, id=card.incident)

    async def repaint(self, thread: ThreadRef, card: Card) -> ThreadRef | Broken:
        """Whoever looks sees it anew."""
        self.changed(card.incident)
        return thread

    async def say(self, thread: ThreadRef, line: Line, key: str) -> LineRef | Broken:
        """The line stands in the timeline already; the page shows it."""
        del line
        self.changed(thread.id)
        return LineRef(room=ROOM, place=thread.place, id=key)

    async def tell(self, to: Handle, note: Card, key: str) -> LineRef | Broken:
        """A note above *Now*, for one person, until they put it away."""
        kept = to_json(Note(key, (await self._hall.clock.now()).wall, note))
        await self._hall.notes.put(to.id, key, kept)
        self._hall.hub.publish("note", person=to.id)
        return LineRef(room=ROOM, place=to.id, id=key)

    async def withdraw(self, ref: ThreadRef | LineRef) -> Gone | Broken:
        """A page shows only what the timeline holds; a note is taken away."""
        match ref:
            case LineRef(place=person, id=key):
                await self._hall.notes.drop(person, key)
                self._hall.hub.publish("note", person=person)
            case ThreadRef(id=incident):
                self.changed(incident)
        return Gone()

    async def who(self, handle: Handle) -> Member | Broken:
        """As the team's own timeline knows them."""
        found = (await self._team()).people.get(handle.id)
        if handle.room != ROOM or found is None:
            return Stranger(because="Nobody of that name is on the team.")
        guest = not found.may(Role.TEAMMATE, Role.LEAD, Role.MANAGER)
        return Member(name=found.name, guest=guest, groups=tuple(sorted(found.roles)), zone=found.zone)

    async def check(self) -> Sequence[Finding]:
        """It needs nothing from outside; without a public address cards in the chats carry no links."""
        if self._public_url:
            return (Finding(ok=True, what=f"The web desk is reached at {self._public_url}."),)
        fix = "Set COOLHEAD_PUBLIC_URL to the address by which browsers reach this desk."
        return (
            Finding(ok=True, what="The web desk has no public address, so cards in chats carry no links.", fix=fix),
        )
