"""A cluster that can lose the team's primary: five nodes, two of them its replicas."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager

from tests.chaos.fleets import KEEPS, Fleet, Server, asked
from tests.servers import free_ports, temporary
from tests.stories.process import until


class Cluster(Fleet):
    """Three primaries; the one of the team's slot has two replicas."""

    def primary(self) -> Server | None:
        """Whom most of the nodes that answer call the team's primary."""
        everybody = (*self.servers, *self.others)
        votes = [port for each in everybody if (port := _in_charge(each.port)) is not None]
        most = max(set(votes), key=votes.count, default=0)
        return next((s for s in self.servers if s.port == most and votes.count(most) > len(votes) // 2), None)

    def planned(self) -> None:
        """CLUSTER FAILOVER, asked of a replica."""
        primary = self.primary()
        successor = next(each for each in self.servers if each is not primary)
        until(lambda: asked(successor.port, "CLUSTER FAILOVER"), lambda: "no failover")

    def relieved(self) -> None:
        """CLUSTER FAILOVER FORCE: the one in charge is not heard first."""
        primary = self.primary()
        successor = next(each for each in self.servers if each is not primary)
        until(lambda: asked(successor.port, "CLUSTER FAILOVER", "FORCE"), lambda: "no failover")

    def returned(self, lost: Server) -> None:
        """It knows its cluster, and learns from it that it is a replica now."""
        lost.begin()

    def demoted(self, lost: Server) -> None:
        """The cluster tells it within a moment."""
        del lost


def _in_charge(port: int) -> int | None:
    """Whom a node calls the primary of the team's slot."""
    slots, slot = asked(port, "CLUSTER SLOTS"), asked(port, "CLUSTER KEYSLOT", "{home}")
    return next((int(node[1]) for low, high, node, *_ in slots or () if low <= (slot or 0) <= high), None)


@contextmanager
def cluster() -> Iterator[Fleet]:
    """Up, and whole."""
    ports = free_ports(10)
    nodes, buses = ports[:5], ports[5:]
    with temporary() as folder, ExitStack() as stack:
        servers = [Server(port, folder / str(port), _clustered(bus)) for port, bus in zip(nodes, buses, strict=True)]
        for each in servers:
            stack.callback(each.end)
            each.begin()
        _join(servers, buses)
        fleet = Cluster("redis+cluster://" + ",".join(f"127.0.0.1:{port}" for port in nodes), servers[:3], servers[3:])
        until(fleet.followed, lambda: "the replicas do not follow")
        yield fleet


def _clustered(bus: int) -> tuple[str, ...]:
    return (
        *KEEPS,
        *("--cluster-enabled", "yes", "--cluster-port", str(bus), "--databases", "1"),
        *("--cluster-node-timeout", "1000", "--cluster-allow-replica-migration", "no"),
        *("--cluster-require-full-coverage", "no"),
    )


def _join(servers: Sequence[Server], buses: Sequence[int]) -> None:
    """The first holds the team's slot, the last two the rest; the second and the third follow the first."""
    first, second, third, fourth, fifth = (each.port for each in servers)
    slot = asked(first, "CLUSTER KEYSLOT", "{home}")
    low, high = (0, 8191) if slot <= 8191 else (8192, 16383)
    rest = (8192, 16383) if low == 0 else (0, 8191)
    asked(first, "CLUSTER ADDSLOTSRANGE", low, high)
    asked(fourth, "CLUSTER ADDSLOTSRANGE", rest[0], rest[0] + 4000)
    asked(fifth, "CLUSTER ADDSLOTSRANGE", rest[0] + 4001, rest[1])
    for number, each in enumerate(servers):
        asked(each.port, "CLUSTER SET-CONFIG-EPOCH", number + 1)
    for each, bus in zip(servers[1:], buses[1:], strict=True):
        asked(first, "CLUSTER MEET", "127.0.0.1", each.port, bus)
    until(
        lambda: all(_knows(each.port, len(servers)) for each in servers), lambda: "the cluster does not come together"
    )
    myself = asked(first, "CLUSTER MYID")
    for port in (second, third):
        until(lambda port=port: asked(port, "CLUSTER REPLICATE", myself), lambda: "no replica")  # type: ignore[misc]


def _knows(port: int, nodes: int) -> bool:
    told = asked(port, "CLUSTER INFO")
    return bool(told) and told["cluster_state"] == "ok" and int(told["cluster_known_nodes"]) == nodes
