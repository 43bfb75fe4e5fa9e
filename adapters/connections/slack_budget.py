"""How often Slack may be asked for one thing, and whose turn it is.

The numbers are a little below what Slack documents (docs.slack.dev, "Rate limits"): tiers count calls a minute, for one
method in one workspace, and `chat.postMessage` has about one a second in a channel.
"""

import asyncio
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from heapq import heapify, heappop, heappush
from itertools import count
from typing import Final

from adapters.connections.slack_ticks import Ticks
from bot.work.waiting import first


class Rank(IntEnum):
    """Who goes first where not all can go at once."""

    ANSWER = 0
    SEND = 1
    HANDOFF = 2
    NEW = 3
    COUNTER = 4


#: Calls a minute and how many at once: together never more in a minute than Slack allows the method.
TIERS: Final[Mapping[str, tuple[int, int]]] = {
    "auth.test": (60, 10),
    "chat.delete": (45, 5),
    "chat.postEphemeral": (90, 10),
    "chat.postMessage": (180, 20),
    "chat.update": (45, 5),
    "conversations.history": (45, 5),
    "conversations.info": (45, 5),
    "conversations.replies": (45, 5),
    "users.info": (90, 10),
    "views.open": (90, 10),
    "views.publish": (90, 10),
    "views.push": (90, 10),
    "views.update": (90, 10),
}
#: What is not named: the second tier, 20 a minute.
OTHER: Final = (18, 2)
#: One message a second in a channel, three at once; so many channels' counts are kept.
CHANNEL: Final = (60, 3)
MOST_CHANNELS: Final = 4096


@dataclass(order=True, slots=True)
class _Ticket:
    rank: int
    number: int
    woken: asyncio.Event = field(compare=False, default_factory=asyncio.Event)


class Budget:
    """So many a minute, `burst` at once. Who waits goes by rank, then in the order in which they came."""

    def __init__(self, per_minute: int, burst: int, ticks: Ticks) -> None:
        self._rate = per_minute / 60
        self._burst = float(burst)
        self._level = float(burst)
        self._at = -math.inf
        self._parked = -math.inf
        self._ticks = ticks
        self._queue: list[_Ticket] = []
        self._numbers = count()

    async def turn(self, rank: Rank, patience: float) -> float:
        """0 once it is our turn. Otherwise, after `patience` seconds at most, how many seconds are still to go."""
        ticket = _Ticket(rank, next(self._numbers))
        self._join(ticket)
        try:
            return await self._wait(ticket, await self._ticks.now() + patience)
        finally:
            self._leave(ticket)

    async def park(self, seconds: float) -> None:
        """Slack said no for so long: nobody goes before, and then no more at once than it allows in general."""
        now = await self._ticks.now()
        self._parked = max(self._parked, now + seconds)
        self._level, self._at = 0.0, max(now, self._parked - 1 / self._rate)

    def give_back(self) -> None:
        """A turn that was taken and not used."""
        self._level = min(self._burst, self._level + 1.0)

    @property
    def idle(self) -> bool:
        """Whether nobody waits, so that it may be forgotten."""
        return not self._queue

    async def _wait(self, ticket: _Ticket, give_up: float) -> float:
        while True:
            now = await self._ticks.now()
            left = give_up - now
            wait = self._due(now) if self._queue[0] is ticket else math.inf
            if wait <= 0:
                self._level -= 1.0
                return 0.0
            if left <= 0 or left < wait < math.inf:
                return wait if wait < math.inf else max(1.0, self._due(now))
            await self._nap(ticket, min(wait, left))

    def _due(self, now: float) -> float:
        """Seconds until the next may go."""
        if now > self._at:
            passed = 0.0 if self._at == -math.inf else now - self._at
            self._level = min(self._burst, self._level + passed * self._rate)
            self._at = now
        full = 0.0 if self._level >= 1.0 - 1e-9 else (1.0 - self._level) / self._rate + max(0.0, self._at - now)
        return max(self._parked - now, full)

    async def _nap(self, ticket: _Ticket, seconds: float) -> None:
        if seconds == math.inf:
            await ticket.woken.wait()
        else:
            await first(self._ticks.sleep(seconds), ticket.woken.wait())
        ticket.woken.clear()

    def _join(self, ticket: _Ticket) -> None:
        head = self._queue[0] if self._queue else None
        heappush(self._queue, ticket)
        if head is not None and self._queue[0] is ticket:
            head.woken.set()

    def _leave(self, ticket: _Ticket) -> None:
        if self._queue[0] is ticket:
            heappop(self._queue)
        else:
            self._queue.remove(ticket)
            heapify(self._queue)
        if self._queue:
            self._queue[0].woken.set()


class Budgets:
    """One for each method, and for messages one for each channel beside it."""

    def __init__(self, ticks: Ticks) -> None:
        self._ticks = ticks
        self._methods: dict[str, Budget] = {}
        self._channels: dict[str, Budget] = {}

    def of(self, method: str) -> Budget:
        """The method's."""
        if method not in self._methods:
            self._methods[method] = Budget(*TIERS.get(method, OTHER), self._ticks)
        return self._methods[method]

    async def turn(self, method: str, channel: str, rank: Rank, patience: float) -> float:
        """As `Budget.turn`, in the channel (where it is a message) and for the method."""
        if method != "chat.postMessage":
            return await self.of(method).turn(rank, patience)
        began = await self._ticks.now()
        there = self._channel(channel)
        if wait := await there.turn(rank, patience):
            return wait
        if wait := await self.of(method).turn(rank, patience - (await self._ticks.now() - began)):
            there.give_back()
        return wait

    def _channel(self, channel: str) -> Budget:
        if channel not in self._channels:
            if len(self._channels) >= MOST_CHANNELS:
                self._channels = {name: each for name, each in self._channels.items() if not each.idle}
            self._channels[channel] = Budget(*CHANNEL, self._ticks)
        return self._channels[channel]
