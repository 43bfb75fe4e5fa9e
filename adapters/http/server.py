"""The one HTTP server: it opens the doors it is handed, and keeps every limit so that no door has to."""

import errno
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

from aiohttp import web

from adapters.http.answering import Answering
from adapters.http.limits import Limits
from adapters.http.problem import Calm, plain_page
from adapters.http.proxies import trusted
from adapters.http.quick import Reception
from adapters.http.routes import Routes
from bot.errors import WrongSettings
from bot.ports import Door

_BACKLOG = 512


@dataclass(frozen=True, slots=True)
class Server:
    """A server that is up. `port` is the one it really listens on."""

    host: str
    port: int

    @property
    def url(self) -> str:
        """Its address as this machine reaches it, with no slash at the end."""
        host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(self.host, self.host)
        return f"http://{f'[{host}]' if ':' in host and host[0] != '[' else host}:{self.port}"


@asynccontextmanager
async def serve(
    doors: Sequence[Door],
    host: str,
    port: int,
    *,
    drain: float = 1.5,
    public_url: str = "",
    proxies: Sequence[str] = (),
    limits: Limits = Limits(),  # noqa: B008  # frozen
    calm: Calm = plain_page,
) -> AsyncIterator[Server]:
    """Listen until the block ends. Port 0 takes any free one.

    At the end nothing new is taken, streams are closed at once, and requests under way have `drain` seconds to finish.
    `public_url` is the address browsers use, where there is one; `proxies` are those whose `X-Forwarded-For` is
    believed; `calm` makes the page a person sees for a plain no.
    Raises WrongSettings where the address cannot be had, and names the fix.
    """
    answering = Answering(Routes(doors), trusted(proxies), limits, calm, public_url.startswith("https://"))
    runner = web.ServerRunner(Reception(answering, limits), shutdown_timeout=drain / 2)  # it waits twice
    await runner.setup()
    try:
        site = web.TCPSite(runner, host, port, backlog=_BACKLOG, reuse_address=True)
        await _listen(site, host, port)
        yield Server(host, runner.addresses[0][1])
    finally:
        answering.end_streams()
        await runner.cleanup()


async def _listen(site: web.TCPSite, host: str, port: int) -> None:
    try:
        await site.start()
    except (OSError, OverflowError) as error:
        raise WrongSettings(_why(error, host, port)) from error


def _why(error: OSError | OverflowError, host: str, port: int) -> str:
    match getattr(error, "errno", None):
        case errno.EADDRINUSE:
            return (
                f"Port {port} on {host} is taken, perhaps by another Coolhead. Stop that program, "
                "or set COOLHEAD_PORT to a port that is free."
            )
        case errno.EACCES:
            return f"This user may not listen on port {port}. Set COOLHEAD_PORT to a port from 1024 on."
        case _:
            return f"{host}:{port} is no address of this machine to listen on. Check COOLHEAD_HOST and COOLHEAD_PORT."
