"""What this process hears of each source, until it is written down for everybody."""

from collections import defaultdict
from datetime import UTC, datetime, timedelta

from bot.nouns.rhythm import SLOT, Rhythm

#: Answers closer together than this count as one: several feeds of one source are asked at once.
ONE = timedelta(seconds=30)
#: A longer pause was no pause between two questions: nobody asks less often.
LONGEST = timedelta(hours=1)
#: A pause is believed once there were two, and half forgotten after a day.
ENOUGH = 2
HALF_FORGOTTEN = timedelta(days=1)


class Beats:
    """The longest usual pause between two answers of a source, and the slots in which one told us something."""

    def __init__(self) -> None:
        self._heard: dict[str, datetime] = {}
        self._counted: dict[str, datetime] = {}
        self._pauses: dict[str, tuple[int, float]] = {}
        self._slots: dict[str, set[int]] = defaultdict(set)

    def beat(self, source: str, at: datetime) -> None:
        """A source that we ask answered."""
        self._heard[source] = at
        before = self._counted.setdefault(source, at)
        pause = at - before
        if pause < timedelta() or pause > LONGEST:
            self._counted[source] = at
        elif pause >= ONE:
            self._counted[source] = at
            count, longest = self._pauses.get(source, (0, 0.0))
            faded = longest * 0.5 ** (pause / HALF_FORGOTTEN)
            self._pauses[source] = (count + 1, max(pause.total_seconds(), faded))

    def arrived(self, source: str, at: datetime) -> None:
        """A source told us something by itself."""
        self._slots[source].add(int(at.timestamp() // SLOT.total_seconds()))

    def of(self, source: str) -> Rhythm:
        """A source that we ask, as far as this process heard it."""
        count, longest = self._pauses.get(source, (0, 0.0))
        every = longest if count >= ENOUGH else 0.0
        return Rhythm(source=source, beat=self._heard.get(source), every=every)

    def take(self) -> tuple[Rhythm, ...]:
        """All that was heard since it was last taken."""
        slots, self._slots = self._slots, defaultdict(set)
        told = [Rhythm(source=source, arrivals=tuple(map(_begins, sorted(some)))) for source, some in slots.items()]
        return (*map(self.of, self._heard), *told)

    def give_back(self, taken: tuple[Rhythm, ...]) -> None:
        """It could not be written down."""
        for rhythm in taken:
            for at in rhythm.arrivals:
                self.arrived(rhythm.source, at)


def _begins(slot: int) -> datetime:
    return datetime.fromtimestamp(slot * SLOT.total_seconds(), UTC)
