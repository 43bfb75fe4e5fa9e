"""Looking in Discord: what a message has become, what came after it, and whether words of ours stand there."""

from datetime import datetime, timedelta
from typing import Final

import discord

from adapters.connections.discord_calls import Problem
from adapters.platforms.community_attempts import find
from adapters.platforms.community_discord_parse import NAME, Where, link, message, pair
from adapters.platforms.community_discord_wire import NO_CHANNEL, NO_MESSAGE, DiscordWire
from adapters.platforms.community_ground import Ground
from adapters.platforms.community_network import Gone, Page
from adapters.platforms.community_post import Post, key
from adapters.platforms.community_voices import Voices, plain
from bot.nouns.community import Community
from bot.nouns.delivery import Absent, Cleared, Posted
from bot.nouns.mention import AnsweredByUs, CannotTell, Deleted, MentionKey, Said, Seen
from bot.ports import Clock

#: Discord's clock may be behind ours by so much.
SLACK: Final = timedelta(seconds=60)
_PAGES: Final = 5
_RECENT: Final = 50
_NOT_OURS: Final = CannotTell(because="Coolhead does not listen there; please look yourself.")
_SILENT: Final = CannotTell(because="Discord does not answer.")


class DiscordLook:
    """Reads only where the settings say so, and never where the team sits."""

    def __init__(self, wire: DiscordWire, ground: Ground, voices: Voices, clock: Clock) -> None:
        self._wire = wire
        self._ground = ground
        self._voices = voices
        self._clock = clock

    async def community(self, name: MentionKey) -> Community | None:
        """The community a message stands in; None where we may not look. Raises StoreAway."""
        at = pair(name.id)
        there = await self._wire.where(str(at[0])) if at is not None else None
        if at is None or there is None or not await self._ground.open(there.id, there.parent):
            return None
        return self._ground.of(there.id, there.parent)

    async def look_again(self, name: MentionKey) -> Seen | Deleted | CannotTell:
        """The message as it stands, and after it its author's answers in the talk and ours."""
        at = pair(name.id)
        if at is None:
            return _NOT_OURS
        # Whoever does not listen was told of no thread: it is asked for, so that it is known to which channel it belongs.
        community = await self.community(name)
        if community is None:
            return _SILENT if await self._wire.where(str(at[0])) is None else _NOT_OURS
        channel, id = (str(each) for each in at)
        found = await self._wire.fetch(channel, id)
        if isinstance(found, Gone):
            return Deleted(key=name, at=(await self._clock.now()).wall)
        page = await self._wire.page(channel, id) if isinstance(found, Post) else found
        if not isinstance(found, Post) or not isinstance(page, Page):
            return CannotTell(because=getattr(page, "because", _SILENT.because))
        self._voices.me = self._wire.me
        after = [told for each in self._talk(found, page) if (told := await self._after(each, found, community))]
        return Seen(mention=found.mention(direct=self._voices.direct(found, community)), after=tuple(after))

    def _talk(self, about: Post, page: Page) -> list[Post]:
        """What belongs to the talk that began with it: in a thread everything, else the chain of answers."""
        whole = bool(self._wire.parent(about.channel))
        known = {about.id}
        talk: list[Post] = []
        for each in page.posts:
            if whole or each.answers in known:
                known.add(each.id)
                talk.append(each)
        return talk

    async def _after(self, each: Post, about: Post, community: Community) -> Said | AnsweredByUs | None:
        if each.author.id == about.author.id and each.author.id != self._wire.me:
            return Said(mention=each.mention(direct=self._voices.direct(each, community)))
        if each.answers != about.id:
            return None
        return await self._voices.answer(each, community, about.key)

    async def find(self, cleared: Cleared, since: datetime | None) -> Posted | Absent | CannotTell:
        """Whether these words of our bot's stand there. `since`: when the attempt began, if anybody remembers."""
        return await find(self, cleared, since)

    async def replied(
        self, cleared: Cleared, about: MentionKey, text: str, since: datetime | None
    ) -> Posted | Absent | CannotTell:
        """Whether it stands under the message it answers."""
        del cleared  # Discord keeps no mark of ours: words and time have to do
        at = pair(about.id)
        if at is None or await self.community(about) is None:
            return _NOT_OURS
        channel, after = str(at[0]), str(at[1])
        for _ in range(_PAGES):
            page = await self._wire.page(channel, after)
            if not isinstance(page, Page):
                return CannotTell(because=page.because)
            for each in page.posts:
                if each.answers == str(at[1]) and self._is(each, text, since):
                    return Posted(key=each.key, url=each.url)
            if not page.more:
                return Absent(because="No such reply stands under the message.")
            after = page.last
        return CannotTell(because="Too much was said there since to look through all of it.")

    async def told(self, cleared: Cleared, text: str, since: datetime | None) -> Posted | Absent | CannotTell:
        """Whether a direct message to them says so."""
        person = cleared.about.author.id if cleared.about is not None else ""
        if not person.isdigit():
            return CannotTell(because="We do not know who it was for.")

        async def read(client: discord.Client) -> tuple[str, list[object]]:
            there = await client.http.start_private_message(int(person))
            return str(there["id"]), list(await client.http.logs_from(int(there["id"]), _RECENT))

        found = await self._wire.ask(read)
        if isinstance(found, Problem):
            return _SILENT
        channel, raws = found
        for each in filter(None, map(message, raws)):
            recent = since is None or each.timestamp >= since - SLACK
            if recent and each.author.id == self._wire.me and plain(each.content) == plain(text):
                return Posted(key=key(NAME, channel, each.id), url=link(Where(channel, "@me"), each.id))
        return Absent(because="No such private word stands there.")

    async def corrected(self, ours: MentionKey, text: str) -> Posted | Absent | CannotTell:
        """Whether our message says so now, or is gone where there are no words."""
        at = pair(ours.id)
        if at is None:
            return _NOT_OURS
        raw = await self._wire.ask(lambda client: client.http.get_message(*at))
        if isinstance(raw, Problem) and raw.code in (NO_MESSAGE, NO_CHANNEL):
            return Absent(because="Our message is no longer there.") if text else Posted(key=ours)
        said = message(raw)
        if said is None:
            return _SILENT
        if text and said.author.id == self._wire.me and plain(said.content) == plain(text):
            there = await self._wire.where(str(at[0]))
            return Posted(key=ours, url=link(there, said.id) if there is not None else "")
        return Absent(because="Our message stands as it was.")

    def _is(self, each: Post, text: str, since: datetime | None) -> bool:
        recent = since is None or each.at >= since - SLACK
        said = str(each.raw.get("content", "")) if each.raw is not None else each.text
        return recent and each.author.id == self._wire.me and plain(said) == plain(text)
