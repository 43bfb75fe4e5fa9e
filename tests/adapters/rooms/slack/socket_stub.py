"""A Socket Mode of our own making, for what local-slack cannot do: warnings, refreshes, deliveries that come again, two
sockets of which one gets an envelope, a switched-off app."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web
from aiohttp.test_utils import TestServer


@dataclass
class SocketStub:
    """`sockets` are those open now, oldest first; `receipts` every answer that came back, with the socket's number."""

    url: str = ""
    sockets: dict[int, web.WebSocketResponse] = field(default_factory=dict)
    receipts: list[tuple[int, Mapping[str, Any]]] = field(default_factory=list)
    opened: int = 0
    most: int = 0
    refusals: list[str] = field(default_factory=list)
    silent: bool = False

    async def until(self, count: int) -> None:
        """So many sockets are open."""
        await until(lambda: len(self.sockets) == count, f"{len(self.sockets)} sockets are open, not {count}")

    async def opening(self, number: int) -> None:
        """So many were ever opened."""
        await until(lambda: self.opened >= number, f"{self.opened} sockets were opened, not {number}")

    async def receipt(self, envelope: str, count: int = 1) -> Mapping[str, Any]:
        """The `count`th answer to an envelope."""
        await until(lambda: len(self._of(envelope)) >= count, f"no receipt {count} for {envelope}")
        return self._of(envelope)[count - 1]

    async def send(self, number: int, told: Mapping[str, Any]) -> None:
        """Say something on one socket."""
        await self.sockets[number].send_json(told)

    async def deliver(self, number: int, envelope: str, payload: Mapping[str, Any], kind: str = "events_api") -> None:
        """An envelope on one socket."""
        await self.send(number, {"envelope_id": envelope, "type": kind, "payload": payload})

    async def drop(self, number: int) -> None:
        """The line breaks."""
        await self.sockets[number].close()

    def _of(self, envelope: str) -> list[Mapping[str, Any]]:
        return [told for _, told in self.receipts if told.get("envelope_id") == envelope]

    async def open(self, request: web.Request) -> web.Response:
        """`apps.connections.open`, and whatever else the room asks on the way."""
        if request.match_info["method"] != "apps.connections.open":
            return web.json_response({"ok": True, "user_id": "UBOT", "team_id": "T1", "url": "http://127.0.0.1/"})
        if self.refusals:
            return web.json_response({"ok": False, "error": self.refusals.pop(0)})
        return web.json_response({"ok": True, "url": f"{self.url.replace('http', 'ws')}socket"})

    async def socket(self, request: web.Request) -> web.WebSocketResponse:
        """One socket, until it is closed."""
        response = web.WebSocketResponse()
        await response.prepare(request)
        number = self.opened
        self.opened += 1
        self.sockets[number] = response
        self.most = max(self.most, len(self.sockets))
        if not self.silent:
            await response.send_json({"type": "hello", "num_connections": len(self.sockets)})
        async for message in response:
            if message.type is WSMsgType.TEXT:
                self.receipts.append((number, message.json()))
        del self.sockets[number]
        return response


@asynccontextmanager
async def socket_stub() -> AsyncIterator[SocketStub]:
    """Served on a free port of 127.0.0.1."""
    stub = SocketStub()
    app = web.Application()
    app.router.add_post("/api/{method}", stub.open)
    app.router.add_get("/socket", stub.socket)
    async with TestServer(app, host="127.0.0.1") as server:
        stub.url = str(server.make_url("/"))
        yield stub


async def until(true: Callable[[], bool], otherwise: str = "It did not come true.") -> None:
    """Waits for it; a machine that is busy is slow, not wrong."""
    for _ in range(1000):
        if true():
            return
        await asyncio.sleep(0.01)
    raise AssertionError(otherwise)
