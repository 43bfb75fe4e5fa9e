"""An answer in one write: what aiohttp's own would say, and nothing a door can smuggle into its head."""

from collections.abc import Mapping

import aiohttp
import pytest
from aiohttp.test_utils import make_mocked_request

from adapters.http.headers import ALWAYS
from adapters.http.server import serve
from adapters.http.whole import fits, packed
from bot.ports import Door, Knock, Response


def _said(headers: Mapping[str, str], body: bytes = b"yes", status: int = 200) -> bytes:
    return packed(status, headers, body, "run-1")


def test_head_and_body() -> None:
    """The status in words, our headers, the door's own, the length in bytes, then the body."""
    head, _, body = _said({"Content-Type": "text/plain; charset=utf-8"}, "é".encode(), 201).partition(b"\r\n\r\n")
    lines = head.decode().split("\r\n")
    assert lines[0] == "HTTP/1.1 201 Created"
    assert {f"{name}: {value}" for name, value in ALWAYS.items()} <= set(lines)
    told = ["content-type: text/plain; charset=utf-8", "content-length: 2", "x-request-id: run-1"]
    assert {*told, "cache-control: no-store"} <= set(lines)
    assert len(lines) == len({line.partition(":")[0] for line in lines})
    assert body == "é".encode()


def test_ours_stand_over_a_doors() -> None:
    """A door may say how long an answer is kept, and nothing of what every answer says."""
    said = _said({"cache-control": "max-age=60", "X-Frame-Options": "ALLOWALL"})
    assert b"cache-control: max-age=60\r\n" in said
    assert b"ALLOWALL" not in said


@pytest.mark.parametrize("bad", ["a\r\nset-cookie: b", "a\nb", "a\rb", "a\0b"])
def test_a_header_is_one_line(bad: str) -> None:
    """Nothing in a header's value or name begins another."""
    for headers in ({"location": bad}, {bad: "x"}):
        with pytest.raises(ValueError, match="one line"):
            _said(headers)


def test_what_it_is_not_for() -> None:
    """HEAD, older HTTP and answers without a body are left to aiohttp, which knows their rules."""
    assert fits(make_mocked_request("POST", "/"), 200)
    assert not fits(make_mocked_request("HEAD", "/"), 200)
    assert not fits(make_mocked_request("GET", "/", version=aiohttp.HttpVersion10), 200)
    assert not any(fits(make_mocked_request("GET", "/"), status) for status in (101, 204, 205, 304))


async def test_by_its_socket() -> None:
    """A client reads it, keeps the connection, and has it closed where it asked for that."""

    async def echo(knock: Knock) -> Response:
        return 200, {"content-type": "application/octet-stream"}, knock.body * 2

    async with serve([Door("POST", "/echo", echo)], "127.0.0.1", 0) as server, aiohttp.ClientSession() as client:
        for size in (0, 1, 300_000):
            async with client.post(f"{server.url}/echo", data=b"x" * size) as answer:
                assert (answer.status, len(await answer.read())) == (200, size * 2)
                assert "connection" not in answer.headers
        async with client.post(f"{server.url}/echo", data=b"x", headers={"connection": "close"}) as answer:
            assert answer.headers["connection"] == "close"
            assert await answer.read() == b"xx"
