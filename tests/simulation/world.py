"""One trial: a world is made from a seed, lives for a while, comes to rest, and is judged."""

import asyncio
import itertools
import logging
import os
import random
import secrets
import tempfile
from collections import Counter
from collections.abc import Callable, Coroutine, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.nouns.conversation import Attempt, Conversation, HandoffState, PromiseState
from bot.nouns.delivery import platform_of
from bot.nouns.team import Handle
from tests.chaos.square_inside import nothing
from tests.chaos.square_world import Shape
from tests.simulation.day import Day
from tests.simulation.door import Door
from tests.simulation.loop import simulated
from tests.simulation.machine import Machine
from tests.simulation.oracle import Oracle
from tests.simulation.person import Hands, Person
from tests.simulation.platform import moment
from tests.simulation.public import Public
from tests.simulation.replica import Replica, settings
from tests.simulation.room import Chat
from tests.simulation.square import Square, Wire
from tests.simulation.store import Store
from tests.simulation.trace import Trace
from tests.simulation.verdict import at_rest, ends, talks
from tests.simulation.weather import Trouble, Weather

#: The people of the team; the chat knows who leads.
PEOPLE = ("ana", "ben", "kim", "ravi")
#: True seconds that a trial lives, and at most takes to come to rest: a restart, a lease, a settle time, a rest of 30 s.
LIVES, RESTS = 240.0, 75.0


@dataclass(slots=True)
class Told:
    """What a trial came to. `digest` is the same whenever the seed plays the same."""

    seed: int
    events: int = 0
    seconds: float = 0.0
    digest: str = ""
    faults: list[str] = field(default_factory=list)
    acts: Counter[str] = field(default_factory=Counter)
    lines: Sequence[str] = ()


class World:
    """Everything of one seed."""

    def __init__(self, seed: int, data: Path, say: Callable[[str], None] | None = None) -> None:
        self._settings = settings(data)
        self.dice = random.Random(f"{seed}:house")
        loop = asyncio.get_running_loop()
        self.now = loop.time
        self.trace = Trace(self.now, say)
        self.trouble = Trouble(self.now)
        self.store = Store(self.dice, self.trace)
        self.chat = Chat()
        slow = self.dice.choice((0.02, 0.05, 0.2))
        polls = {shape: self.dice.random() < 0.5 for shape in Shape}
        self.polls = polls
        self.squares = {
            shape: Square(shape, self.now, self.trace, lenient=self.dice.random() < 0.5, echo=self.dice.random() < 0.5)
            for shape in Shape
        }
        for square in self.squares.values():
            square.lag = self.dice.choice((0.0, 0.0, 5.0, 15.0))
        self.wires = {
            shape: Wire(square, self.dice, self.trace, nothing, slow=slow) for shape, square in self.squares.items()
        }
        self.machines = [Machine(name, self.now) for name in ("oak", "elm", "ash")[: self.dice.randint(1, 3)]]
        self.oracle = Oracle(
            self.store, self.squares, self.wires, lambda: self.machines, self.trouble, self.now, self.trace
        )
        self._names = itertools.count(1)
        self._words = itertools.count(1)
        self._buried: list[Replica] = []
        self.replicas = [self._made(machine) for machine in self.machines]
        hands = Hands(lambda: self.replicas, self.chat, self.dice, self.trace, self.oracle.confirmed, self.oracle.fault)
        self.people = [Person(id, hands, self.dice, self.oracle.shown) for id in PEOPLE]
        self.weather = Weather(
            self, self.store, self.chat, self.squares, self.wires, self.trouble, self.dice, self.trace,
            pace=self.dice.choice((4.0, 10.0, 25.0)),
        )  # fmt: skip
        pushing = [square for shape, square in self.squares.items() if not polls[shape]]
        self.door = Door(pushing, lambda: self.replicas, self.dice, self.trace)

    def _made(self, machine: Machine) -> Replica:
        name = f"{machine.name}-p{next(self._names)}"
        given = (self.wires, self.polls, self.dice, self.trace, self._settings)
        return Replica(name, machine, self.store, self.chat, *given)

    async def restart(self, replica: Replica, *, after: float, reboots: bool) -> None:
        """The same machine runs another process; once, whatever ended the first one."""
        if replica not in self.replicas:
            return
        replica.process.kill()
        self.replicas.remove(replica)
        self._buried.append(replica)
        self.trace("weather", f"{replica.name} is dead")
        await asyncio.sleep(after)
        if reboots:
            replica.machine.reboot()
        new = self._made(replica.machine)
        self.replicas.append(new)
        new.start()
        self.trace("weather", f"{new.name} runs")

    # -- a life

    async def lives(self, seconds: float) -> None:
        """The whole of it; stops at the first fault."""
        await self._begins()
        kinds = self.weather.kinds
        some = tuple(self.dice.sample(kinds, self.dice.randint(2, 6))) if self.dice.random() < 0.7 else ()
        days = [self._day(person) for person in self.people]
        public = Public(self.squares, self.dice, pace=self.dice.choice((2.0, 4.0, 8.0)))
        door = asyncio.create_task(self.door.goes_on())
        going = [public.goes_on(), self.weather.goes_on(some), *(day.goes_on() for day in days)]
        await self._while(going, seconds)
        await self._until(self.weather.clears(), 200.0)
        for machine in self.machines:
            machine.wall = 0.0
        self.store.set_clock(0.0)
        await self._until(self._comes_to_rest(), RESTS)
        if not self.oracle.faults:
            self.oracle.faults += await at_rest(self.store, self.squares, self.chat)
        if not self.oracle.faults:
            await self._until(self._way_out(), 400.0)
            self.oracle.faults += ends(await talks(self.store))
        door.cancel()

    async def _begins(self) -> None:
        for id in PEOPLE:
            for room in ("chat", "web"):
                await self.store.roster.bind(Handle(room=room, id=id), id)
        for replica in self.replicas:
            replica.start()
        await asyncio.sleep(3.0)
        for person in self.people:  # each is known from the first press in the chat on
            while person.id not in (await self.store.timelines.view()).team.people:
                await person.greets()

    def _day(self, person: Person) -> Day:
        pace = self.dice.uniform(0.3, 2.0)
        return Day(person, self._seen, lambda: moment(self.now()), self._stands, self._words, pace)

    def _seen(self) -> list[Conversation]:
        rows = [self.store.timelines.talk(name) for name in self.store.timelines.talks()[-30:]]
        return [row for row in rows if row is not None]

    def _stands(self, attempt: Attempt) -> bool:
        square = self.squares[Shape(platform_of(attempt.target))]
        return any(line.key == attempt.key for line in square.ledger.lines)

    async def _while(self, going: Sequence[Coroutine[Any, Any, None]], seconds: float) -> None:
        tasks = [asyncio.create_task(each) for each in going]
        end = self.now() + seconds
        while self.now() < end and not self.oracle.faults and all(not task.done() for task in tasks):
            self.oracle.look()
            await asyncio.sleep(1.0)
        await _end(tasks)

    async def _until(self, work: Coroutine[Any, Any, None], seconds: float) -> None:
        task = asyncio.create_task(work)
        end = self.now() + seconds
        while self.now() < end and not self.oracle.faults and not task.done():
            self.oracle.look()
            await asyncio.sleep(1.0)
        await _end([task])

    async def _comes_to_rest(self) -> None:
        await asyncio.sleep(RESTS - 5.0)

    # -- the way out

    async def _way_out(self) -> None:
        """A lead settles whatever is left, one conversation after the other."""
        kim = self.people[2]
        await self._ends_the_hold(kim)
        for _ in range(3):
            for talk in [talk for talk in await talks(self.store) if talk.closed is None]:
                await self._settles(kim, talk)

    async def _ends_the_hold(self, kim: Person) -> None:
        form = await kim.opens("hold", "", "")
        if form is not None and form.act == "end_hold":
            await kim.fills(form, words="We are back.")

    async def _settles(self, kim: Person, talk: Conversation) -> None:
        here = (talk.incident, talk.id)
        day = self._day(kim)
        for attempt in talk.open_attempts():
            await day.looks(talk, attempt)
        if talk.offline is not None and talk.offline.state is HandoffState.TAKEN:
            await kim.opens_and_fills("end_handoff", *here, {"made_good": "none", "words": "It ended."})
        for promise in talk.promises:
            if promise.state in (PromiseState.OPEN, PromiseState.RENEGOTIATED):
                await kim.opens_and_fills("settle_promise", *here, {"promise": promise.id, "state": "kept"})
        await kim.opens_and_fills("close", *here, {"disposition": "not_for_us"})

    async def buries(self) -> None:
        """Once it is judged."""
        for replica in (*self._buried, *self.replicas):
            await replica.process.bury()


