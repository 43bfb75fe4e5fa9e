"""The real program as a process of its own: started, asked, signalled, killed."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from adapters.stores.ground import prepare
from adapters.stores.locks import is_free
from tests.servers import free_ports

ROOT = Path(__file__).parents[2]
MODULE = (sys.executable, "-m", "bot")
SCRIPT = (str(Path(sys.executable).with_name("coolhead")),)
API_TOKEN = "api-token-1"
_PATIENCE = 30.0


@dataclass
class House:
    """One `coolhead run` over a data folder. `home`: where the program's source lies."""

    data: Path
    port: int
    environ: Mapping[str, str] = field(default_factory=dict)
    program: Sequence[str] = MODULE
    home: Path = ROOT
    process: "subprocess.Popen[bytes] | None" = None
    starts: int = 0

    @property
    def base_url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        """What the program is given: nothing of ours leaks in from the one who runs the tests."""
        clean = {name: value for name, value in os.environ.items() if not name.startswith("COOLHEAD_")}
        return clean | {
            "COOLHEAD_DATA_DIR": str(self.data),
            "COOLHEAD_PORT": str(self.port),
            "COOLHEAD_INSTALLER": "Ana",
            "COOLHEAD_API_TOKENS": f"test={API_TOKEN}",
            **self.environ,
        }

    @property
    def out(self) -> str:
        """What this start has printed so far."""
        return self._file("out").read_text()

    @property
    def err(self) -> str:
        """What this start has said on standard error so far."""
        return self._file("err").read_text()

    @property
    def sign_in(self) -> str:
        """The one-use link this start printed."""
        found = re.search(r"http\S+/sign-in/\S+", self.out)
        assert found is not None, self.out
        return found[0]

    @property
    def token(self) -> str:
        """The local source's token."""
        return (self.data / "inbox-token").read_text().strip()

    def start(self) -> None:
        """Begin, in a group of its own as a terminal does; returns at once."""
        self.starts += 1
        self._file("out").parent.mkdir(parents=True, exist_ok=True)
        with self._file("out").open("wb") as out, self._file("err").open("wb") as err:
            self.process = subprocess.Popen(
                [*self.program, "run"],
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=err,
                cwd=self.home,
                env=self.environment,
                start_new_session=True,
            )

    def up(self) -> None:
        """Return once it has printed its three things; they come last."""
        until(lambda: self.out.count("\n") >= 3 or self._ended(), self._told)
        assert not self._ended(), self._told()

    def send(self, how: signal.Signals) -> None:
        """Send its whole group a signal, as Ctrl-C in a terminal does."""
        assert self.process is not None
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, how)

    def ends(self, within: float = _PATIENCE) -> int:
        """Its exit code, once it has ended."""
        assert self.process is not None
        return self.process.wait(within)

    def stop(self, how: signal.Signals = signal.SIGINT) -> int:
        """Signal and wait; hands back its exit code."""
        self.send(how)
        return self.ends()

    def kill(self) -> None:
        """kill -9 of the program, not of the store's server."""
        self.send(signal.SIGKILL)
        self.ends()

    @property
    def store(self) -> int:
        """The store's server's process id, or 0 while none lives."""
        ground = prepare(self.data)
        try:
            return 0 if is_free(ground.server_lock) else int(ground.pid.read_text())
        except (OSError, ValueError):
            return 0

    def kill_store(self) -> None:
        """kill -9 of the store's server; nothing where none lives."""
        if pid := self.store:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    @property
    def socket(self) -> Path:
        """Where the store's server listens."""
        return prepare(self.data).socket

    def ask(self, path: str, body: object = None, token: str = API_TOKEN) -> Any:
        """One request, decoded. Raises OSError where nobody answers, HTTPError for a refusal."""
        data = None if body is None else json.dumps(body).encode()
        headers = {"authorization": f"Bearer {token}", "content-type": "application/json"}
        with urlopen(Request(self.base_url + path, data, headers), timeout=10) as answer:
            return json.loads(answer.read())

    def mention(self, *bodies: Mapping[str, Any]) -> Any:
        """Send mentions through the inbox; its answer."""
        return self.ask("/hooks/inbox/local", list(bodies), self.token)

    def incidents(self) -> list[dict[str, Any]]:
        """What the API lists."""
        found: list[dict[str, Any]] = self.ask("/api/v1/incidents")["incidents"]
        return found

    def command(self, *words: str, said: bytes = b"", **environ: str) -> "subprocess.CompletedProcess[bytes]":
        """Run another command of the program beside it, on the same folder."""
        return subprocess.run(
            [*self.program, *words],
            input=said,
            capture_output=True,
            cwd=self.home,
            env=self.environment | environ,
            timeout=120,
            check=False,
        )

    def _file(self, name: str) -> Path:
        return self.data.parent / f"{self.data.name}-{self.port}-{self.starts}.{name}"

    def _ended(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    def _told(self) -> str:
        return f"{self.out}\n{self.err}"


@contextmanager
def house(data: Path, program: Sequence[str] = MODULE, **environ: str) -> Iterator[House]:
    """A house on a free port, up. Whatever is left of it and of its store's server is ended afterwards."""
    made = a_house(data, program, **environ)
    with cleaned(made):
        made.start()
        made.up()
        yield made


def a_house(data: Path, program: Sequence[str] = MODULE, **environ: str) -> House:
    """A house that is not started yet."""
    (port,) = free_ports(1)
    return House(data, port, environ, program)


@contextmanager
def cleaned(made: House) -> Iterator[House]:
    """End by force what a test left of it."""
    try:
        yield made
    finally:
        if made.process is not None and made.process.poll() is None:
            made.kill()
        until(lambda: _gone(made), lambda: "the store's server does not end")


def _gone(made: House) -> bool:
    made.kill_store()
    return made.store == 0


def until(true: Callable[[], object], otherwise: Callable[[], str], within: float = _PATIENCE) -> None:
    """Return once `true` holds; an AssertionError that says `otherwise` after `within` seconds."""
    give_up = time.monotonic() + within
    while not true():
        if time.monotonic() > give_up:
            raise AssertionError(otherwise())
        time.sleep(0.01)


def answers(house: House, path: str) -> int:
    """The status `path` is answered with; 0 where nobody answers."""
    try:
        with urlopen(house.base_url + path, timeout=5) as answer:
            return int(answer.status)
    except HTTPError as error:
        with error:
            return error.code
    except OSError:
        return 0
