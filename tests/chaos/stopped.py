"""A process that is killed at its n-th system call that writes something: to a socket, a file, or a disk.

The work runs in a process of its own, begun from one that has everything imported; strace counts and kills.
"""

import multiprocessing
import os
import re
import shutil
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Any

import pytest

#: Whatever leaves a trace outside the process.
CALLS = ("write", "writev", "pwrite64", "pwritev", "sendto", "sendmsg", "fsync", "fdatasync", "rename", "unlink")
_LINE = re.compile(r"^(?P<thread>\d+) +(?P<call>\w+)\(")
_PATIENCE = 60.0


def rooted() -> None:
    """Skip with a line where no process can be traced."""
    if os.geteuid() != 0 or shutil.which("strace") is None:
        pytest.skip("processes can be traced only by root with strace; on Debian: apt-get install strace")


@dataclass(frozen=True, slots=True)
class Call:
    """The `number`-th call of that name in one thread, counted from 1."""

    name: str
    number: int

    @property
    def inject(self) -> str:
        """As strace is told to kill there."""
        return f"inject={self.name}:signal=SIGKILL:when={self.number}"


class Workers:
    """Begins processes that have `module` imported. `work(*arguments, ready)` waits for `ready.recv()` to begin."""

    def __init__(self, *modules: str) -> None:
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload(list(modules))

    @contextmanager
    def waiting(self, work: Callable[..., Any], *arguments: Any) -> Iterator[tuple[ForkServerProcess, Connection]]:
        """A process that is about to begin, and what tells it to."""
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=work, args=(*arguments, theirs))
        process.start()
        theirs.close()
        try:
            if not ours.poll(_PATIENCE):
                raise AssertionError("The process did not come up.")
            ours.recv()
            yield process, ours
        finally:
            process.kill()
            process.join()
            process.close()
            ours.close()

    def run(self, work: Callable[..., Any], *arguments: Any, seconds: float = _PATIENCE) -> tuple[float, bool]:
        """Run it, and kill it after so many seconds: how long it ran, and whether it was killed before its end."""
        with self.waiting(work, *arguments) as (process, ready):
            ready.send(None)
            began = time.monotonic()
            process.join(seconds)
            ran, killed = time.monotonic() - began, process.is_alive()
            process.kill()
            return ran, killed

    def traced(self, log: Path, work: Callable[..., Any], *arguments: Any) -> list[Call]:
        """Run it whole; every call that wrote something, those of the threads counted apart."""
        with self.waiting(work, *arguments) as (process, ready), attached(process.pid, log):
            ready.send(None)
            process.join(_PATIENCE)
            assert process.exitcode == 0
        return calls(log)

    def killed(self, log: Path, at: Call, work: Callable[..., Any], *arguments: Any) -> bool:
        """Run it until it is killed there; whether it was."""
        with (
            self.waiting(work, *arguments) as (process, ready),
            attached(process.pid, log, "-e", at.inject),
        ):
            ready.send(None)
            process.join(_PATIENCE)
            return process.exitcode == -signal.SIGKILL


def spread(calls: list[Call], few: int | None) -> list[Call]:
    """All of them, or a few from everywhere among them."""
    return calls if few is None else calls[:: max(1, len(calls) // few)]


def calls(log: Path) -> list[Call]:
    """What a trace holds, in order; each call once, at the number that any thread of it reached."""
    counted: Counter[tuple[str, str]] = Counter()
    found: dict[Call, None] = {}
    for line in log.read_text(encoding="utf-8", errors="replace").splitlines():
        match = _LINE.match(line)
        if match is not None and match["call"] in CALLS:
            counted[match["thread"], match["call"]] += 1
            found.setdefault(Call(match["call"], counted[match["thread"], match["call"]]))
    return list(found)


@contextmanager
def attached(pid: int | None, log: Path, *more: str) -> Iterator[None]:
    """strace on a process, from here on."""
    command = ["strace", "-f", "-p", str(pid), "-o", str(log), "-e", f"trace={','.join(CALLS)}", *more]
    with subprocess.Popen(command, stderr=subprocess.PIPE) as strace:
        assert strace.stderr is not None
        strace.stderr.readline()  # it is attached
        try:
            yield
        finally:
            strace.terminate()
