"""Socket Mode: what happens in Slack comes in over a websocket that we open, so no public address is needed.

Slack renews each socket every few hours and says so about ten seconds before: the second is open before the first is
let go, so nothing falls in between. A payload may come twice (Slack sends it again where no receipt came); it is acted on
once and confirmed each time. (docs.slack.dev/apis/events-api/using-socket-mode)
"""

import asyncio
import json
import random
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from typing import Any, Final

from aiohttp import ClientError, ClientWebSocketResponse, WSMsgType

from adapters.connections.slack import Secret, Slack
from adapters.connections.slack_answers import TOKEN, Answered, Lost, Refused
from adapters.connections.slack_budget import Rank
from adapters.rooms.slack.cures import because
from adapters.rooms.slack.healing import Troubles
from bot.errors import StoreAway
from bot.work.lifecycle import log_fall
from bot.work.waiting import first

#: What an envelope is answered with: a payload, or nothing but the receipt.
Take = Callable[[str, Mapping[str, Any], str], Awaitable[Mapping[str, Any] | None]]

#: Seconds between two tries to connect: doubled, with some chance in it.
SHORTEST, LONGEST = 1.0, 60.0
#: Seconds a socket may say nothing before it is asked for a sign of life, and to say hello.
HEARTBEAT, HELLO = 10.0, 10.0
#: Seconds the old socket is still listened to after the new one is up.
LINGER: Final = 15.0
_PART: Final = "slack socket"


class Sockets:
    """`run` keeps one socket up until cancelled. `up` is told each time one is there after a time without any."""

    def __init__(
        self, slack: Slack, token: Secret, take: Take, up: Callable[[], Awaitable[None]], health: Troubles
    ) -> None:
        self._slack = slack
        self._token = token
        self._take = take
        self._up = up
        self._health = health
        self._open = 0
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def connected(self) -> bool:
        """Whether at least one socket is up."""
        return self._open > 0

    async def run(self) -> None:
        """Until cancelled."""
        failures = 0
        try:
            while True:
                wanted = asyncio.Event()
                greeted = asyncio.Event()
                failed = await self._connect(greeted, wanted)
                if failed is None:
                    failures = 0
                    await wanted.wait()
                    failures = 0 if greeted.is_set() else 1
                else:
                    failures += 1
                    self._say(failed)
                if failures:
                    await self._slack.ticks.sleep(backoff(failures))
        finally:
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _connect(self, greeted: asyncio.Event, wanted: asyncio.Event) -> Refused | Lost | None:
        """None once a socket is being read; `wanted` is set when another is needed."""
        answer = await self._slack.call("apps.connections.open", {}, rank=Rank.ANSWER, token=self._token)
        if not isinstance(answer, Answered):
            return answer
        try:
            session = await self._slack.session()
            socket = await session.ws_connect(str(answer.body.get("url", "")), heartbeat=HEARTBEAT, max_msg_size=0)
        except (ClientError, TimeoutError, OSError, ValueError) as error:
            return Lost(f"The socket to Slack did not open ({type(error).__name__}).")
        self._start(self._read(socket, greeted, wanted))
        await first(greeted.wait(), wanted.wait(), self._slack.ticks.sleep(HELLO))
        if not greeted.is_set():
            await socket.close()
            return Lost("The socket to Slack opened and said nothing.")
        return None

    async def _read(self, socket: ClientWebSocketResponse, greeted: asyncio.Event, wanted: asyncio.Event) -> None:
        """Until it is closed, by Slack or because the next one is up."""
        counted = False
        try:
            async for message in socket:
                if message.type is not WSMsgType.TEXT:
                    continue
                told = _read(message.data)
                match told.get("type"):
                    case "hello":
                        if not counted:
                            counted = True
                            await self._opened()
                        greeted.set()
                    case "disconnect":
                        self._parted(socket, str(told.get("reason", "")), wanted)
                    case str(kind) if "envelope_id" in told:
                        self._start(self._answer(socket, kind, told))
                    case _:
                        pass
        finally:
            self._open -= counted
            if not self._open:
                self._health.trouble(_PART, "The socket to Slack is down; it is being opened again.")
            wanted.set()
            await socket.close()

    async def _opened(self) -> None:
        self._open += 1
        self._health.well(_PART)
        if self._open == 1:
            self._start(self._up())

    def _parted(self, socket: ClientWebSocketResponse, reason: str, wanted: asyncio.Event) -> None:
        if reason == "link_disabled":
            self._health.trouble(_PART, "Socket Mode is switched off in the app's settings. Switch it on there.")
        wanted.set()
        self._start(self._linger(socket))

    async def _linger(self, socket: ClientWebSocketResponse) -> None:
        """Slack closes it by itself; we do where it forgets to."""
        await self._slack.ticks.sleep(LINGER)
        await socket.close()

    async def _answer(self, socket: ClientWebSocketResponse, kind: str, told: Mapping[str, Any]) -> None:
        """The receipt goes back as soon as it is known what it says; the work behind it may take longer."""
        envelope = str(told["envelope_id"])
        payload = told.get("payload")
        try:
            answer = await self._take(kind, payload if isinstance(payload, dict) else {}, envelope)
        except StoreAway:
            return  # without a receipt Slack delivers it again
        except Exception as error:
            log_fall("A payload from Slack", error)
            return  # again, or who pressed is told: a bare receipt would close their form as if it were saved
        receipt = {"envelope_id": envelope} | ({"payload": answer} if answer else {})
        with suppress(ClientError, ConnectionError):  # Slack sends it again over another one, and it is confirmed there
            await socket.send_json(receipt)

    def _say(self, failed: Refused | Lost) -> None:
        match failed:
            case Refused(error=error) if error in TOKEN or error == "missing_scope":
                fix = "Make an app-level token with the scope connections:write and set COOLHEAD_SLACK_APP_TOKEN."
                self._health.trouble(_PART, f"Slack does not accept our app-level token ({error}). {fix}")
            case Refused(error=error):
                self._health.trouble(_PART, because(error))
            case Lost(because=lost):
                self._health.trouble(_PART, lost)

    def _start(self, work: Any) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: "asyncio.Task[None]") -> None:
        self._tasks.discard(task)
        if not task.cancelled() and isinstance(error := task.exception(), Exception):
            log_fall("Listening to Slack", error)


def backoff(failures: int) -> float:
    """Seconds until the next try."""
    step = min(LONGEST, SHORTEST * 2.0 ** min(failures - 1, 10))
    return step * (0.5 + random.random() / 2)  # only so that replicas do not all knock at once


def _read(text: str) -> dict[str, Any]:
    try:
        told = json.loads(text)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}
