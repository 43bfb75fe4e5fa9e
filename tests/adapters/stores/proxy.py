"""A relay before a server that can lose an answer, as a network does."""

import asyncio
from asyncio import StreamReader, StreamWriter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path


@dataclass(slots=True)
class Relay:
    """While `deaf`, what the server answers is thrown away and the connection closed. `url` is where it listens."""

    url: str
    deaf: bool = False


@asynccontextmanager
async def relay(behind: Path, at: Path) -> AsyncIterator[Relay]:
    """A relay that listens at the socket `at` for the server at the socket `behind`."""
    state = Relay(f"unix://{at}")

    async def serve(reader: StreamReader, writer: StreamWriter) -> None:
        upstream, onward = await asyncio.open_unix_connection(behind)
        there = asyncio.create_task(_copy(reader, onward))
        while answer := await upstream.read(65536):
            if state.deaf:
                break
            writer.write(answer)
        there.cancel()
        onward.close()
        writer.close()

    server = await asyncio.start_unix_server(serve, at)
    try:
        yield state
    finally:
        server.close()


async def _copy(reader: StreamReader, writer: StreamWriter) -> None:
    while data := await reader.read(65536):
        writer.write(data)
    writer.close()
