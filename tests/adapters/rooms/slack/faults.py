"""A fault proxy in front of a Slack Web API: what the network and Slack do to us, by script."""

import asyncio
from collections import Counter, defaultdict, deque
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer

#: What becomes of one call. `limited` and `status` answer in Slack's place, before any effect; `drop` breaks the line
#: before the effect and `drop_after` after it; `stall` never answers; `garbage` answers what is no JSON; `error` is
#: Slack's own name for a no.
Fault = tuple[str, Any]


@dataclass
class Faults:
    """`script` by method is used up in turn. `calls` counts what came, `bodies` keeps it."""

    target: str
    session: ClientSession
    script: defaultdict[str, deque[Fault]] = field(default_factory=lambda: defaultdict(deque))
    calls: Counter[str] = field(default_factory=Counter)
    headers: dict[str, str] = field(default_factory=dict)
    edit: Callable[[str, dict[str, Any]], None] = lambda method, answer: None
    url: str = ""

    def next(self, method: str, *faults: Fault) -> None:
        """What the next calls of that method meet."""
        self.script[method].extend(faults)

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """One call."""
        method = request.match_info["method"]
        self.calls[method] += 1
        fault: Fault = self.script[method].popleft() if self.script[method] else ("", None)
        match fault:
            case ("limited", seconds):
                refused = {"ok": False, "error": "ratelimited"}
                return web.json_response(refused, status=429, headers={"Retry-After": str(seconds)})
            case ("status", int(status)):
                return web.Response(status=status, text="upstream connect error")
            case ("garbage", _):
                return web.Response(text="<html>Slack is down</html>", content_type="text/html")
            case ("error", str(error)):
                return web.json_response({"ok": False, "error": error}, headers=self.headers)
            case ("drop", _):
                return _dropped(request)
            case ("stall", _):
                await asyncio.sleep(60)
        answer = await self._forward(request, method)
        if fault[0] == "drop_after":
            return _dropped(request)
        self.edit(method, answer)
        return web.json_response(answer, headers=self.headers)

    async def _forward(self, request: web.Request, method: str) -> dict[str, Any]:
        headers = {name: request.headers[name] for name in ("Authorization", "Content-Type") if name in request.headers}
        async with self.session.post(f"{self.target}{method}", data=await request.read(), headers=headers) as response:
            answer: dict[str, Any] = await response.json()
            return answer


def _dropped(request: web.Request) -> web.StreamResponse:
    assert request.transport is not None
    request.transport.abort()
    return web.Response()


@asynccontextmanager
async def faults(target: str) -> AsyncIterator[Faults]:
    """In front of the Web API at `target`; `url` is what to use instead."""
    async with ClientSession() as session:
        made = Faults(target, session)
        app = web.Application()
        app.router.add_post("/api/{method}", made.handle)
        async with TestServer(app, host="127.0.0.1") as server:
            made.url = str(server.make_url("/api/"))
            yield made


def shows(people: Mapping[str, Mapping[str, Any]]) -> Callable[[str, dict[str, Any]], None]:
    """An `edit` that says more of some people than local-slack knows."""

    def edit(method: str, answer: dict[str, Any]) -> None:
        if method == "users.info" and (user := answer.get("user")):
            user |= people.get(user["id"], {})

    return edit
