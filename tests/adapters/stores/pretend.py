"""A server that says of itself what a test wants; for versions that are not installed."""

from asyncio import StreamReader, StreamWriter, start_unix_server
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

_CONFIG = {
    "appendonly": "yes",
    "appendfsync": "always",
    "no-appendfsync-on-rewrite": "no",
    "maxmemory-policy": "noeviction",
}


@asynccontextmanager
async def pretend_server(folder: Path, info: Mapping[str, str]) -> AsyncIterator[str]:
    """Answers PING, INFO with `info`, and CONFIG GET with safe settings; its address."""

    async def serve(reader: StreamReader, writer: StreamWriter) -> None:
        while command := await _command(reader):
            writer.write(_answer(command, info))
        writer.close()

    server = await start_unix_server(serve, folder / "pretend.sock")
    try:
        yield f"unix://{folder}/pretend.sock"
    finally:
        server.close()


async def _command(reader: StreamReader) -> list[str]:
    """One command as the protocol frames it: `*2`, then `$4`, `INFO`, …; empty at the end."""
    head = await reader.readline()
    words = []
    for _ in range(int(head[1:] or 0)):
        await reader.readline()
        words.append((await reader.readline()).decode().strip())
    return words


def _answer(command: list[str], info: Mapping[str, str]) -> bytes:
    match [word.upper() for word in command]:
        case ["INFO", *_]:
            return _bulk("".join(f"{name}:{value}\r\n" for name, value in info.items()))
        case ["CONFIG", "GET", _]:
            return b"*2\r\n" + _bulk(command[2]) + _bulk(_CONFIG[command[2]])
        case ["PING"]:
            return b"+PONG\r\n"
        case _:
            return b"+OK\r\n"


def _bulk(text: str) -> bytes:
    return f"${len(text)}\r\n{text}\r\n".encode()
