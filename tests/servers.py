"""Real servers for tests: an embedded-style Valkey, a system redis-server, a three-node cluster, in temp folders.

As fixtures (import them into a conftest.py): `valkey_url`, `redis_url`, `cluster_url`, started once a session, and
`store_url`, which runs a test against each of the three. They are shared, so every test takes a team of its own:
`team` gives one. A test that kills or changes a server starts its own with `running` or `cluster`.
"""

import fcntl
import os
import random
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from redis import Redis
from redis.exceptions import RedisError

from adapters.stores.binary import find_server
from adapters.stores.ground import Ground, settings

__all__ = ["cluster_url", "redis_url", "store_url", "team", "valkey_url"]

_PATIENCE = 20.0
_SLOTS = 16384
#: Below all that a system gives to whoever asks for any port (Linux from 32768 on, others from 49152).
_PORTS = range(20_000, 32_000)
_DICE = random.SystemRandom()  # whatever a test does to the others
_GIVEN: set[int] = set()


@dataclass(frozen=True, slots=True)
class Running:
    """A server that a test may do anything to. `pid` is the server's own."""

    url: str
    pid: int
    folder: Path

    def kill(self, how: signal.Signals = signal.SIGKILL) -> None:
        """Send its process a signal."""
        os.kill(self.pid, how)

    def ask(self, *command: str) -> object:
        """One command, answered."""
        with Redis.from_url(self.url) as client:
            return _say(client, *command)


def need(program: str, package: str) -> Path:
    """Where `program` lies. Without it the test is skipped with a line that says how to get it; in CI it fails."""
    if (found := shutil.which(program)) is not None:
        return Path(found)
    missing = f"{program} is missing; on Debian: apt-get install {package}"
    if os.environ.get("CI"):
        pytest.fail(missing)
    pytest.skip(missing)


def valkey() -> Path:
    """The program the embedded store uses."""
    return find_server()


def redis7() -> Path:
    """The system's redis-server."""
    return need("redis-server", "redis-server")


@contextmanager
def temporary() -> Iterator[Path]:
    """A folder with a path short enough for sockets, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="coolhead-test-", dir="/tmp", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


@contextmanager
def running(
    program: Path, *more: str, before: Sequence[str] = (), environment: dict[str, str] | None = None
) -> Iterator[Running]:
    """A server with the embedded store's settings on a unix socket; `more` is added to its command line and wins.

    `before` stands in front of the command (`("faketime", …)`), `environment` is added to the process's own.
    """
    with temporary() as folder:
        ground = Ground(folder, folder / "redis.sock")
        command = [*before, str(program), *settings(ground), "--daemonize", "no", *more]
        with _process(command, environment) as process:
            pid = _wait_for(ground.url, process)
            yield Running(ground.url, pid, folder)


@dataclass(frozen=True, slots=True)
class FakedClock:
    """The wall clock of a process started with `before` and `environment` can be moved while it runs."""

    file: Path

    @property
    def before(self) -> tuple[str, ...]:
        """Stands in front of the command. The offset that `faketime` sets would win over the file, so it goes."""
        return ("faketime", "-f", "+0", "env", "-u", "FAKETIME")

    @property
    def environment(self) -> dict[str, str]:
        """Added to the process's own."""
        return {"FAKETIME_TIMESTAMP_FILE": str(self.file), "FAKETIME_NO_CACHE": "1"}

    def move(self, seconds: float) -> None:
        """From now on that clock shows the true time and `seconds`; negative ones go back."""
        fresh = self.file.with_suffix(".new")
        fresh.write_text(f"{seconds:+}")
        fresh.replace(self.file)


@contextmanager
def faked_clock() -> Iterator[FakedClock]:
    """For Valkey and Python. Debian's redis-server hangs under faketime: its allocator asks for the time itself."""
    need("faketime", "faketime")
    with temporary() as folder:
        clock = FakedClock(folder / "clock")
        clock.move(0)
        yield clock


@contextmanager
def listening(program: Path, *more: str) -> Iterator[Running]:
    """The same on a free port of 127.0.0.1."""
    (port,) = free_ports(1)
    with temporary() as folder:
        ground = Ground(folder, folder / "redis.sock")
        options = [*settings(ground), "--daemonize", "no", "--port", str(port), "--bind", "127.0.0.1", *more]
        with _process([str(program), *options]) as process:
            pid = _wait_for(ground.url, process)
            yield Running(f"redis://127.0.0.1:{port}", pid, folder)


@contextmanager
def sentinel(primary: Running, service: str = "coolhead") -> Iterator[str]:
    """One sentinel that watches a `listening` primary, behind one that isn't there; its `redis+sentinel://` address."""
    nobody, port = free_ports(2)
    with temporary() as folder:
        watched = primary.url.rpartition(":")[2]
        (folder / "sentinel.conf").write_text(f"sentinel monitor {service} 127.0.0.1 {watched} 1\n")
        command = [
            str(valkey()),
            str(folder / "sentinel.conf"),
            "--sentinel",
            "--port",
            str(port),
            "--bind",
            "127.0.0.1",
        ]
        with _process([*command, "--dir", str(folder)]) as process:
            _wait_for(f"redis://127.0.0.1:{port}", process)
            yield f"redis+sentinel://127.0.0.1:{nobody},127.0.0.1:{port}/{service}"


