"""What local-slack forgets and Slack keeps: the metadata of a message, by which an answer that was lost is made up for."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer

_READ = ("conversations.history", "conversations.replies")


@asynccontextmanager
async def remembering(api_url: str) -> AsyncIterator[str]:
    """In front of the Web API at that address; what to use instead. It outlives whoever calls it."""
    kept: dict[tuple[str, str], Any] = {}
    async with ClientSession() as session:

        async def forward(request: web.Request) -> web.Response:
            body, method = await request.read(), request.match_info["method"]
            headers = {
                name: request.headers[name] for name in ("Authorization", "Content-Type") if name in request.headers
            }
            async with session.post(f"{api_url}{method}", data=body, headers=headers) as response:
                answer: dict[str, Any] = await response.json()
            asked = dict(parse_qsl(body.decode()))
            if method == "chat.postMessage" and answer.get("ok") and "metadata" in asked:
                kept[asked["channel"], answer["ts"]] = json.loads(asked["metadata"])
            if method in _READ and "include_all_metadata" in asked:
                for message in answer.get("messages") or ():
                    message["metadata"] = kept.get((asked["channel"], message["ts"]), {})
            return web.json_response(answer)

        app = web.Application(client_max_size=16 * 1024**2)
        app.router.add_post("/api/{method}", forward)
        async with TestServer(app, host="127.0.0.1") as server:
            yield f"{server.make_url('/api/')}"
