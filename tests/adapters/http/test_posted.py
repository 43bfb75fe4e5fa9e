"""Requests that are read in one go, and all those that are left to aiohttp's parser."""

import pytest

from adapters.http.posted import read_posted

HEAD = b"POST /hooks/inbox/local HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 2\r\n"


def test_a_plain_one_is_read() -> None:
    """Path, headers in lower case without blanks around them, and the body to its last byte."""
    read = read_posted(HEAD + b"X-Sent:\t by us \r\nConnection: Keep-Alive\r\n\r\n{}")
    assert read is not None
    assert read.path == "/hooks/inbox/local"
    assert read.headers["content-type"] == "application/json"
    assert read.headers["x-sent"] == "by us"
    assert read.body == b"{}"


@pytest.mark.parametrize(
    "path",
    ["/hooks/", "/hooks/a/../b", "/hooks//a", "/hooks/a?b=c", "/hooks/a%20b", "/hooks/.a", "/api/v1", "*", "/hook"],
)
def test_only_plain_paths(path: str) -> None:
    """What could be written in another way, or leads elsewhere, is not read here."""
    assert read_posted(HEAD.replace(b"/hooks/inbox/local", path.encode()) + b"\r\n{}") is None


@pytest.mark.parametrize(
    "line",
    [
        b"Transfer-Encoding: chunked",
        b"Expect: 100-continue",
        b"Upgrade: websocket",
        b"Content-Encoding: gzip",
        b"Connection: close",
        b"Connection: keep-alive, upgrade",
        b"Trailer: x",
        b"Content-Length: 2",
        b"Host: y",
        b"host: y",
        b"X: caf\xc3\xa9",
        b"X: a\rb",
        b"X: a\nb",
        b"X: a\0b",
        b" folded: line",
        b"X : a",
        b": a",
        b"no colon",
        b"X: a\r\n",
    ],
)
def test_no_line_that_could_be_read_in_two_ways(line: bytes) -> None:
    """Whatever changes the framing, comes twice, or is no plain line of ASCII leaves it to the parser."""
    assert read_posted(HEAD + line + b"\r\n\r\n{}") is None


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"P",
        HEAD,
        HEAD + b"\r\n",
        HEAD + b"\r\n{",
        HEAD + b"\r\n{} ",
        HEAD + b"\r\n{}" + HEAD + b"\r\n{}",
        b"\r\n" + HEAD + b"\r\n{}",
        HEAD.replace(b"POST", b"PUT") + b"\r\n{}",
        HEAD.replace(b"POST", b"post") + b"\r\n{}",
        HEAD.replace(b"1.1", b"1.0") + b"\r\n{}",
        HEAD.replace(b"\r\n", b"\n") + b"\n{}",
        HEAD.replace(b": 2", b": +2") + b"\r\n{}",
        HEAD.replace(b": 2", b": 02") + b"\r\n{}",
        HEAD.replace(b": 2", b": 2, 2") + b"\r\n{}",
        HEAD.replace(b": 2", b": 0x2") + b"\r\n{}",
        HEAD.replace(b"Content-Length: 2\r\n", b"") + b"\r\n{}",
    ],
)
def test_only_one_whole_request(data: bytes) -> None:
    """A part of one, more than one, or one whose length is not exactly its body's is left to the parser."""
    assert read_posted(data) is None
