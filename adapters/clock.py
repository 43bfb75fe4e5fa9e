"""The real clock: the only place that reads the time."""

import asyncio
import subprocess
import sys
import time
import uuid
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.errors import StoreAway
from bot.nouns.time import Now
from bot.work.waiting import heard

_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
#: Seconds the store's answer is counted on from. A wait that two clocks doubted goes on within a second of their agreeing.
_ASK_AGAIN = 0.5
_WITNESS_LASTS = 600.0  # seconds a witness is counted on from
_SILENT = 0.25  # seconds that the impatient wait for a store that gave no answer when it was last asked


class RealClock:
    """The port Clock. `store_time` asks the store for its time and may raise StoreAway; then `now` does too."""

    def __init__(
        self,
        store_time: Callable[[], Awaitable[datetime]],
        elapsed: Callable[[], float] | None = None,
        wall: Callable[[], datetime] | None = None,
        boot: str | None = None,
    ) -> None:
        self._store_time = store_time
        self._elapsed = since_boot if elapsed is None else elapsed
        self._wall = _utc if wall is None else wall
        self._boot = boot_id() if boot is None else boot
        self._store: tuple[datetime, float] | None = None
        self._witness: tuple[datetime, float] | None = None
        self._asking: asyncio.Task[tuple[datetime, float]] | None = None
        #: Whether the store gave no answer when it was last asked.
        self.silent = False

    async def now(self) -> Now:
        """All the clocks at this instant. The store is asked twice a second at most; in between its time is counted on.

        Raises StoreAway where the store does not tell its time.
        """
        elapsed = self._elapsed()
        known = self._store
        if known is None or elapsed - known[1] >= _ASK_AGAIN:
            known = await self._store_heard()
            elapsed = self._elapsed()
        at, heard = known
        return Now(
            wall=self._wall(),
            store=at + timedelta(seconds=elapsed - heard),
            elapsed=elapsed,
            boot=self._boot,
            witness=self._witnessed(elapsed),
        )

    def bear_witness(self, at: datetime) -> None:
        """A second machine's clock shows `at` just now. It counts for ten minutes, or until the next one speaks."""
        self._witness = (at.astimezone(UTC), self._elapsed())

    async def sleep(self, seconds: float) -> None:
        """At least about that long. Whoever needs to be sure looks at `now` afterwards."""
        await asyncio.sleep(max(0.0, seconds))

    async def _store_heard(self) -> tuple[datetime, float]:
        """What the store says, asked once for everybody who wants to know just now: one that is silent would else keep
        each waiting for all before them.
        """
        if self._asking is None:
            self._asking = asyncio.create_task(self._ask())
            self._asking.add_done_callback(heard)
        try:
            return await asyncio.shield(self._asking)
        except StoreAway as error:  # an error of its own for each: one that is raised twice grows its traceback
            raise type(error)(*error.args) from error

    async def _ask(self) -> tuple[datetime, float]:
        try:
            at = await self._store_time()
            # It was read some time before now, so counting from now never runs ahead of it.
            self._store = (at, self._elapsed())
            self.silent = False
            return self._store
        except StoreAway:
            self.silent = True
            raise
        finally:
            self._asking = None

    def _witnessed(self, elapsed: float) -> datetime | None:
        if self._witness is None or elapsed - self._witness[1] > _WITNESS_LASTS:
            return None
        return self._witness[0] + timedelta(seconds=elapsed - self._witness[1])


class Impatient:
    """The same clock for who answers people in a chat: many steps of an answer ask for the time, and each would wait for
    seconds while the store is connected and silent. Once it is known to be silent nobody waits long.
    """

    def __init__(self, clock: RealClock) -> None:
        self._clock = clock

    async def now(self) -> Now:
        """As the clock has it. Raises StoreAway, soon where that is to be expected."""
        if not self._clock.silent:
            return await self._clock.now()
        asking = asyncio.ensure_future(self._clock.now())
        asking.add_done_callback(heard)
        await asyncio.wait({asking}, timeout=_SILENT)
        if asking.done():
            return await asking
        asking.cancel()
        raise StoreAway("The store has said nothing for a moment.")

    def bear_witness(self, at: datetime) -> None:
        """A second machine's clock shows `at` just now."""
        self._clock.bear_witness(at)

    async def sleep(self, seconds: float) -> None:
        """At least about that long."""
        await self._clock.sleep(seconds)


def since_boot() -> float:
    """Seconds since the machine booted, those it slept included."""
    if sys.platform == "linux":
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    return time.monotonic()  # on macOS and Windows it goes on while the machine sleeps


def boot_id() -> str:
    """What names this boot of this machine. Where nothing does, this process: then elapsed time proves less."""
    try:
        return _BOOT_ID.read_text(encoding="ascii").strip()
    except OSError:
        return _mac_boot_id() if sys.platform == "darwin" else uuid.uuid4().hex


def _mac_boot_id() -> str:
    told = subprocess.run(
        ["/usr/sbin/sysctl", "-n", "kern.bootsessionuuid"], capture_output=True, text=True, timeout=5, check=False
    )
    return told.stdout.strip() or uuid.uuid4().hex


def _utc() -> datetime:
    return datetime.now(UTC)
