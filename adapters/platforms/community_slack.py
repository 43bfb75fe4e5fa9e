"""A community in Slack as a source: its channels are listened to, and answers go back by a moderator's own hand, or as the
app where a team switched that on."""

from collections.abc import Awaitable, Sequence
from functools import partial
from typing import Final, TypeVar

from adapters.connections.slack import Slack
from adapters.connections.slack_events import SlackEvents
from adapters.platforms import community_slack_check
from adapters.platforms.community_attempts import Attempts
from adapters.platforms.community_ground import Ground, Places
from adapters.platforms.community_listen import EVERY, Listening
from adapters.platforms.community_live import Live
from adapters.platforms.community_reach import reach
from adapters.platforms.community_slack_ears import SlackEars
from adapters.platforms.community_slack_look import SlackLook
from adapters.platforms.community_slack_parse import NAME, pair
from adapters.platforms.community_slack_send import SlackSend
from adapters.platforms.community_slack_wire import SlackWire
from adapters.platforms.community_voices import AwaitedWords, Voices
from adapters.platforms.counting import measure
from bot.nouns.caution import Length
from bot.nouns.community import Community
from bot.nouns.delivery import Absent, Account, Cleared, Delivery, Posted, Reach
from bot.nouns.mention import CannotTell, Cursor, Deleted, Hear, Mention, MentionKey, Seen
from bot.nouns.time import Now
from bot.ports import Clock, Door, Finding

#: Seconds between two walks where nobody tells us what happens.
ALONE: Final = 30.0

T = TypeVar("T")


class CommunitySlack:
    """The port Platform over a connection.

    `events`: where whoever receives Slack's events (the room) passes them on; None where nobody does, then its channels
    are read every half minute. `owns`: the connection is this platform's own, so it lets go of it. `every`: seconds
    between two walks, 0 for the usual.
    """

    def __init__(
        self,
        *,
        slack: Slack,
        tables: Sequence[Community],
        places: Places,
        awaited: AwaitedWords,
        clock: Clock,
        events: SlackEvents | None = None,
        owns: bool = True,
        every: float = 0.0,
    ) -> None:
        self._slack = slack
        self._owns = owns
        self._clock = clock
        self._every = every or (ALONE if events is None else EVERY)
        self._ground = Ground(NAME, tables, places)
        self._wire = SlackWire(slack, self._ground)
        self._voices = Voices(awaited)
        self._ears = SlackEars(events or SlackEvents(), self._wire, self._ground)
        self._look = SlackLook(self._wire, self._ground, self._voices, clock)
        self._send = SlackSend(self._wire)
        self._attempts = Attempts("Slack", clock, shut="The team sits in that channel, so nothing is posted there.")
        self._listening: Listening | None = None
        self._users = 0

    @property
    def name(self) -> str:
        """Always `slack`."""
        return NAME

    def trouble(self) -> str | None:
        """A sentence for health while a channel cannot be read."""
        return self._listening.trouble if self._listening is not None else None

    def doors(self, hear: Hear) -> Sequence[Door]:
        """None: Slack knows one address of an app, and that is the room's. What comes in there while nobody listens on this
        replica is told to `hear`."""
        live = Live(self._wire, self._ground, self._voices, self._clock)
        self._ears.straight = partial(live.tell, hear=hear)
        return ()

    async def listen(self, since: Cursor | None, hear: Hear) -> None:
        """Until cancelled."""
        live = Live(self._wire, self._ground, self._voices, self._clock)
        listening = self._listening = Listening(
            network=self._wire, live=live, clock=self._clock, hear=hear, look=self._look.look_again, every=self._every
        )
        self._ears.came, self._ears.lost = listening.came, listening.lost
        try:
            await self._held(listening.run(since))
        finally:
            self._ears.came = self._ears.lost = self._listening = None

    async def look_again(self, key: MentionKey) -> Seen | Deleted | CannotTell:
        """The message as it stands, and after it its author's words in the thread and ours."""
        return await self._attempts.looked(self._held(self._look.look_again(key)))

    def reach(self, subject: Mention | Account) -> Reach:
        """By hand, unless posting as the app is switched on for that channel."""
        return reach(subject, self._community(subject.key) if isinstance(subject, Mention) else None)

    def measure(self, words: str) -> Length:
        """4,000 characters."""
        return measure(NAME, words)

    async def send(self, cleared: Cleared) -> Delivery:
        """Handed to a moderator, or where it is switched on one attempt within eight seconds."""
        return await self._attempts.sent(
            cleared, table=self._community, open_=self._look.community, send=self._one_send
        )

    async def find(self, cleared: Cleared) -> Posted | Absent | CannotTell:
        """Whether these words of our app's stand there already."""
        return await self._attempts.looked(self._held(self._look.find(cleared, self._attempts.began(cleared))))

    async def check(self) -> Sequence[Finding]:
        """Scopes, and each channel."""
        return await self._held(community_slack_check.check(self._wire, self._ground))

    async def _one_send(self, cleared: Cleared, now: Now) -> Delivery:
        return await self._held(self._send.send(cleared, now))

    async def _held(self, work: Awaitable[T]) -> T:
        """Do this; a connection of our own is let go of by the last who uses it."""
        self._users += 1
        try:
            return await work
        finally:
            self._users -= 1
            if self._owns and not self._users:
                await self._slack.close()

    def _community(self, key: MentionKey) -> Community | None:
        at = pair(key.id)
        return self._ground.of(at[0]) if at is not None else None
