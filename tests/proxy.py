"""A relay between a client and a server on this machine that stalls, drops or loses answers, as networks do."""

import asyncio
from asyncio import StreamReader, StreamWriter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit


class Mood(StrEnum):
    """PASS lets all through. LOSE hands the request on and drops the answer. STALL hands it on and never answers.

    CUT drops the connection before anything is handed on. HALF breaks off in the middle of the answer.
    """

    PASS = "pass"
    LOSE = "lose"
    STALL = "stall"
    CUT = "cut"
    HALF = "half"


@dataclass(slots=True)
class Proxy:
    """`url` is where it listens; `mood` holds for answers from now on; `asked` counts connections."""

    url: str
    mood: Mood = Mood.PASS
    asked: int = 0


@asynccontextmanager
async def proxy(behind: str) -> AsyncIterator[Proxy]:
    """A relay before the server at the URL `behind`."""
    parts = urlsplit(behind)
    held: set[asyncio.Task[None]] = set()
    state = Proxy("")

    async def serve(reader: StreamReader, writer: StreamWriter) -> None:
        task = asyncio.current_task()
        if task is not None:
            held.add(task)
        state.asked += 1
        try:
            with suppress(OSError):
                if state.mood is not Mood.CUT:
                    await _relay(reader, writer, state, parts.hostname or "", parts.port or 80)
        finally:
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    state.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield state
    finally:
        server.close()
        for task in held:
            task.cancel()
        await asyncio.gather(*held, return_exceptions=True)
        await asyncio.sleep(0)  # the closed transports say good-bye in the next turn


async def _relay(reader: StreamReader, writer: StreamWriter, state: Proxy, host: str, port: int) -> None:
    upstream, onward = await asyncio.open_connection(host, port)
    there = asyncio.create_task(_copy(reader, onward))
    try:
        while answer := await upstream.read(65536):
            match state.mood:
                case Mood.PASS:
                    writer.write(answer)
                    await writer.drain()
                case Mood.STALL:
                    await asyncio.Event().wait()
                case Mood.HALF:
                    writer.write(answer[: len(answer) // 2])
                    await writer.drain()
                    return
                case Mood.LOSE | Mood.CUT:
                    return
    finally:
        there.cancel()
        onward.close()


async def _copy(reader: StreamReader, writer: StreamWriter) -> None:
    with suppress(OSError):
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
