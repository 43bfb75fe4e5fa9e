"""The public square as a process of its own: HTTP in front, a ledger on disk behind, and a back door for its tester.

`python -m tests.chaos.square_process FOLDER DESCRIPTOR` serves every shape on a listening socket: `/SHAPE/…` is what a
platform offers, `/SHAPE/_/…` is what the public, a colleague and bad luck do. One line a post in `FOLDER/SHAPE`.
"""

import asyncio
import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

from aiohttp import web

from tests.chaos.square_world import Asked, Ledger, Line, PublicSquare, Said, Shape, read_ledger

#: What the back door can ask for, beside what `Fault` names: the answer comes twice on one connection.
TWICE = "twice"
_PATIENCE = 60.0


class _Serving:
    """One shape behind HTTP. `fault`: what the next posts meet."""

    def __init__(self, square: PublicSquare) -> None:
        self.square = square
        self.fault = ""

    async def asks(self, request: web.Request) -> web.StreamResponse:
        """Our product asks."""
        body = await request.json() if request.can_read_body else {}
        key, token = request.headers.get("Idempotency-Key", ""), request.headers.get("Authorization", "")[7:]
        asked = Asked(request.method, f"/{request.match_info['path']}", body, key, token)
        fault = self.fault if asked.method == "POST" else ""
        if fault == "5xx before":
            return web.json_response({"error": "internal_error"}, status=503)
        said = self.square.answer(asked)
        match fault:
            case "5xx after":
                return web.json_response({"error": "internal_error"}, status=500)
            case "twice":
                return _twice(request, said)
            case _:
                return web.json_response(said.body, status=said.status)

    async def back_door(self, request: web.Request) -> web.Response:
        """The tester commands."""
        body: Mapping[str, Any] = await request.json()
        match request.match_info["what"]:
            case "says":
                self.square.says(body["id"], body["author"], body["words"])
            case "deletes":
                self.square.deletes(body["id"])
            case "by_hand":
                self.square.by_hand(body["to"], body["words"])
            case "token":
                self.square.revoked = body["revoked"]
            case "limit":
                self.square.limited = time.time() + body["seconds"]
            case "stands":
                return web.json_response(self.square.stands(body["to"], body["words"]))
            case _:
                self.fault = body["fault"]
        return web.json_response(None)


def _twice(request: web.Request, said: Said) -> web.StreamResponse:
    text = json.dumps(said.body).encode()
    head = f"HTTP/1.1 {said.status} OK\r\nContent-Type: application/json\r\nContent-Length: {len(text)}\r\n\r\n"
    if request.transport is not None:
        request.transport.write((head.encode() + text) * 2)
        request.transport.close()
    return web.Response()


async def _serve(folder: Path, listening: socket.socket) -> None:
    app = web.Application()
    for shape in Shape:
        one = _Serving(PublicSquare(shape, Ledger(folder / shape.value), time.time))
        app.router.add_post(f"/{shape.value}/_/{{what}}", one.back_door)
        app.router.add_route("*", f"/{shape.value}/{{path:.*}}", one.asks)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.SockSite(runner, listening).start()
    await asyncio.Event().wait()


@dataclass(frozen=True, slots=True)
class _Book:
    """A ledger read anew each time."""

    file: Path

    @property
    def lines(self) -> list[Line]:
        """What stands in it."""
        return read_ledger(self.file) if self.file.exists() else []


class FarSquare:
    """One shape of the process, as its tester sees it: what PublicSquare offers the public, and its ledger's file."""

    def __init__(self, url: str, folder: Path, shape: Shape) -> None:
        self.url = f"{url}/{shape.value}"
        self.ledger = _Book(folder / shape.value)

    def says(self, id: str, author: str, words: str) -> None:
        """Somebody writes, or edits what they wrote."""
        self.command("says", id=id, author=author, words=words)

    def deletes(self, id: str) -> None:
        """Its author takes it away."""
        self.command("deletes", id=id)

    def by_hand(self, to: str, words: str) -> None:
        """A colleague posts on the platform itself."""
        self.command("by_hand", to=to, words=words)

    def stands(self, to: str, words: str) -> bool:
        """What somebody sees who opens the page under a mention."""
        return bool(self.command("stands", to=to, words=words))

    def command(self, what: str, **body: object) -> Any:
        """Through the back door."""
        headers = {"Content-Type": "application/json"}
        asked = Request(f"{self.url}/_/{what}", json.dumps(body).encode(), headers, method="POST")
        with urlopen(asked, timeout=_PATIENCE) as answer:
            return json.loads(answer.read())


@contextmanager
def running_squares(folder: Path) -> Iterator[tuple[str, Mapping[Shape, FarSquare]]]:
    """The process on a free port of this machine: its address, and each shape of it."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen(128)
        url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        command = [sys.executable, "-m", "tests.chaos.square_process", str(folder), str(listening.fileno())]
        process = subprocess.Popen(command, pass_fds=(listening.fileno(),), cwd=Path(__file__).parents[2])
    try:
        yield url, {shape: FarSquare(url, folder, shape) for shape in Shape}
    finally:
        process.kill()
        process.wait()


if __name__ == "__main__":
    asyncio.run(_serve(Path(sys.argv[1]), socket.socket(fileno=int(sys.argv[2]))))
