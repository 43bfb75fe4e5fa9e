"""A route of the one server, as thought sees it: no socket needed to try one."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Knock:
    """A request, as a door sees it. `peer` is the client's address as far as trusted proxies tell it."""

    method: str
    path: str
    values: Mapping[str, str]
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes
    peer: str = ""


Response = tuple[int, Mapping[str, str], bytes | AsyncIterator[bytes]]


@dataclass(frozen=True, slots=True)
class Door:
    """One route. `path` may hold `{name}` parts, handed over in `Knock.values`. Header names arrive in lower case."""

    method: str
    path: str
    open: Callable[[Knock], Awaitable[Response]]
