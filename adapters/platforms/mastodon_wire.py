"""One question to a Mastodon server: one attempt, no redirect, a deadline, and what its headers tell us."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any, Final
from urllib.parse import urlsplit

from aiohttp import (
    ClientError,
    ClientHandlerType,
    ClientOSError,
    ClientRequest,
    ClientResponse,
    ClientSession,
    ClientTimeout,
    ServerDisconnectedError,
)
from pydantic import SecretStr
from pydantic_core import from_json

from adapters.connections.secret import Secret, reveal
from bot.errors import WrongSettings
from bot.ports import Clock
from bot.work.waiting import first

#: The whole of one question, in seconds; the outbox gives a send eight.
DEADLINE: Final = 7.5
#: The largest answer we read, in bytes.
LARGEST: Final = 8_000_000
#: Of the requests a server allows, so many are kept for people who want to send.
RESERVE: Final = 30
#: Answered to anybody, so they say nothing of our token.
PUBLIC: Final = frozenset({"/api/v2/instance"})
#: Tells whose token it is.
VERIFY: Final = "/api/v1/accounts/verify_credentials"
#: While it rests it looks for another token after so many seconds.
LOOKS: Final = 5.0

#: What the ids of Mastodon and what speaks its API look like.
ID: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")
_REFUSED: Final = "Mastodon no longer accepts our token. Make a new one and set COOLHEAD_MASTODON_TOKEN."
_FOREIGN: Final = (
    "The new Mastodon token is of another account, so nothing is read or sent with it. Make one of the account that "
    "Coolhead was started with, or start Coolhead anew."
)

Params = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Got:
    """An answer came. `body` is its JSON, or None where it is none."""

    status: int
    body: Any
    headers: Mapping[str, str]

    @property
    def error(self) -> str:
        """The server's own sentence for a refusal, or ''. Mastodon's errors are objects with a key `error`."""
        said = self.body.get("error") if isinstance(self.body, dict) else None
        return said if isinstance(said, str) else ""

    def at(self, *path: str) -> Any:
        """What stands there in the body, key by key; None where nothing does."""
        found = self.body
        for key in path:
            found = found.get(key) if isinstance(found, dict) else None
        return found


@dataclass(frozen=True, slots=True)
class Lost:
    """No whole answer came. Whether the question arrived nobody knows."""

    because: str


@dataclass(frozen=True, slots=True)
class _Question:
    """What is asked, whoever asks it."""

    method: str
    path: str
    params: Params = ()
    json: Mapping[str, Any] | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


class _Dropped(ClientError):
    """The connection broke. Not one of the errors after which aiohttp silently asks a second time."""


async def _once(request: ClientRequest, handler: ClientHandlerType) -> ClientResponse:
    try:
        return await handler(request)
    except (ClientOSError, ServerDisconnectedError) as error:
        raise _Dropped(type(error).__name__) from None


@dataclass(frozen=True, slots=True)
class _Known:
    """What came of a token: the account it is of, or why it is of no use to us."""

    token: str = field(repr=False)
    account: str = ""
    because: str = ""


class Wire:
    """`url` is the server's, `https://social.example`. Every answer's Date bears witness for the clock.

    A token that lies in a file may be changed while we run; it has to be of the same account.
    """

    def __init__(self, url: str, token: Secret, session: ClientSession, clock: Clock) -> None:
        parts = urlsplit(url.strip())
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.username:
            raise WrongSettings("COOLHEAD_MASTODON_URL must look like https://social.example.")
        self.base = f"{parts.scheme}://{parts.netloc}"
        self.session = session
        self.clock = clock
        self._token = token
        self._me: _Known | None = None
        self._no: _Known | None = None
        self._free_at: datetime | None = None

    @property
    def trouble(self) -> str | None:
        """Why the token as it is now is of no use, as far as we know; None where it is."""
        return self._no.because if self._no is not None and self._no.token == reveal(self._token) else None

    def forget_trouble(self) -> None:
        """It is not known any longer whether the token is of use; the next answer tells."""
        self._no = None

    async def account(self) -> str:
        """Our account's id, asked once a token; '' while the server does not tell, or where it is another than before."""
        token = reveal(self._token)
        if self._me is not None and self._me.token == token:
            return self._me.account
        got = await self._asked(token, _Question("GET", VERIFY))
        found = str(got.body.get("id", "")) if isinstance(got, Got) and isinstance(got.body, dict) else ""
        if not isinstance(got, Got) or got.status != 200 or not ID.fullmatch(found):
            return ""
        if self._me is not None and self._me.account != found:
            self._no = _Known(token, because=_FOREIGN)
            return ""
        self._me = _Known(token, account=found)
        return found

    async def token(self) -> str | None:
        """The token as it is now. None where it is another than before, and not known to be of the same account."""
        if self._me is not None and not await self.account():
            return None
        return reveal(self._token)

    async def rests(self, seconds: float) -> None:
        """So long, or until there is another token."""
        fixed = isinstance(self._token, SecretStr)
        watch = () if fixed else (self._another(reveal(self._token)),)
        await first(self.clock.sleep(seconds), *watch)

    async def _another(self, token: str) -> None:
        while reveal(self._token) == token:
            await self.clock.sleep(LOOKS)

    async def ask(
        self,
        method: str,
        path: str,
        *,
        params: Params = (),
        json: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Got | Lost:
        """One attempt, ended after the deadline. Never raises for what the network or the server does."""
        token = await self.token()
        if token is None:
            return Lost(self.trouble or "Mastodon does not answer.")
        return await self._asked(token, _Question(method, path, params, json, headers or {}))

    async def _asked(self, token: str, question: _Question) -> Got | Lost:
        try:
            async with self.session.request(
                question.method,
                f"{self.base}{question.path}",
                params=question.params,
                json=question.json,
                headers={**bearer(token), "Accept": "application/json", **question.headers},
                timeout=ClientTimeout(total=DEADLINE, ceil_threshold=60),
                allow_redirects=False,
                middlewares=(_once,),
            ) as response:
                body = await _read(response)
                got = Got(response.status, body, response.headers)
        except TimeoutError:
            return Lost("Mastodon did not answer in time.")
        except (ClientError, ValueError) as error:
            return Lost(f"The connection to Mastodon broke ({type(error).__name__}).")
        await self._learn(got, token, public=question.path in PUBLIC)
        return got

    async def _learn(self, got: Got, token: str, *, public: bool) -> None:
        if got.status == 401 and not public:
            self._no = _Known(token, because=_REFUSED)
        elif got.status < 400 and not public:
            self._no = None
        date = http_date(got.headers.get("Date", ""))
        if date is not None:
            self.clock.bear_witness(date)
        left = got.headers.get("X-RateLimit-Remaining", "")
        if got.status == 429 or (left.isascii() and left.isdigit() and int(left) < RESERVE):
            self._free_at = resets(got.headers, (await self.clock.now()).wall)

    async def busy(self) -> float:
        """Seconds for which reading should rest, so that the server's limit leaves room for sending."""
        if self._free_at is None:
            return 0.0
        left = (self._free_at - (await self.clock.now()).wall).total_seconds()
        if left <= 0:
            self._free_at = None
        return max(0.0, left)


def bearer(token: str) -> Mapping[str, str]:
    """The header that shows a token."""
    return {"Authorization": f"Bearer {token}"}


def resets(headers: Mapping[str, str], now: datetime) -> datetime:
    """When the limit ends: Retry-After, else X-RateLimit-Reset (ISO 8601 or Unix), else in five minutes.

    Never more than an hour ahead: a wrong clock elsewhere must not silence us for long.
    """
    after, reset = headers.get("Retry-After", ""), headers.get("X-RateLimit-Reset", "")
    until = now + timedelta(minutes=5)
    if after.isascii() and after.isdigit() and len(after) < 9:
        until = now + timedelta(seconds=int(after))
    elif reset.isascii() and reset.isdigit() and len(reset) < 12:
        until = datetime.fromtimestamp(int(reset), UTC)
    elif reset:
        until = _iso(reset) or until
    return min(max(until, now + timedelta(seconds=1)), now + timedelta(hours=1))


def http_date(value: str) -> datetime | None:
    """A Date header in UTC, or None."""
    try:
        date = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return (date if date.tzinfo else date.replace(tzinfo=UTC)).astimezone(UTC)


def _iso(value: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)


async def _read(response: ClientResponse) -> Any:
    body = b""
    async for chunk in response.content.iter_chunked(65536):
        body += chunk
        if len(body) > LARGEST:
            return None
    try:
        return from_json(body)
    except ValueError:
        return None
