"""Secrets that are kept in files: made once in the data folder, or renewed by somebody while we run; and who is at the machine."""

import contextlib
import getpass
import os
import secrets
import tempfile
from collections.abc import Callable
from pathlib import Path

from pydantic import SecretStr


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


def as_it_is(path: Path | None, given: SecretStr) -> Callable[[], SecretStr]:
    """How to read what was `given`, from its file where it lies in one. While that cannot be read, what it last held counts."""
    last = given

    def now() -> SecretStr:
        nonlocal last
        if path is not None:
            with contextlib.suppress(OSError, ValueError):
                last = SecretStr(path.expanduser().read_text(encoding="utf-8").strip() or last.get_secret_value())
        return last

    return now


def whoever() -> str:
    """Who is at the machine; `You` where it does not know."""
    try:
        return getpass.getuser().capitalize()
    except (OSError, KeyError):
        return "You"
