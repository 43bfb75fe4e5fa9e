"""A relay before a platform that can fall deaf: from then on every question is answered 200, with nothing in the answer."""

import asyncio
from asyncio import StreamReader, StreamWriter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from urllib.parse import urlsplit

_NOTHING = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


@dataclass
class Relay:
    """`url` is where it listens; `asked`: how often it answered with nothing."""

    url: str = ""
    deaf: bool = False
    asked: int = 0
    open: set[StreamWriter] = field(default_factory=set)

    def falls_deaf(self) -> None:
        """Whoever is connected has to connect anew, and hears nothing."""
        self.deaf = True
        for each in self.open:
            each.close()

    def wakes(self) -> None:
        """All is as it was."""
        self.deaf = False


@asynccontextmanager
async def relay(behind: str) -> AsyncIterator[Relay]:
    """One before the server at the URL `behind`."""
    parts, state, serving = urlsplit(behind), Relay(), set[asyncio.Task[None]]()

    async def serve(reader: StreamReader, writer: StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        serving.add(task)
        state.open.add(writer)
        try:
            with suppress(OSError):
                if state.deaf:
                    await _nothing(reader, writer, state)
                else:
                    await _all(reader, writer, *await asyncio.open_connection(parts.hostname, parts.port))
        finally:
            state.open.discard(writer)
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    state.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield state
    finally:
        server.close()
        for task in serving:
            task.cancel()
        await asyncio.gather(*serving, return_exceptions=True)


async def _nothing(reader: StreamReader, writer: StreamWriter, state: Relay) -> None:
    with suppress(asyncio.IncompleteReadError):
        await reader.readuntil(b"\r\n\r\n")
        state.asked += 1
        writer.write(_NOTHING)
        await writer.drain()


async def _all(reader: StreamReader, writer: StreamWriter, back: StreamReader, onward: StreamWriter) -> None:
    ways = [asyncio.ensure_future(_copy(reader, onward)), asyncio.ensure_future(_copy(back, writer))]
    try:
        await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for way in ways:
            way.cancel()
        await asyncio.gather(*ways, return_exceptions=True)
        onward.close()


async def _copy(reader: StreamReader, writer: StreamWriter) -> None:
    with suppress(OSError):
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
