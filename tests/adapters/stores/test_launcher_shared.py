"""Several processes and one embedded server; kills."""

import asyncio
import os
import signal
from contextlib import AsyncExitStack
from pathlib import Path

from redis.asyncio import Redis

from adapters.stores.away import away
from adapters.stores.connect import Store, connect
from adapters.stores.launcher import Server, embedded
from bot.errors import StoreAway
from tests.adapters.stores.users import lives, user


async def test_three_begin_at_once(home: Path) -> None:
    """Three processes started together share one server, and the last of them stops it."""
    async with AsyncExitStack() as stack:
        users = await asyncio.gather(*(stack.enter_async_context(user(home)) for _ in range(3)))
        assert len({(one.run, one.server) for one in users}) == 1
        await asyncio.gather(*(one.leave() for one in users))
        assert not lives(home)


async def test_leaving_and_coming_at_once(home: Path) -> None:
    """Whoever comes while the last one is stopping the server gets a fresh one."""
    for _ in range(10):
        leaving = embedded(home)
        await leaving.__aenter__()
        _, (run, free) = await asyncio.gather(leaving.__aexit__(None, None, None), _visit(home))
        assert run
        assert free == "yes"
    assert not lives(home)


async def _visit(home: Path) -> tuple[str, str]:
    async with connect(None, home) as store:
        await store.client.set("free", "yes")
        value = await store.client.get("free")
        assert isinstance(value, bytes)
        return str((await store.client.info("server"))["run_id"]), value.decode()


async def test_a_killed_user_leaves_the_server(home: Path) -> None:
    """After kill -9 of its only user the server lives on, is adopted by the next, and goes with that one."""
    async with user(home) as first:
        await first.die()
        assert lives(home)
        async with user(home) as second:
            assert second.run == first.run
            await second.leave()
        assert not lives(home)


async def test_the_killed_do_not_count(home: Path) -> None:
    """The last living user stops the server, however many were killed."""
    async with user(home) as one, user(home) as other, user(home) as last:
        await one.die()
        await last.leave()
        assert lives(home)
        assert other.process.returncode is None
        await other.leave()
        assert not lives(home)


async def test_both_killed(home: Path) -> None:
    """After kill -9 of bot and server together everything starts again by itself."""
    async with user(home) as first:
        await first.die()
        os.kill(first.server, signal.SIGKILL)
        async with user(home) as second:
            assert second.run != first.run
            await second.leave()


async def test_no_confirmed_write_is_lost(home: Path) -> None:
    """kill -9 of the server under eight writers, three times: it comes back by itself, and all confirmed is there."""
    async with embedded(home) as server, connect(server.url, home) as store:
        confirmed: set[str] = set()
        writers = [asyncio.create_task(_write(store, f"w{number}", confirmed)) for number in range(8)]
        for kills in range(1, 4):
            await _more(confirmed, len(confirmed) + 200)
            await _kill(server)
            while server.restarts < kills:
                await asyncio.sleep(0.01)
        await _more(confirmed, len(confirmed) + 200)
        for writer in writers:
            writer.cancel()
        await asyncio.wait(writers)
        kept = {key.decode() async for key in store.client.scan_iter(count=10_000)}
        assert confirmed - kept == set()
        assert server.trouble is None


async def _write(store: Store, who: str, confirmed: set[str]) -> None:
    number = 0
    while True:
        number += 1
        key = f"{who}:{number}"
        try:
            async with away():
                await store.client.set(key, "x")
        except StoreAway:
            await asyncio.sleep(0.01)
        else:
            confirmed.add(key)


async def _more(confirmed: set[str], than: int) -> None:
    while len(confirmed) < than:
        await asyncio.sleep(0.005)


async def _kill(server: Server) -> None:
    async with Redis.from_url(server.url) as client:
        os.kill(int((await client.info("server"))["process_id"]), signal.SIGKILL)


async def test_two_users_one_new_server(home: Path) -> None:
    """When the server dies under two users, both find the same new one."""
    async with embedded(home) as one, embedded(home) as other:
        await _kill(one)
        while not (one.restarts and other.restarts):
            await asyncio.sleep(0.01)
        runs = set()
        for server in (one, other):
            async with Redis.from_url(server.url) as client:
                runs.add((await client.info("server"))["run_id"])
        assert len(runs) == 1
    assert not lives(home)
