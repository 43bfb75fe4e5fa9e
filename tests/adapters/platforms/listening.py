"""A platform that listens for a while."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from adapters.platforms.mastodon import Mastodon
from bot.nouns.mention import Cursor
from tests.adapters.platforms.ears import Ears


@asynccontextmanager
async def listening(platform: Mastodon, ears: Ears, since: Cursor | None = None) -> AsyncIterator[None]:
    """While inside, the platform listens."""
    task = asyncio.create_task(platform.listen(since, ears))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
