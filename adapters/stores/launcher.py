"""The embedded server: a real Valkey on a unix socket in the data folder, shared by all who use that folder.

    async with embedded(data_dir) as server:
        client = Redis.from_url(server.url)

A living server is adopted, whoever started it. Several processes that begin at once share one. A server that dies
is started again. The last process out stops it; one that is killed no longer counts, and its server lives on.
"""

import asyncio
import logging
import os
import signal
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from adapters.stores.binary import find_server
from adapters.stores.ground import Ground, prepare, spawn
from adapters.stores.locks import is_free, join, last_out, try_alone
from adapters.stores.probe import State, probe, say
from adapters.stores.space import FLOOR, Space
from adapters.stores.supervisor import Supervisor
from bot.errors import StoreAway

_log = logging.getLogger(__name__)
_POLL = 0.005
_PATIENCE = 10.0  # seconds without any sign of life before we give up; reading a large store counts as life
_TRIES = 3
_GRACE = 0.6  # seconds a server has to take the word to stop
_MOMENT = 0.2  # and to be gone after that


@dataclass(frozen=True, slots=True)
class Server:
    """A running embedded server. `url` is for any client; `space.require()` comes before every write."""

    url: str
    folder: Path
    space: Space
    supervisor: Supervisor

    @property
    def trouble(self) -> str | None:
        """The sentence for the page and for health, or None while all is well."""
        return self.supervisor.trouble or self.space.trouble

    @property
    def restarts(self) -> int:
        """How often the server died and came back while this process used it."""
        return self.supervisor.restarts


@asynccontextmanager
async def embedded(
    data_dir: Path, *, floor: int = FLOOR, program: Callable[[], Path] = find_server
) -> AsyncIterator[Server]:
    """A server for `data_dir`, ready when this yields. `floor`: bytes that must stay free. Raises StoreAway."""
    ground = prepare(data_dir)
    begin = partial(rise, program=program)
    users = await join(ground.users_lock, _PATIENCE)
    try:
        await begin(ground)
        elapsed = asyncio.get_running_loop().time
        server = Server(
            ground.url, ground.folder, Space(ground.folder, floor, elapsed), Supervisor(ground, begin, elapsed)
        )
        async with _kept_up(server.supervisor):
            yield server
    finally:
        try:
            if last_out(users):
                await stop(ground)
        finally:
            os.close(users)


@asynccontextmanager
async def _kept_up(supervisor: Supervisor) -> AsyncIterator[None]:
    task = asyncio.create_task(supervisor.run(), name="store supervisor")
    try:
        yield
    finally:
        task.cancel()
        await asyncio.wait((task,))


async def rise(ground: Ground, program: Callable[[], Path] = find_server) -> None:
    """Return once a server answers on `ground`, after starting one if none lives there. Raises StoreAway."""
    loop = asyncio.get_running_loop()
    quiet_since = loop.time()
    tries = 0
    while (state := await probe(ground.socket)) is not State.READY:
        if state is State.LOADING:
            quiet_since = loop.time()
        elif (lock := try_alone(ground.server_lock)) is not None:
            try:
                tries = _count(tries, ground)
                spawn(ground, program(), lock)
            finally:
                os.close(lock)
        if loop.time() - quiet_since > _PATIENCE:
            raise StoreAway(f"A process holds {ground.server_lock} but does not answer on {ground.socket}.")
        await asyncio.sleep(_POLL)


def _count(tries: int, ground: Ground) -> int:
    """One more start. The lock was free again, so the one before died while starting."""
    if tries == _TRIES:
        raise StoreAway(f"The store server stops as soon as it is started; it says why in {ground.log}.")
    return tries + 1


async def stop(ground: Ground) -> None:
    """Stop the server and return when it is gone: at once as a rule, within a second at worst.

    Nothing is saved on the way out: what was confirmed is on disk already.
    """
    await say(ground.socket, b"SHUTDOWN NOSAVE", patience=_GRACE)
    if not await _gone(ground):
        _kill(ground)
        if not await _gone(ground):
            _log.warning("The store's server could not be stopped; it still holds %s.", ground.server_lock)


async def _gone(ground: Ground) -> bool:
    """Whether the server's lock becomes free within a moment."""
    loop = asyncio.get_running_loop()
    until = loop.time() + _MOMENT
    while not (free := is_free(ground.server_lock)) and loop.time() < until:
        await asyncio.sleep(_POLL)
    return free


def _kill(ground: Ground) -> None:
    """End a server that does not listen. Its lock is held, so the process id it wrote is still its own."""
    with suppress(OSError, ValueError):
        os.kill(int(ground.pid.read_text()), signal.SIGKILL)
