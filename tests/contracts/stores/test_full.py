"""Below the free-space floor nothing is written, and reading goes on."""

from dataclasses import replace
from pathlib import Path

import pytest

from adapters.stores.connect import connect
from bot.errors import StoreFull
from bot.nouns.team import Place
from bot.ports import Appended, LineRef, ThreadRef
from tests.contracts.stores.changes import change, claimed, due, minute, open_one
from tests.contracts.stores.house import real_house


def _full() -> None:
    raise StoreFull("Only 3 MB are free.")


async def test_a_full_disk_takes_nothing(valkey_url: str, tmp_path: Path, team: str) -> None:
    """Appends, leases on what is due and threads are refused; views and timelines are still shown."""
    async with connect(valkey_url, tmp_path) as store:
        house, full = real_house(store, team), real_house(replace(store, require_space=_full), team)
        assert await open_one(house, dues={"c1": [due("x", minute(1))]}) == Appended()
        view = await full.timelines.view(["i1"], ["c1"])
        place, ref = Place(room="web", id="desk"), ThreadRef(room="web", place="desk", id="t1")
        for write in (
            full.timelines.append(change(view, claimed())),
            full.dues.take(minute(2)),
            full.dues.done(await house.dues.take(minute(2))),
            full.threads.put("i1", place, ref, 1),
            full.threads.mark_said("k", LineRef(room="web", place="desk", id="l1")),
        ):
            with pytest.raises(StoreFull):
                await write
        assert await full.timelines.view(["i1"], ["c1"]) == view
        assert len(await full.timelines.events("i1")) == 1
        assert await full.threads.get("i1") == {}
        assert await full.threads.said("k") is False
        assert await full.dues.next() is not None
