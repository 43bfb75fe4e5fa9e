"""The process that sends is stopped for longer than its lease (SIGSTOP) while words go out, another takes over, and the
presser presses *Try again* as soon as it is offered; then the first goes on (failures A4).

Real: two processes with everything between the lease and the wire, a store's server, a square with its ledger on disk.
The clock of all of them runs six times as fast as the wall's, but for the lease, which is the store's.
"""

import asyncio
import os
import random
import signal
import time
from collections.abc import Awaitable, Callable
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import aiohttp
import pytest

from adapters.connections import last_instant
from adapters.connections.wire import connector, fenced
from adapters.stores.connect import connect
from adapters.stores.leases import RedisLeases
from adapters.stores.timelines import RedisTimelines
from adapters.stores.vault import RedisVault
from bot.nouns.conversation import AttemptState
from bot.nouns.time import Now
from bot.work.alone import LEASE_MS, alone
from tests.bot.work.house import House
from tests.chaos.over_store import KEYS, FarTown, far_town, platforms
from tests.chaos.square_adapter import DEADLINE
from tests.chaos.square_process import running_squares
from tests.chaos.square_world import Shape
from tests.chaos.stopped import Workers
from tests.chaos.summary import say
from tests.chaos.town import OPEN, POLICY, Sent
from tests.contracts.stores.house import MASTER
from tests.fakes.clock import START, FakeClock
from tests.servers import running, valkey

RATE, PAUSES, INSTANTS = 6.0, 100, 20
#: Of the sends at most so many ask a person. Three hundred of them tell a share of five in a hundred to within two and a half;
#: where it is above after those, as many again are made, and all of them are judged.
MOST_ASKED = 0.06
#: The answers of one pause are pressed at moments of their own, in seconds, so that it finds each of them at another step.
APART = (0.0, 0.1)
#: A trial gives up on a send that has not ended after so many real seconds; a busy machine may need them.
PATIENCE = 90.0
#: So long is waited for a replica to come to its last instant, and for its end after that, in seconds.
POSTS_WITHIN, COMES_BACK = 15.0, 5.0
QUICK = POLICY.model_copy(update={"settle": timedelta(seconds=1)})
ASKABLE = (Shape.IDEMPOTENT, Shape.FINDABLE, Shape.UPSERT)


class SharedClock(FakeClock):
    """The port Clock, `RATE` times as fast as the machine's, and the same in every process that is told when it `began`."""

    def __init__(self, began: float) -> None:
        super().__init__()
        self._began = began

    @property
    def at(self) -> Now:
        """All clocks agree."""
        elapsed = (time.monotonic() - self._began) * RATE
        self.wall = self.store = START + timedelta(seconds=elapsed)
        return Now(wall=self.wall, store=self.store, elapsed=elapsed, boot=self.boot)

    async def sleep(self, seconds: float) -> None:
        """So much shorter by the wall."""
        await asyncio.sleep(max(0.0, seconds / RATE))


async def _replica(store_url: str, url: str, began: float, holder: str, told: Connection) -> None:
    """Sends while it holds the lease, until it is ended. Whenever it is `told` to, it stops itself in the last instant."""
    session_of = aiohttp.ClientSession(connector=connector(), trace_configs=[_stopping(fenced(), told)])
    async with session_of as session, connect(store_url, Path()) as store:
        clock = SharedClock(began)
        house = House(policy=QUICK, clock=clock)
        over = RedisTimelines(store, KEYS, RedisVault(store, KEYS, MASTER))
        ways = platforms(url, session, clock, DEADLINE / RATE)  # as long as any adapter's, by the clock of all of them
        outbox = house.an_outbox(over, platform=ways.__getitem__, accounts={})
        await alone("outbox", holder, RedisLeases(store.client, KEYS), clock, outbox.run)


