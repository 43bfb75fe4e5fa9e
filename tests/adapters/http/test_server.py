"""The server, by its socket: limits, noes, streams and the end."""

import asyncio
import gzip
import io
import json
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import make_mocked_request

from adapters.http.headers import POLICY
from adapters.http.limits import Limits
from adapters.http.protocol import Listener
from adapters.http.server import Server, serve
from bot.errors import StoreAway
from bot.ports import Door, Knock, Response

QUICK = Limits(head=0.2, read=0.2, idle=5.0, linger=0.2)


async def _echo(knock: Knock) -> Response:
    told = {"method": knock.method, "size": len(knock.body), "peer": knock.peer, "query": dict(knock.query)}
    return 200, {"content-type": "application/json"}, json.dumps({**told, **knock.values}).encode()


async def _away(knock: Knock) -> Response:
    raise StoreAway(f"The store does not answer {knock.method}.")


async def _fails(knock: Knock) -> Response:
    raise ValueError(f"their secret words {knock.query}")


def _streaming(chunks: Sequence[bytes], ended: asyncio.Event) -> Door:
    async def chunked() -> AsyncIterator[bytes]:
        try:
            for chunk in chunks:
                yield chunk
            await asyncio.Event().wait()
        finally:
            ended.set()

    async def open_(knock: Knock) -> Response:
        del knock
        return 200, {"content-type": "text/event-stream"}, chunked()

    return Door("GET", "/events", open_)


DOORS = [
    Door("GET", "/echo/{name}", _echo),
    Door("POST", "/echo", _echo),
    Door("GET", "/away", _away),
    Door("GET", "/fails", _fails),
    Door("POST", "/hooks/inbox/x", _echo),
]


@asynccontextmanager
async def _up(doors: Sequence[Door] = DOORS, limits: Limits = QUICK, **more: Any) -> AsyncIterator[Server]:
    async with serve(doors, "127.0.0.1", 0, limits=limits, **more) as server:
        yield server


async def _ask(
    server: Server,
    method: str,
    path: str,
    body: bytes | io.BytesIO | None = None,
    headers: Mapping[str, str] | None = None,
) -> tuple[int, Mapping[str, str], bytes]:
    async with (
        aiohttp.ClientSession() as client,
        client.request(method, server.url + path, data=body, headers=headers, skip_auto_headers=["Accept"]) as answer,
    ):
        return answer.status, answer.headers, await answer.read()


async def _raw(server: Server, sent: bytes) -> bytes:
    """What the server says to these bytes until it closes."""
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    writer.write(sent)
    answer = await asyncio.wait_for(reader.read(), 10)
    writer.close()
    return answer


async def test_a_door_is_opened() -> None:
    """A request reaches its door with parts, query and peer."""
    async with _up() as server:
        status, _, body = await _ask(server, "GET", "/echo/a%20b?q=1")
    assert status == 200
    assert json.loads(body) == {"method": "GET", "size": 0, "peer": "127.0.0.1", "query": {"q": "1"}, "name": "a b"}


async def test_every_answer_is_dressed() -> None:
    """A yes and a no both carry the policy, a request id, and nothing about the software behind."""
    async with _up() as server:
        answers = [await _ask(server, "GET", path) for path in ("/echo/x", "/nothing", "/fails")]
        raw = await _raw(server, b"NO HTTP\r\n\r\n")
    for _, headers, _ in answers:
        assert headers["Content-Security-Policy"] == POLICY
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert headers["Cache-Control"] == "no-store"
        assert headers["Server"] == "coolhead"
    assert len({headers["X-Request-Id"] for _, headers, _ in answers}) == 3
    assert raw.startswith(b"HTTP/1.0 400")
    assert POLICY.encode() in raw


async def test_head_has_no_body() -> None:
    """HEAD gives GET's status and headers."""
    async with _up() as server:
        status, headers, body = await _ask(server, "HEAD", "/echo/x")
    assert (status, body) == (200, b"")
    assert int(headers["Content-Length"]) > 0


async def test_a_program_gets_a_problem_and_a_person_a_page() -> None:
    """The same no is problem+json for who asks for nothing else, HTML for a browser, and always JSON under /hooks."""
    browser = {"accept": "text/html,*/*"}
    async with _up() as server:
        status, headers, body = await _ask(server, "GET", "/nothing")
        page_status, page_headers, _ = await _ask(server, "GET", "/nothing", headers=browser)
        _, hook, _ = await _ask(server, "GET", "/hooks/inbox/x", headers=browser)
    assert (status, page_status) == (404, 404)
    assert headers["Content-Type"] == "application/problem+json"
    assert json.loads(body)["status"] == 404
    assert page_headers["Content-Type"].startswith("text/html")
    assert hook["Content-Type"] == "application/problem+json"
    assert hook["Allow"] == "POST"


