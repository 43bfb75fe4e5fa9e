"""A whole answer in one write.

Every mention that comes in is answered by one of these, and what aiohttp's own `Response` does for it (a header table
that is filled, looked through and packed) costs as much as storing the mention.
"""

from collections.abc import Mapping
from functools import lru_cache
from http import HTTPStatus

from aiohttp import ClientConnectionResetError, HttpVersion11, web
from aiohttp.helpers import rfc822_formatted_time

from adapters.http.headers import ALWAYS, SAFEST

#: Answers that have no body at all, whatever a door hands over; aiohttp's `Response` knows their rules.
_BARE = {HTTPStatus.NO_CONTENT, HTTPStatus.RESET_CONTENT, HTTPStatus.NOT_MODIFIED}


class Whole:
    """What aiohttp's connection asks of an answer, and no more: `keep_alive`, `prepare`, `write_eof`."""

    __slots__ = ("_said", "_writer", "keep_alive")

    def __init__(self, request: web.BaseRequest, said: bytes) -> None:
        self.keep_alive = request.keep_alive
        self._writer = request.writer
        self._said = said

    async def prepare(self, request: web.BaseRequest) -> None:
        """There is nothing to prepare."""

    async def write_eof(self) -> None:
        """All of it. Raises ConnectionError where nobody listens any more."""
        transport = self._writer.transport
        if transport is None or transport.is_closing():
            raise ClientConnectionResetError("The connection is gone.")
        transport.write(self._said)
        await self._writer.drain()


def fits(request: web.BaseRequest, status: int) -> bool:
    """Whether an answer to `request` may be a `Whole` one: HTTP/1.1, and with a body or a length of nought."""
    return request.version == HttpVersion11 and request.method != "HEAD" and status >= 200 and status not in _BARE


def packed(
    status: int, headers: Mapping[str, str], body: bytes, request_id: str, *, secure: bool = False, last: bool = False
) -> bytes:
    """The answer as it goes over the wire. `last`: the connection is closed after it.

    Raises ValueError for a header that would write into the head of the answer.
    """
    end = "connection: close\r\n" if last else ""
    head = (
        f"{_opening(status, secure)}x-request-id: {request_id}\r\ndate: {rfc822_formatted_time()}\r\n"
        f"content-length: {len(body)}\r\n{_given(tuple(headers.items()))}{end}\r\n"
    )
    return head.encode() + body


@lru_cache(maxsize=64)
def _opening(status: int, secure: bool) -> str:
    phrase = HTTPStatus(status).phrase if status in HTTPStatus._value2member_map_ else ""
    return f"HTTP/1.1 {status} {phrase}\r\n{_lines(SAFEST if secure else ALWAYS)}"


@lru_cache(maxsize=64)
def _given(headers: tuple[tuple[str, str], ...]) -> str:
    """A door's own headers under ours, with what they do not say themselves."""
    ours = {"cache-control": "no-store", "content-type": "application/octet-stream"}
    theirs = {name.lower(): value for name, value in headers}
    return _lines({name: value for name, value in {**ours, **theirs}.items() if name not in ALWAYS})


def _lines(headers: Mapping[str, str]) -> str:
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    if not lines.count("\r") == lines.count("\n") == len(headers) or "\0" in lines:
        raise ValueError("A header must be one line.")
    return lines
