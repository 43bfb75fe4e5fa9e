"""The store's disk refuses: at each write of a mention's way through the house, for a while, and the store is away (D3, D2).

Whoever sends is told 200 or 503, nothing else. The oracle is what was answered 200, held against the export at the end.
Errors are injected with strace into the store's real server, into the writes of its append-only file alone; a trial that
injected nowhere fails.
"""

import json
import os
import shutil
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from urllib.error import HTTPError

import pytest

from adapters.stores.ground import Ground, settings
from tests.chaos.summary import say
from tests.servers import temporary, valkey
from tests.stories.process import House, a_house, answers, cleaned, house, until

CALLS = (("write", "ENOSPC"), ("write", "EIO"), ("fdatasync", "EIO"), ("fdatasync", "ENOSPC"))
PROMISE = "what we said 200 to is on disk"


def rooted() -> None:
    """Skip with a line where errors cannot be injected."""
    if os.geteuid() != 0 or shutil.which("strace") is None:
        pytest.skip("errors can be injected only by root with strace; on Debian: apt-get install strace")


class Sender:
    """Sends mentions and remembers what it was told: `kept` what was answered 200, `odd` what nobody should be told."""

    def __init__(self, made: House) -> None:
        self._made = made
        self.kept: set[str] = set()
        self.refused = 0
        self.odd: list[str] = []

    def send(self, id: str) -> bool:
        """Once. Whether it was kept."""
        try:
            self._made.mention({"id": id, "text": f"Where is my parcel? {id}", "author": {"id": id}})
        except HTTPError as error:
            with error:
                if error.code == 503:
                    self.refused += 1
                else:
                    self.odd.append(f"{error.code} for {id}")
            return False
        except (OSError, ValueError) as error:
            self.odd.append(f"{type(error).__name__} for {id}")
            return False
        self.kept.add(id)
        return True

    def insist(self, id: str, within: float = 30.0) -> None:
        """Until it was kept, as platforms do."""
        until(lambda: self.send(id), lambda: f"{id} is never taken: {self._made.err}", within=within)

    def lost(self) -> list[str]:
        """What was answered 200 and does not stand exactly once, after everything had time to be sorted."""
        rows: Counter[str] = Counter()

        def there() -> bool:
            nonlocal rows
            exported = self._made.command("export").stdout.splitlines()
            lines = [json.loads(line) for line in exported]
            rows = Counter(line["mention"]["id"] for line in lines if line["kind"] in ("opened", "wrote_again"))
            return self.kept <= rows.keys()

        with suppress(AssertionError):
            until(there, lambda: "", within=30)
        return sorted(
            f"{id}: {rows[id]}" for id in self.kept | rows.keys() if rows[id] != 1 and (id in self.kept or rows[id])
        )


@contextmanager
def traced(made: House, log: Path, *inject: str) -> Iterator[None]:
    """strace on the store's server, on what it does to its append-only file."""
    (file,) = (made.data / "store").rglob("*.incr.aof")
    command = [
        "strace",
        "-f",
        "-p",
        str(made.store),
        "-o",
        str(log),
        "-P",
        str(file),
        "-e",
        "trace=write,fdatasync",
        *inject,
    ]
    with subprocess.Popen(command, stderr=subprocess.PIPE) as process:
        assert process.stderr is not None
        process.stderr.readline()  # it is attached
        try:
            yield
        finally:
            process.terminate()
            try:
                process.wait(2)
            except subprocess.TimeoutExpired:  # what it watched has ended under its hands
                process.kill()


#: So many mentions are sent until one of them meets the error: on a busy machine several share a write.
TURNS = 30


@pytest.mark.parametrize(
    ("calls", "most"),
    [pytest.param(CALLS[:1], 1, id="cut"), pytest.param(CALLS, 100, marks=pytest.mark.chaos, id="whole")],
)
@pytest.mark.timeout(900)
def test_a_disk_that_refuses_at_any_write_loses_nothing(calls: tuple[tuple[str, str], ...], most: int) -> None:
    """Each write of a mention's way, from its arrival to the card, meets a full disk or an I/O error."""
    rooted()
    with temporary() as folder, house(folder / "data") as made:
        sender, log = Sender(made), folder / "log"
        sender.insist("first")
        until(made.incidents, lambda: "it is not sorted")
        writes = _way(made, sender, log, most)
        injected = 0
        for call, error in calls:
            for at in range(1, writes + 1):
                name = f"{call}-{error}-{at}"
                with traced(made, log, "-e", f"inject={call}:error={error}:when={at}"):
                    met = any(_meets(sender, f"{name}-{turn}", log) for turn in range(TURNS))
                assert met, f"nothing was injected: {name}"
                injected += met
                sender.insist(f"{name}-after")
        lost = sender.lost()
        say(
            PROMISE,
            "full disk and I/O error at each write of a mention's way (strace)",
            "real",
            injected,
            f"{len(sender.kept)} acknowledged, {len(lost)} lost or double, {sender.refused} answered 503, {len(sender.odd)} odd",
            "-",
        )
        assert (lost, sender.odd) == ([], [])
        assert made.command("verify").returncode == 0
        assert made.stop() == 0
        assert "Traceback" not in made.err


def _meets(sender: Sender, id: str, log: Path) -> bool:
    """Send one, and give it time for its way to the card: whether an error was met by then."""
    sender.send(id)
    time.sleep(0.15)
    return "(INJECTED)" in log.read_text()


