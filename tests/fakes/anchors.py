"""Signed heads, in memory."""

from collections.abc import Sequence

from bot.review.anchors import Anchor


class FakeAnchors:
    """The port Anchors."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, int], Anchor] = {}

    async def put(self, anchor: Anchor) -> None:
        """Kept once."""
        self._kept.setdefault((anchor.incident or "", anchor.version), anchor)

    async def all(self) -> Sequence[Anchor]:
        """By timeline and version."""
        return [self._kept[each] for each in sorted(self._kept)]
