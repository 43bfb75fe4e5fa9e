"""A proxy that says of some people of local-slack that they are guests, which it cannot say itself."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer


@asynccontextmanager
async def guests(api_url: str, *ids: str) -> AsyncIterator[str]:
    """The Web API at the address given, with `is_restricted` on these people."""
    async with ClientSession() as session:

        async def forward(request: web.Request) -> web.Response:
            body = await request.read()
            headers = {
                name: request.headers[name] for name in ("Authorization", "Content-Type") if name in request.headers
            }
            async with session.post(f"{api_url}{request.match_info['method']}", data=body, headers=headers) as response:
                answer = await response.json()
            if (user := answer.get("user")) and isinstance(user, dict) and user.get("id") in ids:
                user["is_restricted"] = True
            return web.json_response(answer)

        app = web.Application()
        app.router.add_post("/api/{method}", forward)
        async with TestServer(app, host="127.0.0.1") as server:
            yield f"{server.make_url('/api/')}"
