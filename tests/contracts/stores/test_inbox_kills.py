"""A server that dies while news comes in loses nothing that was told stored, and stores nothing twice."""

import asyncio
import os
import signal

from adapters.stores.away import away
from adapters.stores.connect import Store, connect
from bot.errors import StoreAway
from bot.nouns.mention import Cursor
from tests.contracts.stores.post_room import PostRoom, all_work, id_of, real, said
from tests.servers import temporary


async def test_nothing_acknowledged_is_lost(team: str) -> None:
    """The server is killed again and again while tasks bring news: each acknowledged piece is there, and once."""
    with temporary() as folder:
        async with connect(None, folder) as store:
            ours = real(store, team)
            killing = asyncio.create_task(_kill_often(store, 4))
            told = await asyncio.gather(*(_bring(ours, f"{n}", killing) for n in range(8)))
            await killing
            acknowledged = [id for some in told for id in some]
            found = [id_of(work.news) for work in await all_work(ours.inbox)]
            assert len(acknowledged) > 100
            assert sorted(found) == sorted(acknowledged)


async def _kill_often(store: Store, times: int) -> None:
    for _ in range(times):
        await asyncio.sleep(0.15)
        await store.client.execute_command("PING")
        info = await store.client.info("server")
        _kill(int(info["process_id"]))
        await _until_back(store)


def _kill(pid: int) -> None:
    os.kill(pid, signal.SIGKILL)


async def _until_back(store: Store) -> None:
    while True:
        try:
            async with away():
                await store.client.execute_command("PING")
            return
        except StoreAway:
            await asyncio.sleep(0.02)


async def _bring(room: PostRoom, name: str, until: "asyncio.Task[None]") -> list[str]:
    """Ids brought, each asked for again until it was acknowledged."""
    brought: list[str] = []
    while not until.done():
        id = f"{name}.{len(brought)}"
        while True:
            try:
                await room.inbox.put([said(id, author=f"p{len(brought) % 5}")], Cursor(source=name, at=id))
                break
            except StoreAway:
                await asyncio.sleep(0.02)
        brought.append(id)
    cursor = await room.inbox.cursor(name)
    assert cursor is not None
    assert cursor.at == brought[-1]
    return brought
