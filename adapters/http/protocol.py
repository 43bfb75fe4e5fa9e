"""One connection: aiohttp's own handler, with a time limit on the head of a request and no page of its own.

aiohttp times an idle connection only. A sender that drips its head byte by byte would hold a connection for as long
as idle ones are kept, so the first byte of a head starts a shorter clock.
"""

import asyncio
import logging
from collections.abc import Callable
from typing import Any

from aiohttp import web
from aiohttp.web_protocol import RequestHandler

from adapters.http.headers import dressed
from adapters.http.limits import Limits
from adapters.http.problem import problem, sentence

_log = logging.getLogger("coolhead.http")

_LATE = b"HTTP/1.1 408 Request Timeout\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"
#: For whoever comes when there are as many connections as may be.
FULL = b"HTTP/1.1 503 Service Unavailable\r\nretry-after: 5\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"


def _nothing() -> None:
    """Nobody waits for the end."""


class Connection(RequestHandler):
    """A request's head must be whole `limits.head` seconds after its first byte. `on_lost` is called when it is gone."""

    __slots__ = ("_clock", "_limits", "_listener", "on_lost")

    def __init__(self, listener: "Listener", limits: Limits, **settings: Any) -> None:
        super().__init__(listener, **settings)
        self._listener = listener
        self._limits = limits
        self._clock: asyncio.TimerHandle | None = None
        self.on_lost: Callable[[], object] = _nothing

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Take it, or say at once that there are too many."""
        self._listener.open += 1
        super().connection_made(transport)
        if self._listener.open > self._limits.connections and isinstance(transport, asyncio.Transport):
            transport.write(FULL)
            self.force_close()

    def connection_lost(self, exc: BaseException | None) -> None:
        """Count it out."""
        self._listener.open -= 1
        self.on_lost()
        self._stop_clock()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Hand the bytes on; the clock runs from a head's first byte until the head is whole."""
        before = self._request_count
        super().data_received(data)
        if self._request_count > before:
            self._stop_clock()
        elif self._clock is None and self._waits():
            self._clock = asyncio.get_running_loop().call_later(self._limits.head, self._late)

    def _waits(self) -> bool:
        """Whether a head is to come: nothing is asked yet, or all that was is answered."""
        return self._request_count == 0 or (self._waiter is not None and not self._waiter.done())

    def _late(self) -> None:
        self._clock = None
        if self._waits() and self.transport is not None:
            self.transport.write(_LATE)
            self.force_close()

    def _stop_clock(self) -> None:
        if self._clock is not None:
            self._clock.cancel()
            self._clock = None

    def handle_error(
        self, request: web.BaseRequest, status: int = 500, exc: BaseException | None = None, message: str | None = None
    ) -> web.StreamResponse:
        """What no door could answer, such as a head that is no HTTP: a problem, and never a traceback."""
        if status >= 500:
            _tell("a request failed before any door", exc)
        code, headers, body = problem(status, sentence(status))
        answer = web.Response(status=code, headers=dressed(headers, ""), body=body)
        answer.force_close()
        return answer

    def log_exception(self, *args: Any, **kw: Any) -> None:
        """The kind of the error only: its text may hold what somebody wrote."""
        _tell("a connection failed", kw.get("exc_info"))


def _tell(what: str, error: object) -> None:
    """One line, without the error's own text. A browser that went away is no fault of anybody's."""
    level = logging.DEBUG if isinstance(error, ConnectionError) else logging.ERROR
    _log.log(level, "%s: %s", what, type(error).__name__)


class Listener(web.Server):
    """Makes a `Connection` for everybody who connects, and counts them."""

    def __init__(self, handler: Any, limits: Limits) -> None:
        super().__init__(handler)
        self.limits = limits
        self.open = 0

    def __call__(self) -> Connection:
        """One more connection."""
        return Connection(
            self,
            self.limits,
            loop=asyncio.get_running_loop(),
            keepalive_timeout=self.limits.idle,
            lingering_time=self.limits.linger,
            access_log=None,
            auto_decompress=False,
        )
