"""local-slack, a Slack that nobody here wrote, and what a person does in it: post, press, fill in, read.

It listens on every interface by itself; a line handed to its runtime before it starts keeps it on this machine.
"""

import asyncio
import json
import tempfile
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from aiohttp import ClientSession

from tests.adapters.rooms.slack.eyes import filled as filled_in
from tests.adapters.rooms.slack.eyes import found as found
from tests.adapters.rooms.slack.eyes import labels as labels
from tests.adapters.rooms.slack.eyes import shown as shown
from tests.adapters.rooms.slack.programs import answers, package, started
from tests.servers import free_ports

BOT = "UBOT"
APP = "A1"
TOKEN, APP_TOKEN, SIGNING_SECRET = "xoxb-of-the-tests", "xapp-of-the-tests", "signing-secret-of-the-tests"
CARE, QUIET = "C0CARE", "C0QUIET"
#: The people of the workspace; `Gil` is a guest only where a proxy says so.
PEOPLE: Mapping[str, str] = {"U0ANA": "Ana", "U0BEN": "Ben", "U0KIM": "Kim", "U0GIL": "Gil"}

_PATIENCE = 20.0
_LOCAL_ONLY = 'const serve = Bun.serve; Bun.serve = (with_) => serve({...with_, hostname: "127.0.0.1"});\n'


@dataclass
class LocalSlack:
    """A running one. `who` in what people do is a Slack user id."""

    port: int
    session: ClientSession
    pid: int
    seen: list[dict[str, Any]] = field(default_factory=list)

    @property
    def url(self) -> str:
        """Its page, for a browser."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def api_url(self) -> str:
        """What COOLHEAD_SLACK_API_URL is set to."""
        return f"{self.url}/api/"

    async def post(self, who: str, text: str, channel: str = CARE, thread: str = "") -> str:
        """A person says something; hands back its ts."""
        where = {"thread_ts": thread} if thread else {}
        said = await self._control("message", {"channel": channel, "user": who, "text": text, **where})
        return str(said["message"]["ts"])

    async def command(self, who: str, text: str, channel: str = CARE) -> None:
        """`/coolhead text`."""
        await self._control("command", {"channel": channel, "user": who, "command": "/coolhead", "text": text})

    async def react(self, who: str, ts: str, name: str = "pushpin", channel: str = CARE) -> None:
        """A reaction on a message."""
        await self._control("reaction", {"channel": channel, "ts": ts, "user": who, "name": name})

    async def home(self, who: str) -> None:
        """They open the app's Home tab."""
        await self._control("open-home", {"user": who})

    async def press(self, who: str, message: Mapping[str, Any], label: str) -> None:
        """A button (or an entry of a menu) of a message, by the words on it."""
        action = found(message, label)
        body = {"channel": message["channel"], "messageTs": message["ts"], "user": who, "action": action}
        await self._control("interact", body)

    async def press_in_modal(self, who: str, label: str) -> None:
        """A button of the modal on top. local-slack sends it as it sends a message's, without the view."""
        action = found(await self.modal(), label)
        await self._control("interact", {"channel": CARE, "messageTs": "0", "user": who, "action": action})

    async def submit(self, who: str, values: Mapping[str, Any]) -> None:
        """The modal on top, filled: `values` by the label of the field, as typed or chosen."""
        view = await self.modal()
        filled = filled_in(view, values)
        await self._ui({"t": "view_submit", "user": who, "values": filled})

    async def close(self, who: str) -> None:
        """The modal is closed without being sent."""
        await self._ui({"t": "view_close", "user": who})

    async def messages(self, channel: str = CARE) -> list[dict[str, Any]]:
        """All of a channel, threads and what only one person sees included."""
        return list((await self._get(f"messages/{channel}"))["messages"])

    async def direct(self, who: str) -> list[dict[str, Any]]:
        """What the app wrote to that person alone."""
        channels = (await self._get("state"))["channels"]
        theirs = [one["id"] for one in channels if one.get("is_im") and set(one["members"]) == {who, BOT}]
        return [message for channel in theirs for message in await self.messages(channel)]

    async def thread(self, ts: str, channel: str = CARE) -> list[dict[str, Any]]:
        """The lines under a card."""
        return [one for one in await self.messages(channel) if one.get("thread_ts") == ts]

    async def modal(self) -> dict[str, Any]:
        """The modal on top, once there is one."""
        for _ in range(400):
            stack = (await self._look())["modalStack"]
            if stack:
                return dict(stack[-1])
            await asyncio.sleep(0.05)
        raise AssertionError("No modal opened.")

    async def modals(self) -> list[dict[str, Any]]:
        """The whole stack as it is now."""
        return list((await self._look())["modalStack"])

    async def published(self, who: str) -> dict[str, Any] | None:
        """The Home tab as the app painted it for them."""
        views: dict[str, dict[str, Any]] = (await self._look())["homeViews"].get(who, {})
        return views.get(APP)

    async def calls(self, method: str = "") -> list[dict[str, Any]]:
        """What the app asked of the Web API: `summary` is the method, `detail` what was sent."""
        log = (await self._get("log"))["log"]
        return [
            one
            for one in log
            if one["kind"] == "web_api" and one["direction"] == "from_bot" and method in one["summary"]
        ]

    async def is_connected(self) -> bool:
        """Whether a socket of the app is up."""
        return any(app["connected"] for app in (await self._look())["apps"])

    async def connected(self) -> None:
        """Until the app's socket is up."""
        for _ in range(400):
            if await self.is_connected():
                return
            await asyncio.sleep(0.05)
        raise AssertionError("The app did not connect.")

    async def until(self, words: str, channel: str = CARE) -> dict[str, Any]:
        """The newest message of a channel that shows these words, once there is one."""
        for _ in range(400):
            for message in reversed(await self.messages(channel)):
                if words in json.dumps(message, ensure_ascii=False):
                    return dict(message)
            await asyncio.sleep(0.05)
        raise AssertionError(f"Nobody said {words!r}.")

    async def delete(self, who: str, ts: str, channel: str = CARE) -> None:
        """A message goes (only its author may, so `who` of a card is the bot)."""
        await self._control("delete-message", {"channel": channel, "ts": ts, "user": who})

    async def _look(self) -> dict[str, Any]:
        async with self.session.ws_connect(f"{self.url}/ui") as page:
            state: dict[str, Any] = (await page.receive_json())["state"]
            return state

    async def _ui(self, what: Mapping[str, Any]) -> None:
        async with self.session.ws_connect(f"{self.url}/ui") as page:
            await page.receive_json()
            await page.send_json(what)
            # It is done once the page is told of the app's answer; any answer changes the stack or shows errors.
            async with asyncio.timeout(_PATIENCE):
                while (await page.receive_json())["t"] not in {"view", "view_errors"}:
                    pass

    async def _control(self, what: str, body: Mapping[str, Any]) -> dict[str, Any]:
        async with self.session.post(f"{self.url}/_control/{what}", json=body) as response:
            answer: dict[str, Any] = await response.json()
            assert response.status == 200, answer
            return answer

    async def _get(self, what: str) -> dict[str, Any]:
        async with self.session.get(f"{self.url}/_control/{what}") as response:
            answer: dict[str, Any] = await response.json()
            return answer


