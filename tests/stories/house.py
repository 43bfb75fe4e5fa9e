"""A whole house for a story: the real program in this process, on the embedded store, with clocks that can be moved."""

import asyncio
import os
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp

from adapters.clock import RealClock, since_boot
from bot.__main__ import Extra, run
from bot.settings import read
from tests.servers import free_ports


@dataclass
class Shift:
    """All three clocks of a house, moved together by `advance` (seconds)."""

    seconds: float = 0.0

    def advance(self, seconds: float) -> None:
        """Let so much time pass at once."""
        self.seconds += seconds

    def clock(self, store_time: Callable[[], Awaitable[datetime]]) -> RealClock:
        """The house's clock: the machine's, moved."""

        async def store() -> datetime:
            return await store_time() + timedelta(seconds=self.seconds)

        moved = RealClock(
            store,
            elapsed=lambda: since_boot() + self.seconds,
            wall=lambda: datetime.now(UTC) + timedelta(seconds=self.seconds),
        )
        return moved


@dataclass
class Lived:
    """A running house, seen from outside."""

    base_url: str
    data: Path
    shift: Shift
    said: list[str] = field(default_factory=list)
    session: aiohttp.ClientSession | None = None

    @property
    def sign_in(self) -> str:
        """The one-use link it printed."""
        return next(found[0] for line in self.said if (found := re.search(r"http\S+/sign-in/\S+", line)))

    @property
    def token(self) -> str:
        """The local source's token."""
        return (self.data / "inbox-token").read_text().strip()

    async def mention(self, *bodies: dict[str, Any], source: str = "local") -> dict[str, Any]:
        """Send mentions through the inbox; hands back its answer."""
        assert self.session is not None
        async with self.session.post(
            f"{self.base_url}/hooks/inbox/{source}",
            json=list(bodies) if len(bodies) > 1 else bodies[0],
            headers={"authorization": f"Bearer {self.token}"},
        ) as answer:
            said: dict[str, Any] = await answer.json()
            assert answer.status == 200, said
            return said

    async def ask(self, path: str) -> dict[str, Any]:
        """Ask the API."""
        assert self.session is not None
        async with self.session.get(f"{self.base_url}{path}", headers={"authorization": "Bearer api-token-1"}) as got:
            said: dict[str, Any] = await got.json()
            assert got.status == 200, said
            return said


def no_platforms(house: object) -> Sequence[Any]:
    """A house that only hears its inbox."""
    del house
    return ()


@asynccontextmanager
async def lived_in(
    data: Path, *, shift: Shift | None = None, extra: Extra = no_platforms, **environ: str
) -> AsyncIterator[Lived]:
    """Run the house until the block ends. `environ`: more settings, as in the environment."""
    (port,) = free_ports(1)
    settings = read(
        {
            "COOLHEAD_DATA_DIR": str(data),
            "COOLHEAD_PORT": str(port),
            "COOLHEAD_INSTALLER": "Ana",
            "COOLHEAD_API_TOKENS": "test=api-token-1",
            **environ,
        }
    )
    moved = shift or Shift()
    stop, up = asyncio.Event(), asyncio.Event()
    lived = Lived(settings.base_url, data, moved)

    def say(line: str) -> None:
        lived.said.append(line)
        if len(lived.said) == 3:
            up.set()

    task = asyncio.create_task(run(settings, say=say, stop=stop, extra=extra, make_clock=moved.clock))
    waiting = asyncio.create_task(up.wait())
    await asyncio.wait({task, waiting}, return_when=asyncio.FIRST_COMPLETED, timeout=20)
    waiting.cancel()
    if task.done():
        task.result()
    async with aiohttp.ClientSession() as session:
        lived.session = session
        try:
            yield lived
        finally:
            stop.set()
            await asyncio.wait_for(task, 15)


async def until(true: Callable[[], Awaitable[Any]], within: float = 10.0) -> Any:
    """What `true` hands back once it is truthy; asked again and again, an AssertionError after `within` seconds."""
    for _ in range(int(within / 0.02)):
        if found := await true():
            return found
        await asyncio.sleep(0.02)
    raise AssertionError("it did not become true in time")


CHROMIUM = os.environ.get("COOLHEAD_CHROMIUM", "/usr/bin/chromium")
