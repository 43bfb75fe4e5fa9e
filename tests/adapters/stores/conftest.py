"""What the store's tests share."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from adapters.stores.connect import Store, connect
from tests.adapters.stores.users import cleaned
from tests.servers import cluster_url, redis_url, store_url, team, temporary, valkey_url

__all__ = ["cluster_url", "redis_url", "store_url", "team", "valkey_url"]


@pytest.fixture
async def store(store_url: str, tmp_path: Path) -> AsyncIterator[Store]:
    """An open store on each kind of server."""
    async with connect(store_url, tmp_path) as opened:
        yield opened


@pytest.fixture
async def home() -> AsyncIterator[Path]:
    """A data folder with a short path; a server that a test leaves alive there is ended."""
    with temporary() as folder:
        async with cleaned(folder):
            yield folder
