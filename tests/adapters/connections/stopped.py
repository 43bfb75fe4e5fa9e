"""Posts words through the product's connection, and is stopped between the last look at the clock and the first byte.

Its parent lets it go on. Prints what came of the post, if it comes to that. Given a port, and the seconds a send may last.
"""

import asyncio
import os
import signal
import sys
from types import SimpleNamespace
from typing import Any

import aiohttp

from adapters.connections.wire import connector, fenced
from bot.ports import Fence
from tests.fakes.clock import FakeClock


async def _stops(session: aiohttp.ClientSession, context: SimpleNamespace, sent: Any) -> None:
    del session, context, sent
    os.kill(os.getpid(), signal.SIGSTOP)


async def main(port: int, lasts: float) -> None:
    """See above."""
    trace = fenced()
    trace.on_request_chunk_sent.append(_stops)
    clock = FakeClock()
    async with aiohttp.ClientSession(connector=connector(), trace_configs=[trace]) as session:
        with Fence(clock, lasts).around(clock.at):
            async with session.post(f"http://127.0.0.1:{port}/", data="words") as answer:
                print(await answer.text(), flush=True)


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), float(sys.argv[2])))
