"""How a source of news is heard: what tells that it has gone quiet."""

from datetime import datetime, timedelta

from bot.nouns.base import Noun

#: Arrivals are kept by slots of this length, so that every replica may note them and many cost as much as one.
SLOT = timedelta(minutes=5)
#: They are kept for so long.
KEPT = timedelta(days=28)


class Rhythm(Noun):
    """One source. `beat`: when a source that we ask last answered, None for one that tells us by itself; `every`: how
    many seconds lie between two of its answers, as measured; 0 while that is not known.

    `arrivals`: the beginnings of the slots in which it told us something, in order, of the last `KEPT`.
    """

    source: str
    beat: datetime | None = None
    every: float = 0.0
    arrivals: tuple[datetime, ...] = ()

    @property
    def last(self) -> datetime | None:
        """When it was last heard; None where it never was."""
        if self.beat is not None:
            return self.beat
        return self.arrivals[-1] + SLOT if self.arrivals else None


class Trouble(Noun):
    """What is wrong with a source though it may answer, as whoever listens to it says: since when, and when they last said so."""

    source: str
    because: str
    since: datetime
    said: datetime
