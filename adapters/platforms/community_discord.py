"""A community on Discord as a source: its channels are listened to, and answers go back by a moderator's own hand, or as
the bot where a team switched that on."""

from collections import OrderedDict
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from adapters.connections.discord import Connection
from adapters.platforms import community_discord_check
from adapters.platforms.community_discord_ears import DiscordEars
from adapters.platforms.community_discord_look import DiscordLook
from adapters.platforms.community_discord_parse import NAME, pair
from adapters.platforms.community_discord_send import DiscordSend
from adapters.platforms.community_discord_wire import DEADLINE, DiscordWire
from adapters.platforms.community_ground import Ground, Places
from adapters.platforms.community_listen import EVERY, Listening
from adapters.platforms.community_live import Live
from adapters.platforms.community_network import Happened
from adapters.platforms.community_reach import reach
from adapters.platforms.community_voices import AwaitedWords, Voices
from adapters.platforms.counting import measure
from bot.errors import StoreAway
from bot.nouns.caution import Length
from bot.nouns.community import Community
from bot.nouns.delivery import Absent, Account, ByHand, Cleared, Delivery, NotSent, Posted, Reach, ToAccount, Unknown
from bot.nouns.mention import CannotTell, Cursor, Deleted, Hear, Mention, MentionKey, Seen
from bot.ports import Clock, Door, Finding
from bot.work.waiting import together, within

_REMEMBERED: Final = 1000


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
        self._listening: Listening | None = None
        self._began: OrderedDict[str, datetime] = OrderedDict()

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
        listening = Listening(
            network=self._wire, live=live, clock=self._clock, hear=hear, look=self._look.look_again, every=self._every
        )
        self._listening = listening
        self._ears.came, self._ears.lost = self._came, listening.lost
        try:
            if self._attends:
                await together(self._connection.attend(), listening.run(since))
            else:
                await listening.run(since)
        finally:
            self._ears.came = self._ears.lost = self._listening = None

    def _came(self, happened: Happened) -> None:
        if self._listening is not None:
            self._listening.came(happened)

    async def look_again(self, key: MentionKey) -> Seen | Deleted | CannotTell:
        """The message as it stands, and after it its author's answers in the talk and ours."""
        try:
            return await within(self._clock, DEADLINE, self._look.look_again(key))
        except (TimeoutError, StoreAway):
            return CannotTell(because="Discord does not answer in time.")

    def reach(self, subject: Mention | Account) -> Reach:
        """By hand, unless posting as the bot is switched on for that channel."""
        return reach(subject, self._community(subject.key) if isinstance(subject, Mention) else None)

    def measure(self, words: str) -> Length:
        """2,000 characters."""
        return measure(NAME, words)

    async def send(self, cleared: Cleared) -> Delivery:
        """Handed to a moderator, or where it is switched on one attempt within eight seconds."""
        url = cleared.about.url if cleared.about is not None else ""
        if isinstance(cleared.target, ToAccount):
            return ByHand(url=url)
        community = self._community(cleared.target.key)
        if community is None or not community.post_as_bot:
            return ByHand(url=url)
        now = await self._clock.now()
        self._began.setdefault(cleared.attempt_key, now.wall)
        while len(self._began) > _REMEMBERED:
            self._began.popitem(last=False)
        try:
            if await self._look.community(cleared.target.key) is None:
                return NotSent(because="That channel is not one we may write in, or Discord cannot be reached.")
            return await within(self._clock, DEADLINE, self._send.send(cleared, now))
        except TimeoutError:
            return Unknown(because="Discord did not answer in time.")
        except StoreAway:
            return NotSent(because="The store cannot be reached, so nothing was sent.")

    async def find(self, cleared: Cleared) -> Posted | Absent | CannotTell:
        """Whether these words of our bot's stand there already."""
        try:
            return await within(self._clock, DEADLINE, self._look.find(cleared, self._began.get(cleared.attempt_key)))
        except (TimeoutError, StoreAway):
            return CannotTell(because="Discord does not answer in time.")

    async def check(self) -> Sequence[Finding]:
        """Message Content, and each channel."""
        return await community_discord_check.check(self._wire, self._ground)

    def _community(self, key: MentionKey) -> Community | None:
        at = pair(key.id)
        channel = str(at[0]) if at is not None else ""
        return self._ground.of(channel, self._wire.parent(channel)) if channel else None