def _way(made: House, sender: Sender, log: Path, most: int) -> int:
    """How many writes a mention's way takes, as it was traced."""
    with traced(made, log):
        sender.send("traced")
        time.sleep(0.4)
    writes = log.read_text().count("write(")
    assert writes >= 3, log.read_text()
    return min(writes, most)


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[Path]:
    """A disk of that size, mounted on `folder`; skips with a line where nobody may mount one."""
    rooted()
    folder.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "none", str(folder)], capture_output=True, check=False
    )
    if made.returncode != 0:
        pytest.skip("a small disk cannot be mounted here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


@pytest.mark.chaos
@pytest.mark.parametrize("rounds", [20])
@pytest.mark.timeout(900)
def test_a_full_disk_is_said_and_mends_by_itself(rounds: int) -> None:
    """All room is taken at once under load: 503 while it lasts, nothing acknowledged is lost, and it goes on by itself."""
    with temporary() as folder, small_disk(folder / "disk", 220) as disk, house(disk / "data") as made:
        sender, filler = Sender(made), disk / "filler"
        for number in range(rounds):
            over: list[bool] = []

            def load(who: int, number: int = number, over: list[bool] = over) -> None:
                count = 0
                while not over:
                    count += 1
                    sender.send(f"{number}-{who}-{count}")
                    time.sleep(0.01)

            with ThreadPoolExecutor(4) as pool:
                loads = [pool.submit(load, who) for who in range(4)]
                time.sleep(0.2)
                _take_all(disk, filler)
                before = sender.refused
                until(partial(_refused_beyond, sender, before + 4), lambda: "nobody is told that it is full")
                assert answers(made, "/readyz") == 503
                filler.unlink()
                kept = len(sender.kept)
                until(partial(_kept_beyond, sender, kept + 4), lambda: f"it does not go on: {made.err}")
                over.append(True)
                for each in loads:
                    each.result()
        until(lambda: answers(made, "/readyz") == 200, lambda: "it is not ready again")
        lost = sender.lost()
        say(
            PROMISE,
            "the disk is full under load, then has room again",
            "real",
            rounds,
            f"{len(sender.kept)} acknowledged, {len(lost)} lost or double, {sender.refused} answered 503, {len(sender.odd)} odd",
            "-",
        )
        assert (lost, sender.odd) == ([], [])
        assert made.command("verify").returncode == 0
        assert made.stop() == 0
        assert "Traceback" not in made.err


def _refused_beyond(sender: Sender, count: int) -> bool:
    return sender.refused > count


def _kept_beyond(sender: Sender, count: int) -> bool:
    return len(sender.kept) > count


def _take_all(disk: Path, filler: Path) -> None:
    """No byte is free from here on."""
    with filler.open("wb") as file:
        while (free := os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize) > 0:
            with suppress(OSError):
                os.posix_fallocate(file.fileno(), 0, os.fstat(file.fileno()).st_size + free)


@pytest.mark.parametrize(
    ("how", "away"),
    [
        pytest.param("gone", 0.5, id="gone-cut"),
        pytest.param("gone", 60.0, marks=pytest.mark.chaos, id="gone"),
        pytest.param("silent", 60.0, marks=pytest.mark.chaos, id="silent"),
    ],
)
def test_a_store_that_is_away_is_said_and_waited_for(how: str, away: float) -> None:
    """Gone or silent: every answer is a 503, `/readyz` says why, and when it is back everything goes on by itself."""
    with temporary() as folder, serving(folder / "store") as server:
        made = a_house(folder / "data", COOLHEAD_REDIS_URL=server.url, COOLHEAD_SECRET="a long random text for tests")
        with cleaned(made):
            made.start()
            made.up()
            sender = Sender(made)
            sender.insist("before")
            server.leaves(how)
            until(lambda: not _ready(made), lambda: "it says that it is ready")
            assert answers(made, "/healthz") == 200
            give_up, count = time.monotonic() + away, 0
            while time.monotonic() < give_up or not count:
                count += 1
                assert not sender.send(f"away-{count}")
                time.sleep(0.5)
            server.returns(how)
            sender.insist("after", within=20)
            until(lambda: answers(made, "/readyz") == 200, lambda: "it is not ready again")
            lost = [each for each in sender.lost() if not each.startswith("away-") or not each.endswith(": 1")]
            say(
                PROMISE,
                f"the store is {how} for {away:.0f} s",
                "real",
                1,
                f"{len(sender.kept)} acknowledged, {len(lost)} lost or double, {sender.refused} answered 503, {len(sender.odd)} odd",
                "-",
            )
            assert (lost, sender.odd) == ([], [])
            assert made.stop() == 0
            assert "Traceback" not in made.err


def _ready(made: House) -> bool:
    """Whether it says so."""
    try:
        made.ask("/readyz")
    except HTTPError as error:
        with error:
            return error.code != 503
    return True


class Server:
    """A store's server that leaves and comes back, with its folder."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self.url = ground.url
        self._process = self._begun()

    def _begun(self) -> "subprocess.Popen[bytes]":
        command = [str(valkey()), *settings(self._ground), "--daemonize", "no"]
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        until(self._ground.socket.exists, lambda: "the server does not start")
        return process

    def leaves(self, how: str) -> None:
        """It dies, or it answers nobody any more."""
        self._process.send_signal(signal.SIGKILL if how == "gone" else signal.SIGSTOP)
        if how == "gone":
            self._process.wait()
            self._ground.socket.unlink()

    def returns(self, how: str) -> None:
        """As it was."""
        if how == "gone":
            self._process = self._begun()
        else:
            self._process.send_signal(signal.SIGCONT)

    def ends(self) -> None:
        """For good."""
        self._process.kill()
        self._process.wait()


@contextmanager
def serving(folder: Path) -> Iterator[Server]:
    """A server in that folder."""
    folder.mkdir(mode=0o700)
    made = Server(Ground(folder, folder / "redis.sock"))
    try:
        yield made
    finally:
        made.ends()
