"""The Discord room: the port Room over one connection. Each part is in a file of its own."""

from collections.abc import Awaitable, Callable, Collection, Sequence

from adapters.connections.discord import Connection, Make, Troubles, least_intents, make_client
from adapters.connections.secret import Secret
from adapters.rooms.discord.check import Check
from adapters.rooms.discord.events import Events
from adapters.rooms.discord.grounds import Grounds
from adapters.rooms.discord.hearing import Hear, Hearing
from adapters.rooms.discord.looking import Looking
from adapters.rooms.discord.memory import Memory
from adapters.rooms.discord.opening import Opening
from adapters.rooms.discord.painting import Painting
from adapters.rooms.discord.people import People
from adapters.rooms.discord.pressing import Signer
from adapters.rooms.discord.private import Private
from adapters.rooms.discord.sheets import Sheets
from adapters.rooms.discord.subjects import Subjects
from adapters.rooms.discord.talking import Talking
from adapters.rooms.discord.titles import Titles
from adapters.rooms.discord.welcome import Welcome
from adapters.rooms.discord.wheres import ROOM
from adapters.rooms.discord.writing import Writing
from bot.nouns.team import Handle, Place, Team
from bot.ports import Broken, Clock, Door, Finding, Gone, LineRef, Member, Stranger, ThreadRef
from bot.screens.shapes import Card, Line
from bot.work.waiting import together


async def _nobody() -> Collection[str]:
    return ()


class DiscordRoom:
    """`secret` signs presses (any bytes, the same on every replica). `listed` are the team's Discord roles, by id or
    name: a place that another role can read is refused; empty refuses only places that everyone can read."""

    def __init__(
        self,
        *,
        token: Secret,
        clock: Clock,
        secret: bytes,
        places: Callable[[], Awaitable[Sequence[Place]]],
        team: Callable[[], Awaitable[Team]],
        health: Troubles,
        listed: Callable[[], Awaitable[Collection[str]]] = _nobody,
        client: Make = make_client,
        connection: Connection | None = None,
    ) -> None:
        connection = connection or Connection(
            token=token, clock=clock, intents=least_intents(), health=health, make=client
        )
        memory, signer = Memory(), Signer(secret)
        writing, sheets = Writing(connection), Sheets(signer)
        grounds, titles = Grounds(connection, clock, listed), Titles(connection, writing, clock)
        looking = Looking(connection)
        opening = Opening(
            writing=writing,
            looking=looking,
            grounds=grounds,
            sheets=sheets,
            titles=titles,
            memory=memory,
        )
        self._connection, self._places, self._listed = connection, places, listed
        self._painting = Painting(
            writing=writing,
            looking=looking,
            grounds=grounds,
            opening=opening,
            sheets=sheets,
            titles=titles,
            memory=memory,
            clock=clock,
        )
        self._titles = titles
        self._talking = Talking(connection=connection, writing=writing, grounds=grounds, memory=memory, clock=clock)
        self._private = Private(connection=connection, writing=writing, signer=signer, memory=memory, clock=clock)
        self._people = People(connection, clock, grounds, places)
        self._check = Check(connection)
        self._hearing = Hearing(
            signer=signer,
            subjects=Subjects(connection, signer, memory, clock),
            grounds=grounds,
            clock=clock,
            health=health,
            by_message=self._private.show,
        )
        events = Events(connection=connection, grounds=grounds, memory=memory, health=health, places=places)
        welcome = Welcome(connection=connection, writing=writing, looking=looking, signer=signer, places=places)
        events.listen(self._hearing.interaction, welcome.greet, welcome.begin)

    @property
    def name(self) -> str:
        """How handles and places name this room."""
        return ROOM

    def doors(self, hear: Hear) -> Sequence[Door]:
        """None: Discord speaks to us over the connection that `attend` holds."""
        del hear
        return ()

    async def attend(self, hear: Hear) -> None:
        """Until cancelled: connected, and every press answered."""
        self._hearing.hear = hear
        try:
            await together(self._connection.attend(), self._titles.catch_up())
        finally:
            self._hearing.hear = None

    async def open_thread(self, place: Place, card: Card, key: str) -> ThreadRef | Broken:
        """A card with its thread, or a post in a forum."""
        return await self._painting.open(place, card, key)

    async def repaint(self, thread: ThreadRef, card: Card) -> ThreadRef | Broken:
        """The card as it is now; what happened to it meanwhile is healed."""
        return await self._painting.repaint(thread, card)

    async def say(self, thread: ThreadRef, line: Line, key: str) -> LineRef | Broken:
        """One line in the thread."""
        return await self._talking.say(thread, line, key)

    async def tell(self, to: Handle, note: Card, key: str) -> LineRef | Broken:
        """One person, by direct message, or called in the thread where those are closed."""
        return await self._private.tell(to, note, key)

    async def withdraw(self, ref: ThreadRef | LineRef) -> Gone | Broken:
        """Take a card with its thread, a line or a note away."""
        return await self._talking.withdraw(ref)

    async def who(self, handle: Handle) -> Member | Broken:
        """A member of the team's server, asked anew."""
        if handle.room != ROOM:
            return Stranger(because="Nobody of that name is on the server.")
        return await self._people.who(handle.id)

    async def check(self) -> Sequence[Finding]:
        """What is missing, channel by channel."""
        return await self._check.all(await self._places(), await self._listed())
