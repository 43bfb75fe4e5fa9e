"""A second look at the latest mentions: Mastodon tells nobody when a stranger edits or deletes what they said to us."""

from collections import OrderedDict
from collections.abc import Sequence
from typing import Final

from adapters.platforms.mastodon_parse import NAME, mention, status
from adapters.platforms.mastodon_wire import Got, Wire
from bot.nouns.mention import Deleted, Edited, MentionKey, News, Said

#: How many of the latest mentions are watched, and how long lies between two looks, in seconds.
WATCHED: Final = 20
EVERY: Final = 120.0


class Recheck:
    """Remembers in memory only: after a restart, looking again before each send does the same."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        self._known: OrderedDict[str, str] = OrderedDict()
        self._last: float | None = None

    def remember(self, news: Sequence[News]) -> None:
        """Watch these mentions; the oldest make room.

        A mention heard twice, by the stream and by the walk, keeps its first words: it may have been edited in between.
        """
        for each in news:
            match each:
                case Said(mention=said):
                    self._known.setdefault(said.key.id, said.text)
                case Edited(mention=edited):
                    self._known[edited.key.id] = edited.text
                case Deleted(key=key):
                    self._known.pop(key.id, None)
                case _:
                    pass
        while len(self._known) > WATCHED:
            self._known.popitem(last=False)

    async def look(self) -> list[News]:
        """What changed since the last look; nothing where it is too early, or the server cannot say."""
        now = await self._wire.clock.now()
        if self._last is None:
            self._last = now.elapsed
        if not self._known or now.elapsed - self._last < EVERY:
            return []
        self._last = now.elapsed
        got = await self._wire.ask("GET", "/api/v1/statuses", params=[("id[]", name) for name in self._known])
        if not isinstance(got, Got) or got.status != 200 or not isinstance(got.body, list):
            return []
        posts = {post.id: (post, raw) for raw in got.body if (post := status(raw)) is not None}
        news: list[News] = []
        for name, text in list(self._known.items()):
            if name not in posts:
                news += await self._gone(name)
            elif posts[name][0].text != text:
                news.append(Edited(mention=mention(*posts[name])))
                self._known[name] = posts[name][0].text
        return news

    async def _gone(self, name: str) -> list[News]:
        """A post left out of the answer may only be hidden from us: its own page decides."""
        got = await self._wire.ask("GET", f"/api/v1/statuses/{name}")
        if not isinstance(got, Got) or got.status not in (404, 410):
            return []
        self._known.pop(name, None)
        key = MentionKey(platform=NAME, id=name)
        return [Deleted(key=key, at=(await self._wire.clock.now()).wall)]