async def _end(tasks: Sequence["asyncio.Task[None]"]) -> None:
    for task in tasks:
        task.cancel()
    for end in await asyncio.gather(*tasks, return_exceptions=True):
        if isinstance(end, Exception):
            raise end


class Heard(logging.Handler):
    """What the product logs as a fault of its own."""

    def __init__(self, fault: Callable[[str], None]) -> None:
        super().__init__(logging.ERROR)
        self._fault = fault

    def emit(self, record: logging.LogRecord) -> None:
        """A part fell over."""
        self._fault(f"fell over: {record.getMessage()}")


@contextmanager
def chance(seed: int) -> Iterator[None]:
    """Whatever asks the machine for chance gets the seed's."""
    dice = random.Random(f"{seed}:chance")

    def drawn(nbytes: int | None = None) -> bytes:
        return dice.randbytes(secrets.DEFAULT_ENTROPY if nbytes is None else nbytes)

    real = os.urandom, secrets.token_bytes
    os.urandom, secrets.token_bytes = drawn, drawn
    try:
        yield
    finally:
        os.urandom, secrets.token_bytes = real


def live(seed: int, *, lives: float = LIVES, say: Callable[[str], None] | None = None) -> Told:
    """One trial. `say` is handed each line of its trace."""
    told = Told(seed)

    async def all_of_it() -> None:
        world = World(seed, Path(folder), say)
        heard = Heard(world.oracle.fault)
        log = logging.getLogger("coolhead")
        log.addHandler(heard)
        try:
            await world.lives(lives)
            told.events, told.seconds, told.digest = world.trace.events, world.now(), world.trace.digest
            told.faults, told.acts, told.lines = world.oracle.faults, world.trace.acts, tuple(world.trace.lines)
        finally:
            log.removeHandler(heard)
            await world.buries()

    with tempfile.TemporaryDirectory(prefix="coolhead-simulation-") as folder, chance(seed):
        simulated(all_of_it)
    return told
