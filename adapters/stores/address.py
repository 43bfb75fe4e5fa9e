"""Reads a store's address. The forms, with `rediss` in place of `redis` for TLS:

    redis://[user:password@]host[:port][/db]
    unix:///path/to/socket[?db=0&password=…]
    redis+sentinel://[user:password@]host[:port],host[:port],…/service[/db][?sentinel_password=…]
    redis+cluster://[user:password@]host[:port],host[:port],…

User name and password are percent-decoded; those before `@` are the store's own, a sentinel's come as
`sentinel_username` and `sentinel_password`. TLS may be tuned with `ssl_ca_certs`, `ssl_certfile`, `ssl_keyfile`
(paths), `ssl_check_hostname` (true, false) and `ssl_cert_reqs` (required, optional, none).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, unquote, urlsplit

from bot.errors import WrongSettings

_FORMS = "redis://, unix://, redis+sentinel:// or redis+cluster://, or with TLS rediss://, rediss+sentinel://, …"
_TLS = frozenset({"ssl_ca_certs", "ssl_certfile", "ssl_keyfile", "ssl_check_hostname", "ssl_cert_reqs"})
_OPTIONS = _TLS | {"db", "username", "password", "sentinel_username", "sentinel_password"}

Node = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Access:
    """What every form has in common. `login` holds secrets and is never shown."""

    login: Mapping[str, str] = field(default_factory=dict, repr=False)
    tls: Mapping[str, str | bool] | None = None  # None: no TLS
    db: int = 0


@dataclass(frozen=True, slots=True)
class Single:
    """One server on the network."""

    node: Node
    access: Access


@dataclass(frozen=True, slots=True)
class Local:
    """One server behind a unix socket."""

    path: str
    access: Access


@dataclass(frozen=True, slots=True)
class Watched:
    """A primary that sentinels name; `login` is for the sentinels themselves."""

    sentinels: tuple[Node, ...]
    service: str
    access: Access
    login: Mapping[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class Spread:
    """A cluster; any of its nodes will do to find the rest."""

    nodes: tuple[Node, ...]
    access: Access


Address = Single | Local | Watched | Spread


def read_address(url: str) -> Address:
    """Raises WrongSettings, which names the setting and the fault but never repeats the address: it holds secrets."""
    try:
        return _read(url)
    except ValueError as error:
        raise WrongSettings(f"COOLHEAD_REDIS_URL cannot be read: {error}") from None


def _read(url: str) -> Address:
    parts = urlsplit(url)
    options = _options(parts.query)
    user, _, hosts = parts.netloc.rpartition("@")
    steps = [unquote(step) for step in parts.path.split("/") if step]
    match parts.scheme:
        case "unix":
            if not parts.path:
                raise ValueError("after unix:// comes the path of a socket.")
            return Local(unquote(parts.path), _access(user, options, None))
        case "redis" | "rediss":
            return Single(_nodes(hosts, 6379)[0], _access(user, options, _last(steps, 0), parts.scheme))
        case "redis+sentinel" | "rediss+sentinel":
            if not steps:
                raise ValueError("after the sentinels comes a slash and the name they know the store by.")
            access = _access(user, options, _last(steps, 1), parts.scheme)
            return Watched(_nodes(hosts, 26379), steps[0], access, _login(options, "sentinel_"))
        case "redis+cluster" | "rediss+cluster":
            access = _access(user, options, _last(steps, 0), parts.scheme)
            if access.db:
                raise ValueError("a cluster has only the database 0.")
            return Spread(_nodes(hosts, 6379), access)
        case _:
            raise ValueError(f"it must begin with {_FORMS}")


def _last(steps: list[str], used: int) -> str | None:
    """The database among the path's steps: what follows the first `used` ones."""
    if len(steps) > used + 1:
        raise ValueError("its path has too many parts.")
    return steps[used] if len(steps) > used else None


def _options(query: str) -> dict[str, str]:
    options = dict(parse_qsl(query, keep_blank_values=True))
    if unknown := sorted(set(options) - _OPTIONS):
        raise ValueError(f"it knows no option {unknown[0]!r}; there are {', '.join(sorted(_OPTIONS))}.")
    return options


def _access(user: str, options: Mapping[str, str], db: str | None, scheme: str = "") -> Access:
    chosen = options.get("db", db or "0")
    if not chosen.isdecimal():
        raise ValueError("the database must be a whole number.")
    name, _, password = user.partition(":")
    login = _login({"username": unquote(name), "password": unquote(password)} | dict(options), "")
    return Access(login, _tls(options) if scheme.startswith("rediss") else None, int(chosen))


def _login(options: Mapping[str, str], prefix: str) -> dict[str, str]:
    return {name: value for name in ("username", "password") if (value := options.get(prefix + name))}


def _tls(options: Mapping[str, str]) -> dict[str, str | bool]:
    chosen: dict[str, str | bool] = {name: value for name, value in options.items() if name in _TLS}
    match options.get("ssl_check_hostname", "true").lower():
        case "true":
            chosen["ssl_check_hostname"] = True
        case "false":
            chosen["ssl_check_hostname"] = False
        case _:
            raise ValueError("ssl_check_hostname must be true or false.")
    if chosen.get("ssl_cert_reqs", "required") not in ("required", "optional", "none"):
        raise ValueError("ssl_cert_reqs must be required, optional or none.")
    return chosen


def _nodes(hosts: str, port: int) -> tuple[Node, ...]:
    nodes = tuple(_node(text, port) for text in hosts.split(",") if text)
    if not nodes:
        raise ValueError("it names no host.")
    return nodes


def _node(text: str, port: int) -> Node:
    try:
        found = urlsplit(f"//{text}")
        where, at = found.hostname, found.port
    except ValueError:
        raise ValueError("a port must be a number from 0 to 65535.") from None
    if not where:
        raise ValueError("a host is missing before a port.")
    return where, port if at is None else at
