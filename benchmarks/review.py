"""The review list and a search in it, in a house with many incidents: a page of thirty with its rows, as the desk asks."""

import asyncio
from collections.abc import Sequence

from benchmarks.growth import timed
from benchmarks.household import Household, household
from benchmarks.row import Row, p50, p99
from bot.ports import Query

_SAMPLE, _SIDE_BY_SIDE, _PAGE = 300, 16, 30
#: Every incident holds the first word, one in a house the second, none the third.
_SEARCHES = {"a word that all hold": "parcel", "a word that one holds": "e{}", "a word that none holds": "aardvark"}


def measure(long: bool) -> Sequence[Row]:
    """10,000 incidents of one conversation each (`long`: 100,000)."""
    return asyncio.run(_measure(100_000 if long else 10_000))


async def _measure(many: int) -> Sequence[Row]:
    async with household() as house:
        names = [f"e{number}" for number in range(many)]
        for at in range(0, many, _SIDE_BY_SIDE):
            await asyncio.gather(*(house.fill(name, [name]) for name in names[at : at + _SIDE_BY_SIDE]))
        floor = p50([await timed(house.store.client.execute_command("PING")) for _ in range(_SAMPLE)])
        rows = [Row("a bare round trip to the store, p50 (floor)", floor, "ms")]
        rows.append(await _row(house, f"the review list, {many:,} incidents, p99", [""]))
        rows.append(await _row(house, "    its middle page, p99", [""], await _middle(house, many)))
        for what, words in _SEARCHES.items():
            rows.append(
                await _row(house, f"a search for {what}, p99", [words.format(n * 31 % many) for n in range(97)])
            )
        return rows


async def _row(house: Household, what: str, searches: Sequence[str], after: str = "") -> Row:
    took = [await timed(_page(house, searches[n % len(searches)], after)) for n in range(_SAMPLE)]
    return Row(what, p99(took), "ms", 300, 50, f"p50 {p50(took):.2g} ms")


async def _page(house: Household, words: str, after: str) -> str:
    found = await house.timelines.find(Query(index="i:all", q=words, limit=_PAGE, after=after))
    fronts = await house.timelines.find_all([Query(index=f"pile:{each}", limit=1) for each in found.ids])
    await house.act.look(found.ids, tuple(name for front in fronts for name in front.ids))
    return found.after


async def _middle(house: Household, many: int) -> str:
    after = ""
    for _ in range(many // 2 // 1_000):
        after = (await house.timelines.find(Query(index="i:all", limit=1_000, after=after))).after
    return after
