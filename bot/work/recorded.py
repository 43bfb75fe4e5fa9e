"""Reading the record out of the store, page by page, while everything runs."""

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any

from bot.nouns.record import Line
from bot.ports import Aside, Asides, Query, Timelines

PAGE = 500


async def lines(timelines: Timelines, name: str) -> AsyncIterator[Line]:
    """One timeline from its first line; '' is the team's own."""
    after = 0
    while page := await timelines.events(name, after, PAGE):
        for made in page:
            yield made
        after = page[-1]["version"]


async def record(timelines: Timelines, only: str | None = None, since: datetime | None = None) -> AsyncIterator[Line]:
    """Whole timelines: the team's own and every incident's, or `only` one's.

    `since`: those in which something happened from then on, each from its first line, so that each verifies.
    """
    async for name in _names(timelines, only):
        if since is None or await _touched(timelines, name, since):
            async for made in lines(timelines, name):
                yield made


async def _names(timelines: Timelines, only: str | None) -> AsyncIterator[str]:
    if only is not None:
        yield only
        return
    yield ""
    after = ""
    while True:
        found = await timelines.find(Query(index="i:all", rising=True, limit=PAGE, after=after))
        for name in found.ids:
            yield name
        if not found.after:
            return
        after = found.after


async def _touched(timelines: Timelines, name: str, since: datetime) -> bool:
    view = await timelines.view((name,) if name else ())
    row = view.team if not name else view.incidents.get(name)
    if row is None or row.version == 0:
        return False
    last = await timelines.events(name, row.version - 1, 1)
    return bool(last) and datetime.fromisoformat(last[0]["at"]) >= since


async def unforwarded(asides: Asides) -> AsyncIterator[dict[str, Any]]:
    """What was not forwarded, newest first, as lines of an export."""
    after = ""
    while True:
        page, after = await asides.page("unforwarded", after, PAGE)
        for each in page:
            yield _plain(each)
        if not after:
            return


def _plain(aside: Aside) -> dict[str, Any]:
    mention = aside.mention
    return {
        "ref": aside.ref,
        "at": aside.at.isoformat(),
        "mention": mention.key.model_dump() if mention else None,
        "text": mention.text if mention else None,
        "reasons": list(aside.flag.reasons) if aside.flag else [],
    }
