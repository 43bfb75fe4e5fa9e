"""The one store of the house: the fakes that the contract suites hold against the real ones, over a line that misbehaves."""

import asyncio
import random
from collections.abc import Callable, Collection, Sequence
from contextvars import Context
from datetime import datetime, timedelta
from typing import Any, cast

from bot.errors import StoreAway
from bot.nouns.conversation import Conversation
from bot.ports import (
    Anchors,
    Asides,
    Change,
    Dues,
    Fed,
    Inbox,
    Leases,
    Pulse,
    Rhythms,
    Threads,
    Timelines,
    Vault,
    Whereabouts,
)
from tests.chaos.virtual import VirtualClock
from tests.fakes.anchors import FakeAnchors
from tests.fakes.asides import FakeAsides
from tests.fakes.clock import START
from tests.fakes.inbox import FakeInbox
from tests.fakes.leases import FakeLeases
from tests.fakes.notes import FakeNotes
from tests.fakes.rhythms import FakeRhythms
from tests.fakes.roster import FakePulse, FakeRoster
from tests.fakes.timelines import FakeDues, FakeThreads, FakeTimelines, FakeWhereabouts
from tests.fakes.vault import FakeVault
from tests.simulation.line import Line, Through, Traffic
from tests.simulation.trace import Trace

Committed = Callable[[Change], None]


class WatchedTimelines(FakeTimelines):
    """Tells of every change in the moment in which it is on disk, and wakes whoever waits for the feed.

    `touched`: when each timeline was last changed.
    """

    def __init__(self, vault: FakeVault) -> None:
        super().__init__(vault)
        self.committed: list[Committed] = []
        self.waiting: list[asyncio.Future[None]] = []
        self.touched: dict[str, float] = {}

    @property
    def commands(self) -> Collection[str]:
        """Every command that was ever applied."""
        return self._commands

    def talk(self, name: str) -> Conversation | None:
        """A conversation as it stands, without texts."""
        return self._row(Conversation, name)

    def talks(self) -> list[str]:
        """Every conversation's name, oldest first."""
        return [name for name in self.rows if name != "team" and not name.startswith("i:")]

    def incidents(self) -> list[str]:
        """Every incident's name."""
        return [name.removeprefix("i:") for name in self.rows if name.startswith("i:")]

    def _apply(self, change: Change) -> None:
        super()._apply(change)
        self.touched |= dict.fromkeys(change.lines, asyncio.get_running_loop().time())
        waiting, self.waiting = self.waiting, []
        for one in waiting:
            if not one.done():
                one.set_result(None)
        for told in self.committed:
            told(change)


class Store:
    """`traffic`: how it is on every line to it. `clock.wall` is its own clock."""

    def __init__(self, dice: random.Random, trace: Trace) -> None:
        self.clock = VirtualClock()
        self.vault = FakeVault()
        self.timelines = WatchedTimelines(self.vault)
        self.inbox = FakeInbox(self.vault, self.clock)
        self.leases = FakeLeases(self.clock)
        self.threads = FakeThreads()
        self.asides = FakeAsides(self.vault)
        self.roster = FakeRoster()
        self.anchors = FakeAnchors()
        self.traffic = Traffic()
        self._whereabouts = FakeWhereabouts(self.timelines)
        self._dues = FakeDues(self.timelines)
        self._rhythms = FakeRhythms()
        self._pulse = FakePulse()
        self._notes = FakeNotes()
        self._dice = dice
        self._trace = trace

    def reached(self) -> "Reached":
        """A process's own way to it."""
        return Reached(self, Line(self.traffic, self._dice, self._trace, _away))

    def set_clock(self, wrong: float) -> None:
        """From now on its clock is wrong by so many seconds."""
        self.clock.wall = START + timedelta(seconds=asyncio.get_running_loop().time() + wrong)

    async def time(self) -> datetime:
        """Its clock."""
        return self.clock.wall


class Reached:
    """The ports, as one process has them."""

    def __init__(self, store: Store, line: Line) -> None:
        def over(inner: object) -> Any:
            return Through(inner, line)

        self.timelines = cast(Timelines, FedOver(store.timelines, line))
        self.whereabouts = cast(Whereabouts, over(store._whereabouts))
        self.dues = cast(Dues, over(store._dues))
        self.inbox = cast(Inbox, over(store.inbox))
        self.leases = cast(Leases, over(store.leases))
        self.threads = cast(Threads, over(store.threads))
        self.asides = cast(Asides, over(store.asides))
        self.vault = cast(Vault, over(store.vault))
        self.rhythms = cast(Rhythms, over(store._rhythms))
        self.pulse = cast(Pulse, over(store._pulse))
        self.anchors = cast(Anchors, over(store.anchors))
        self.roster: Any = over(store.roster)
        self.notes: Any = over(store._notes)
        self._time = line
        self._store = store

    async def time(self) -> datetime:
        """The store's clock. Raises StoreAway."""
        at: datetime = await self._time.ask(self._store.time)
        return at


class FedOver(Through):
    """Timelines over a line: a feed that waits is asked again once there is something, or the wait is over."""

    def __init__(self, inner: WatchedTimelines, line: Line) -> None:
        super().__init__(inner, line)
        self._timelines = inner

    async def feed(self, after: str, wait: float) -> Sequence[Fed]:
        """As the port has it."""
        fed: Sequence[Fed] = await self._line.ask(lambda: self._timelines.feed(after, 0.0))
        if fed or wait <= 0:
            return fed
        loop = asyncio.get_running_loop()
        something = loop.create_future()
        self._timelines.waiting.append(something)
        over = loop.call_later(wait, _end, something, context=Context())
        try:
            await something
        finally:
            over.cancel()
        more: Sequence[Fed] = await self._line.ask(lambda: self._timelines.feed(after, 0.0))
        return more


def _end(wait: "asyncio.Future[None]") -> None:
    if not wait.done():
        wait.set_result(None)


def _away() -> StoreAway:
    return StoreAway("The store does not answer. What was just asked of it may or may not have been stored.")
