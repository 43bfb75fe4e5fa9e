"""The public square, a client session, ears and clocks for every test of a platform."""

from collections.abc import AsyncIterator

import pytest
from aiohttp import ClientSession, DummyCookieJar
from pydantic import SecretStr

from adapters.platforms.mastodon import Mastodon
from tests.adapters.platforms.ears import Ears, QuickClock
from tests.square import Square, square, square_process

__all__ = ["square", "square_process"]


@pytest.fixture
async def session() -> AsyncIterator[ClientSession]:
    """A client session that keeps no cookies."""
    async with ClientSession(cookie_jar=DummyCookieJar()) as opened:
        yield opened


@pytest.fixture
def ears() -> Ears:
    """An intake that remembers."""
    return Ears()


@pytest.fixture
def quick() -> QuickClock:
    """A clock in a hurry."""
    return QuickClock()


@pytest.fixture
def mastodon(square: Square, session: ClientSession, quick: QuickClock) -> Mastodon:
    """Our account on the square."""
    return Mastodon(square.url, SecretStr(square.token("shop")), session, quick)
