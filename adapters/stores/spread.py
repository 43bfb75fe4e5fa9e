"""A cluster's client: the library's, taught to give a silent node up in time to ask the others.

A node that is connected and says nothing (a stopped process, a machine that is gone without a word) is no fault to the
library until a limit of its own is over, and only then does it look who is in charge instead. `socket_timeout` cannot be
that limit: see away.py.
"""

import asyncio
from collections.abc import Sequence
from typing import Any

from redis.asyncio import RedisCluster
from redis.asyncio.cluster import ClusterNode
from redis.exceptions import TimeoutError as Silent

from adapters.stores.address import Node
from adapters.stores.away import whole_patience
from adapters.stores.packed import Plain, Sealed

#: Seconds of the whole patience that are left for the others.
_FOR_OTHERS = 3.0


class _Answering:
    async def read_response(self, *args: Any, **options: Any) -> Any:
        """As the library's. Raises its TimeoutError once so little time is left that another node must be asked."""
        whole = whole_patience()
        try:
            async with asyncio.timeout(None if whole is None else max(0.0, whole - _FOR_OTHERS)):
                above: Any = super()
                return await above.read_response(*args, **options)
        except TimeoutError:
            raise Silent("A node of the cluster does not answer.") from None


class _Open(_Answering, Plain):
    """To a node, over TCP."""


class _Closed(_Answering, Sealed):
    """To a node, over TLS."""


class _OurCommands:
    """Where the key stands in each command that we send. The library would ask a node for the table of all commands each
    time it looks who is in charge, and go no further where that one is silent, even if no key of ours lies there.
    """

    async def initialize(self, node: object = None) -> None:
        """Nothing is to be asked."""

    async def get_keys(self, *command: Any) -> Sequence[Any]:
        """One of its keys: all that go into one command lie in one slot."""
        if command[0] == "XREAD":
            at = next(place for place, part in enumerate(command) if part in ("STREAMS", b"STREAMS"))
            return command[at + 1 : at + 2]
        return command[1:2]


def spread(nodes: Sequence[Node], **more: Any) -> RedisCluster:
    """A client of the cluster that any of `nodes` belongs to; `more` as for the library's."""
    made = RedisCluster(startup_nodes=[ClusterNode(host, port) for host, port in nodes], **more)
    parts: Any = made  # the library has no other way to name either
    link = _Closed if more.get("ssl") else _Open
    parts.nodes_manager.connection_kwargs["connection_class"] = link
    for node in parts.nodes_manager.startup_nodes.values():
        node.connection_class = link
    parts.commands_parser = _OurCommands()
    return made
