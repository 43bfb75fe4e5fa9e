"""In a network of its own, which falls silent: posts over a plain connection and one of ours, both given up meanwhile.

Prints the name of each post that arrived all the same, once the network is back. For root on Linux.
"""

import asyncio
import subprocess

import aiohttp
from aiohttp import web

from adapters.connections import wire

#: Seconds: how long the kernel keeps our bytes here, how long the network is silent, and how long we wait afterwards
#: where nothing arrives. The kernel tries again after .2, .4, .8, 1.6 and 3.2 s.
KEPT, SILENT, WAITS = 1.0, 2.5, 20.0


def network(state: str) -> None:
    """The only link there is, up or down."""
    subprocess.run(["ip", "link", "set", "lo", state], check=True)


async def main() -> None:
    """See above."""
    network("up")
    wire.UNACKNOWLEDGED = int(KEPT * 1000)  # type: ignore[misc]  # eight seconds would make it a long test
    arrived = asyncio.Queue[str]()

    async def hears(request: web.Request) -> web.Response:
        if request.method == "POST":
            arrived.put_nowait(await request.text())
        return web.Response()

    app = web.Application()
    app.router.add_route("*", "/", hears)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}/"
    connectors = {"plain": aiohttp.TCPConnector(), "ours": wire.connector()}
    sessions = {name: aiohttp.ClientSession(connector=each) for name, each in connectors.items()}
    for session in sessions.values():
        async with session.get(url) as answer:
            await answer.read()
    network("down")
    posts = [asyncio.create_task(_given_up(session, url, name)) for name, session in sessions.items()]
    await asyncio.gather(*posts)
    network("up")
    async with asyncio.timeout(WAITS):
        print(await arrived.get())
    await asyncio.sleep(KEPT)
    while not arrived.empty():
        print(arrived.get_nowait())
    for session in sessions.values():
        await session.close()
    await runner.cleanup()


async def _given_up(session: aiohttp.ClientSession, url: str, name: str) -> None:
    timeout = aiohttp.ClientTimeout(total=SILENT, ceil_threshold=60)
    try:
        async with session.post(url, data=name, timeout=timeout):
            raise AssertionError("The network is not silent.")
    except (TimeoutError, aiohttp.ClientError):
        pass


if __name__ == "__main__":
    asyncio.run(main())