@contextmanager
def cluster(nodes: int = 3) -> Iterator[str]:
    """A Valkey cluster on free ports of 127.0.0.1; gives its `redis+cluster://` address."""
    ports = free_ports(2 * nodes)
    pairs = list(zip(ports[:nodes], ports[nodes:], strict=True))
    with ExitStack() as stack:
        for port, bus in pairs:
            stack.enter_context(
                listening(
                    valkey(),
                    *("--port", str(port), "--cluster-enabled", "yes", "--cluster-port", str(bus)),
                    *("--cluster-node-timeout", "2000", "--databases", "1"),
                )
            )
        _join(pairs)
        yield "redis+cluster://" + ",".join(f"127.0.0.1:{port}" for port, _ in pairs)


def free_ports(count: int) -> list[int]:
    """Ports of 127.0.0.1 that nobody listens on at this moment, that the system gives to nobody by itself, and no other test as
    long as this process lives: a server that is down for a while, or begun later, finds its own free.
    """
    found: list[int] = []
    while len(found) < count:
        port = _DICE.choice(_PORTS)
        with suppress(OSError), socket.socket() as one:
            one.bind(("127.0.0.1", port))
            _keep(port)
            found.append(port)
    return found


@cache
def _kept() -> int:
    """A file of which every process locks the bytes that its ports count."""
    return os.open(Path(tempfile.gettempdir()) / f"coolhead-test-ports-{os.getuid()}", os.O_RDWR | os.O_CREAT, 0o600)


def _keep(port: int) -> None:
    """Raises OSError for one that a test was given before."""
    if port in _GIVEN:
        raise FileExistsError(port)
    fcntl.lockf(_kept(), fcntl.LOCK_EX | fcntl.LOCK_NB, 1, port)
    _GIVEN.add(port)


def _join(pairs: Sequence[tuple[int, int]]) -> None:
    clients = [Redis(port=port) for port, _ in pairs]
    for number, client in enumerate(clients):
        first, end = (_SLOTS * at // len(pairs) for at in (number, number + 1))
        _say(client, "CLUSTER", "ADDSLOTSRANGE", first, end - 1)
        _say(client, "CLUSTER", "SET-CONFIG-EPOCH", number + 1)
    for port, bus in pairs[1:]:
        _say(clients[0], "CLUSTER", "MEET", "127.0.0.1", port, bus)
    _until(lambda: all(_agrees(client, len(pairs)) for client in clients), "the cluster did not come together")
    for client in clients:
        client.close()


def _say(client: Redis, *command: str | int) -> Any:
    return client.execute_command(*command)  # type: ignore[no-untyped-call]  # the library gives it no types


def _agrees(client: Redis, nodes: int) -> bool:
    told = _say(client, "CLUSTER INFO")
    return told["cluster_state"] == "ok" and int(told["cluster_known_nodes"]) == nodes


@contextmanager
def _process(command: Sequence[str], environment: dict[str, str] | None = None) -> Iterator["subprocess.Popen[bytes]"]:
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=os.environ | (environment or {}),
        start_new_session=True,
    )
    try:
        yield process
    finally:
        # The whole group: `faketime` stays in between and would die alone.
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        for left in ("faketime_shm_", "sem.faketime_sem_"):  # else the next `faketime` of this number does not start
            Path("/dev/shm", f"{left}{process.pid}").unlink(missing_ok=True)


def _wait_for(url: str, process: "subprocess.Popen[bytes]") -> int:
    """Its process id, once it answers."""
    with Redis.from_url(url) as client:
        _until(lambda: process.poll() is not None or _answers(client), "the server did not answer")
        if process.poll() is not None:
            pytest.fail(f"{process.args!r} ended with {process.returncode}")
        return int(client.info("server")["process_id"])


def _answers(client: Redis) -> bool:
    try:
        return bool(client.ping())
    except RedisError:
        return False


def _until(true: Callable[[], bool], otherwise: str) -> None:
    give_up = time.monotonic() + _PATIENCE
    while not true():
        if time.monotonic() > give_up:
            pytest.fail(otherwise)
        time.sleep(0.01)


@pytest.fixture(scope="session")
def valkey_url() -> Iterator[str]:
    """The embedded store's server with its settings."""
    with running(valkey()) as server:
        yield server.url


@pytest.fixture(scope="session")
def redis_url() -> Iterator[str]:
    """The system's redis-server."""
    with running(redis7()) as server:
        yield server.url


@pytest.fixture(scope="session")
def cluster_url() -> Iterator[str]:
    """Three Valkey nodes."""
    with cluster() as url:
        yield url


@pytest.fixture(params=["valkey_url", "redis_url", "cluster_url"], ids=["valkey", "redis", "cluster"])
def store_url(request: pytest.FixtureRequest) -> str:
    """Each of the three in turn."""
    url: str = request.getfixturevalue(request.param)
    return url


@pytest.fixture
def team() -> str:
    """A team that no other test has."""
    return f"t{uuid.uuid4().hex[:12]}"
