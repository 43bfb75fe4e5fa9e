"""Signed heads, append-only."""

from collections.abc import Sequence

from adapters.stores.away import away
from adapters.stores.connect import Store
from adapters.stores.keys import Keys
from bot.review.anchors import Anchor

_PAGE = 1000


class RedisAnchors:
    """The port Anchors. Every method raises StoreAway."""

    def __init__(self, store: Store, keys: Keys) -> None:
        self._store = store
        self._keys = keys

    async def put(self, anchor: Anchor) -> None:
        """Keep it. The same head of the same timeline is kept once, by its first signature."""
        self._store.require_space()
        field = f"{anchor.incident or ''}:{anchor.version}"
        async with away():
            await self._store.client.execute_command(
                "HSETNX", self._keys.anchors(), field, anchor.model_dump_json().encode()
            )

    async def all(self) -> Sequence[Anchor]:
        """Every one, by timeline and version."""
        found: dict[bytes, bytes] = {}  # a scan may show a field twice
        cursor = 0
        while True:
            async with away():
                cursor, page = await self._store.client.execute_command(
                    "HSCAN", self._keys.anchors(), cursor, "COUNT", _PAGE
                )
            found |= page if isinstance(page, dict) else dict(zip(page[::2], page[1::2], strict=True))
            if int(cursor) == 0:
                anchors = map(Anchor.model_validate_json, found.values())
                return sorted(anchors, key=lambda each: (each.incident or "", each.version))
