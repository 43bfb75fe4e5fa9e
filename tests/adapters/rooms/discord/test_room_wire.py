"""The connection over real sockets: what discord.py tries again, what it waits for, what breaks off and comes back."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import discord
import pytest
from pydantic import SecretStr

from adapters.connections.discord import PART, Connection, least_intents
from adapters.connections.discord_calls import Calls, Problem
from adapters.connections.discord_invalid import MOST, Invalid
from adapters.connections.discord_limit import MOST as MOST_AT_ONCE
from adapters.connections.discord_limit import Limit
from adapters.rooms.discord.saying import plainly
from adapters.rooms.discord.writing import Writing
from tests.adapters.rooms.discord.server import FakeHealth
from tests.adapters.rooms.discord.strict import refuse
from tests.adapters.rooms.discord.wire import Failing, Wire, quickly, wired
from tests.fakes.clock import FakeClock

SEND = "POST /channels/7/messages"


@dataclass
class Line:
    """A connection to a Discord of ours."""

    wire: Wire
    connection: Connection
    health: FakeHealth
    clock: FakeClock

    async def send(self, key: str = "k") -> int | Problem:
        """One message."""
        return await Writing(self.connection).send(7, plainly("hello"), key)


@pytest.fixture
async def line(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Line]:
    """Nobody attends yet."""
    async with wired(monkeypatch) as wire:
        clock, health = FakeClock(), FakeHealth()
        connection = Connection(
            token=SecretStr("a.secret.token"), clock=clock, intents=least_intents(), health=health, make=quickly
        )
        yield Line(wire, connection, health, clock)


@asynccontextmanager
async def attended(line: Line) -> AsyncIterator[None]:
    """Connected until the end of the block."""
    task = asyncio.create_task(line.connection.attend())
    try:
        yield
    finally:
        if line.wire.sessions:  # what discord.py makes of a READY must not come after the end
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(line.connection.ready(), 2)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def test_a_create_that_is_tried_again_makes_one_message(line: Line) -> None:
    """discord.py asks again after a 500 that took effect all the same; the nonce finds what is there."""
    line.wire.next[SEND] = [Failing(500, effect=True)]
    async with attended(line):
        sent = await line.send()
    assert isinstance(sent, int)
    assert line.wire.asked.count(SEND) == 2
    assert [each["id"] for each in line.wire.messages["7"]] == [str(sent)]


async def test_it_is_known_whether_something_was_tried_again(line: Line) -> None:
    """So that a forum post, which takes no nonce, is looked for afterwards."""
    line.wire.next["GET /users/@me"] = []
    async with attended(line):
        await line.connection.client()
        line.wire.next[SEND] = [Failing(502)]

        async def call(client: discord.Client) -> object:
            return await client.get_partial_messageable(7).send("x", nonce="n")

        _, twice = await line.connection.watched(call)
        _, once = await line.connection.watched(call)
    assert (twice, once) == (True, False)


@pytest.mark.parametrize(
    ("scope", "is_global", "counts"), [("user", False, 1), ("global", True, 1), ("shared", False, 0)]
)
async def test_a_rate_limit_is_waited_out_and_counted(line: Line, scope: str, is_global: bool, counts: int) -> None:
    """Per route, global, and shared; only the shared one does not count towards the invalid requests rule."""
    line.wire.next[SEND] = [Failing(429, 0.05, scope, is_global)]
    async with attended(line):
        assert isinstance(await line.send(), int)
    assert line.connection.invalid.count(line.clock.elapsed) == counts


async def test_a_long_rate_limit_is_an_answer(line: Line) -> None:
    """Nobody hangs for minutes: it is said when it may go on."""
    line.wire.next[SEND] = [Failing(429, 600)]
    async with attended(line):
        assert await line.send() == Problem(429, wait=600)


async def test_a_call_that_never_comes_back_ends(line: Line) -> None:
    """It may have happened, and that is said too."""
    async with attended(line):
        await line.connection.client()
        hanging = asyncio.create_task(line.connection.call(lambda client: asyncio.sleep(3600)))
        await line.clock.run(60)
        assert await hanging == Problem(0, doubtful=True)


async def test_ten_thousand_invalid_requests_are_never_approached() -> None:
    """A hundred thousand refused calls in an hour: at most 2,000 in any ten minutes reach Discord."""
    clock, invalid, reached = FakeClock(), Invalid(), list[float]()
    calls = Calls(clock, invalid)

    async def refused() -> None:
        reached.append(clock.elapsed)
        raise refuse(403, 50013)

    for _ in range(20_000):
        found = await calls.run(refused)
        assert isinstance(found, Problem)
        clock.advance(0.18)
    most = max(sum(at <= other < at + 600 for other in reached) for at in reached[::97])
    assert 0 < most <= MOST


async def test_fifty_requests_a_second_are_never_reached(line: Line) -> None:
    """A hundred lines to a hundred channels at once: so many in the first second, the rest in those after it."""
    async with attended(line):
        await line.connection.client()
        line.clock.advance(1)
        writing = Writing(line.connection)
        sending = [asyncio.create_task(writing.send(100 + n, plainly("hello"), f"k{n}")) for n in range(100)]
        came: list[int] = []
        for _ in range(3):
            due = min(100, (len(came) + 1) * MOST_AT_ONCE)
            await line.wire.until(lambda due=due: len(line.wire.messages) == due)
            came.append(len(line.wire.messages))
            await line.clock.run(1)
        sent = await asyncio.gather(*sending)
    assert came == [MOST_AT_ONCE, 2 * MOST_AT_ONCE, 100]
    assert all(isinstance(each, int) for each in sent)


async def test_answers_to_presses_wait_for_nothing() -> None:
    """They are not counted, and nobody waits behind what is."""
    clock = FakeClock()
    limit = Limit(clock)
    for _ in range(MOST_AT_ONCE):
        await limit.turn("/api/v10/channels/7/messages")
    for path in ("/api/v10/interactions/1/token/callback", "/api/v10/webhooks/1/token/messages/@original"):
        await limit.turn(path)
    waits = asyncio.create_task(limit.turn("/api/v10/channels/7/messages"))
    await clock.run(0.9)
    assert not waits.done()
    await clock.run(0.2)
    assert waits.done()


async def test_op_7_resumes_where_it_was(line: Line) -> None:
    """The same session and the last number, so nothing is missed and nothing greets twice."""
    async with attended(line):
        await line.wire.until(lambda: line.wire.sessions == 1 and PART not in line.health.reasons)
        await line.wire.send_op(7)
        await line.wire.until(lambda: any(op["op"] == 6 for op in line.wire.ops))
    resumed = next(op for op in line.wire.ops if op["op"] == 6)
    assert resumed["d"]["session_id"] == "s1"
    assert line.wire.sessions == 1


async def test_op_9_begins_anew_and_tells_so(line: Line) -> None:
    """Events were lost: whoever listens hears `ready` a second time."""
    ready = list[int]()

    async def heard() -> None:
        ready.append(1)

    line.connection.on("ready", heard)
    async with attended(line):
        await line.wire.until(lambda: len(ready) == 1)
        await line.wire.send_op(9, False)
        await line.wire.until(lambda: len(ready) == 2)
    assert line.wire.sessions == 2
    assert PART not in line.health.reasons


async def test_a_refused_token_is_said_and_tried_again(line: Line) -> None:
    """Without the token in it; once it is good, everything goes on by itself."""
    line.wire.token_refused = True
    async with attended(line):
        await line.wire.until(lambda: PART in line.health.reasons)
        assert "Reset Token" in line.health.reasons[PART]
        assert "a.secret.token" not in str(line.health.reasons)
        line.wire.token_refused = False
        for _ in range(40):
            await line.clock.run(10)
        await line.wire.until(lambda: PART not in line.health.reasons)


async def test_intents_that_are_not_switched_on_are_said(line: Line) -> None:
    """Close code 4014."""
    line.wire.closes_with = 4014
    async with attended(line):
        await line.wire.until(lambda: PART in line.health.reasons)
    assert "Privileged Gateway Intents" in line.health.reasons[PART]


async def test_a_short_break_is_not_worth_a_word(line: Line) -> None:
    """Discord breaks connections off now and then; only one that stays away is said, and that it is back."""
    async with attended(line):
        client = await line.connection.ready()
        assert isinstance(client, discord.Client)
        client.dispatch("disconnect")
        await line.clock.run(20)
        assert PART not in line.health.reasons
        await line.clock.run(30)
        assert "cannot be reached" in line.health.reasons[PART]
        client.dispatch("resumed")
        await line.wire.until(lambda: PART not in line.health.reasons)


async def test_nobody_attending_is_no_error(line: Line) -> None:
    """A call then says that it may go later; a check logs in for itself and out again."""
    calling = asyncio.create_task(line.send())
    await line.clock.run(30)
    assert isinstance(await calling, Problem)
    async with line.connection.borrowed() as client:
        assert isinstance(client, discord.Client)
        assert client.user is not None
    assert client.is_closed()
