"""Nothing is written once a send's moment has passed: real connections, a server that counts, a clock the test moves."""

import asyncio
import os
import shutil
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from types import SimpleNamespace
from typing import Any

import aiohttp
import discord
import pytest
from aiohttp import web
from pydantic import SecretStr

from adapters.connections.discord import make_client
from adapters.connections.last_instant import in_time, moment
from adapters.connections.slack import Slack
from adapters.connections.slack_answers import Lost
from adapters.connections.wire import connector, fenced
from bot.errors import StoreAway
from bot.nouns.time import Now
from bot.ports import Fence, fence
from tests.fakes.clock import FakeClock

LASTS, SECRET = 8.0, SecretStr("a token")


class Far:
    """A server that remembers what came to it, and a session as the product opens it."""

    def __init__(self, url: str, came: list[tuple[str, str]], session: aiohttp.ClientSession) -> None:
        self.url = url
        self.came = came
        self.session = session

    async def asks(self, method: str, body: str | None = None) -> str:
        """The server's answer, or what went wrong."""
        try:
            async with self.session.request(method, self.url, data=body) as answer:
                return await answer.text()
        except aiohttp.ClientError as error:
            return type(error).__name__


Slow = Callable[[], None]


def _also(trace: aiohttp.TraceConfig, when: str, slow: Slow) -> None:
    async def passes(session: aiohttp.ClientSession, context: SimpleNamespace, given: Any) -> None:
        del session, context, given
        slow()

    getattr(trace, when).append(passes)


@asynccontextmanager
async def far(when: str = "", slow: Slow | None = None) -> AsyncIterator[Far]:
    """`slow` is what happens `when` the session comes to that point of a request, by the name of aiohttp's signal."""
    came: list[tuple[str, str]] = []

    async def hears(request: web.Request) -> web.Response:
        came.append((request.method, await request.text()))
        return web.Response(text="heard")

    app = web.Application()
    app.router.add_route("*", "/", hears)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    trace = fenced()
    if slow is not None:
        _also(trace, when, slow)
    try:
        async with aiohttp.ClientSession(connector=connector(), trace_configs=[trace]) as session:
            yield Far(f"http://127.0.0.1:{runner.addresses[0][1]}/", came, session)
    finally:
        await runner.cleanup()


@pytest.mark.parametrize("body", ["words", None])
@pytest.mark.parametrize("method", ["POST", "DELETE"])
@pytest.mark.parametrize("when", ["on_connection_create_end", "on_request_headers_sent"])
async def test_what_is_held_up_is_not_written(when: str, method: str, body: str | None) -> None:
    """Whoever was stopped while they connected, or after the head was made, writes nothing any more."""
    if body is None and when == "on_request_headers_sent":
        when = "on_connection_reuseconn"  # without a body the head is the request, so nothing comes after it
    clock = FakeClock()
    async with far(when, lambda: clock.advance(LASTS + 1)) as there:
        if when == "on_connection_reuseconn":
            await there.asks("GET")
            there.came.clear()
        around = Fence(clock, LASTS)
        with around.around(clock.at):
            assert await there.asks(method, body) in ("Late", "ClientConnectionError")
        await asyncio.sleep(0.05)
        assert there.came == []
        assert around.held


async def test_what_is_in_time_is_written_once() -> None:
    """A fence holds nothing back before its moment, nor after it was taken down, nor where there is none."""
    clock = FakeClock()
    async with far() as there:
        assert await there.asks("POST", "without") == "heard"
        around = Fence(clock, LASTS)
        with around.around(clock.at):
            clock.advance(LASTS - 2)
            assert await there.asks("POST", "in time") == "heard"
            later = asyncio.create_task(_later(clock, there))
        clock.advance(2 * LASTS)
        assert await later == "heard"
        assert [body for _, body in there.came] == ["without", "in time", "later"]
        assert not around.held
        assert fence() is None


async def _later(clock: FakeClock, there: Far) -> str:
    await asyncio.sleep(0.02)
    assert clock.elapsed > LASTS
    return await there.asks("POST", "later")


@pytest.mark.parametrize(("before", "held"), [("GET", True), ("POST", False)])
async def test_whether_something_went_out(before: str, held: bool) -> None:
    """What was only asked went out nowhere; after anything that may have been the send, nobody says that nothing did."""
    clock = FakeClock()
    async with far() as there:
        around = Fence(clock, LASTS)
        with around.around(clock.at):
            await there.asks(before)
            clock.advance(LASTS + 1)
            await there.asks("POST", "words")
        assert around.held is held
        assert there.came == [(before, "")]


