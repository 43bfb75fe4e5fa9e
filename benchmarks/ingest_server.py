"""What the ingest benchmark knocks at: `python -m benchmarks.ingest_server floor|always|everysec FOLDER`.

Prints its address once it is up. When its standard input ends it prints how much news it holds and how many seconds of
CPU it spent meanwhile (the store's own apart), and leaves.
"""

import asyncio
import gc
import sys
import time
from contextlib import AsyncExitStack
from pathlib import Path

from aiohttp import web
from pydantic import SecretStr

from adapters.clock import RealClock
from adapters.http.server import serve
from adapters.platforms.inbox import Inbox
from adapters.stores.beat import StoreTime
from adapters.stores.connect import Store, connect
from adapters.stores.inbox import RedisInbox
from adapters.stores.keys import Keys
from adapters.stores.vault import RedisVault
from bot.work.health import Health
from bot.work.intake import Intake

SOURCE, TOKEN = "bench", "a-token-for-the-benchmark"  # no secret
_UNLIMITED = 1e9


async def _floor(stack: AsyncExitStack) -> str:
    async def answer(request: web.Request) -> web.Response:
        await request.read()
        return web.Response()

    app = web.Application()
    app.router.add_post("/{path:.*}", answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    stack.push_async_callback(runner.cleanup)
    await web.TCPSite(runner, "127.0.0.1", 0, shutdown_timeout=1).start()
    return f"http://127.0.0.1:{runner.addresses[0][1]}"


async def _durable(stack: AsyncExitStack, fsync: str, folder: Path) -> tuple[str, Store, Keys]:
    """The product's own server, door, intake, inbox and vault over its own embedded store."""
    store = await stack.enter_async_context(connect(None, folder))
    await store.client.execute_command("CONFIG SET", "appendfsync", fsync)
    keys = Keys("bench")
    clock = RealClock(StoreTime(store, keys))
    inbox = RedisInbox(store, keys, RedisVault(store, keys, b"a secret for the benchmark"), clock)
    door = Inbox({SOURCE: SecretStr(TOKEN)}, clock, rate=_UNLIMITED, burst=_UNLIMITED)
    server = await stack.enter_async_context(serve(door.doors(Intake(inbox, Health(), clock).hear), "127.0.0.1", 0))
    return server.url, store, keys


async def main(what: str, folder: Path) -> None:
    """Serve until told to leave."""
    async with AsyncExitStack() as stack:
        if what == "floor":
            print(await _floor(stack), flush=True)
            print(0, await _spent())
            return
        url, store, keys = await _durable(stack, what, folder)
        gc.freeze()  # as `coolhead run` does it
        gc.set_threshold(100_000, 50, 100)
        print(url, flush=True)
        spent = await _spent()
        print(await store.client.xlen(keys.inbox()), spent, flush=True)


async def _spent() -> float:
    """CPU seconds from now until standard input ends."""
    began = time.process_time()
    await asyncio.to_thread(sys.stdin.read)
    return time.process_time() - began


if __name__ == "__main__":
    try:
        import uvloop
    except ImportError:
        asyncio.run(main(sys.argv[1], Path(sys.argv[2])))
    else:
        uvloop.run(main(sys.argv[1], Path(sys.argv[2])))
