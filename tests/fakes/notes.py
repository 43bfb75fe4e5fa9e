"""Notes in memory."""

from collections.abc import Sequence


class FakeNotes:
    """The web room's port Notes."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], bytes] = {}

    async def put(self, person: str, key: str, body: bytes) -> None:
        """The same key again is the same note."""
        self._kept[person, key] = body

    async def list(self, person: str) -> Sequence[bytes]:
        """All of theirs."""
        return [body for (owner, _), body in self._kept.items() if owner == person]

    async def drop(self, person: str, key: str) -> None:
        """It is done with."""
        self._kept.pop((person, key), None)

    async def clear(self, person: str) -> None:
        """All of theirs are done with."""
        self._kept = {(owner, key): body for (owner, key), body in self._kept.items() if owner != person}
