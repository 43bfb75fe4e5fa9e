"""Connections of webhooks, by their socket: what is answered at once, and what is handed to aiohttp."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from adapters.http.limits import Limits
from adapters.http.server import Server, serve
from bot.errors import StoreAway
from bot.ports import Door, Knock, Response

QUICK = Limits(head=5.0, read=5.0, idle=5.0, linger=0.2)


async def _echo(knock: Knock) -> Response:
    told = {"method": knock.method, "path": knock.path, "peer": knock.peer, "size": len(knock.body), **knock.values}
    return 200, {"content-type": "application/json"}, json.dumps(told).encode()


async def _parts(knock: Knock) -> Response:
    async def said() -> AsyncIterator[bytes]:
        yield knock.body
        yield b"!"

    return 200, {}, said()


async def _away(knock: Knock) -> Response:
    raise StoreAway(f"The store does not answer {knock.method}.")


async def _fails(knock: Knock) -> Response:
    raise ValueError(f"their secret words {knock.body!r}")


async def _breaks(knock: Knock) -> Response:
    async def said() -> AsyncIterator[bytes]:
        yield knock.body
        raise ValueError("their secret words")

    return 200, {}, said()


async def _bad_header(knock: Knock) -> Response:
    return 200, {"x-bad": f"two\r\nlines {len(knock.body)}"}, b""


DOORS = [
    Door("POST", "/hooks/inbox/{source}", _echo),
    Door("GET", "/hooks/inbox/{source}", _echo),
    Door("GET", "/hooks/read", _echo),
    Door("POST", "/hooks/parts", _parts),
    Door("POST", "/hooks/away", _away),
    Door("POST", "/hooks/fails", _fails),
    Door("POST", "/hooks/bad", _bad_header),
    Door("POST", "/hooks/breaks", _breaks),
]


@asynccontextmanager
async def _up(doors: list[Door] = DOORS, limits: Limits = QUICK, **more: Any) -> AsyncIterator[Server]:
    async with serve(doors, "127.0.0.1", 0, limits=limits, **more) as server:
        yield server


def post(path: str = "/hooks/inbox/a", body: bytes = b"{}", more: bytes = b"") -> bytes:
    """A webhook's request."""
    head = f"POST {path} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: {len(body)}\r\n"
    return head.encode() + more + b"\r\n" + body


