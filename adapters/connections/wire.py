"""What every HTTP connection to a platform keeps to: nothing is written after a send's moment, by us or by the kernel."""

import socket
from types import SimpleNamespace
from typing import Any, Final

import aiohttp

from adapters.connections import last_instant
from bot.ports import fence

#: So long may bytes lie unacknowledged in the kernel, in milliseconds; then it drops them. Else words that we have given up,
#: on a connection that we closed, still arrive once a network that was silent for a minute is back.
UNACKNOWLEDGED: Final = 8_000

#: An address as the connector hands it over: family, type, protocol, name, address.
_Address = tuple[int, int, int, str, tuple[Any, ...]]


class Late(aiohttp.ClientError):
    """Held back by the fence: nothing of it was written."""


def connector() -> aiohttp.TCPConnector:
    """Connections whose bytes the kernel does not keep for longer than `UNACKNOWLEDGED` (Linux; elsewhere as it pleases)."""
    return aiohttp.TCPConnector(socket_factory=_socket)


def fenced(trace: aiohttp.TraceConfig | None = None) -> aiohttp.TraceConfig:
    """Has every request ask the fence around it, if there is one, in the step before its head and each part of its body are
    written. aiohttp keeps the head back until the body goes; where there is none, the head is the request.
    """
    trace = aiohttp.TraceConfig() if trace is None else trace
    trace.on_request_headers_sent.append(_head)
    trace.on_request_chunk_sent.append(_part)
    return trace


async def _head(
    session: aiohttp.ClientSession, context: SimpleNamespace, sent: aiohttp.TraceRequestHeadersSentParams
) -> None:
    del session, context
    empty = sent.headers.get("Content-Length", "0") == "0" and "Transfer-Encoding" not in sent.headers
    await _ask(writes=empty and sent.method not in ("GET", "HEAD"))


async def _part(
    session: aiohttp.ClientSession, context: SimpleNamespace, sent: aiohttp.TraceRequestChunkSentParams
) -> None:
    del session, context, sent
    await _ask(writes=True)


async def _ask(*, writes: bool) -> None:
    around, since = fence(), last_instant.moment()
    left = await around.left() if around is not None else None
    if around is None or left is None:
        return
    if left < 0 or (writes and not last_instant.in_time(left, since)):
        around.hold_back()
        raise Late("Its moment has passed.")
    if writes:
        around.passed()


def _socket(address: _Address) -> socket.socket:
    family, kind, protocol, *_ = address
    made = socket.socket(family=family, type=kind, proto=protocol)
    if hasattr(socket, "TCP_USER_TIMEOUT"):
        made.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, UNACKNOWLEDGED)
    return made
