"""Health: what works, what does not, and the counters behind `GET /metrics`. Holds no words and no names."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.nouns.mention import Edited, Heard, News, Said
from bot.work.beats import Beats

#: The part that stands while the drain goes on: a load balancer sends nothing new here.
STOPPING = "stopping"


@dataclass
class Health:
    """`reasons` by part: a sentence each, shown on the page and by /readyz. An empty mapping: all is well.

    `listening`: since when (`Now.elapsed`) this process listens to a platform, by its name.

    `notes` are sentences for the page about how it runs, nothing that is wrong.
    `watchers` are asked at every look: each hands back a sentence or None (the embedded server's trouble, say).
    """

    counts: Counter[str] = field(default_factory=Counter)
    reasons: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    watchers: dict[str, Callable[[], str | None]] = field(default_factory=dict)
    last_heard: dict[str, datetime] = field(default_factory=dict)
    listening: dict[str, float] = field(default_factory=dict)
    beats: Beats = field(default_factory=Beats)

    def heard(self, heard: Sequence[Heard]) -> None:
        """Count what intake was handed."""
        for each in heard:  # a webhook's mention mostly comes alone
            self.counts[f"news_{each.heard}"] += 1

    def listened(self, source: str, at: datetime) -> None:
        """A source answered, with news or without."""
        self.last_heard[source] = at
        self.beats.beat(source, at)

    def told(self, news: News, at: datetime) -> None:
        """Somebody said this, as a source told us."""
        if isinstance(news, Said | Edited):
            self.beats.arrived(news.mention.source or news.mention.key.platform, at)

    def trouble(self, part: str, because: str) -> None:
        """Something does not work; it stays so until `well`."""
        self.reasons[part] = because

    def well(self, part: str) -> None:
        """It works again."""
        self.reasons.pop(part, None)

    def all(self) -> Mapping[str, str]:
        """Every reason that stands now, by part."""
        watched = {part: said for part, watch in self.watchers.items() if (said := watch()) is not None}
        return {**self.reasons, **watched}
