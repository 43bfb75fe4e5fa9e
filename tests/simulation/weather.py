"""What goes wrong, and when: processes, machines, clocks, the store, the chat, the squares."""

import asyncio
import random
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Protocol

from tests.chaos.square_inside import LOSSES, Fault, nothing, sometimes
from tests.chaos.square_world import Shape
from tests.simulation.line import Traffic
from tests.simulation.machine import Machine
from tests.simulation.replica import Replica
from tests.simulation.room import Chat
from tests.simulation.square import Square, Wire
from tests.simulation.store import Store
from tests.simulation.trace import Trace

#: Square's answers that are lost, or that are done only after they were lost.
SQUARE_FAULTS = (*LOSSES, Fault.BEHIND)


class Trouble:
    """Since when nothing has been wrong that would excuse us: None while something is."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._count = 0
        self._since = 0.0
        self.clocks_set: list[float] = []
        self.pauses: list[tuple[float, float]] = []

    @contextmanager
    def while_it_lasts(self) -> Iterator[None]:
        """Something is wrong."""
        self._count += 1
        try:
            yield
        finally:
            self._count -= 1
            self._since = self._now()

    def now(self) -> None:
        """Something just was."""
        self._since = self._now()

    @property
    def calm_since(self) -> float | None:
        """The true time."""
        return None if self._count else self._since


class House(Protocol):
    """What the weather may do to the processes."""

    replicas: list[Replica]
    machines: list[Machine]

    async def restart(self, replica: Replica, *, after: float, reboots: bool) -> None: ...


class Weather:
    """`pace`: seconds between two faults, on average."""

    def __init__(
        self,
        house: House,
        store: Store,
        chat: Chat,
        squares: Mapping[Shape, Square],
        wires: Mapping[Shape, Wire],
        trouble: Trouble,
        dice: random.Random,
        trace: Trace,
        pace: float,
    ) -> None:
        self._house = house
        self._store = store
        self._chat = chat
        self._squares = squares
        self._wires = wires
        self._trouble = trouble
        self._dice = dice
        self._trace = trace
        self._pace = pace
        self._going: set[asyncio.Task[None]] = set()
        self._kinds: Mapping[str, Callable[[], Awaitable[None]]] = {
            "crashes": self._crashes,
            "crashes somewhere": self._crashes_somewhere,
            "stops": self._stops,
            "pauses": self._pauses,
            "reboots": self._reboots,
            "store away": self._store_away,
            "store slow": self._store_slow,
            "store loses": self._store_loses,
            "chat breaks": self._chat_breaks,
            "square loses": self._square_loses,
            "square limits": self._square_limits,
            "token revoked": self._token_revoked,
            "clock set": self._clock_set,
            "store's clock set": self._store_clock_set,
            "lease lost": self._lease_lost,
        }

    async def goes_on(self, kinds: tuple[str, ...] = ()) -> None:
        """Until cancelled; what has begun then goes on to its end. Some seeds know only some `kinds` of it."""
        while True:
            await asyncio.sleep(self._dice.expovariate(1 / self._pace))
            kind = self._dice.choice(kinds or tuple(self._kinds))
            self._trace.act("weather", kind)
            task = asyncio.create_task(self._lasts(kind))
            self._going.add(task)
            task.add_done_callback(self._going.discard)

    @property
    def kinds(self) -> tuple[str, ...]:
        """All there are."""
        return tuple(self._kinds)

    async def clears(self) -> None:
        """Once all that has begun is over."""
        while self._going:
            await asyncio.wait(set(self._going))
        self._trouble.now()
        self._trace("weather", "clear")

    async def _lasts(self, kind: str) -> None:
        with self._trouble.while_it_lasts():
            await self._kinds[kind]()
        self._trace("weather", f"over: {kind}")

    # -- processes and machines

    def _one(self) -> Replica | None:
        up = [each for each in self._house.replicas if each.up and not each.process.paused]
        return self._dice.choice(up) if up else None

    async def _crashes(self) -> None:
        if (one := self._one()) is not None:
            one.process.kill()
            await self._house.restart(one, after=self._dice.uniform(0.2, 8.0), reboots=False)

    async def _crashes_somewhere(self) -> None:
        if (one := self._one()) is not None:
            one.process.crash_at(self._dice.randint(1, 600))
            while not one.process.dead:
                await asyncio.sleep(0.05)
            await self._house.restart(one, after=self._dice.uniform(0.2, 8.0), reboots=False)

    async def _stops(self) -> None:
        if (one := self._one()) is not None:
            one.stop.set()
            await asyncio.sleep(11.0)
            await self._house.restart(one, after=0.1, reboots=False)

    async def _pauses(self) -> None:
        if (one := self._one()) is not None:
            seconds = self._dice.choice((2.0, 5.0, 12.0, 60.0)) * self._dice.uniform(0.5, 1.0)
            one.process.pause_at(self._dice.randint(1, 200), seconds)
            while not (one.process.paused or one.process.dead):
                await asyncio.sleep(0.01)
            began = asyncio.get_running_loop().time()
            await asyncio.sleep(seconds + 0.1)
            self._trouble.pauses.append((began - 0.02, began + seconds))

    async def _reboots(self) -> None:
        if (one := self._one()) is not None:
            one.process.kill()
            await self._house.restart(one, after=self._dice.uniform(2.0, 15.0), reboots=True)

    # -- clocks and leases

    async def _clock_set(self) -> None:
        machine = self._dice.choice(self._house.machines)
        machine.wall = self._dice.choice((0.0, 0.0, 4.0, -4.0, 7200.0, -7200.0, self._dice.uniform(-90.0, 90.0)))
        self._trouble.clocks_set.append(asyncio.get_running_loop().time())

    async def _store_clock_set(self) -> None:
        wrong = self._dice.choice((0.0, 0.0, 4.0, -4.0, 7200.0, -7200.0, self._dice.uniform(-90.0, 90.0)))
        self._store.set_clock(wrong)
        self._trouble.clocks_set.append(asyncio.get_running_loop().time())

    async def _lease_lost(self) -> None:
        self._store.leases.lose(self._dice.choice(("sorter", "outbox", "clockwork", "chats", "caretaker")))

    # -- what they ask

    @contextmanager
    def _changed(self, traffic: Traffic, **values: float | bool) -> Iterator[None]:
        before = {name: getattr(traffic, name) for name in values}
        for name, value in values.items():
            setattr(traffic, name, value)
        try:
            yield
        finally:
            for name, value in before.items():
                setattr(traffic, name, value)

    async def _store_away(self) -> None:
        if not self._store.traffic.away:
            with self._changed(self._store.traffic, away=True, hangs=self._dice.random() < 0.5):
                await asyncio.sleep(self._dice.choice((1.0, 5.0, 30.0)) * self._dice.random())

    async def _store_slow(self) -> None:
        if self._store.traffic.slow < 0.1:
            with self._changed(self._store.traffic, slow=self._dice.choice((0.2, 1.0, 4.0))):
                await asyncio.sleep(self._dice.uniform(2.0, 20.0))

    async def _store_loses(self) -> None:
        if not self._store.traffic.after:
            with self._changed(self._store.traffic, before=0.02, after=0.04, twice=0.05):
                await asyncio.sleep(self._dice.uniform(2.0, 20.0))

    async def _chat_breaks(self) -> None:
        if not self._chat.traffic.after:
            with self._changed(self._chat.traffic, before=0.3, after=0.3, twice=0.1):
                await asyncio.sleep(self._dice.uniform(2.0, 20.0))

    async def _square_loses(self) -> None:
        wire = self._dice.choice(tuple(self._wires.values()))
        wire.choose = sometimes(self._dice, self._dice.choice((0.2, 0.6, 1.0)), *SQUARE_FAULTS)
        await asyncio.sleep(self._dice.uniform(5.0, 40.0))
        wire.choose = nothing

    async def _square_limits(self) -> None:
        square = self._dice.choice(tuple(self._squares.values()))
        square.limited = asyncio.get_running_loop().time() + self._dice.uniform(2.0, 20.0)

    async def _token_revoked(self) -> None:
        square = self._dice.choice(tuple(self._squares.values()))
        square.revoked = True
        await asyncio.sleep(self._dice.uniform(2.0, 20.0))
        square.revoked = False
