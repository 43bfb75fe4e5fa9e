"""What becomes due, who does what only one may do, and which machine was known to live when."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.nouns.base import Noun
from bot.nouns.time import Moment


class Taken(Noun):
    """A due thing, taken for `lease` seconds; gone for good once `Dues.done`, or when the conversation's dues change."""

    conversation: str
    what: str
    at: datetime


class Dues(Protocol):
    """What becomes due. `next` is the earliest due time, so that nobody has to ask often.

    A lease ends by the time that `take` was handed. Whoever forgot what it took, or saw that time set back, asks for
    everything `anew`.
    """

    async def take(self, now: datetime, limit: int = 64, lease: float = 15.0) -> Sequence[Taken]: ...
    async def done(self, taken: Sequence[Taken]) -> None: ...
    async def anew(self) -> None: ...
    async def next(self) -> datetime | None: ...


class Leases(Protocol):
    """Who does the work that only one may do. The epoch fences late writes."""

    async def take(self, name: str, holder: str, ttl_ms: int) -> int | None: ...
    async def keep(self, name: str, holder: str, epoch: int, ttl_ms: int) -> bool: ...
    async def drop(self, name: str, holder: str, epoch: int) -> None: ...


class Pulse(Protocol):
    """The last moment each machine was known to live: what proves that time passed before a reboot."""

    async def beat(self, moment: Moment) -> None: ...
    async def last(self, boot: str) -> Moment | None: ...
