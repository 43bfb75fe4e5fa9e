"""The stand-ins of npm that the tests meet. Where one is missing: skipped with a line that says how to get it; in CI a failure."""

import asyncio
import os
import signal
import subprocess
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest
from aiohttp import ClientError

_CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "coolhead-tests" / "node" / "node_modules"


def package(path: str) -> Path:
    """A file of an installed package, by its path below `node_modules`."""
    found = _CACHE / path
    if found.exists():
        return found
    missing = f"{path.split('/')[0]} is missing; it comes with: sh tools/test-needs.sh"
    if os.environ.get("CI"):
        pytest.fail(missing)
    pytest.skip(missing)


@asynccontextmanager
async def started(
    command: Sequence[str], folder: str, env: Mapping[str, str]
) -> AsyncIterator["subprocess.Popen[bytes]"]:
    """A program in that folder, which is its home; it and all it began are gone afterwards."""
    process = subprocess.Popen(  # noqa: ASYNC220  # it starts at once
        command,
        cwd=folder,
        env={"PATH": os.environ["PATH"], "HOME": folder, **env},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


async def answers(process: "subprocess.Popen[bytes]", ask: Callable[[], Awaitable[object]]) -> None:
    """Once it does. The test fails where it does not within twenty seconds, or ends."""
    for _ in range(400):
        with suppress(ClientError):
            await ask()
            return
        if process.poll() is not None:
            break
        await asyncio.sleep(0.05)
    pytest.fail(f"{process.args!r} did not start.")
