"""A small Mastodon server with one account of ours: it takes as long a post as it is told, and speaks as fast as it can."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

_ME = "1"


@dataclass
class Village:
    """`limit`: characters a post may have; `instance`: what it says of itself, None: nothing at the moment.

    `asked`: how often it was asked about itself. `streams`: whether it has streams. `posts`: what was posted.
    """

    url: str = ""
    limit: int = 500
    instance: dict[str, Any] | None = None
    asked: int = 0
    streams: bool = True
    posts: list[dict[str, Any]] = field(default_factory=list)
    _notices: list[dict[str, Any]] = field(default_factory=list)
    _last: int = 0
    _open: list[asyncio.Queue[str]] = field(default_factory=list)

    def allows(self, limit: int) -> None:
        """From now on a post may be so long, and whoever asks is told."""
        self.limit = limit
        self.instance = {"configuration": {"statuses": {"max_characters": limit}}}

    def say(self, text: str) -> str:
        """Alice says something to us; its id."""
        self._last += 1
        id = str(self._last)
        status = _status(id, f"<p>@shop {text}</p>", {"id": "2", "acct": "alice"})
        self._notices.append({"id": id, "type": "mention", "status": status})
        self._tell("notification", json.dumps(self._notices[-1]))
        return id

    def deletes(self, id: str) -> None:
        """Somebody we follow deleted a post; their notification is gone with it."""
        self._notices = [each for each in self._notices if each["id"] != id]
        self._tell("delete", id)

    @property
    def follows(self) -> bool:
        """Whether anybody follows the stream."""
        return bool(self._open)

    def _tell(self, event: str, data: str) -> None:
        for each in self._open:
            each.put_nowait(f"event: {event}\ndata: {data}\n\n")

    async def who(self, request: web.Request) -> web.Response:
        """We are."""
        return web.json_response({"id": _ME, "acct": "shop"})

    async def itself(self, request: web.Request) -> web.Response:
        """What it says of itself."""
        self.asked += 1
        return web.json_response(self.instance or {}, status=503 if self.instance is None else 200)

    async def notices(self, request: web.Request) -> web.Response:
        """A page right after `min_id`, or the newest; newest first."""
        limit = int(request.query["limit"])
        if (after := request.query.get("min_id")) is None:
            return web.json_response(self._notices[-limit:][::-1])
        newer = [each for each in self._notices if int(each["id"]) > int(after)]
        return web.json_response(newer[:limit][::-1])

    async def own(self, request: web.Request) -> web.Response:
        """We said nothing of our own accord."""
        return web.json_response([])

    async def post(self, request: web.Request) -> web.Response:
        """What is too long is refused, in Mastodon's words."""
        said = (await request.json())["status"]
        if len(said) > self.limit:
            because = f"Validation failed: Text character limit of {self.limit} exceeded"
            return web.json_response({"error": because}, status=422)
        self.posts.append(_status(f"own-{len(self.posts)}", said, {"id": _ME, "acct": "shop"}))
        return web.json_response(self.posts[-1])

    async def stream(self, request: web.Request) -> web.StreamResponse:
        """Everything that happens from now on."""
        if not self.streams:
            return web.Response(status=404)
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await response.prepare(request)
        mine: asyncio.Queue[str] = asyncio.Queue()
        self._open.append(mine)
        try:
            with suppress(ConnectionError):
                while True:
                    await response.write((await mine.get()).encode())
        finally:
            self._open.remove(mine)
        return response


def _status(id: str, content: str, account: dict[str, str]) -> dict[str, Any]:
    return {
        "id": id,
        "content": content,
        "url": f"https://village.example/{id}",
        "created_at": "2026-03-02T08:00:00Z",
        "visibility": "public",
        "account": account,
        "mentions": [{"id": _ME, "acct": "shop"}],
    }


@asynccontextmanager
async def village() -> AsyncIterator[Village]:
    """A running one."""
    here = Village()
    app = web.Application()
    app.router.add_get("/api/v1/accounts/verify_credentials", here.who)
    app.router.add_get("/api/v2/instance", here.itself)
    app.router.add_get("/api/v1/notifications", here.notices)
    app.router.add_get(f"/api/v1/accounts/{_ME}/statuses", here.own)
    app.router.add_post("/api/v1/statuses", here.post)
    app.router.add_get("/api/v1/streaming/user", here.stream)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    here.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield here
    finally:
        await runner.cleanup()
