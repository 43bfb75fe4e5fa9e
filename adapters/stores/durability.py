"""May this store lose what it confirmed? Asked at start, before anything is promised to anybody."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from redis.asyncio import RedisCluster
from redis.asyncio.cluster import ClusterNode
from redis.exceptions import ResponseError

from adapters.stores.away import away
from adapters.stores.connect import Client
from bot.errors import StoreUnsafe
from bot.ports import Finding

_OLDEST_REDIS = (6, 2)
_OLDEST_VALKEY = (7, 2)

#: setting, what it must be, and what happens otherwise. Measured at a power cut: `everysec` lost up to 0.9 s of
#: confirmed writes, `no` everything since the start; a rewrite with no-appendfsync-on-rewrite is like `no`.
_WANTED = (
    ("appendonly", "yes", "a restart loses everything since the last snapshot"),
    ("appendfsync", "always", "a power cut loses confirmed writes, up to a second's with everysec"),
    ("no-appendfsync-on-rewrite", "no", "a power cut during a rewrite loses confirmed writes"),
    ("maxmemory-policy", "noeviction", "a full memory throws entries away"),
)


_LONELY = "min-replicas-to-write"


async def check_durable(client: Client, accept_loss: bool) -> tuple[Finding, ...]:
    """Look at every primary. Empty for a store that keeps what it confirms.

    Raises StoreUnsafe, naming each fix, where one can lose confirmed writes and `accept_loss` is not set; with it,
    the doubts come back for the page and for health. What a managed store hides is a doubt, never a refusal.
    A store that is too old, is a replica or cannot write its file is refused in any case. Raises StoreAway.
    """
    async with away():
        found = [await _look(client, node) for node in await _primaries(client)]
    losses = _unique(doubt for look in found for doubt in _losses(look))
    hopeless = _unique(doubt for look in found for doubt in _hopeless(look))
    if hopeless:
        raise StoreUnsafe(_joined(hopeless))
    if losses and not accept_loss:
        raise StoreUnsafe(
            f"{_joined(losses)} To run with that risk all the same, set accept_loss (COOLHEAD_ACCEPT_LOSS=true)."
        )
    return losses + _unique(doubt for look in found for doubt in _hidden(look))


@dataclass(frozen=True, slots=True)
class _Look:
    """What one server says of itself. `config` lacks what it hides."""

    info: Mapping[str, Any]
    config: Mapping[str, str]


async def _primaries(client: Client) -> Sequence[ClusterNode | None]:
    if not isinstance(client, RedisCluster):
        return (None,)
    await client.initialize()
    return client.get_primaries()


async def _look(client: Client, node: ClusterNode | None) -> _Look:
    target = {} if node is None else {"target_nodes": [node]}
    info = await client.execute_command("INFO", **target)
    asked = [name for name, _, _ in _WANTED] + [_LONELY] * bool(info.get("connected_slaves"))
    settings = {name: await _setting(client, name, target) for name in asked}
    return _Look(info, {name: value for name, value in settings.items() if value is not None})


async def _setting(client: Client, name: str, target: Mapping[str, Any]) -> str | None:
    """One setting, or None where the server does not tell: managed services forbid CONFIG or take it away."""
    try:
        answer: Mapping[str, str] = await client.execute_command("CONFIG GET", name, **target)
    except ResponseError:
        return None
    return answer.get(name)


def _losses(look: _Look) -> Iterable[Finding]:
    for name, wanted, loss in _WANTED:
        if look.config.get(name, wanted) != wanted:
            yield _doubt(f"The store is set to {name} {look.config[name]}: {loss}.", f"Set {name} {wanted}.")
    if look.config.get(_LONELY) == "0":
        yield _doubt(
            f"The store has replicas, and takes writes without them ({_LONELY} 0): a primary that is cut off from the "
            "rest goes on confirming what a failover then throws away.",
            f"Set {_LONELY} 1; two replicas or more let one of them be away.",
        )
    if "appendonly" not in look.config and look.info.get("aof_enabled") == 0:
        yield _doubt("The store keeps no append-only file: a restart loses entries.", "Turn on AOF persistence.")


def _hidden(look: _Look) -> Iterable[Finding]:
    if hidden := [name for name, _, _ in _WANTED if name not in look.config]:
        yield _doubt(
            f"The store does not tell how it is set up ({', '.join(hidden)}), so whether it can lose confirmed "
            "writes cannot be checked.",
            "Compare with the provider's own page; wanted are "
            + ", ".join(f"{name} {wanted}" for name, wanted, _ in _WANTED)
            + ".",
        )


def _hopeless(look: _Look) -> Iterable[Finding]:
    name, version, oldest = _version(look.info)
    if version < oldest:
        yield _doubt(
            f"The store is {name} {_dotted(version)}, which is too old.", f"Use {name} {_dotted(oldest)} or later."
        )
    if look.info.get("role") == "slave":
        yield _doubt("The store at this address is a replica.", "Give the address of its primary.")
    if look.info.get("aof_last_write_status", "ok") != "ok":
        yield _doubt("The store could not write its append-only file.", "Look at its disk, then start again.")


def _version(info: Mapping[str, Any]) -> tuple[str, tuple[int, ...], tuple[int, ...]]:
    """Its name, its version, the oldest that will do. Valkey calls itself redis_version 7.2.4 as well."""
    if (valkey := info.get("valkey_version")) is not None:
        return "Valkey", _numbers(valkey), _OLDEST_VALKEY
    return "Redis", _numbers(info.get("redis_version", "0")), _OLDEST_REDIS


def _numbers(version: object) -> tuple[int, ...]:
    """`version` may come as a float: the library reads "6.0" as a number."""
    return tuple(int(part) for part in str(version).split(".") if part.isdecimal())


def _dotted(version: Iterable[int]) -> str:
    return ".".join(str(part) for part in version)


def _doubt(what: str, fix: str) -> Finding:
    return Finding(ok=False, what=what, fix=fix)


def _unique(doubts: Iterable[Finding]) -> tuple[Finding, ...]:
    """Each once, in order: the nodes of a cluster usually say the same."""
    return tuple(dict.fromkeys(doubts))


def _joined(doubts: Iterable[Finding]) -> str:
    return " ".join(f"{doubt.what} {doubt.fix}" for doubt in doubts)
