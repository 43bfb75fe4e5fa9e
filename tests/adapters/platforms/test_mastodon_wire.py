"""Headers, addresses and streams, as servers of every kind write them."""

from collections.abc import AsyncIterator, Mapping
from datetime import UTC, datetime, timedelta

import pytest
from aiohttp import ClientSession
from pydantic import SecretStr

from adapters.platforms.backoff import Backoff
from adapters.platforms.bucket import Bucket
from adapters.platforms.mastodon_stream import Happened, events, host
from adapters.platforms.mastodon_wire import Wire, http_date, resets
from bot.errors import WrongSettings
from tests.adapters.platforms.ears import QuickClock

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Retry-After": "30"}, 30),
        ({"X-RateLimit-Reset": "2026-03-02T09:02:00.123456Z"}, 120.123456),
        ({"X-RateLimit-Reset": "2026-03-02T09:02:00"}, 120),
        ({"X-RateLimit-Reset": str(int(NOW.timestamp()) + 60)}, 60),
        ({"X-RateLimit-Reset": "soon"}, 300),
        ({"X-RateLimit-Reset": "9" * 40}, 300),
        ({"Retry-After": "99999999"}, 3600),
        ({"X-RateLimit-Reset": "1999-01-01T00:00:00Z"}, 1),
        ({}, 300),
    ],
)
def test_when_a_limit_ends(headers: Mapping[str, str], seconds: float) -> None:
    """ISO 8601 and Unix times are read; a wrong clock elsewhere silences us for an hour at most."""
    assert resets(headers, NOW) == NOW + timedelta(seconds=seconds)


def test_http_dates() -> None:
    """A good one is read in UTC, anything else is none."""
    assert http_date("Mon, 02 Mar 2026 10:00:00 +0100") == NOW
    for bad in ("", "today", "Mon, 99 Mar 2026 10:00:00 GMT", "\x00"):
        assert http_date(bad) is None


@pytest.mark.parametrize(
    ("streaming", "base", "host_"),
    [
        ("wss://stream.example", "https://a.example", "https://stream.example"),
        ("ws://stream.example", "https://a.example", "https://a.example"),
        ("ws://127.0.0.1:1", "http://127.0.0.1:1", "http://127.0.0.1:1"),
        ("", "https://a.example", "https://a.example"),
        ("javascript:x", "https://a.example", "https://a.example"),
        ("wss://[", "https://a.example", "https://a.example"),
    ],
)
def test_our_token_never_goes_out_less_encrypted(streaming: str, base: str, host_: str) -> None:
    """A server may name another host for its stream, but no weaker way there."""
    assert host(streaming, base) == host_


async def chunks(*pieces: bytes) -> AsyncIterator[bytes]:
    """A stream, as it comes in packets."""
    for piece in pieces:
        yield piece


async def test_a_stream_is_read_however_it_is_cut() -> None:
    """Events come whole, over borders of packets, with comments and carriage returns between them."""
    whole = b":connected\r\n\r\nevent: update\ndata: one\ndata: two\n\nevent: delete\ndata:3\n\n:thump\n\nevent: x\n\n"
    expected = [Happened("update", "one\ntwo"), Happened("delete", "3")]
    for at in range(len(whole)):
        assert [each async for each in events(chunks(whole[:at], whole[at:]))] == expected


async def test_a_line_that_never_ends_is_given_up() -> None:
    """A stream cannot fill our memory."""
    with pytest.raises(ValueError, match="too long"):
        [each async for each in events(chunks(b"data: ", b"x" * 3_000_000))]


@pytest.mark.parametrize(
    "url", ["", "social.example", "ftp://social.example", "https://user:pw@social.example", "https://"]
)
async def test_an_address_that_is_none_is_a_wrong_setting(session: ClientSession, quick: QuickClock, url: str) -> None:
    """It is said at the start."""
    with pytest.raises(WrongSettings):
        Wire(url, SecretStr("x"), session, quick)


def test_waits_grow_and_scatter() -> None:
    """Each wait lies between half and the whole of its step, and steps end somewhere."""
    backoff = Backoff(first=1.0, longest=60.0, seed=1)
    waits = [backoff.next() for _ in range(20)]
    assert all(min(60, 2**n) / 2 <= wait <= min(60, 2**n) for n, wait in enumerate(waits))
    assert len(set(waits[10:])) == 10
    backoff.reset()
    assert backoff.next() <= 1.0


def test_a_bucket_fills_with_time() -> None:
    """So many at once, so many a second after that; time that goes back takes nothing away."""
    bucket = Bucket(rate=2.0, burst=3.0)
    assert [bucket.take(10.0) for _ in range(4)] == [0.0, 0.0, 0.0, 0.5]
    assert bucket.take(9.0) == 0.5
    assert bucket.take(10.5) == 0.0
    assert bucket.take(1000.0, 100.0) == 0.0
