"""A community on Discord as a source: its channels are listened to, and answers go back by a moderator's own hand, or as
the bot where a team switched that on."""

from collections.abc import Sequence

from adapters.connections.discord import Connection
from adapters.platforms import community_discord_check
from adapters.platforms.community_attempts import Attempts
from adapters.platforms.community_discord_ears import DiscordEars
from adapters.platforms.community_discord_look import DiscordLook
from adapters.platforms.community_discord_parse import NAME, pair
from adapters.platforms.community_discord_send import DiscordSend
from adapters.platforms.community_discord_wire import DiscordWire
from adapters.platforms.community_ground import Ground, Places
from adapters.platforms.community_listen import EVERY, Listening
from adapters.platforms.community_live import Live
from adapters.platforms.community_reach import reach
from adapters.platforms.community_voices import AwaitedWords, Voices
from adapters.platforms.counting import measure
from bot.nouns.caution import Length
from bot.nouns.community import Community
from bot.nouns.delivery import Absent, Account, Cleared, Delivery, Posted, Reach
from bot.nouns.mention import CannotTell, Cursor, Deleted, Hear, Mention, MentionKey, Seen
from bot.ports import Clock, Door, Finding
from bot.work.waiting import together


class CommunityDiscord:
    """The port Platform over a connection.

    `attends`: the connection is this platform's own, so it is logged in while it listens; else somebody else's (the
    room's), and this has to be made before they attend it. `every`: seconds between two walks.
    """

    def __init__(
        self,
        *,
        connection: Connection,
        tables: Sequence[Community],
        places: Places,
        awaited: AwaitedWords,
        clock: Clock,
        attends: bool = True,
        every: float = EVERY,
    ) -> None:
        self._connection = connection
        self._attends = attends
        self._clock = clock
        self._every = every
        self._ground = Ground(NAME, tables, places)
        self._wire = DiscordWire(connection, self._ground, clock)
        self._voices = Voices(awaited)
        self._ears = DiscordEars(connection, self._wire, self._ground)
        self._look = DiscordLook(self._wire, self._ground, self._voices, clock)
        self._send = DiscordSend(self._wire)
        self._attempts = Attempts(
            "Discord", clock, shut="That channel is not one we may write in, or Discord cannot be reached."
        )
        self._listening: Listening | None = None

    @property
    def name(self) -> str:
        """Always `discord`."""
        return NAME

    def trouble(self) -> str | None:
        """A sentence for health while a channel cannot be read, or messages arrive without their text."""
        listening = self._listening.trouble if self._listening is not None else None
        return self._wire.trouble or listening or self._ears.trouble

    def doors(self, hear: Hear) -> Sequence[Door]:
        """None: Discord speaks to us over its gateway."""
        del hear
        return ()

    async def listen(self, since: Cursor | None, hear: Hear) -> None:
        """Until cancelled."""
        live = Live(self._wire, self._ground, self._voices, self._clock)
        listening = self._listening = Listening(
            network=self._wire, live=live, clock=self._clock, hear=hear, look=self._look.look_again, every=self._every
        )
        self._ears.came, self._ears.lost = listening.came, listening.lost
        try:
            if self._attends:
                await together(self._connection.attend(), listening.run(since))
            else:
                await listening.run(since)
        finally:
            self._ears.came = self._ears.lost = self._listening = None

    async def look_again(self, key: MentionKey) -> Seen | Deleted | CannotTell:
        """The message as it stands, and after it its author's answers in the talk and ours."""
        return await self._attempts.looked(self._look.look_again(key))

    def reach(self, subject: Mention | Account) -> Reach:
        """By hand, unless posting as the bot is switched on for that channel."""
        return reach(subject, self._community(subject.key) if isinstance(subject, Mention) else None)

    def measure(self, words: str) -> Length:
        """2,000 characters."""
        return measure(NAME, words)

    async def send(self, cleared: Cleared) -> Delivery:
        """Handed to a moderator, or where it is switched on one attempt within eight seconds."""
        return await self._attempts.sent(
            cleared, table=self._community, open_=self._look.community, send=self._send.send
        )

    async def find(self, cleared: Cleared) -> Posted | Absent | CannotTell:
        """Whether these words of our bot's stand there already."""
        return await self._attempts.looked(self._look.find(cleared, self._attempts.began(cleared)))

    async def check(self) -> Sequence[Finding]:
        """Message Content, and each channel."""
        return await community_discord_check.check(self._wire, self._ground)

    def _community(self, key: MentionKey) -> Community | None:
        at = pair(key.id)
        channel = str(at[0]) if at is not None else ""
        return self._ground.of(channel, self._wire.parent(channel)) if channel else None
