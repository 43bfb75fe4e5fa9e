"""A second look at the latest mentions after the live connection was gone: a history does not tell what was edited or
deleted in it. What nobody remembers after a restart is looked at again before each send, as everything is."""

from collections import OrderedDict
from collections.abc import Awaitable, Callable, Sequence
from typing import Final

from bot.nouns.mention import CannotTell, Deleted, Edited, MentionKey, News, Said, Seen

#: How many of the latest mentions are looked at again.
WATCHED: Final = 20

Look = Callable[[MentionKey], Awaitable[Seen | Deleted | CannotTell]]


class Recheck:
    """Remembers in memory only."""

    def __init__(self, look: Look) -> None:
        self._look = look
        self._known: OrderedDict[MentionKey, str] = OrderedDict()

    def remember(self, news: Sequence[News]) -> None:
        """Watch these mentions; the oldest make room. One heard twice keeps its latest words."""
        for each in news:
            match each:
                case Said(mention=mention):
                    self._known.setdefault(mention.key, mention.text)
                case Edited(mention=mention):
                    self._known[mention.key] = mention.text
                case Deleted(key=gone):
                    self._known.pop(gone, None)
                case _:
                    pass
        while len(self._known) > WATCHED:
            self._known.popitem(last=False)

    async def look(self) -> list[News]:
        """What was edited or deleted meanwhile, as far as the network tells."""
        news: list[News] = []
        for known, text in list(self._known.items()):
            found = await self._look(known)
            if isinstance(found, Deleted):
                news.append(found)
            elif isinstance(found, Seen) and found.mention.text != text:
                news.append(Edited(mention=found.mention))
        self.remember(news)
        return news
