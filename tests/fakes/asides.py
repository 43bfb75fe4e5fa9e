"""What is kept aside, in memory."""

from collections.abc import Sequence
from datetime import UTC, datetime

from adapters.stores.asides import raw_of, source_of
from bot.nouns.flag import Flag
from bot.nouns.mention import Edited, Said
from bot.ports import Aside, Work
from tests.fakes.vault import FakeVault


class FakeAsides:
    """The port Asides."""

    def __init__(self, vault: FakeVault) -> None:
        self._vault = vault
        self._rows: dict[tuple[str, str], tuple[Aside, str]] = {}

    async def put(self, which: str, work: Work, flag: Flag | None, because: str) -> str:
        """The same ref for the same work."""
        person = work.person or self._vault.team
        ref = f"{person}.{self._vault.secrets.hashed('aside', which, work.id).hex()}"
        text = "" if work.words is None else work.words.ref
        if text and self._vault.body(text) is None:
            return ref
        mention = work.news.mention if isinstance(work.news, Said | Edited) and text else None
        row = Aside(
            ref=ref,
            at=work.arrived,
            source=source_of(work.news),
            mention=mention,
            raw=raw_of(work.news),
            flag=flag,
            because=because,
        )
        self._rows[which, ref] = (row, text)
        return ref

    async def page(self, which: str, after: str = "", limit: int = 50) -> tuple[Sequence[Aside], str]:
        """Newest first."""
        rows = sorted((row for row in self._readable(which) if not after or _order(row) < _read(after)), key=_order)
        rows.reverse()
        page = rows[:limit]
        return page, f"{page[-1].at.isoformat()} {page[-1].ref}" if len(rows) > limit else ""

    async def get(self, which: str, ref: str) -> Aside | None:
        """One entry, if it lies there and is readable."""
        return next((row for row in self._readable(which) if row.ref == ref), None)

    async def take(self, which: str, ref: str) -> None:
        """It no longer lies there."""
        self._rows.pop((which, ref), None)

    async def forget(self, persons: Sequence[str]) -> int:
        """None of theirs is left."""
        gone = [name for name in self._rows if name[1].rpartition(".")[0] in persons]
        for name in gone:
            del self._rows[name]
        return len(gone)

    def _readable(self, which: str) -> list[Aside]:
        return [
            row
            for (list_, _), (row, text) in self._rows.items()
            if list_ == which and (not text or self._vault.body(text) is not None)
        ]


def _order(row: Aside) -> tuple[datetime, str]:
    return row.at, row.ref


def _read(after: str) -> tuple[datetime, str]:
    """Anything but a cursor of ours begins at the first page."""
    at, _, ref = after.partition(" ")
    try:
        return datetime.fromisoformat(at), ref
    except ValueError:
        return datetime.max.replace(tzinfo=UTC), ""