class Caller:
    """One connection to the server."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader = reader
        self.writer = writer

    async def read(self) -> tuple[int, dict[str, str], bytes]:
        """The next answer: status, headers, body."""
        head = (await asyncio.wait_for(self.reader.readuntil(b"\r\n\r\n"), 10)).decode()
        first, *lines = head.rstrip().split("\r\n")
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
        return int(first.split()[1]), headers, await self.reader.readexactly(int(headers["content-length"]))

    async def ask(self, sent: bytes) -> tuple[int, dict[str, str], bytes]:
        """Say this and hear the answer."""
        self.writer.write(sent)
        return await self.read()


@asynccontextmanager
async def _caller(server: Server) -> AsyncIterator[Caller]:
    caller = Caller(*await asyncio.open_connection("127.0.0.1", server.port))
    yield caller
    caller.writer.close()


async def test_one_after_the_other() -> None:
    """Many requests on one connection reach their door, and each answer is dressed as every answer is."""
    async with _up() as server, _caller(server) as caller:
        answers = [await caller.ask(post(body=b"x" * size)) for size in (0, 1, 5)]
    assert [json.loads(body)["size"] for _, _, body in answers] == [0, 1, 5]
    assert json.loads(answers[0][2]) == {
        "method": "POST", "path": "/hooks/inbox/a", "peer": "127.0.0.1", "size": 0, "source": "a",
    }  # fmt: skip
    assert len({headers["x-request-id"] for _, headers, _ in answers}) == 3
    assert all(headers["x-content-type-options"] == "nosniff" for _, headers, _ in answers)


async def test_a_proxy_is_believed_here_too() -> None:
    """With this machine as a trusted proxy, the forwarded address is the peer."""
    async with _up(proxies=["127.0.0.1"]) as server, _caller(server) as caller:
        _, _, body = await caller.ask(post(more=b"X-Forwarded-For: 203.0.113.9\r\n"))
    assert json.loads(body)["peer"] == "203.0.113.9"


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (post("/hooks/nothing"), 404),
        (post("/hooks/read"), 405),
        (post(body=b"[" * 30), 400),
        (post("/hooks/away"), 503),
        (post("/hooks/fails"), 500),
        (post("/hooks/bad"), 500),
        (post("/hooks/breaks"), 500),
        (post(more=b"content-encoding: gzip\r\n"), 415),
    ],
)
async def test_a_no_is_a_problem(sent: bytes, status: int, caplog: pytest.LogCaptureFixture) -> None:
    """Every no is problem+json, repeats nothing, and the next request on the connection is answered."""
    async with _up() as server, _caller(server) as caller:
        told, headers, body = await caller.ask(sent)
        assert told == status
        assert headers["content-type"] == "application/problem+json"
        assert b"secret" not in body
        assert "secret" not in caplog.text
        if headers.get("connection") != "close":
            assert (await caller.ask(post()))[0] == 200


async def test_an_answer_in_parts_is_whole() -> None:
    """A door that answers in parts is heard to its end."""
    async with _up() as server, _caller(server) as caller:
        assert (await caller.ask(post("/hooks/parts", b"told")))[2] == b"told!"


async def test_anything_else_is_handed_on() -> None:
    """A request in pieces, another method, or a chunked body on the same connection is answered as ever."""
    async with _up() as server:
        async with _caller(server) as caller:
            assert (await caller.ask(post()))[0] == 200
            whole = post(body=b"x" * 9)
            caller.writer.write(whole[:40])
            await asyncio.sleep(0.05)
            caller.writer.write(whole[40:-3])
            await asyncio.sleep(0.05)
            assert json.loads((await caller.ask(whole[-3:]))[2])["size"] == 9
        async with _caller(server) as caller:
            assert (await caller.ask(post()))[0] == 200
            assert json.loads((await caller.ask(b"GET /hooks/inbox/b HTTP/1.1\r\nhost: x\r\n\r\n"))[2])["source"] == "b"
            assert (await caller.ask(post()))[0] == 200
        async with _caller(server) as caller:
            chunked = (
                b"POST /hooks/inbox/c HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n"
            )
            assert json.loads((await caller.ask(chunked))[2])["size"] == 2


async def test_two_at_once_are_answered_in_order() -> None:
    """What is sent while an answer is under way waits for it, in one piece or in two."""
    go_on = asyncio.Event()

    async def slow(knock: Knock) -> Response:
        await go_on.wait()
        return 200, {}, knock.body

    async with _up([Door("POST", "/hooks/slow", slow)]) as server:
        for between in (0.0, 0.05):
            go_on.clear()
            async with _caller(server) as caller:
                for word in (b"one", b"two", b"three"):
                    caller.writer.write(post("/hooks/slow", word))
                    await asyncio.sleep(between)
                go_on.set()
                assert [(await caller.read())[2] for _ in range(3)] == [b"one", b"two", b"three"]


async def test_too_many_at_once_are_told() -> None:
    """Beyond the limit a connection is answered 503 and closed; when one goes, the next is served."""
    async with _up(limits=Limits(connections=1)) as server:
        async with _caller(server) as first, _caller(server) as second:
            assert (await first.ask(post()))[0] == 200
            assert (await second.read())[0] == 503
            assert await second.reader.read() == b""
        while not await _served(server):  # until the ends of the others have reached the server
            await asyncio.sleep(0.02)


async def _served(server: Server) -> bool:
    async with _caller(server) as caller:
        return (await caller.ask(post()))[0] == 200


async def test_the_idle_are_shown_out() -> None:
    """A connection on which nothing is asked is closed; one that asked is kept once more, then closed too."""
    async with _up(limits=Limits(idle=0.1)) as server:
        async with _caller(server) as silent:
            assert await asyncio.wait_for(silent.reader.read(), 10) == b""
        async with _caller(server) as spoken:
            assert (await spoken.ask(post()))[0] == 200
            assert await asyncio.wait_for(spoken.reader.read(), 10) == b""


async def test_requests_under_way_are_finished() -> None:
    """At the end what was begun is answered, and idle connections are closed."""
    begun, go_on = asyncio.Event(), asyncio.Event()

    async def slow(knock: Knock) -> Response:
        begun.set()
        await go_on.wait()
        return 200, {}, knock.body

    async with _up([Door("POST", "/hooks/slow", slow), *DOORS]) as server:
        idle = Caller(*await asyncio.open_connection("127.0.0.1", server.port))
        assert (await idle.ask(post()))[0] == 200
        busy = Caller(*await asyncio.open_connection("127.0.0.1", server.port))
        busy.writer.write(post("/hooks/slow", b"done"))
        await begun.wait()
        asyncio.get_running_loop().call_later(0.05, go_on.set)
    assert (await busy.read())[2] == b"done"
    assert await busy.reader.read() == b""
    assert await idle.reader.read() == b""
    busy.writer.close()
    idle.writer.close()


async def test_one_that_never_ends_is_given_up(caplog: pytest.LogCaptureFixture) -> None:
    """A request that outlasts the drain is broken off with its connection."""
    begun = asyncio.Event()

    async def stuck(knock: Knock) -> Response:
        begun.set()
        await asyncio.Event().wait()
        return 200, {}, knock.body

    async with _up([Door("POST", "/hooks/stuck", stuck)], drain=0.1) as server:
        caller = Caller(*await asyncio.open_connection("127.0.0.1", server.port))
        caller.writer.write(post("/hooks/stuck"))
        await begun.wait()
    assert await asyncio.wait_for(caller.reader.read(), 10) == b""
    caller.writer.close()
    assert [one for one in caplog.records if one.levelname in {"ERROR", "WARNING"}] == []


async def test_who_leaves_is_no_error(caplog: pytest.LogCaptureFixture) -> None:
    """A sender who goes before the answer leaves no line in the log, and what they sent is taken all the same."""
    begun, gone, taken = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def slow(knock: Knock) -> Response:
        begun.set()
        await gone.wait()
        taken.set()
        return 200, {}, knock.body

    async with _up([Door("POST", "/hooks/slow", slow), *DOORS]) as server:
        _, writer = await asyncio.open_connection("127.0.0.1", server.port)
        writer.write(post("/hooks/slow"))
        await begun.wait()
        writer.transport.abort()
        await asyncio.sleep(0.1)  # the server's own loop turns: the end of the connection reaches it
        gone.set()
        await taken.wait()
        async with _caller(server) as caller:
            assert (await caller.ask(post()))[0] == 200
    assert [one.getMessage() for one in caplog.records if one.levelname in {"ERROR", "WARNING"}] == []


async def test_one_who_does_not_read_is_not_piled_up() -> None:
    """Whoever asks and asks and reads nothing is left to aiohttp, which waits until they read."""
    most = 4_000
    async with _up() as server, _caller(server) as caller:
        told = asyncio.create_task(_keep_asking(caller, most))
        await asyncio.sleep(0.2)
        for _ in range(most):
            assert (await caller.read())[0] == 200
        await told


async def _keep_asking(caller: Caller, most: int) -> None:
    for _ in range(most):
        caller.writer.write(post(body=b"x"))
        await caller.writer.drain()
        await asyncio.sleep(0)
