"""Notes for one person: what must last though nobody looks at the page. Shown above *Now* until put away."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.screens.shapes import Card


@dataclass(frozen=True, slots=True)
class Note:
    """`key` names it: the same key put twice is one note, the newer one."""

    key: str
    at: datetime
    card: Card


class Notes(Protocol):
    """Kept on disk, a few for each person."""

    async def put(self, person: str, note: Note) -> None: ...
    async def list(self, person: str) -> Sequence[Note]: ...
    async def drop(self, person: str, key: str) -> None: ...
