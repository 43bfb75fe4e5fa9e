"""The only thing that is ever migrated: what an older version of the product left out of the team's row is folded anew by who
opens the store next. Who does is killed before each system call that writes; then another opens it (failure D5).

Real: processes and a store's server. The calls are counted in a trace first; a trial that killed nowhere fails.
"""

import asyncio
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import pytest

from adapters.stores.connect import Store, connect
from adapters.stores.keys import Keys
from adapters.stores.rows import dump, own
from adapters.stores.timelines import RedisTimelines
from adapters.stores.whole import WHOLE
from bot.nouns.team import Team
from tests.chaos.stopped import Workers, rooted, spread
from tests.chaos.summary import say
from tests.contracts.stores.test_layout import ADDED, SET, opens, told, written_by_an_older_one
from tests.servers import running, valkey


async def _seen(store: Store, keys: Keys) -> Team:
    """The team as whoever opens the store sees it; what was left out is written back."""
    return (await RedisTimelines(store, keys, await opens(store, keys)).view()).team


async def _opens(store_url: str, team: str) -> None:
    async with connect(store_url, Path()) as store:
        await _seen(store, Keys(team))


def open_once(store: str, team: str, ready: Connection) -> None:
    """In a process of its own."""
    ready.send(None)
    ready.recv()
    asyncio.run(_opens(store, team))


async def _older(store: Store, team: str) -> Team:
    """A store as an older version leaves it. What its team is."""
    keys = Keys(team)
    whole = (await (await told(store, keys, ADDED, SET)).view()).team
    await written_by_an_older_one(store, keys, whole)
    await store.client.execute_command("HDEL", keys.team_row(), *WHOLE)
    await store.client.script_flush()  # as after a restart: each hands the store its scripts anew
    return whole


@pytest.mark.timeout(600)
@pytest.mark.parametrize("few", [pytest.param(3, id="cut"), pytest.param(None, id="whole", marks=pytest.mark.chaos)])
async def test_killed_at_each_call_of_mending(few: int | None, tmp_path: Path) -> None:
    """Whichever call was the last: the next who opens it sees the whole team, and the row is whole."""
    rooted()
    workers, log = Workers("tests.chaos.test_store_mended"), tmp_path / "trace"
    faults, killed = list[str](), 0
    with running(valkey()) as server:
        async with connect(server.url, Path()) as store:
            await _older(store, "traced")
            calls = await asyncio.to_thread(workers.traced, log, open_once, server.url, "traced")
            tried = spread(calls, few)
            for number, call in enumerate(tried):
                team = f"team{number}"
                whole = await _older(store, team)
                killed += await asyncio.to_thread(workers.killed, log, call, open_once, server.url, team)
                seen = await _seen(store, Keys(team))
                row: Any = await store.client.execute_command("HGET", Keys(team).team_row(), "row")
                faults += (
                    [] if (seen, row) == (whole, dump(own(whole)).encode()) else [f"{call.name} {call.number}: {seen}"]
                )
    result = f"{len(faults)} faults, {len(calls)} calls in the trace"
    say(
        "at most once, nothing lost",
        "kill -9 before each call of whoever makes an older version's row whole",
        "real",
        killed,
        result,
        "none",
    )
    assert faults == []
    assert killed == len(tried) > 1