async def test_a_fault_of_ours_shows_nothing(caplog: pytest.LogCaptureFixture) -> None:
    """A door that fails gives a calm 500; neither the answer nor the log repeats what was said."""
    async with _up() as server:
        status, _, body = await _ask(server, "GET", "/fails?q=private")
    assert status == 500
    assert b"Traceback" not in body
    assert b"private" not in body
    assert "ValueError" in caplog.text
    assert "private" not in caplog.text


async def test_a_store_that_is_away_is_said() -> None:
    """StoreAway becomes 503 with its own sentence and a Retry-After."""
    async with _up() as server:
        status, headers, body = await _ask(server, "GET", "/away")
    assert status == 503
    assert headers["Retry-After"] == "5"
    assert json.loads(body)["detail"] == "The store does not answer GET."


async def test_a_megabyte_is_the_most() -> None:
    """1 MB passes; a byte more is 413, announced or not."""
    most = 1024 * 1024

    async def unannounced() -> AsyncIterator[bytes]:
        for _ in range(17):
            yield b"x" * 65536

    async with _up(limits=Limits(linger=0.2)) as server:
        assert (await _ask(server, "POST", "/echo", io.BytesIO(b"x" * most)))[0] == 200
        assert (await _ask(server, "POST", "/echo", io.BytesIO(b"x" * (most + 1))))[0] == 413
        async with aiohttp.ClientSession() as client, client.post(f"{server.url}/echo", data=unannounced()) as answer:
            assert answer.status == 413


async def test_a_bomb_is_not_unpacked() -> None:
    """Compressed bodies are refused unread."""
    async with _up() as server:
        packed = gzip.compress(b"0" * 10_000_000)
        status, _, _ = await _ask(server, "POST", "/echo", packed, {"content-encoding": "gzip"})
    assert status == 415


async def test_deep_json_is_refused() -> None:
    """JSON beyond twenty levels never reaches a door."""
    body = b"[" * 100_000 + b"]" * 100_000
    async with _up() as server:
        status, _, answer = await _ask(server, "POST", "/echo", body, {"content-type": "application/json"})
    assert status == 400
    assert "20 levels" in json.loads(answer)["detail"]


@pytest.mark.parametrize("sent", [b"G", b"GET /echo/x HTTP/1.1\r\nhost: x\r\nx-slow: 1", b"GET / HTTP/1.1\r\n"])
async def test_a_head_that_drips_ends_in_408(sent: bytes) -> None:
    """Whoever begins a head and does not end it is told so and shown out."""
    async with _up() as server:
        assert (await _raw(server, sent)).startswith(b"HTTP/1.1 408 ")


async def test_a_body_that_drips_ends_in_408() -> None:
    """Whoever announces a body and does not send it is told so."""
    async with _up() as server:
        answer = await _raw(
            server, b"POST /echo HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\nconnection: close\r\n\r\nab"
        )
    assert answer.startswith(b"HTTP/1.1 408 ")


async def test_slow_ones_keep_nobody_waiting() -> None:
    """With a hundred half-sent heads open, everybody else is served."""
    async with _up(limits=Limits(head=30.0)) as server:
        slow = [await asyncio.open_connection("127.0.0.1", server.port) for _ in range(100)]
        for _, writer in slow:
            writer.write(b"GET /echo/x HT")
        assert (await _ask(server, "GET", "/echo/x"))[0] == 200
        for _, writer in slow:
            writer.close()


async def test_too_many_at_once_are_told() -> None:
    """Beyond the limit a connection is answered 503 and closed; when one goes, the next is served."""
    async with _up(limits=Limits(connections=2)) as server:
        held = [await asyncio.open_connection("127.0.0.1", server.port) for _ in range(2)]
        assert (await _raw(server, b"")).startswith(b"HTTP/1.1 503 ")
        for reader, writer in held:
            writer.close()
            await reader.read()
        assert (await _ask(server, "GET", "/echo/x"))[0] == 200


async def test_a_stream_flows_and_ends_with_the_server() -> None:
    """Chunks arrive as they are made, and the source is closed when the server goes."""
    ended = asyncio.Event()
    async with _up([_streaming([b"one\n", b"two\n"], ended)]) as server:
        reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
        writer.write(b"GET /events HTTP/1.1\r\nhost: x\r\n\r\n")
        assert b"two\n" in await asyncio.wait_for(reader.readuntil(b"two\n"), 5)
    await asyncio.wait_for(ended.wait(), 5)
    writer.close()


