"""One call to Discord: its failure is a value, it ends in time, and it is known whether it was tried more than once.

discord.py tries a request again by itself after 500, 502, 504 and 524, whatever it was. So every create carries a
nonce, and where Discord takes none (a forum post) the caller is told that there may be a twin.
"""

import base64
import hashlib
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from dataclasses import dataclass
from types import SimpleNamespace
from typing import TypeVar

import aiohttp
import discord

from adapters.connections.discord_invalid import Invalid
from adapters.connections.discord_limit import Limit
from bot.ports import Clock
from bot.work.waiting import within

T = TypeVar("T")

#: Seconds one call may take, with whatever discord.py waits for rate limits in between.
LONGEST = 45.0
#: A rate limit longer than this is an answer and not a wait; the least that discord.py takes.
LONGEST_LIMIT = 30.0

_AGAIN = frozenset({500, 502, 504, 524})
_FAILED: ContextVar[list[int] | None] = ContextVar("discord_calls_failed", default=None)


@dataclass(frozen=True, slots=True)
class Problem:
    """A call that did not succeed. `status` 0: no answer came; `code` is Discord's own, 0 where it named none.

    `wait`: seconds after which it may go, where that is known. `doubtful`: it may have happened all the same.
    """

    status: int
    code: int = 0
    wait: float = 0.0
    doubtful: bool = False


def nonce(key: str) -> str:
    """22 characters that name a create: within a few minutes Discord makes only one message of the same."""
    return base64.urlsafe_b64encode(hashlib.sha256(key.encode()).digest()[:16]).decode().rstrip("=")


def tracing(invalid: Invalid, limit: Limit) -> aiohttp.TraceConfig:
    """Sees every request and answer, also what discord.py tries again by itself."""

    async def begins(
        session: aiohttp.ClientSession, context: SimpleNamespace, start: aiohttp.TraceRequestStartParams
    ) -> None:
        del session, context
        await limit.turn(start.url.path)

    async def ended(
        session: aiohttp.ClientSession, context: SimpleNamespace, end: aiohttp.TraceRequestEndParams
    ) -> None:
        del session, context
        status = end.response.status
        if status == 429:  # every other invalid answer reaches the caller, who notes it
            invalid.note(status, end.response.headers.get("X-RateLimit-Scope", ""))
        failed = _FAILED.get()
        if failed is not None and status in _AGAIN:
            failed.append(status)

    trace = aiohttp.TraceConfig()
    trace.on_request_start.append(begins)
    trace.on_request_end.append(ended)
    return trace


class Calls:
    """Runs calls. `invalid` is shared with the trace of the client."""

    def __init__(self, clock: Clock, invalid: Invalid) -> None:
        self._clock = clock
        self._invalid = invalid

    async def run(self, call: Callable[[], Awaitable[T]]) -> T | Problem:
        """What the call hands back, or why there is nothing."""
        found, _ = await self.watched(call)
        return found

    async def watched(self, call: Callable[[], Awaitable[T]]) -> tuple[T | Problem, bool]:
        """The same, and whether it may have been done more than once."""
        if (rest := self._invalid.rest((await self._clock.now()).elapsed)) > 0:
            return Problem(429, wait=rest), False
        failed: list[int] = []
        token = _FAILED.set(failed)
        try:
            found = await self._attempt(call)
        finally:
            _FAILED.reset(token)
        return found, bool(failed) or (isinstance(found, Problem) and found.doubtful)

    async def _attempt(self, call: Callable[[], Awaitable[T]]) -> T | Problem:
        try:
            return await within(self._clock, LONGEST, call())
        except discord.RateLimited as error:
            return Problem(429, wait=error.retry_after)
        except discord.LoginFailure:
            self._invalid.note(401)
            return Problem(401)
        except discord.HTTPException as error:
            self._note(error)
            return Problem(error.status, error.code, doubtful=error.status >= 500)
        except (discord.InvalidData, aiohttp.ClientError, OSError, TimeoutError):
            return Problem(0, doubtful=True)

    def _note(self, error: discord.HTTPException) -> None:
        if error.status != 429:  # the trace saw it
            self._invalid.note(error.status)
