"""The one connection to a Slack workspace: each call is one attempt at a time, inside Slack's limits, and ends in a value."""

import json
import logging
from asyncio import Lock
from collections.abc import Callable, Mapping
from typing import Any, Final
from urllib.parse import urlsplit

from aiohttp import ClientError, ClientSession, ClientTimeout, DummyCookieJar
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from adapters.connections.secret import Secret as Secret
from adapters.connections.secret import reveal as reveal
from adapters.connections.slack_answers import LIMITED, TOKEN, UNSURE, Answer, Answered, Lost, Refused
from adapters.connections.slack_budget import Budgets, Rank
from adapters.connections.slack_ticks import Ticks
from adapters.connections.wire import connector, fenced
from bot.ports import Clock

#: Slack's own address of its Web API.
API_URL: Final = "https://slack.com/api/"
#: The whole of one attempt, in seconds.
DEADLINE: Final = 8.0
#: So often one thing is asked for where Slack says "not now". Nothing was done in between.
TRIES: Final = 3
#: Seconds a call waits for its turn before it says so.
PATIENCE: Final = 20.0
#: Seconds where Slack limits us without saying for how long.
REST: Final = 30.0

Args = Mapping[str, Any] | Callable[[], Mapping[str, Any]]


class Slack:
    """The Web API under one bot token. `dead` names the error after which nothing is sent any more, else ''."""

    def __init__(self, *, token: Secret, clock: Clock, api_url: str = API_URL) -> None:
        self.ticks = Ticks(clock)
        self.budgets = Budgets(self.ticks)
        self.url = f"{(api_url or API_URL).rstrip('/')}/"
        self._token = token
        self._session: ClientSession | None = None
        self._opening = Lock()
        self._dead: tuple[str, str] | None = None

    @property
    def dead(self) -> str:
        """Slack's name for why our token is no good. A token that was changed meanwhile is tried."""
        if self._dead is not None and self._dead[0] != reveal(self._token):
            self._dead = None
        return self._dead[1] if self._dead else ""

    def died(self, error: str) -> None:
        """An event told that this token is no good."""
        self._dead = (reveal(self._token), error)

    async def session(self) -> ClientSession:
        """The one session, opened when it is first needed."""
        async with self._opening:
            if self._session is None or self._session.closed:
                timeout = ClientTimeout(total=DEADLINE, ceil_threshold=60)
                self._session = ClientSession(
                    connector=connector(),
                    timeout=timeout,
                    trust_env=True,
                    cookie_jar=DummyCookieJar(),
                    trace_configs=[fenced()],
                )
            return self._session

    async def close(self) -> None:
        """Let go of the session; the next call opens another."""
        if self._session is not None:
            await self._session.close()

    async def call(
        self,
        method: str,
        args: Args,
        *,
        channel: str = "",
        rank: Rank = Rank.NEW,
        patience: float = PATIENCE,
        tries: int = TRIES,
        token: Secret | None = None,
    ) -> Answer:
        """Ask Slack once; again only where it said "not now", and only within `patience` seconds.

        `args` may be made when it is our turn. A message counts in its `channel`.
        With the bot's own token nothing is asked while that is no good, except `auth.test`. Never raises for what the
        network or Slack does.
        """
        if token is None and self.dead and method != "auth.test":
            return Refused(self.dead)
        give_up = await self.ticks.now() + patience
        answer: Answer = Refused("ratelimited")
        for _ in range(tries):
            left = give_up - await self.ticks.now()
            if wait := await self.budgets.turn(method, channel, rank, left):
                return Refused("ratelimited", wait)
            given = args() if callable(args) else args
            answer = await self.once(method, given, self._token if token is None else token)
            if not (isinstance(answer, Refused) and answer.error in LIMITED):
                break
            await self.budgets.of(method).park(REST if answer.wait is None else max(1.0, answer.wait))
        if token is None:
            self._learn(answer)
        return answer

    async def once(self, method: str, args: Mapping[str, Any], token: Secret) -> Answer:
        """One attempt over the network, whatever the limits."""
        client = AsyncWebClient(
            token=reveal(token), base_url=self.url, session=await self.session(), retry_handlers=[], logger=_QUIET
        )
        client.proxy = None  # the session knows the environment's, and where it does not apply
        try:
            return _answered(await client.api_call(method, data=_form(args)))
        except SlackApiError as error:
            return _refused(error.response)
        except TimeoutError:
            return Lost("Slack did not answer in time.")
        except (ClientError, SlackClientError, ValueError, OSError) as error:
            return Lost(f"The connection to Slack broke ({type(error).__name__}).")

    async def respond(self, url: str, body: Mapping[str, Any]) -> bool:
        """Answer a press or a command at its response_url (good for 30 minutes). False where that is not Slack's own."""
        mine, hook = urlsplit(self.url), urlsplit(url)
        known = hook.netloc == "hooks.slack.com" and hook.scheme == "https"
        if not known and (hook.scheme, hook.netloc) != (mine.scheme, mine.netloc):
            return False
        try:
            async with (await self.session()).post(url, json=dict(body), allow_redirects=False) as response:
                return response.status < 300
        except (ClientError, TimeoutError, OSError, ValueError):
            return False

    def _learn(self, answer: Answer) -> None:
        match answer:
            case Refused(error=error) if error in TOKEN:
                self.died(error)
            case Answered():
                self._dead = None
            case _:
                pass


#: The SDK writes every message it sends into a log of level DEBUG; nobody's words belong there.
_QUIET: Final = logging.getLogger("coolhead.slack_sdk")
_QUIET.setLevel(logging.WARNING)


def _form(args: Mapping[str, Any]) -> dict[str, str]:
    """Form fields, the one shape that every method takes."""
    return {
        name: value if isinstance(value, str) else json.dumps(value)
        for name, value in args.items()
        if value is not None
    }


def _answered(response: AsyncSlackResponse) -> Answer:
    body = response.data
    if not isinstance(body, Mapping):
        return Lost("Slack answered something that cannot be read.")
    scopes = str(response.headers.get("x-oauth-scopes", ""))
    return Answered(body, frozenset(filter(None, (each.strip() for each in scopes.split(",")))))


def _refused(response: Any) -> Answer:
    """`response` is the SDK's, or where the body was no JSON aiohttp's: then only the status is sure."""
    body = getattr(response, "data", None)
    status = getattr(response, "status_code", getattr(response, "status", 0))
    error = str(body.get("error", "")) if isinstance(body, Mapping) else ""
    if status == 429 or error in LIMITED:
        return Refused(error or "ratelimited", _seconds(response.headers.get("Retry-After", "")))
    if not error or error in UNSURE or status >= 500:
        return Lost(f"Slack could not say whether it was done ({error or status}).")
    return Refused(error, body=body if isinstance(body, Mapping) else {})


def _seconds(text: str) -> float | None:
    """Retry-After: whole seconds. Never more than an hour: a wrong number must not silence us for long."""
    return min(float(text), 3600.0) if text.isascii() and text.isdigit() and len(text) < 9 else None
