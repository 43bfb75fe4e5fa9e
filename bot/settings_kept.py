"""Secrets that are made once and kept in the data folder, and the name of whoever is at the machine."""

import contextlib
import getpass
import os
import secrets
import tempfile
from pathlib import Path


def kept(path: Path, size: int) -> str:
    """A token of `size` random bytes in a file of its own (0600), made once. Two that start together agree on it."""
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        made, name = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(made, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(size) + "\n")
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(FileExistsError):
            os.link(name, path)  # whole or not at all: nobody reads half of it
        os.unlink(name)
    return path.read_text(encoding="ascii").strip()


def whoever() -> str:
    """Who is at the machine; `You` where it does not know."""
    try:
        return getpass.getuser().capitalize()
    except (OSError, KeyError):
        return "You"
