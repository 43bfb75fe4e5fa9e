"""One question to a Mastodon server: one attempt, no redirect, a deadline, and what its headers tell us."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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

from bot.errors import WrongSettings
from bot.ports import Clock

#: The whole of one question, in seconds; the outbox gives a send eight.
DEADLINE: Final = 7.5
#: The largest answer we read, in bytes.
LARGEST: Final = 8_000_000
#: Of the requests a server allows, so many are kept for people who want to send.
RESERVE: Final = 30
#: Answered to anybody, so they say nothing of our token.
PUBLIC: Final = frozenset({"/api/v2/instance"})

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


@dataclass(frozen=True, slots=True)
class Lost:
    """No whole answer came. Whether the question arrived nobody knows."""

    because: str


class _Dropped(ClientError):
    """The connection broke. Not one of the errors after which aiohttp silently asks a second time."""


async def _once(request: ClientRequest, handler: ClientHandlerType) -> ClientResponse:
    try:
        return await handler(request)
    except (ClientOSError, ServerDisconnectedError) as error:
        raise _Dropped(type(error).__name__) from None


class Wire:
    """`url` is the server's, `https://social.example`. Every answer's Date bears witness for the clock."""

    def __init__(self, url: str, token: SecretStr, session: ClientSession, clock: Clock) -> None:
        parts = urlsplit(url.strip())
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.username:
            raise WrongSettings("COOLHEAD_MASTODON_URL must look like https://social.example.")
        self.base = f"{parts.scheme}://{parts.netloc}"
        self.session = session
        self.clock = clock
        self.trouble: str | None = None
        self._token = token
        self._free_at: datetime | None = None

    @property
    def authorization(self) -> Mapping[str, str]:
        """The header that shows our token."""
        return {"Authorization": f"Bearer {self._token.get_secret_value()}"}

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
        try:
            async with self.session.request(
                method,
                f"{self.base}{path}",
                params=params,
                json=json,
                headers={**self.authorization, "Accept": "application/json", **(headers or {})},
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
        await self._learn(got, public=path in PUBLIC)
        return got

    async def _learn(self, got: Got, *, public: bool) -> None:
        if got.status == 401:
            self.trouble = "Mastodon no longer accepts our token. Make a new one and set COOLHEAD_MASTODON_TOKEN."
        elif got.status < 400 and not public:
            self.trouble = None
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
