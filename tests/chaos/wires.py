"""Relays between any two parts of the house: they stall, drop every connection, or answer for a platform with nothing."""

import asyncio
from asyncio import StreamReader, StreamWriter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from urllib.parse import urlsplit

_NOTHING = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


def _passing() -> asyncio.Event:
    event = asyncio.Event()
    event.set()
    return event


@dataclass
class Relay:
    """`port` is where it listens. `nothings`: how often it answered with nothing; `passing`: nothing goes through without it."""

    port: int = 0
    deaf: bool = False
    nothings: int = 0
    open: set[StreamWriter] = field(default_factory=set)
    passing: asyncio.Event = field(default_factory=_passing)

    @property
    def url(self) -> str:
        """For what speaks HTTP."""
        return f"http://127.0.0.1:{self.port}"

    def drops(self) -> None:
        """Whoever is connected has to connect anew, whatever was under way."""
        for each in self.open:
            each.close()

    async def stalls(self, seconds: float) -> None:
        """Nothing goes either way for so long; then all of it does."""
        self.passing.clear()
        await asyncio.sleep(seconds)
        self.passing.set()

    def falls_deaf(self) -> None:
        """From now on every question is answered 200, with nothing in the answer."""
        self.deaf = True
        self.drops()

    def wakes(self) -> None:
        """All is as it was."""
        self.deaf = False


@asynccontextmanager
async def relay(behind: str) -> AsyncIterator[Relay]:
    """One before the server at the URL `behind`, of whatever scheme."""
    parts, state, serving = urlsplit(behind), Relay(), set[asyncio.Task[None]]()

    async def serve(reader: StreamReader, writer: StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        serving.add(task)
        state.open.add(writer)
        try:
            with suppress(OSError, asyncio.CancelledError):  # only its end cancels it
                if state.deaf:
                    await _nothing(reader, writer, state)
                else:
                    await _all(state, reader, writer, *await asyncio.open_connection(parts.hostname, parts.port))
        finally:
            state.open.discard(writer)
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    state.port = server.sockets[0].getsockname()[1]
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
        state.nothings += 1
        writer.write(_NOTHING)
        await writer.drain()


async def _all(
    state: Relay, reader: StreamReader, writer: StreamWriter, back: StreamReader, onward: StreamWriter
) -> None:
    ways = [asyncio.ensure_future(_copy(state, *way)) for way in ((reader, onward), (back, writer))]
    try:
        await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
    finally:
        onward.close()
        for way in ways:
            way.cancel()
        await asyncio.gather(*ways, return_exceptions=True)


async def _copy(state: Relay, reader: StreamReader, writer: StreamWriter) -> None:
    with suppress(OSError):
        while data := await reader.read(65536):
            await state.passing.wait()
            writer.write(data)
            await writer.drain()
