"""The process that listens is killed before each of its system calls that writes something, while pages of mentions come in
with their cursor; then another listens on from where the cursor stands (failures B1, B4).

Real: processes and a store's server. The platform is a list of pages that are asked for by the cursor, so a cursor that
is ahead of its mentions loses them. The calls are counted in a trace first; a trial that killed nowhere fails.
"""

import asyncio
from collections import Counter
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from adapters.stores.connect import connect
from adapters.stores.inbox import RedisInbox
from adapters.stores.keys import Keys
from adapters.stores.vault import RedisVault
from bot.nouns.mention import Author, Cursor, Mention, MentionKey, Said
from bot.nouns.team import Refusal
from bot.work.health import Health
from bot.work.intake import Intake
from tests.chaos.stopped import Workers, rooted, spread
from tests.chaos.summary import say
from tests.contracts.stores.house import MASTER
from tests.fakes.clock import FakeClock
from tests.servers import running, valkey

PAGES, EACH = 4, 5
IDS = [f"m{number}" for number in range(PAGES * EACH)]


def _page(number: int) -> list[Said]:
    """What the platform has there."""
    at = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
    return [
        Said(
            mention=Mention(
                key=MentionKey(platform="square", id=id),
                text=f"Where is my parcel {id}?",
                author=Author(id=f"p{id}", name="Mara", handle="@mara"),
                at=at,
                source="square",
            )
        )
        for id in IDS[number * EACH : (number + 1) * EACH]
    ]


async def _listens(store_url: str, team: str) -> list[str]:
    """Ask for every page from the cursor on; then the ids of what lies in the inbox."""
    async with connect(store_url, Path()) as store:
        clock, keys = FakeClock(), Keys(team)
        inbox = RedisInbox(store, keys, RedisVault(store, keys, MASTER), clock)
        intake = Intake(inbox, Health(), clock)
        cursor = await inbox.cursor("square")
        for number in range(int(cursor.at) if cursor is not None else 0, PAGES):
            heard = await intake.hear(_page(number), Cursor(source="square", at=str(number + 1)))
            assert not isinstance(heard, Refusal)
        return [each.news.mention.key.id for each in await inbox.work(500) if isinstance(each.news, Said)]


def listen_once(store: str, team: str, ready: Connection) -> None:
    """In a process of its own."""
    ready.send(None)
    ready.recv()
    asyncio.run(_listens(store, team))


@pytest.mark.timeout(1200)
@pytest.mark.parametrize("few", [pytest.param(4, id="cut"), pytest.param(None, id="whole", marks=pytest.mark.chaos)])
async def test_killed_at_each_call_of_the_intake(few: int | None, tmp_path: Path) -> None:
    """Each mention lies in the inbox exactly once, whichever call was the last."""
    rooted()
    workers, log = Workers("tests.chaos.test_intake_calls"), tmp_path / "trace"
    lost, double, killed = list[str](), list[str](), 0
    with running(valkey()) as server:
        await _listens(server.url, "first")  # the server has its scripts from here on
        calls = await asyncio.to_thread(workers.traced, log, listen_once, server.url, "traced")
        tried = spread(calls, few)
        for number, call in enumerate(tried):
            team = f"team{number}"
            killed += await asyncio.to_thread(workers.killed, log, call, listen_once, server.url, team)
            lies = Counter(await _listens(server.url, team))
            lost += [f"{call.name} {call.number}: {id}" for id in IDS if not lies[id]]
            double += [f"{call.name} {call.number}: {id}" for id in lies if lies[id] > 1]
    result = f"{len(lost)} lost, {len(double)} double, {len(calls)} calls in the trace"
    say(
        "nothing lost on the way in",
        "kill -9 before each call of the intake that writes",
        "real",
        killed,
        result,
        "none",
    )
    assert (lost, double) == ([], [])
    assert killed == len(tried) > 1
