"""Looking in Slack: what a message has become, what came after it in its thread, and whether words of ours stand there."""

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from adapters.connections.slack_answers import Answered
from adapters.connections.slack_budget import Rank
from adapters.connections.slack_markup import unescaped
from adapters.platforms.community_attempts import find
from adapters.platforms.community_ground import Ground
from adapters.platforms.community_mark import order
from adapters.platforms.community_network import Closed, Gone
from adapters.platforms.community_post import Post, key
from adapters.platforms.community_slack_parse import NAME, link, message, moment, pair
from adapters.platforms.community_slack_wire import PAGE, SlackWire
from adapters.platforms.community_voices import Voices, plain
from bot.nouns.community import Community
from bot.nouns.delivery import Absent, Cleared, Posted
from bot.nouns.mention import AnsweredByUs, CannotTell, Deleted, MentionKey, Said, Seen
from bot.ports import Clock

#: What our messages carry, so that they are known by their attempt: an opaque hash, for other apps may read it.
EVENT: Final = "coolhead_reply"
SLACK: Final = timedelta(seconds=60)
_NOT_OURS: Final = CannotTell(because="Coolhead does not listen there; please look yourself.")
_SILENT: Final = CannotTell(because="Slack does not answer.")


def mark(attempt: str) -> str:
    """The hash that stands for an attempt in a message's metadata."""
    return hashlib.sha256(attempt.encode()).hexdigest()[:32]


class SlackLook:
    """Reads only where the settings say so, and never where the team sits."""

    def __init__(self, wire: SlackWire, ground: Ground, voices: Voices, clock: Clock) -> None:
        self._wire = wire
        self._ground = ground
        self._voices = voices
        self._clock = clock

    async def community(self, name: MentionKey) -> Community | None:
        """The community a message stands in; None where we may not look. Raises StoreAway."""
        at = pair(name.id)
        return self._ground.of(at[0]) if at is not None and await self._ground.open(at[0]) else None

    async def look_again(self, name: MentionKey) -> Seen | Deleted | CannotTell:
        """The message as it stands, and after it its author's words in the thread and ours."""
        at, community = pair(name.id), await self.community(name)
        if at is None or community is None:
            return _NOT_OURS
        found = await self._wire.fetch(*at)
        if isinstance(found, Gone):
            return Deleted(key=name, at=(await self._clock.now()).wall)
        if not isinstance(found, Post):
            return CannotTell(because=found.because)
        self._voices.me = self._wire.me
        below = await self._wire.thread(at[0], found.thread, at[1])
        if not isinstance(below, tuple):
            return CannotTell(because=below.because)
        later = [self._wire.post(at[0], raw) for raw in below[0]]
        posts = [each for each in later if each is not None and order(each.id) > order(found.id)]
        after = [told for each in posts if (told := await self._after(each, found, community)) is not None]
        return Seen(mention=found.mention(direct=self._voices.direct(found, community)), after=tuple(after))

    async def _after(self, each: Post, about: Post, community: Community) -> Said | AnsweredByUs | None:
        if each.author.id == about.author.id and each.author.id != self._wire.me:
            return Said(mention=each.mention(direct=self._voices.direct(each, community)))
        return await self._voices.answer(each, community, about.key)

    async def find(self, cleared: Cleared, since: datetime | None) -> Posted | Absent | CannotTell:
        """Whether these words of our bot's stand there. `since`: when the attempt began, if anybody remembers."""
        return await find(self, cleared, since)

    async def replied(
        self, cleared: Cleared, about: MentionKey, text: str, since: datetime | None
    ) -> Posted | Absent | CannotTell:
        """Whether it stands under the message it answers."""
        at = pair(about.id)
        if at is None or await self.community(about) is None:
            return _NOT_OURS
        found = await self._wire.fetch(*at)
        root = found.thread if isinstance(found, Post) else at[1]
        if not isinstance(found, Post | Gone):
            return CannotTell(because=found.because)
        below = await self._wire.thread(at[0], root, "0")
        if not isinstance(below, tuple):
            return CannotTell(because=below.because)
        for raw in below[0]:
            if self._is(raw, cleared.attempt_key, text, since):
                ts = str(raw["ts"])
                return Posted(key=key(NAME, at[0], ts), url=link(self._wire.base, at[0], ts, root))
        if below[1]:
            return CannotTell(because="The thread is too long to look through all of it.")
        return Absent(because="No such reply stands in the thread.")

    async def told(self, cleared: Cleared, text: str, since: datetime | None) -> Posted | Absent | CannotTell:
        """Whether a direct message to them says so."""
        person = cleared.about.author.id if cleared.about is not None else ""
        opened = (
            await self._wire.slack.call("conversations.open", {"users": person}, rank=Rank.SEND) if person else None
        )
        channel = _channel(opened.body) if isinstance(opened, Answered) and await self._wire.introduce() else ""
        if not channel:
            return _SILENT if person else CannotTell(because="We do not know who it was for.")
        asked = {"channel": channel, "limit": PAGE, "include_all_metadata": True}
        found = await self._wire.read("conversations.history", asked, pages=1)
        if not isinstance(found, tuple):
            return _SILENT
        for raw in found[0]:
            if self._is(raw, cleared.attempt_key, text, since):
                ts = str(raw["ts"])
                return Posted(key=key(NAME, channel, ts), url=link(self._wire.base, channel, ts))
        return Absent(because="No such private word stands there.")

    async def corrected(self, ours: MentionKey, text: str) -> Posted | Absent | CannotTell:
        """Whether our message says so now, or is gone where there are no words."""
        at = pair(ours.id)
        if at is None:
            return _NOT_OURS
        raw = await self._wire.raw(*at)
        if isinstance(raw, Gone):
            return Absent(because="Our message is no longer there.") if text else Posted(key=ours)
        if not isinstance(raw, Mapping):
            return CannotTell(because=raw.because if isinstance(raw, Closed) else _SILENT.because)
        if text and raw.get("user") == self._wire.me and plain(unescaped(str(raw.get("text", "")))) == plain(text):
            return Posted(key=ours, url=link(self._wire.base, *at))
        return Absent(because="Our message stands as it was.")

    def _is(self, raw: Mapping[str, Any], attempt: str, text: str, since: datetime | None) -> bool:
        """By its mark; one that carries none by its words and its time."""
        said = message(raw)
        if said is None or said.user != self._wire.me:
            return False
        if said.metadata is not None and said.metadata.event_type == EVENT:
            return said.metadata.event_payload.get("key") == mark(attempt)
        recent = since is None or moment(said.ts) >= since - SLACK
        return recent and plain(unescaped(said.text)) == plain(text)


def _channel(body: Mapping[str, Any]) -> str:
    told = body.get("channel")
    return str(told.get("id", "")) if isinstance(told, Mapping) else ""
