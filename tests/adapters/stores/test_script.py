"""Scripts run on every kind of server."""

import asyncio
from pathlib import Path

import pytest

from adapters.stores.connect import Store, connect
from adapters.stores.keys import Keys
from adapters.stores.script import Call, Script
from bot.errors import StoreAway
from tests.servers import running, valkey


async def test_a_server_that_does_not_know_it(store: Store, team: str) -> None:
    """The first call hands the script over, the next ones only name it; both give the same answer."""
    await store.client.script_flush()
    take, key = Script("take_lease"), Keys(team).lease("sorter")
    assert [await take(store.client, [key], ["ann", 60_000]) for _ in range(3)] == [1, 2, 3]
    assert await store.client.execute_command("EVALSHA", take.digest, 1, key, "ann", 60_000) == 4


async def test_handed_over_by_many_at_once(store: Store, team: str) -> None:
    """Many first calls at the same moment each run exactly once."""
    await store.client.script_flush()
    take, key = Script("take_lease"), Keys(team).lease("sorter")
    epochs = await asyncio.gather(*(take(store.client, [key], ["ann", 60_000]) for _ in range(20)))
    assert sorted(str(epoch) for epoch in epochs) == sorted(str(number) for number in range(1, 21))


async def test_many_calls_at_once(store: Store, team: str) -> None:
    """One round trip, an answer to each in order; also where the server does not know the script yet."""
    await store.client.script_flush()
    view, keys = Script("view"), Keys(team)
    assert await view.many(store.client, []) == []
    await store.client.execute_command("HSET", keys.team_row(), "row", b"{}")
    asked = [keys.commands(), keys.team_row()]
    calls: list[Call] = [(asked, ["", 1, "", "whole"]), ([*asked, keys.incident("i9")], ["", 2, "", "whole"])]
    for _ in range(2):
        assert await view.many(store.client, calls) == [[0, [b"{}"], [], [], 0], [0, [b"{}", None], [], [], 0]]


async def test_a_store_that_is_gone(tmp_path: Path, team: str) -> None:
    """It is away, and when it is back the script is handed over again."""
    take, key = Script("take_lease"), Keys(team).lease("sorter")
    with running(valkey()) as server:
        async with connect(server.url, tmp_path) as store:
            assert await take(store.client, [key], ["ann", 60_000]) == 1
            server.kill()
            with pytest.raises(StoreAway):
                await take(store.client, [key], ["ann", 60_000])


def test_a_script_that_is_not_there() -> None:
    """A wrong name is found when the program is loaded, not in the night."""
    with pytest.raises(FileNotFoundError):
        Script("no_such_script")
