"""Stores that can be lost for a while: three servers behind sentinels, or one alone. All on this machine. A cluster lies beside.

Every server keeps what it confirms, as the embedded store's does, and with replicas it takes no write without one. A primary that
was killed comes back as a replica of its successor, as whoever keeps services up would begin it.
"""

import asyncio
import signal
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from redis import Redis
from redis.exceptions import RedisError

from adapters.stores.ground import Ground, settings
from tests.servers import free_ports, temporary, valkey
from tests.stories.process import until

SERVICE = "coolhead"
KEEPS = ("--min-replicas-to-write", "1", "--min-replicas-max-lag", "5", "--repl-diskless-sync-delay", "0")
_SENTINEL = """
sentinel monitor {service} 127.0.0.1 {primary} 2
sentinel down-after-milliseconds {service} 1000
sentinel failover-timeout {service} 4000
sentinel parallel-syncs {service} 2
"""


def asked(port: int, *command: str | int) -> Any:
    """One command, answered; None where nobody does."""
    try:
        with Redis(port=port, socket_timeout=2, decode_responses=True) as client:
            return client.execute_command(*command)
    except (RedisError, OSError):
        return None


@dataclass
class Server:
    """One server of a fleet, on its port, with a folder of its own."""

    port: int
    folder: Path
    more: Sequence[str] = ()
    process: "subprocess.Popen[bytes] | None" = None

    def begin(self, *more: str) -> None:
        """Start it; `more` is for this start alone."""
        self.folder.mkdir(parents=True, exist_ok=True)
        ground = Ground(self.folder, self.folder / "redis.sock")
        ground.socket.unlink(missing_ok=True)
        port = ("--daemonize", "no", "--port", str(self.port), "--bind", "127.0.0.1")
        self._run([str(valkey()), *settings(ground), *port, *self.more, *more])

    def watch(self, primary: int) -> None:
        """Start it as a sentinel."""
        self.folder.mkdir(parents=True)
        file = self.folder / "sentinel.conf"
        file.write_text(_SENTINEL.format(service=SERVICE, primary=primary))
        self._run([str(valkey()), str(file), "--sentinel", "--port", str(self.port), "--dir", str(self.folder)])

    def _run(self, command: list[str]) -> None:
        quiet = subprocess.DEVNULL
        self.process = subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True)
        until(lambda: asked(self.port, "PING"), lambda: f"{command} does not answer")
        whose = asked(self.port, "INFO", "server")["process_id"]
        assert whose == self.process.pid, f"process {whose} listens on {self.port}, which is not ours"

    def signal(self, how: signal.Signals) -> None:
        """Send it a signal."""
        assert self.process is not None
        self.process.send_signal(how)

    def end(self) -> None:
        """kill -9."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()


@dataclass
class Fleet:
    """`url`: its address for the product. `servers`: those that may hold the team; one of them is the primary."""

    url: str
    servers: list[Server]
    others: list[Server] = field(default_factory=list)

    def primary(self) -> Server | None:
        """Who takes writes for the team now, as far as the fleet agrees."""
        raise NotImplementedError

    def planned(self) -> None:
        """An operator has another take over."""
        raise NotImplementedError

    def relieved(self) -> None:
        """Another takes over without a word to the one in charge."""
        raise NotImplementedError

    def returned(self, lost: Server) -> None:
        """Who was killed is begun again, behind its successor."""
        raise NotImplementedError

    def demoted(self, lost: Server) -> None:
        """Who lives and was the primary is told that it is not any more; nothing where the fleet says so by itself."""
        raise NotImplementedError

    def followed(self) -> bool:
        """Whether all but one follow the primary."""
        primary = self.primary()
        told = primary and asked(primary.port, "INFO", "replication")
        if not isinstance(told, dict) or told["role"] != "master":
            return False
        states = [told[name]["state"] for name in told if name.startswith("slave") and isinstance(told[name], dict)]
        return states == ["online"] * (len(self.servers) - 1)

    async def until_followed(self) -> Server:
        """The primary, once every other one has its writes."""
        await asyncio.to_thread(until, self.followed, lambda: "the fleet does not come together", 60.0)
        found = self.primary()
        assert found is not None
        return found

    async def fail_over(self, how: str) -> None:
        """The primary is lost (`killed`), silent for a while (`frozen`), gives over (`planned`), or is relieved without
        being asked and goes on (`relieved`); whole again after.
        """
        lost = await self.until_followed()
        match how:
            case "killed":
                await asyncio.to_thread(lost.end)
                await self._succeeded(lost)
                await asyncio.to_thread(self.returned, lost)
            case "frozen":
                lost.signal(signal.SIGSTOP)
                try:
                    await self._succeeded(lost)
                finally:
                    lost.signal(signal.SIGCONT)
                await asyncio.sleep(1.0)  # it wakes as the primary that it believes to be
                await asyncio.to_thread(self.demoted, lost)
            case "relieved":
                await asyncio.to_thread(self.relieved)
                await self._succeeded(lost)
                await asyncio.sleep(1.0)  # and still believes it
                await asyncio.to_thread(self.demoted, lost)
            case _:
                await asyncio.to_thread(self.planned)
                await self._succeeded(lost)
                await asyncio.to_thread(self.demoted, lost)
        await self.until_followed()

    async def _succeeded(self, lost: Server) -> None:
        await asyncio.to_thread(
            until, lambda: self.primary() not in (None, lost), lambda: f"nobody takes over from {lost.port}", 60.0
        )


class Sentinels(Fleet):
    """Three servers, three sentinels of whom two must agree."""

    def primary(self) -> Server | None:
        """Whom most sentinels name."""
        named = [asked(each.port, "SENTINEL GET-MASTER-ADDR-BY-NAME", SERVICE) for each in self.others]
        ports = [int(each[1]) for each in named if each]
        agreed = [port for port in set(ports) if ports.count(port) >= 2]
        return next((each for each in self.servers if each.port in agreed), None)

    def planned(self) -> None:
        """In the way in which the old primary takes no write any more before the new one takes over."""
        until(lambda: asked(self.others[0].port, "SENTINEL FAILOVER", SERVICE, "COORDINATED"), lambda: "no failover")

    def relieved(self) -> None:
        """As operators mostly ask for it."""
        until(lambda: asked(self.others[0].port, "SENTINEL FAILOVER", SERVICE), lambda: "no failover")

    def returned(self, lost: Server) -> None:
        """Behind its successor."""
        primary = self.primary()
        assert primary is not None
        lost.begin("--replicaof", f"127.0.0.1 {primary.port}")

    def demoted(self, lost: Server) -> None:
        """At once; the sentinels would need ten seconds for it."""
        primary = self.primary()
        assert primary is not None
        asked(lost.port, "REPLICAOF", "127.0.0.1", primary.port)


class Alone(Fleet):
    """One server without replicas: it dies, and is begun again in its folder."""

    async def fail_over(self, how: str) -> None:
        """kill -9, whatever is asked; back after a moment."""
        (server,) = self.servers
        await asyncio.to_thread(server.end)
        await asyncio.sleep(0.5)
        await asyncio.to_thread(server.begin)


@contextmanager
def alone() -> Iterator[Fleet]:
    """Up."""
    (port,) = free_ports(1)
    with temporary() as folder, ExitStack() as stack:
        server = Server(port, folder / "alone")
        stack.callback(server.end)
        server.begin()
        yield Alone(f"redis://127.0.0.1:{port}", [server])


@contextmanager
def sentinels() -> Iterator[Fleet]:
    """Up, and whole."""
    ports = free_ports(6)
    with temporary() as folder, ExitStack() as stack:
        servers = [Server(port, folder / str(port), KEEPS) for port in ports[:3]]
        watching = [Server(port, folder / str(port)) for port in ports[3:]]
        for each in (*servers, *watching):
            stack.callback(each.end)
        for each in servers:
            each.begin(*(() if each is servers[0] else ("--replicaof", f"127.0.0.1 {ports[0]}")))
        for each in watching:
            each.watch(ports[0])
        nodes = ",".join(f"127.0.0.1:{port}" for port in ports[3:])
        fleet = Sentinels(f"redis+sentinel://{nodes}/{SERVICE}", servers, watching)
        until(fleet.followed, lambda: "the replicas do not follow")
        until(lambda: _all_see(watching), lambda: "the sentinels do not see each other")
        yield fleet


def _all_see(watching: Sequence[Server]) -> bool:
    for each in watching:
        told = asked(each.port, "SENTINEL MASTER", SERVICE)
        if not told or int(told["num-other-sentinels"]) < 2 or int(told["num-slaves"]) < 2:
            return False
    return True
