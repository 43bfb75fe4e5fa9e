"""`GET /metrics`: what Prometheus reads. Names of parts and sources only: no words, no people, no channels."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric

from bot.errors import StoreAway
from bot.ports import Indexes, Query

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
#: Seconds the store has for its figures; without them the rest is answered all the same.
PATIENCE = 0.8
#: The indexes (bot.ports.Query) that are counted. A conversation stands in several, and an incident in a storm is open, too.
_INCIDENTS = ("i:open", "i:storm")
_CONVERSATIONS = ("open", "critical", "waiting", "cooling", "ready", "asked", "unknown", "offline", "promise")


@dataclass(frozen=True, slots=True)
class Figures:
    """`counts`: what happened since the start. `troubles`: the parts that do not work, as anybody may read them; one that
    stands several times is counted so often. `heard`: when each source last answered."""

    counts: Mapping[str, int]
    troubles: Sequence[str]
    heard: Mapping[str, datetime]


async def stored(indexes: Indexes) -> Mapping[str, int]:
    """How many each index holds; nothing while the store is away."""
    names = (*_INCIDENTS, *_CONVERSATIONS)
    try:
        async with asyncio.timeout(PATIENCE):
            found = await indexes.find_all([Query(index=name, limit=1) for name in names])
    except (StoreAway, TimeoutError):
        return {}
    return {name: each.count for name, each in zip(names, found, strict=True)}


def exposition(figures: Figures, standing: Mapping[str, int]) -> bytes:
    """Everything in Prometheus' text format. `standing` is what `stored` found."""
    registry = CollectorRegistry()
    registry.register(_Collected([*_of_this_process(figures), *_of_the_team(standing)]))
    return generate_latest(registry)


def _of_this_process(figures: Figures) -> Sequence[Metric]:
    happened = CounterMetricFamily("coolhead_happened", "What happened since the start", labels=["what"])
    for what, count in sorted(figures.counts.items()):
        happened.add_metric([what], count)
    troubles = GaugeMetricFamily("coolhead_troubles", "How many parts do not work now", value=len(figures.troubles))
    trouble = GaugeMetricFamily("coolhead_trouble", "1 for each part that does not work now", labels=["part"])
    for part in sorted(set(figures.troubles)):
        trouble.add_metric([part], 1)
    heard = GaugeMetricFamily(
        "coolhead_last_heard_timestamp_seconds", "When a source last answered or told us something", labels=["source"]
    )
    for source, at in sorted(figures.heard.items()):
        heard.add_metric([source], at.timestamp())
    return [happened, troubles, trouble, heard]


def _of_the_team(standing: Mapping[str, int]) -> Sequence[Metric]:
    """Every replica tells the same of these."""
    incidents = GaugeMetricFamily("coolhead_incidents", "Incidents, by how they stand", labels=["standing"])
    talks = GaugeMetricFamily("coolhead_conversations", "Conversations, by how they stand", labels=["standing"])
    for index, count in standing.items():
        (incidents if index in _INCIDENTS else talks).add_metric([index.removeprefix("i:")], count)
    return [incidents, talks] if standing else []


class _Collected:
    """What is exposed, made beforehand."""

    def __init__(self, families: Sequence[Metric]) -> None:
        self._families = families

    def collect(self) -> Sequence[Metric]:
        """All of it."""
        return self._families
