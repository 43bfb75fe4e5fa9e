"""local-slack's page, left open: everything that people see there, the moment it changes."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any, TypeVar

from aiohttp import ClientError, ClientWebSocketResponse

from tests.adapters.rooms.slack.peers import CARE, LocalSlack

T = TypeVar("T")
Message = dict[str, Any]


@dataclass
class Window:
    """`messages` of the channel by ts, oldest first; `stack` of open modals; `receipts`: what the app answered to forms that
    were sent; `connected`: whether it listens; `ends`: how often it stopped listening."""

    slack: LocalSlack
    page: ClientWebSocketResponse
    messages: dict[str, Message] = field(default_factory=dict)
    stack: list[dict[str, Any]] = field(default_factory=list)
    receipts: list[dict[str, Any]] = field(default_factory=list)
    connected: bool = False
    ends: int = 0
    _looks: set[Callable[[], None]] = field(default_factory=set)
    _sent: set["asyncio.Task[None]"] = field(default_factory=set)

    async def until(self, true: Callable[[], T], within: float) -> T:
        """What `true` hands back once that counts as true, looked at after every change; after so many seconds as it is."""
        if found := true():
            return found
        done: asyncio.Future[T] = asyncio.get_running_loop().create_future()

        def look() -> None:
            if not done.done() and (now := true()):
                done.set_result(now)

        self._looks.add(look)
        try:
            return await asyncio.wait_for(done, within)
        except TimeoutError:
            return true()
        finally:
            self._looks.discard(look)

    def changed(self) -> None:
        """Whoever waits looks again."""
        for look in list(self._looks):
            look()

    def press(self, who: str, message: Mapping[str, Any], action: Mapping[str, Any]) -> None:
        """A button, pressed; local-slack itself waits for a receipt meanwhile."""
        body = {"channel": CARE, "messageTs": message.get("ts", "0"), "user": who, "action": action}
        self._goes(self.slack._control("interact", body))

    def post(self, who: str, text: str, thread: str) -> None:
        """A line in a thread."""
        self._goes(self.slack._control("message", {"channel": CARE, "user": who, "text": text, "thread_ts": thread}))

    async def does(self, what: str, who: str, **more: Any) -> None:
        """`view_submit` or `view_close`: what becomes of it shows later."""
        await self.page.send_json({"t": what, "user": who, **more})

    async def read(self) -> None:
        """Until the page is closed."""
        async for told in self.page:
            self._take(told.json())
            self.changed()

    async def close(self) -> None:
        """Nobody waits for a receipt any more."""
        for task in self._sent:
            task.cancel()
        await asyncio.gather(*self._sent, return_exceptions=True)

    def _take(self, told: Mapping[str, Any]) -> None:
        match told:
            case {"t": "init", "state": state}:
                said = state["messages"]
                found = said if isinstance(said, list) else [one for channel in said.values() for one in channel]
                self.messages = {one["ts"]: one for one in found if one["channel"] == CARE}
                self.stack = state["modalStack"]
                self.connected = any(app["connected"] for app in state["apps"])
            case {"t": "message" | "message_update", "message": message} if message["channel"] == CARE:
                self.messages[message["ts"]] = message
            case {"t": "message_delete", "ts": ts}:
                self.messages.pop(ts, None)
            case {"t": "view"}:
                self.stack = told.get("stack") or []
            case {"t": "log", "entry": {"kind": "ack", "detail": {"response_action": _} as receipt}}:
                self.receipts.append(receipt)
            case {"t": "socket_status"}:
                self.ends += self.connected and not told["connected"]
                self.connected = bool(told["connected"])
            case _:
                pass

    def _goes(self, work: Any) -> None:
        async def carefully() -> None:
            with suppress(ClientError, TimeoutError):
                await work

        task = asyncio.create_task(carefully())
        self._sent.add(task)
        task.add_done_callback(self._sent.discard)


@asynccontextmanager
async def window(slack: LocalSlack) -> AsyncIterator[Window]:
    """An open one."""
    async with slack.session.ws_connect(f"{slack.url}/ui", max_msg_size=0) as page:
        one = Window(slack, page)
        one._take(await page.receive_json())
        reading = asyncio.create_task(one.read())
        try:
            yield one
        finally:
            reading.cancel()
            await one.close()
            with suppress(asyncio.CancelledError):
                await reading
