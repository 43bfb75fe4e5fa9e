"""Other processes that use the embedded store, started and ended by tests."""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from adapters.stores.ground import prepare
from adapters.stores.locks import is_free

_ROOT = Path(__file__).parents[3]


@dataclass(frozen=True, slots=True)
class User:
    """A process that is in. `run` is the server's run id, `server` its process id."""

    process: Process
    run: str
    server: int

    async def leave(self) -> None:
        """Go the ordinary way, to the end."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        assert await self.process.wait() == 0

    async def die(self) -> None:
        """kill -9."""
        self.process.kill()
        await self.process.wait()


@asynccontextmanager
async def user(folder: Path) -> AsyncIterator[User]:
    """A process of its own that uses the store in `folder`."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.adapters.stores.user", str(folder), stdin=PIPE, stdout=PIPE, cwd=_ROOT
    )
    assert process.stdout is not None
    try:
        run, server = (await process.stdout.readline()).decode().split()
        yield User(process, run, int(server))
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()


def lives(folder: Path) -> bool:
    """Whether a server lives in `folder`: it holds its lock as long as it does."""
    return not is_free(prepare(folder).server_lock)


@asynccontextmanager
async def cleaned(folder: Path) -> AsyncIterator[Path]:
    """End what a test left alive in `folder`."""
    try:
        yield folder
    finally:
        while lives(folder):
            with suppress(OSError, ValueError):
                os.kill(int(prepare(folder).pid.read_text()), signal.SIGKILL)
            await asyncio.sleep(0.01)