@asynccontextmanager
async def local_slack(mode: Literal["socket", "events"] = "socket", request_url: str = "") -> AsyncIterator[LocalSlack]:
    """Started on a free port of 127.0.0.1, gone afterwards."""
    program = package("local-slack-linux-x64/bin/local-slack")
    (port,) = free_ports(1)
    with tempfile.TemporaryDirectory(prefix="coolhead-slack-") as folder:
        ground = Path(folder)
        (ground / "local_only.js").write_text(_LOCAL_ONLY)
        (ground / "slack.json").write_text(json.dumps(_workspace(mode, request_url)))
        command = [str(program), "--config", "slack.json", "--port", str(port), "--base-host", "127.0.0.1"]
        env = {"TMPDIR": folder, "BUN_OPTIONS": "--preload ./local_only.js"}
        async with started(command, folder, env) as process, ClientSession() as session:
            slack = LocalSlack(port, session, process.pid)
            await answers(process, lambda: slack._get("state"))
            yield slack


def _workspace(mode: str, request_url: str) -> dict[str, Any]:
    app = {
        "appId": APP,
        "botUserId": BOT,
        "botName": "coolhead",
        "botToken": TOKEN,
        "appToken": APP_TOKEN,
        "signingSecret": SIGNING_SECRET,
        "mode": mode,
        **({"requestUrl": request_url} if request_url else {}),
    }
    everybody = [BOT, *PEOPLE]
    return {
        "workspace": {"teamId": "T0SHOP", "name": "Shop", "domain": "shop"},
        "apps": [app],
        "users": [{"id": id, "name": name, "real_name": name, "tz": "Europe/Berlin"} for id, name in PEOPLE.items()],
        "channels": [
            {"id": CARE, "name": "care", "members": everybody},
            {"id": QUIET, "name": "quiet", "members": everybody},
        ],
    }