class _Away(FakeClock):
    async def now(self) -> Now:
        raise StoreAway("The store does not answer.")


async def test_without_clocks_nothing_is_written() -> None:
    """Where nobody can tell how late it is, the fence is shut."""
    clock = _Away()
    async with far() as there:
        around = Fence(clock, LASTS)
        with around.around(clock.at):
            await there.asks("POST", "words")
        assert around.held
        assert there.came == []


async def test_every_connection_asks() -> None:
    """Slack's SDK and discord.py write through the same fence."""
    clock = FakeClock()
    around = Fence(clock, LASTS)

    async def late(work: Callable[[], Awaitable[object]]) -> object:
        with around.around(clock.at):
            clock.advance(LASTS + 1)
            return await work()

    async with far() as there:
        slack = Slack(token=SECRET, clock=clock, api_url=there.url)
        answer = await late(lambda: slack.once("chat.postMessage", {"text": "words"}, SECRET))
        await slack.close()
        assert isinstance(answer, Lost)
        theirs = aiohttp.TraceConfig()
        client = make_client(discord.Intents.none(), theirs)
        async with aiohttp.ClientSession(trace_configs=[theirs]) as session:
            there.session = session
            assert await late(lambda: there.asks("POST", "words")) == "Late"
        await client.close()
        assert there.came == []


@pytest.mark.parametrize(
    ("lasts", "stopped", "ends", "came"), [(60.0, 0.0, 0, ["words"]), (3.0, 4.0, -signal.SIGALRM, [])]
)
async def test_a_process_stopped_in_the_last_instant_writes_nothing(
    lasts: float, stopped: float, ends: int, came: list[str]
) -> None:
    """Between the last look at the clock and the first byte: one that comes back too late ends before it goes on."""
    async with far() as there:
        port = there.url.rpartition(":")[2].rstrip("/")
        child = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.adapters.connections.stopped", port, str(lasts)
        )
        await asyncio.to_thread(os.waitid, os.P_PID, child.pid, os.WSTOPPED | os.WEXITED | os.WNOWAIT)
        await asyncio.sleep(stopped)
        child.send_signal(signal.SIGCONT)
        assert await child.wait() == ends
        assert [body for _, body in there.came] == came


@pytest.mark.parametrize(("ago", "may"), [(0.0, True), (5.0, True), (7.5, False), (60.0, False)])
async def test_how_long_it_took_to_tell_the_time_counts(ago: float, may: bool) -> None:
    """A store that is slow to tell it holds nothing back as long as the moment of the send has not come."""
    assert in_time(LASTS, moment() - ago) is may


async def test_a_signal_that_is_somebody_elses_is_left_alone() -> None:
    """Where something else in the process waits for it, no timer is set over theirs."""
    told: list[int] = []
    before = signal.getitimer(signal.ITIMER_REAL)
    held = signal.signal(signal.SIGALRM, lambda number, frame: told.append(number))
    try:
        signal.setitimer(signal.ITIMER_REAL, 30)
        assert in_time(LASTS, moment())
        assert signal.getitimer(signal.ITIMER_REAL)[0] > 20
    finally:
        signal.signal(signal.SIGALRM, held)
        signal.setitimer(signal.ITIMER_REAL, *before)
    assert not told


async def test_words_given_up_do_not_arrive_later() -> None:
    """A network that was silent while we gave up, and is back: on a plain connection the words still arrive, not on ours."""
    if not await _may_silence():
        pytest.skip("a network can be silenced only by root with unshare and ip; on Debian: apt-get install iproute2")
    child = await asyncio.create_subprocess_exec(
        "unshare", "--net", sys.executable, "-m", "tests.adapters.connections.silent", stdout=asyncio.subprocess.PIPE
    )
    told, _ = await child.communicate()
    assert told.decode().split() == ["plain"]


async def _may_silence() -> bool:
    if os.geteuid() != 0 or not all(shutil.which(each) for each in ("unshare", "ip")):
        return False
    tried = await asyncio.create_subprocess_exec("unshare", "--net", "true", stderr=asyncio.subprocess.DEVNULL)
    return await tried.wait() == 0
