"""The process that sends is killed before each of its system calls that writes something, from the ask to the end of one
send (failures A1); then another looks for what it left.

Real: processes, sockets, a store's server and a square with its ledger on disk; time is moved by hand, so that settling
takes none. The calls are counted in a trace first; a trial that killed nowhere fails.
"""

import asyncio
import random
from collections import Counter
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from bot.nouns.conversation import AttemptState
from tests.chaos.over_store import FarTown, epoch_of, far_town, forgets_scripts, outbox_alone
from tests.chaos.square_process import running_squares
from tests.chaos.square_world import Shape
from tests.chaos.stopped import Workers, rooted, spread
from tests.chaos.summary import say
from tests.chaos.town import Sent
from tests.servers import running, valkey

#: A send takes about twenty calls. In every run these many of them, spread over all.
FEW = 3
#: Kills at any moment.
KILLS = 200


def send_once(store: str, square: str, seconds: float, epoch: int, ready: Connection) -> None:
    """One life of an outbox, in a process of its own."""
    ready.send(None)
    ready.recv()
    asyncio.run(outbox_alone(store, square, seconds, epoch))


async def _asked(town: FarTown, shape: Shape) -> tuple[Sent, float, int]:
    """A send that is asked for; what a process needs to make it. Each hands the store its scripts anew, as the first does."""
    sent = await town.sends(shape)
    await forgets_scripts(town)
    return sent, town.house.clock.elapsed - 1_000.0, await epoch_of(town)


async def _judged(town: FarTown, sent: Sent) -> tuple[AttemptState, int]:
    """How it stands once another outbox has lived, and how often it was posted."""
    await town.settles(await epoch_of(town))
    posted = Counter(line.key for line in town.lines())
    return (await town.attempt(sent)).state, posted[sent.attempt]


SHAPES = [
    *(pytest.param(shape, FEW, id=f"{shape.value} cut") for shape in (Shape.FINDABLE, Shape.BLIND)),
    *(pytest.param(shape, None, id=shape.value, marks=pytest.mark.chaos) for shape in Shape),
]


@pytest.mark.timeout(1200)
@pytest.mark.parametrize(("shape", "few"), SHAPES)
async def test_killed_at_each_call_of_a_send(shape: Shape, few: int | None, tmp_path: Path) -> None:
    """Posted at most once, and the record says so, or asks a person; a send that left nothing behind is made by the next."""
    rooted()
    workers, log = Workers("tests.chaos.test_send_calls"), tmp_path / "trace"
    faults, ends, killed = list[str](), Counter[str](), 0
    with running(valkey()) as server, running_squares(tmp_path) as squares:
        async with far_town(server.url, squares) as town:
            sent, seconds, epoch = await _asked(town, shape)
            where = server.url, squares[0]
            calls = await asyncio.to_thread(workers.traced, log, send_once, *where, seconds, epoch)
            assert await _judged(town, sent) == (AttemptState.POSTED, 1)
            for call in spread(calls, few):
                sent, seconds, epoch = await _asked(town, shape)
                killed += await asyncio.to_thread(workers.killed, log, call, send_once, *where, seconds, epoch)
                state, posts = await _judged(town, sent)
                ends[state.value] += 1
                if posts > 1 or not _true(state, posts):
                    faults.append(f"{call.name} {call.number}: {state.value}, posted {posts} times")
            faults += town.strange()
    asked = ends[AttemptState.UNKNOWN.value]
    result = f"{len(faults)} faults, {len(calls)} calls in the trace, {asked} asked a person"
    say("at most once", f"kill -9 before each call of a send that writes, {shape}", "real", killed, result, "none")
    assert faults == []
    assert killed >= len(spread(calls, few)) > 1
    assert ends[AttemptState.POSTED.value] > 0


def _true(state: AttemptState, posts: int) -> bool:
    """Whether the record says what the ledger does, or asks a person."""
    return state is AttemptState.UNKNOWN or (state is AttemptState.POSTED) == (posts == 1)


@pytest.mark.timeout(3000)
@pytest.mark.parametrize("kills", [pytest.param(4, id="cut"), pytest.param(KILLS, id="whole", marks=pytest.mark.chaos)])
async def test_killed_at_any_moment_of_a_send(kills: int, tmp_path: Path) -> None:
    """The same at random moments between the ask and the end, with no trace that slows it down."""
    workers, dice, ends = Workers("tests.chaos.test_send_calls"), random.Random(41), Counter[str]()
    faults, killed, rounds = list[str](), 0, 0
    with running(valkey()) as server, running_squares(tmp_path) as squares:
        async with far_town(server.url, squares) as town:
            where = server.url, squares[0]
            sent, seconds, epoch = await _asked(town, Shape.FINDABLE)
            whole, _ = await asyncio.to_thread(workers.run, send_once, *where, seconds, epoch)
            assert await _judged(town, sent) == (AttemptState.POSTED, 1)
            while killed < kills and rounds < 4 * kills:
                rounds += 1
                sent, seconds, epoch = await _asked(town, dice.choice(list(Shape)))
                run = partial(workers.run, send_once, *where, seconds, epoch, seconds=dice.uniform(0.0, whole))
                killed += (await asyncio.to_thread(run))[1]
                state, posts = await _judged(town, sent)
                ends[state.value] += 1
                faults += [] if _true(state, posts) and posts < 2 else [f"{state.value}, posted {posts} times"]
            faults += town.strange()
    result = f"{len(faults)} faults, {ends[AttemptState.UNKNOWN.value]} asked a person"
    say("at most once", "kill -9 at any moment of a send", "real", killed, result, 41)
    assert faults == []
    assert killed == kills