async def test_a_reader_who_goes_is_noticed() -> None:
    """The source of a stream is closed when its reader leaves, though nothing more was to be said."""
    ended = asyncio.Event()
    async with _up([_streaming([b"one\n"], ended)]) as server:
        reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
        writer.write(b"GET /events HTTP/1.1\r\nhost: x\r\n\r\n")
        await asyncio.wait_for(reader.readuntil(b"one\n"), 5)
        writer.close()
        await asyncio.wait_for(ended.wait(), 5)


async def test_a_reader_who_went_before_the_stream_began_is_no_error(caplog: pytest.LogCaptureFixture) -> None:
    """A browser that closes its page while its stream is opened leaves no line in the log."""
    entered, gone, left = asyncio.Event(), asyncio.Event(), asyncio.Event()
    stream = _streaming([b"x"], asyncio.Event())

    async def slowly(knock: Knock) -> Response:
        entered.set()
        await gone.wait()
        try:
            return await stream.open(knock)
        finally:
            left.set()

    async with _up([Door("GET", "/events", slowly), *DOORS]) as server:
        _, writer = await asyncio.open_connection("127.0.0.1", server.port)
        writer.write(b"GET /events HTTP/1.1\r\nhost: x\r\n\r\n")
        await entered.wait()
        writer.transport.abort()
        await asyncio.sleep(0.1)  # the server's own loop turns: the end of the connection reaches it
        gone.set()
        await left.wait()
        assert (await _ask(server, "GET", "/echo/x"))[0] == 200
    assert [one.getMessage() for one in caplog.records if one.levelname in {"ERROR", "WARNING"}] == []


async def test_a_fault_behind_every_door_is_logged_by_its_kind(caplog: pytest.LogCaptureFixture) -> None:
    """What no door could answer is an error in the log unless the browser only went away; its words never are there."""
    connection = Listener(_nobody, QUICK)()
    request = make_mocked_request("GET", "/x")
    connection.handle_error(request, 500, ValueError("their secret words"))
    connection.handle_error(request, 500, aiohttp.ClientConnectionResetError("gone"))
    connection.log_exception("Unhandled exception", exc_info=KeyError("their secret words"))
    connection.log_exception("Unhandled exception", exc_info=ConnectionResetError("gone"))
    errors = [one.getMessage() for one in caplog.records if one.levelname == "ERROR"]
    assert errors == ["a request failed before any door: ValueError", "a connection failed: KeyError"]


async def _nobody(request: web.BaseRequest) -> web.StreamResponse:
    return web.Response()


async def test_requests_under_way_are_finished() -> None:
    """At the end what was begun is answered, idle connections are closed, and nothing new is taken."""
    begun, go_on = asyncio.Event(), asyncio.Event()

    async def slow(knock: Knock) -> Response:
        begun.set()
        await go_on.wait()
        return 200, {}, knock.method.encode()

    async with aiohttp.ClientSession() as client:
        async with _up([Door("GET", "/slow", slow), Door("GET", "/quick", _echo)]) as server:
            async with client.get(f"{server.url}/quick") as idle:
                assert idle.status == 200
            asked = asyncio.create_task(_ask(server, "GET", "/slow"))
            await begun.wait()
            asyncio.get_running_loop().call_later(0.05, go_on.set)
        assert (await asked)[0] == 200
        with pytest.raises(aiohttp.ClientConnectionError):
            await client.get(f"{server.url}/quick")


async def test_behind_https_browsers_stay_there() -> None:
    """With a public address by https, browsers are told to come by https only; without one they are not."""
    async with serve(DOORS, "127.0.0.1", 0, public_url="https://care.example") as server:
        assert (await _ask(server, "GET", "/echo/x"))[1]["Strict-Transport-Security"].startswith("max-age=")
    async with serve(DOORS, "127.0.0.1", 0) as server:
        assert "Strict-Transport-Security" not in (await _ask(server, "GET", "/echo/x"))[1]


async def test_a_proxy_is_believed_where_it_was_named() -> None:
    """With this machine as a trusted proxy, the forwarded address is the peer."""
    async with _up(proxies=["127.0.0.1"]) as server:
        _, _, body = await _ask(server, "GET", "/echo/x", headers={"x-forwarded-for": "6.6.6.6, 203.0.113.9"})
    assert json.loads(body)["peer"] == "203.0.113.9"
