"""Does a server answer on this socket? Asked over a bare socket: a client library would retry for seconds."""

import asyncio
from enum import Enum, auto
from pathlib import Path

_PATIENCE = 1.0


class State(Enum):
    """READY answers commands, LOADING is still reading its files, ABSENT did not answer."""

    READY = auto()
    LOADING = auto()
    ABSENT = auto()


async def probe(socket: Path) -> State:
    """One PING. Anything but LOADING counts as READY: an error (a full disk, a long script) is an answer too."""
    match await say(socket, b"PING"):
        case b"":
            return State.ABSENT
        case answer if answer.startswith(b"-LOADING"):
            return State.LOADING
        case _:
            return State.READY


async def say(socket: Path, command: bytes, patience: float = _PATIENCE) -> bytes:
    """The first line a server answers to `command` within `patience` seconds; empty where it doesn't answer or hangs up."""
    try:
        async with asyncio.timeout(patience):
            reader, writer = await asyncio.open_unix_connection(socket)
            try:
                writer.write(command + b"\r\n")
                return await reader.readline()
            finally:
                writer.close()
    except OSError:  # TimeoutError is one too
        return b""


async def until_gone(socket: Path) -> None:
    """Return once the server at `socket` has closed the connection, or at once where there is none."""
    try:
        reader, writer = await asyncio.open_unix_connection(socket)
    except OSError:
        return
    try:
        while await reader.read(256):
            pass
    except OSError:
        return
    finally:
        writer.close()
