"""How sources are heard, in memory."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.errors import StoreAway
from bot.nouns.rhythm import KEPT, Rhythm, Trouble


class FakeRhythms:
    """The port Rhythms. While `away` every call fails."""

    def __init__(self) -> None:
        self.away = False
        self._rows: dict[str, Rhythm] = {}
        self._troubles: dict[str, Trouble] = {}
        self._watch: tuple[datetime, datetime] | None = None

    async def note(self, heard: Sequence[Rhythm]) -> None:
        """Added."""
        self._require()
        for new in heard:
            old = self._rows.get(new.source, Rhythm(source=new.source))
            beats = [at for at in (old.beat, new.beat) if at is not None]
            slots = sorted({*old.arrivals, *new.arrivals})
            self._rows[new.source] = Rhythm(
                source=new.source,
                beat=max(beats, default=None),
                every=new.every or old.every,
                arrivals=tuple(at for at in slots if not new.arrivals or at > slots[-1] - KEPT),
            )

    async def all(self) -> Sequence[Rhythm]:
        """Everything that was ever heard."""
        self._require()
        return list(self._rows.values())

    async def watch(self, now: datetime) -> datetime:
        """Since when somebody looked without a break of five minutes."""
        self._require()
        since = now
        if self._watch is not None and timedelta() <= now - self._watch[1] <= timedelta(minutes=5):
            since = self._watch[0]
        self._watch = (since, now)
        return since

    async def trouble(self, trouble: Trouble) -> None:
        """Known."""
        self._require()
        self._troubles[trouble.source] = trouble

    async def well(self, source: str) -> None:
        """Forgotten."""
        self._require()
        self._troubles.pop(source, None)

    async def troubles(self) -> Sequence[Trouble]:
        """Everything that is wrong."""
        self._require()
        return list(self._troubles.values())

    def _require(self) -> None:
        if self.away:
            raise StoreAway("The store does not answer.")
