"""From a request to a door and back: limits first, then the door, and whatever goes wrong ends in a calm answer."""

import asyncio
import itertools
import logging
import secrets
from collections.abc import AsyncIterator, Mapping
from contextlib import suppress
from http import HTTPStatus
from typing import cast

from aiohttp import web

from adapters.http.headers import dressed
from adapters.http.limits import Limits, too_deep
from adapters.http.posted import Posted
from adapters.http.problem import Calm, problem, refuse, sentence
from adapters.http.protocol import Connection
from adapters.http.proxies import Network, peer
from adapters.http.routes import Routes
from adapters.http.whole import Whole, fits, packed
from bot.errors import StoreAway
from bot.faults import where
from bot.ports import Door, Knock, Response

_log = logging.getLogger("coolhead.http")
#: Tells this run's request ids from another's. They are names, not secrets.
_RUN = secrets.token_hex(4)
_TOO_DEEP = "That JSON is nested more than 20 levels deep."


class Answering:
    """Everything between one request and one answer."""

    def __init__(self, routes: Routes, proxies: tuple[Network, ...], limits: Limits, calm: Calm, secure: bool) -> None:
        self._routes = routes
        self._proxies = proxies
        self._limits = limits
        self._calm = calm
        self._secure = secure
        self._count = itertools.count(1)
        self._streams: set[asyncio.Task[None]] = set()

    def end_streams(self) -> None:
        """Close every stream; whoever listens comes back to another server."""
        for stream in self._streams:
            stream.cancel()

    async def answer(self, request: web.BaseRequest) -> web.StreamResponse | Whole:
        """One request, answered."""
        request_id = f"{_RUN}-{next(self._count):x}"
        headers = _lowered(request)
        status, given, body = await self._response(request, headers, request_id)
        if isinstance(body, bytes) and fits(request, status):
            said = packed(status, given, body, request_id, secure=self._secure, last=not request.keep_alive)
            return Whole(request, said)
        outfit = dressed(given, request_id, self._secure)
        if isinstance(body, bytes):
            return web.Response(status=status, headers=outfit, body=body)
        return await self._stream(request, status, outfit, body)

    def post_door(self, path: str) -> tuple[Door, Mapping[str, str]] | None:
        """The door that a POST to `path` leads to, and what the `{name}` parts of its path stand for."""
        found = self._routes.find(path)
        door = None if found is None else found.doors.get("POST")
        return None if found is None or door is None else (door, found.values)

    async def posted(self, posted: Posted, way: tuple[Door, Mapping[str, str]], remote: str) -> bytes:
        """The whole answer to a request that came in one piece."""
        request_id = f"{_RUN}-{next(self._count):x}"
        try:
            status, given, said = await self._entered(posted, way, remote, request_id)
            whole = said if isinstance(said, bytes) else b"".join([part async for part in said])
            return packed(status, given, whole, request_id, secure=self._secure)
        except Exception as error:  # an answer that ends early, or with a head that is none
            _log.error("request %s failed at %s: %s", request_id, way[0].path, where(error))
            status, given, no = problem(HTTPStatus.INTERNAL_SERVER_ERROR, sentence(HTTPStatus.INTERNAL_SERVER_ERROR))
            return packed(status, given, cast(bytes, no), request_id, secure=self._secure)

    async def _entered(
        self, posted: Posted, way: tuple[Door, Mapping[str, str]], remote: str, request_id: str
    ) -> Response:
        path, headers, body = posted
        if _deep_json(headers, body):
            return refuse(HTTPStatus.BAD_REQUEST, path, headers, self._calm, _TOO_DEEP)
        who = peer(remote, headers.get("x-forwarded-for", ""), self._proxies)
        return await self._open(way[0], Knock("POST", path, way[1], {}, headers, body, who), request_id)

    async def _response(self, request: web.BaseRequest, headers: Mapping[str, str], request_id: str) -> Response:
        path = request.rel_url.raw_path
        found = self._routes.find(path)
        if found is None:
            return refuse(HTTPStatus.NOT_FOUND, path, headers, self._calm)
        if (door := found.door(request.method)) is None:
            status, given, body = refuse(HTTPStatus.METHOD_NOT_ALLOWED, path, headers, self._calm)
            return status, {**given, "allow": found.allow}, body
        taken = await self._body(request, headers)
        if isinstance(taken, HTTPStatus):
            return refuse(taken, path, headers, self._calm, _TOO_DEEP if taken is HTTPStatus.BAD_REQUEST else "")
        knock = Knock(
            method=request.method,
            path=path,
            values=found.values,
            query=dict(request.rel_url.query) if request.rel_url.raw_query_string else {},
            headers=headers,
            body=taken,
            peer=peer(request.remote or "", headers.get("x-forwarded-for", ""), self._proxies),
        )
        return await self._open(door, knock, request_id)

    async def _body(self, request: web.BaseRequest, headers: Mapping[str, str]) -> bytes | HTTPStatus:
        """The whole body, or the status that says why not."""
        content = request.content
        if not request.body_exists:
            return b""
        if headers.get("content-encoding", "identity") != "identity":
            return HTTPStatus.UNSUPPORTED_MEDIA_TYPE
        if (request.content_length or 0) > self._limits.body:
            return HTTPStatus.REQUEST_ENTITY_TOO_LARGE
        if content.is_eof() and content.total_bytes <= self._limits.body:
            body = content.read_nowait()  # all of it came with the head, as it mostly does
        else:
            came = await self._in_time(request)
            if came is None:
                return HTTPStatus.REQUEST_TIMEOUT
            if len(came) > self._limits.body:
                return HTTPStatus.REQUEST_ENTITY_TOO_LARGE
            body = came
        return HTTPStatus.BAD_REQUEST if _deep_json(headers, body) else body

    async def _in_time(self, request: web.BaseRequest) -> bytes | None:
        """The body as far as we take it in, and a byte more where there is more; None where it came too late."""
        parts, taken = [], 0
        try:
            async with asyncio.timeout(self._limits.read):
                async for part in request.content.iter_any():  # a chunked body announces no length
                    parts.append(part)
                    taken += len(part)
                    if taken > self._limits.body:
                        break
        except TimeoutError:
            return None
        return b"".join(parts)

    async def _open(self, door: Door, knock: Knock, request_id: str) -> Response:
        try:
            return await door.open(knock)
        except StoreAway as away:
            _log.warning("the store is away; request %s was refused", request_id)
            return refuse(HTTPStatus.SERVICE_UNAVAILABLE, knock.path, knock.headers, self._calm, str(away))
        except Exception as error:  # the one net under every door: nothing of it may reach a stranger
            _log.error("request %s failed at %s: %s", request_id, door.path, where(error))
            return refuse(HTTPStatus.INTERNAL_SERVER_ERROR, knock.path, knock.headers, self._calm)

    async def _stream(
        self, request: web.BaseRequest, status: int, headers: Mapping[str, str], body: AsyncIterator[bytes]
    ) -> web.StreamResponse:
        answer = web.StreamResponse(status=status, headers=headers)
        if request.method == "HEAD":
            return answer
        await answer.prepare(request)
        pump = asyncio.create_task(_pump(answer, body))
        self._streams.add(pump)
        if isinstance(request.protocol, Connection):
            # A reader who goes is noticed at once, not at the next chunk: there may be none for a long time.
            request.protocol.on_lost = pump.cancel
        try:
            await asyncio.wait([pump])
        finally:
            self._streams.discard(pump)
            pump.cancel()
        if not pump.cancelled() and (error := pump.exception()) is not None and not isinstance(error, ConnectionError):
            _log.error("a stream failed: %s", where(error))
        return answer


async def _pump(answer: web.StreamResponse, body: AsyncIterator[bytes]) -> None:
    try:
        async for chunk in body:
            await answer.write(chunk)
    finally:
        close = getattr(body, "aclose", None)
        if close is not None:
            with suppress(RuntimeError):
                await close()


def _deep_json(headers: Mapping[str, str], body: bytes) -> bool:
    return "json" in headers.get("content-type", "").lower() and too_deep(body)


def _lowered(request: web.BaseRequest) -> dict[str, str]:
    """Header names in lower case; what came twice is joined, as RFC 9110 §5.3 has it (cookies by `;`)."""
    headers: dict[str, str] = {}
    for name, value in request.headers.items():
        low = name.lower()
        between = "; " if low == "cookie" else ", "
        headers[low] = f"{headers[low]}{between}{value}" if low in headers else value
    return headers
