"""The folder in which an embedded server lives: its paths, and how its program is started there."""

import hashlib
import os
import stat
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from bot.errors import StoreAway

#: A socket's address holds 108 bytes on Linux and 104 on macOS, its closing NUL included.
LONGEST_SOCKET = 100
LONGEST_LOG = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Ground:
    """`folder` holds everything the server writes, open to its owner only; `socket` is where it answers."""

    folder: Path
    socket: Path

    @property
    def server_lock(self) -> Path:
        """Held by the server itself, for exactly as long as it lives."""
        return self.folder / "server.lock"

    @property
    def users_lock(self) -> Path:
        """Held together by every process that uses the server, alone by the one that stops it."""
        return self.folder / "users.lock"

    @property
    def log(self) -> Path:
        """The server's own log. It holds no commands and no values."""
        return self.folder / "server.log"

    @property
    def pid(self) -> Path:
        """Where the server writes its process id."""
        return self.folder / "server.pid"

    @property
    def url(self) -> str:
        """The address for a client."""
        return f"unix://{self.socket}"


def prepare(data_dir: Path) -> Ground:
    """Make `<data_dir>/store`, mode 0700, and say where its socket will be. Raises StoreAway where it cannot."""
    folder = data_dir.expanduser().resolve() / "store"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)
    except OSError as error:
        raise StoreAway(f"The store's folder {folder} cannot be made or used: {error.strerror}.") from error
    return Ground(folder, _socket(folder))


def _socket(folder: Path) -> Path:
    near = folder / "redis.sock"
    if len(os.fsencode(near)) <= LONGEST_SOCKET:
        return near
    name = hashlib.sha256(os.fsencode(folder)).hexdigest()[:16]
    return _own_corner() / f"{name}.sock"


def _own_corner() -> Path:
    """A folder of ours in the temp folder. Anybody may write there, so what stands in our place is looked at first."""
    corner = Path(tempfile.gettempdir()) / f"coolhead-{os.getuid()}"
    corner.mkdir(mode=0o700, exist_ok=True)
    found = corner.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid() or stat.S_IMODE(found.st_mode) & 0o077:
        raise StoreAway(f"{corner} is not a folder of ours alone, so the store's socket cannot lie in it.")
    return corner


def settings(ground: Ground) -> list[str]:
    """The server's command line: nothing it has confirmed is lost at a kill or a power cut (each one measured).

    Plain commands in the append-only file, so that any Redis from 7.0 and any Valkey can read it. An older server
    refuses `appenddirname` and does not start, which is wanted: it would start empty beside the existing files.
    """
    chosen = {
        "port": "0",
        "unixsocket": str(ground.socket),
        "unixsocketperm": "700",
        "dir": str(ground.folder),
        "appendonly": "yes",
        "appendfsync": "always",
        "no-appendfsync-on-rewrite": "no",
        "aof-use-rdb-preamble": "no",
        "appenddirname": "appendonlydir",
        "save": "",
        "maxmemory": "0",
        "maxmemory-policy": "noeviction",
        "daemonize": "yes",
        "pidfile": str(ground.pid),
        "logfile": str(ground.log),
        # The crash report would print the command at work, and with it a customer's words.
        "crash-log-enabled": "no",
    }
    return [part for name, value in chosen.items() for part in (f"--{name}", value)]


def _tidy(ground: Ground) -> None:
    """Put away what a killed server left: its socket, a rewrite it did not finish, a log that has grown."""
    ground.socket.unlink(missing_ok=True)
    for unfinished in ground.folder.rglob("temp-*.aof"):
        unfinished.unlink(missing_ok=True)
    if ground.log.exists() and ground.log.stat().st_size > LONGEST_LOG:
        ground.log.replace(ground.log.with_suffix(".log.1"))


def spawn(ground: Ground, program: Path, lock: int) -> None:
    """Start `program` on `ground`, handing it the descriptor `lock`; raises StoreAway if it refuses to start.

    Returns when the program has taken its settings and gone to the background (about 10 ms), before it answers.
    Call it only while `lock` holds the server's lock: then no server lives here and what an earlier one left can go.
    """
    _tidy(ground)
    try:
        ended = subprocess.run(
            [program, *settings(ground)],
            pass_fds=(lock,),  # the lock lives exactly as long as the server
            start_new_session=True,  # Ctrl-C in a terminal is for us, not for the server
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=ground.folder,
            umask=0o077,
            timeout=10,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise StoreAway(f"The store server {program} could not be run: {error}.") from error
    if ended.returncode != 0:
        raise StoreAway(
            f"The store server {program} did not take its settings (exit {ended.returncode}); "
            f"it must be Valkey 7.2 or Redis 7.0 or later. More may stand in {ground.log}."
        )
