"""Lives of the real program that begin in a few milliseconds: a process that has read all of its code forks one for each.

`python -m tests.chaos.chat_lives` is that process. A life is `coolhead run` with an environment, files and a process group of
its own; it is killed as any other. Only reading the code, which touches nothing, is done once for all of them.
"""

import gc
import importlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from tests.servers import free_ports
from tests.stories.process import ROOT, House

_NAP = 0.005
#: What is read before the first life: the program, and both chats.
_CODE = ("bot.cli", "bot.__main__", "adapters.rooms.slack.room", "adapters.rooms.discord.room")


@dataclass
class Nursery:
    """Where lives begin; may be asked from several threads."""

    asked: IO[str]
    told: IO[str]
    turn: threading.Lock = field(default_factory=threading.Lock)

    def ask(self, what: Mapping[str, Any]) -> Any:
        """One question, one answer."""
        with self.turn:
            print(json.dumps(what), file=self.asked, flush=True)
            return json.loads(self.told.readline())

    def begin(self, words: Sequence[str], environ: Mapping[str, str], out: Path, err: Path) -> "Life":
        """A life that does what `coolhead WORDS` does; returns at once."""
        told = {"words": list(words), "environ": dict(environ), "out": str(out), "err": str(err)}
        return Life(int(self.ask(told)), self)


@dataclass
class Life:
    """One process, asked as a `subprocess.Popen` is."""

    pid: int
    nursery: Nursery
    code: int | None = None

    def poll(self) -> int | None:
        """Its exit code, None while it lives; the signal's number below zero where one ended it."""
        if self.code is None:
            self.code = self.nursery.ask({"ended": self.pid})
        return self.code

    def wait(self, within: float) -> int:
        """Its exit code, once it has ended. Raises TimeoutError."""
        give_up = time.monotonic() + within
        while (code := self.poll()) is None:
            if time.monotonic() > give_up:
                raise TimeoutError(f"{self.pid} does not end")
            time.sleep(_NAP)
        return code


@dataclass
class Quick(House):
    """A house whose every start is such a life."""

    nursery: Nursery = field(kw_only=True)

    def start(self) -> None:
        """Begin; returns at once."""
        self.starts += 1
        self.process = self.nursery.begin(("run",), self.environment, self._file("out"), self._file("err"))  # type: ignore[assignment]  # it is asked the same

    def does(self, *words: str) -> str:
        """What another command of the program prints, run on the same folder. Fails where it finds a fault."""
        out, err = self._file(f"{words[0]}.out"), self._file(f"{words[0]}.err")
        code = self.nursery.begin(words, self.environment, out, err).wait(120)
        assert code == 0, (words, code, out.read_text()[-2000:], err.read_text()[-2000:])
        return out.read_text()


def quick(nursery: Nursery, data: Path, **environ: str) -> Quick:
    """A house that is not started yet."""
    (port,) = free_ports(1)
    return Quick(data, port, environ, nursery=nursery)


@contextmanager
def nursery(module: str = "tests.chaos.chat_lives") -> Iterator[Nursery]:
    """One, gone afterwards. `module` is run, and ends in `serve`."""
    with subprocess.Popen(
        [sys.executable, "-m", module],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        start_new_session=True,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        yield Nursery(process.stdin, process.stdout)


def _begun(told: Mapping[str, Any]) -> int:
    """The id of a new process; in that process itself it does not return."""
    written = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    files = (os.open(os.devnull, os.O_RDONLY), *(os.open(told[name], written, 0o600) for name in ("out", "err")))
    pid = os.fork()
    os.setpgid(pid, pid)  # on both sides, so that it has its group before anybody signals that
    for descriptor, file in enumerate(files):
        if not pid:
            os.dup2(file, descriptor)
        os.close(file)
    if pid:
        return pid
    os.environ.clear()
    os.environ.update(told["environ"])
    signal.signal(signal.SIGINT, signal.default_int_handler)
    from bot.cli import main

    sys.argv = ["coolhead", *told["words"]]
    try:
        code = main(told["words"])
        sys.stdout.flush()
    finally:
        sys.stderr.flush()
    os._exit(code)


def _ended(pid: int, codes: dict[int, int]) -> int | None:
    """Its exit code once it has one, however often that is asked."""
    if pid not in codes:
        found, status = os.waitpid(pid, os.WNOHANG)
        if not found:
            return None
        codes[pid] = os.waitstatus_to_exitcode(status)
    return codes[pid]


def serve() -> None:
    """Until nobody asks any more."""
    for name in _CODE:
        importlib.import_module(name)
    gc.collect()
    gc.freeze()
    codes: dict[int, int] = {}
    for line in sys.stdin:
        told = json.loads(line)
        print(json.dumps(_ended(told["ended"], codes) if "ended" in told else _begun(told)), flush=True)


if __name__ == "__main__":
    serve()
