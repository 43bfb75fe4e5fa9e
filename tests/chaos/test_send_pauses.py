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
from datetime import timedelta
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import pytest

from adapters.stores.connect import connect
from adapters.stores.leases import RedisLeases
from adapters.stores.timelines import RedisTimelines
from adapters.stores.vault import RedisVault
from bot.nouns.conversation import AttemptState
from bot.nouns.time import Now
from bot.work.alone import LEASE_MS, alone
from tests.bot.work.house import House
from tests.chaos.over_store import KEYS, FarTown, far_town, opened, platforms
from tests.chaos.square_adapter import DEADLINE
from tests.chaos.square_process import running_squares
from tests.chaos.square_world import Shape
from tests.chaos.stopped import Workers
from tests.chaos.summary import say
from tests.chaos.town import OPEN, POLICY, Sent
from tests.contracts.stores.house import MASTER
from tests.fakes.clock import START, FakeClock
from tests.servers import running, valkey

RATE, PAUSES = 6.0, 100
#: Of the sends at most so many ask a person. Three hundred of them tell a share of five in a hundred to within two and a half;
#: where it is above after those, as many again are made, and all of them are judged.
MOST_ASKED = 0.06
#: A trial gives up on a send that has not ended after so many real seconds; a busy machine may need them.
PATIENCE = 90.0
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


async def _replica(store_url: str, url: str, began: float, holder: str) -> None:
    """Sends while it holds the lease, until it is ended."""
    async with opened() as session, connect(store_url, Path()) as store:
        clock = SharedClock(began)
        house = House(policy=QUICK, clock=clock)
        over = RedisTimelines(store, KEYS, RedisVault(store, KEYS, MASTER))
        ways = platforms(url, session, clock, DEADLINE / RATE)  # as long as any adapter's, by the clock of all of them
        outbox = house.an_outbox(over, platform=ways.__getitem__, accounts={})
        await alone("outbox", holder, RedisLeases(store.client, KEYS), clock, outbox.run)


def replica(store: str, url: str, began: float, holder: str, ready: Connection) -> None:
    """In a process of its own."""
    ready.send(None)
    ready.recv()
    asyncio.run(_replica(store, url, began, holder))


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


@pytest.mark.timeout(3000)
@pytest.mark.parametrize(
    "pauses", [pytest.param(1, id="cut"), pytest.param(PAUSES, id="whole", marks=pytest.mark.chaos)]
)
async def test_paused_beyond_the_lease(pauses: int, tmp_path: Path) -> None:
    """Where the platform can be asked, nothing is posted twice, and the record says what the ledger does."""
    workers, dice, asked, began = (
        Workers("tests.chaos.test_send_pauses"),
        random.Random(31),
        set[str](),
        time.monotonic(),
    )
    with running(valkey()) as server, running_squares(tmp_path) as squares:
        where = server.url, squares[0], began
        async with far_town(server.url, squares, SharedClock(began), QUICK) as town:
            with workers.waiting(replica, *where, "one") as one, workers.waiting(replica, *where, "two") as two:
                pids = {"one": one[0].pid, "two": two[0].pid}
                for _, begin in (one, two):
                    begin.send(None)
                for number in range(2 * pauses):
                    if number >= pauses and len(asked) <= MOST_ASKED * len(town.sent):
                        break
                    while (holder := await _holder(town)) not in pids:
                        await asyncio.sleep(0.05)
                    answers = [(shape, *await town.cooled(shape)) for shape in ASKABLE]
                    sent = [await town.presses_send(*answer) for answer in answers]
                    people = [asyncio.create_task(person(town, each, asked)) for each in sent]
                    await asyncio.sleep(dice.uniform(0.0, 0.25))
                    os.kill(pids[holder] or 0, signal.SIGSTOP)
                    await asyncio.sleep(dice.uniform(LEASE_MS / 1000 + 0.2, 2 * LEASE_MS / 1000))
                    os.kill(pids[holder] or 0, signal.SIGCONT)
                    await asyncio.gather(*people)
            faults = [*town.double(), *town.strange(), *await town.lost()]
            share = len(asked) / len(town.sent)
    result = f"{len(faults)} faults, {len(town.sent)} sends, {share:.1%} asked a person"
    count = len(town.sent) // len(ASKABLE)
    say("at most once, several replicas", "SIGSTOP beyond the lease, another takes over", "real", count, result, 31)
    assert faults == []
    assert pauses < PAUSES or share <= MOST_ASKED
