"""Restarts and their pauses, without a server."""

import asyncio
from pathlib import Path

import pytest

from adapters.stores.ground import Ground
from adapters.stores.supervisor import Backoff, Supervisor
from bot.errors import StoreAway


def test_pauses_grow_to_five_seconds() -> None:
    """The first restart is immediate, the next ones wait longer, none longer than 5 s."""
    backoff = Backoff()
    assert [backoff.after(0.0) for _ in range(10)] == [0.0, 0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 5.0, 5.0]


def test_a_settled_server_counts_anew() -> None:
    """After ten good seconds the next restart is immediate again."""
    backoff = Backoff()
    for _ in range(5):
        backoff.after(9.9)
    assert backoff.after(10.0) == 0.0
    assert backoff.after(0.0) == 0.05


class Starts:
    """Starts that fail as scripted, then hang for ever, as a server does that needs no more restarts."""

    def __init__(self, *failures: Exception | None) -> None:
        self.failures = list(failures)
        self.done = asyncio.Event()

    async def rise(self, ground: Ground) -> None:
        """One start."""
        if not self.failures:
            self.done.set()
            await asyncio.Event().wait()
        if (failure := self.failures.pop(0)) is not None:
            raise failure


async def _run(tmp_path: Path, starts: Starts) -> Supervisor:
    """A supervisor over a socket where nobody answers, stopped when the script has ended."""
    ground = Ground(tmp_path, tmp_path / "nobody.sock")
    supervisor = Supervisor(ground, starts.rise, asyncio.get_running_loop().time)
    task = asyncio.create_task(supervisor.run())
    await starts.done.wait()
    task.cancel()
    await asyncio.wait((task,))
    return supervisor


async def test_it_goes_on_after_failed_starts(tmp_path: Path) -> None:
    """A start that fails is tried again, whether the server or the folder was at fault."""
    supervisor = await _run(tmp_path, Starts(StoreAway("no program"), OSError(28, "No space left"), None))
    assert supervisor.restarts == 1


@pytest.mark.parametrize(
    ("failure", "words"),
    [(StoreAway("The program is gone."), "The program is gone."), (OSError(28, "No space left"), "No space left")],
)
async def test_trouble_is_said(tmp_path: Path, failure: Exception, words: str) -> None:
    """While the server is away the page gets the reason in words."""
    supervisor = await _run(tmp_path, Starts(None, failure))
    assert supervisor.trouble is not None
    assert words in supervisor.trouble