def _stopping(trace: aiohttp.TraceConfig, told: Connection) -> aiohttp.TraceConfig:
    wanted: list[str] = []

    async def stops(
        session: aiohttp.ClientSession, context: SimpleNamespace, sent: aiohttp.TraceRequestChunkSentParams
    ) -> None:
        del session, context
        if told.poll():
            wanted.append(told.recv())
        if sent.method == "POST" and wanted and sent.url.parts[1] == wanted[-1]:
            wanted.clear()
            os.kill(os.getpid(), signal.SIGSTOP)

    trace.on_request_chunk_sent.append(stops)
    return trace


def replica(store: str, url: str, began: float, holder: str, ready: Connection) -> None:
    """In a process of its own. The kernel's timer knows nothing of clocks that run faster, so it is told."""
    in_time = last_instant.in_time
    last_instant.in_time = lambda left, since: in_time(left / RATE, since)
    last_instant.ROOM /= 2  # type: ignore[misc]  # a send's moment is over after little more than a second here
    ready.send(None)
    ready.recv()
    asyncio.run(_replica(store, url, began, holder, ready))


class Pair:
    """Two replicas, one of which sends. One that ended in the last instant is followed by another, as by any supervisor."""

    def __init__(self, stack: ExitStack, where: tuple[str, str, float]) -> None:
        self._workers = Workers("tests.chaos.test_send_pauses")
        self._stack = stack
        self._where = where
        self._living: dict[str, tuple[ForkServerProcess, Connection]] = {}
        self._ordered: set[str] = set()
        self._count = 0
        self.ended = 0
        for _ in range(2):
            self._begin()

    def _begin(self) -> None:
        self._count += 1
        name = f"replica {self._count}"
        made = self._stack.enter_context(self._workers.waiting(replica, *self._where, name))
        made[1].send(None)
        self._living[name] = made

    async def sending(self, town: FarTown) -> str:
        """The name of the one that sends, once one does."""
        while True:
            for name in [name for name, (process, _) in self._living.items() if process.exitcode is not None]:
                process, _ = self._living.pop(name)
                assert process.exitcode == -signal.SIGALRM
                self.ended += 1
                self._begin()
            if (holder := await _holder(town)) in self._living:
                return holder
            await asyncio.sleep(0.05)

    def signal(self, name: str, number: int) -> None:
        """As `kill` sends it."""
        process, _ = self._living[name]
        with suppress(ProcessLookupError):
            os.kill(process.pid or 0, number)

    async def stops_itself(self, name: str, shape: Shape) -> bool:
        """In the last instant of its next post there; whether it did. On a busy machine words may be given up before."""
        process, told = self._living[name]
        if name not in self._ordered:
            self._ordered.add(name)
            told.send(shape.value)
        until, status = time.monotonic() + POSTS_WITHIN, Path(f"/proc/{process.pid}/status")
        while time.monotonic() < until and process.exitcode is None:
            with suppress(OSError):
                if "T (stopped)" in status.read_text(encoding="ascii"):
                    self._ordered.discard(name)
                    return True
            await asyncio.sleep(0.005)
        return False

    async def ends(self, name: str) -> None:
        """Wait for its end; if it does not come within some seconds, it went on."""
        process, _ = self._living[name]
        until = time.monotonic() + COMES_BACK
        while process.exitcode is None and time.monotonic() < until:
            await asyncio.sleep(0.01)


async def _holder(town: FarTown) -> str:
    whole: Any = town.house
    found = await whole.store.client.hget(KEYS.lease("outbox"), "holder")
    return str((found or b"").decode())


