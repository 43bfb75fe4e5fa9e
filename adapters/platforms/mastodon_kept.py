"""What Mastodon's stream brought and nobody has stored yet: bounded, for while a disk is full the stream goes on."""

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from heapq import merge
from itertools import islice
from operator import itemgetter
from typing import Final

from bot.nouns.mention import News, Said

#: So much is kept; after that the walk has to find it.
MOST: Final = 5_000


class Kept:
    """In the order it came, each under a number. `len` is never more than MOST."""

    def __init__(self) -> None:
        self._said: OrderedDict[int, News] = OrderedDict()
        self._others: OrderedDict[int, News] = OrderedDict()
        self._last = 0

    def __len__(self) -> int:
        return len(self._said) + len(self._others)

    def add(self, news: News) -> None:
        """One more. Where there is no room the oldest mention is let go, which the walk finds again; no walk finds an edit or
        a deletion, so of them the oldest goes only where nothing else is left."""
        self._last += 1
        (self._said if isinstance(news, Said) else self._others)[self._last] = news
        if len(self) > MOST:
            (self._said or self._others).popitem(last=False)

    def first(self, count: int) -> Mapping[int, News]:
        """The oldest, at most so many. They stay until they are `stored`."""
        return dict(islice(merge(self._said.items(), self._others.items(), key=itemgetter(0)), count))

    def stored(self, numbers: Iterable[int]) -> None:
        """These need not be kept any more; some may have been let go meanwhile."""
        for number in numbers:
            self._said.pop(number, None)
            self._others.pop(number, None)