async def person(town: FarTown, sent: Sent, asked: set[str]) -> None:
    """Ana, who does not wait to be asked twice."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        attempt = await town.attempt(sent)
        if attempt.state not in (*OPEN, AttemptState.UNKNOWN):
            return
        if attempt.state is AttemptState.UNKNOWN:
            asked.add(sent.attempt)
            if await town.tries_again(sent, attempt.round) is False:
                await asyncio.sleep(0.1)
        await asyncio.sleep(0.05)


@dataclass
class Life:
    """What came of the pauses. `asked`: the sends that asked a person; `ended`: replicas that ended in the last instant."""

    faults: list[str] = field(default_factory=list)
    sends: int = 0
    asked: set[str] = field(default_factory=set)
    ended: int = 0

    @property
    def share(self) -> float:
        """Of the sends, those that asked a person."""
        return len(self.asked) / self.sends


#: Stops whoever sends, the so-manieth time, and has them go on; whether it came to that.
Stops = Callable[[Pair, str, int], Awaitable[bool]]
Enough = Callable[[int, Life], bool]


async def _answered(town: FarTown, cooled: tuple[Shape, str, str, str], life: Life, after: float) -> None:
    """Send is pressed after so many seconds, and whoever pressed it sees to its end."""
    await asyncio.sleep(after)
    await person(town, await town.presses_send(*cooled), life.asked)


async def _lived(tmp_path: Path, stops: Stops, enough: Enough) -> Life:
    """Answers to each platform that can be asked, and whoever sends stopped by `stops` meanwhile, until it is `enough`."""
    began, life, done, dice = time.monotonic(), Life(), 0, random.Random(30)
    with running(valkey()) as server, running_squares(tmp_path) as squares, ExitStack() as stack:
        async with far_town(server.url, squares, SharedClock(began), QUICK) as town:
            pair = Pair(stack, (server.url, squares[0], began))
            while not enough(done, life):
                name = await pair.sending(town)
                answers = [(shape, *await town.cooled(shape)) for shape in ASKABLE]
                life.sends += len(answers)
                people = [asyncio.create_task(_answered(town, each, life, dice.uniform(*APART))) for each in answers]
                done += await stops(pair, name, done)
                await asyncio.gather(*people)
            await pair.sending(town)
            life.faults = [*town.double(), *town.strange(), *await town.lost()]
            life.ended = pair.ended
    return life


@pytest.mark.timeout(3000)
@pytest.mark.parametrize(
    "pauses", [pytest.param(1, id="cut"), pytest.param(PAUSES, id="whole", marks=pytest.mark.chaos)]
)
async def test_paused_beyond_the_lease(pauses: int, tmp_path: Path) -> None:
    """Where the platform can be asked, nothing is posted twice, and the record says what the ledger does."""
    dice = random.Random(31)

    async def stops(pair: Pair, name: str, number: int) -> bool:
        del number
        await asyncio.sleep(dice.uniform(0.0, 0.25))
        pair.signal(name, signal.SIGSTOP)
        await asyncio.sleep(_beyond(dice))
        pair.signal(name, signal.SIGCONT)
        return True

    def enough(done: int, life: Life) -> bool:
        return done >= 2 * pauses or (done == pauses and life.share <= MOST_ASKED)

    life = await _lived(tmp_path, stops, enough)
    result = f"{len(life.faults)} faults, {life.sends} sends, {life.share:.1%} asked a person"
    count = life.sends // len(ASKABLE)
    say("at most once, several replicas", "SIGSTOP beyond the lease, another takes over", "real", count, result, 31)
    assert life.faults == []
    assert pauses < PAUSES or life.share <= MOST_ASKED


@pytest.mark.timeout(900)
@pytest.mark.parametrize(
    "pauses", [pytest.param(3, id="cut"), pytest.param(INSTANTS, id="whole", marks=pytest.mark.chaos)]
)
async def test_stopped_in_the_last_instant(pauses: int, tmp_path: Path) -> None:
    """Between the last look at the clock and the first byte: whoever comes back too late ends, and posts nothing."""
    dice = random.Random(32)

    async def stops(pair: Pair, name: str, number: int) -> bool:
        stopped = await pair.stops_itself(name, ASKABLE[number % len(ASKABLE)])
        if stopped:
            await asyncio.sleep(_beyond(dice))
            pair.signal(name, signal.SIGCONT)
            await pair.ends(name)
        return stopped

    life = await _lived(tmp_path, stops, lambda done, _: done >= pauses)
    result = f"{len(life.faults)} faults, {life.sends} sends, {life.ended} ended"
    say("at most once, several replicas", "SIGSTOP in the last instant before a byte", "real", pauses, result, 32)
    assert life.faults == []
    assert life.ended >= pauses


def _beyond(dice: random.Random) -> float:
    return dice.uniform(LEASE_MS / 1000 + 0.2, 2 * LEASE_MS / 1000)
