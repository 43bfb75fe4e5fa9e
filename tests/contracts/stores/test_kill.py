"""kill -9 of the store in the middle of appends: what was confirmed stands whole, and nothing stands half or twice."""

import asyncio
import os
import random
import signal
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from adapters.stores.away import away
from adapters.stores.connect import Store, connect
from adapters.stores.ground import prepare
from bot.errors import StoreAway
from bot.nouns.record import Line, check
from bot.ports import Appended, Change, Fed, Query, Timelines
from tests.adapters.stores.users import cleaned
from tests.contracts.stores.changes import change, claimed, due, minute, open_one, said
from tests.contracts.stores.house import House, real_house
from tests.servers import temporary

_WRITERS = 6
_KILLS = 6


async def test_kills_leave_nothing_half(team: str) -> None:
    """Six writers who send again after every failure: each command stands exactly once, with all that belongs to it."""
    with temporary() as folder:
        async with cleaned(folder), connect(None, folder) as store:
            house, over = real_house(store, team), asyncio.Event()
            for who in range(_WRITERS):
                assert await open_one(house, said(f"m{who}"), f"c{who}", f"i{who}") == Appended()
            async with asyncio.TaskGroup() as group:
                writers = [group.create_task(_write(house, who, over)) for who in range(_WRITERS)]
                await _kill(folder, store)
                over.set()
            counts = [task.result() for task in writers]
            assert min(counts) > 0
            for who, confirmed in enumerate(counts):
                await _is_whole(house.timelines, who, confirmed)
            waits = {one.conversation: one.at for one in await house.dues.take(minute(1e6))}
            assert waits == {f"c{who}": _at(count) for who, count in enumerate(counts)}
            told = [one.incident for one in await _fed(house.timelines)]
            assert [told.count(f"i{who}") for who in range(_WRITERS)] == [count + 1 for count in counts]


def _at(number: int) -> datetime:
    """When the conversation falls due after its writer's claim of that number."""
    return minute(number)


async def _write(house: House, who: int, over: asyncio.Event) -> int:
    """How many claims were confirmed."""
    confirmed = 0
    while not over.is_set():
        made: Change | None = None
        while made is None or not await _append(house, made):
            with suppress(StoreAway):
                made = made or await _claim(house, who, confirmed + 1)
            await asyncio.sleep(0.002)
        confirmed += 1
    return confirmed


async def _claim(house: House, who: int, number: int) -> Change:
    """It stands at the place `number` and falls due with it."""
    name, incident = f"c{who}", f"i{who}"
    view = await house.timelines.view([incident], [name])
    places, dues = {name: {"open": float(number)}}, {name: [due("x", _at(number))]}
    event = claimed(name, incident, epoch=number)
    return change(view, event, command=f"{name}:{number}", positions=places, dues=dues)


async def _append(house: House, made: Change) -> bool:
    """Whether it was confirmed. It may stand all the same; it is sent again until it is."""
    try:
        answer = await house.timelines.append(made)
    except StoreAway:
        return False
    assert isinstance(answer, Appended)
    return True


async def _kill(folder: Path, store: Store) -> None:
    chance = random.Random(7)
    for _ in range(_KILLS):
        pid = await _up(folder, store)
        await asyncio.sleep(chance.uniform(0.02, 0.2))
        os.kill(pid, signal.SIGKILL)
        while pid == await _up(folder, store):  # nobody tells
            await asyncio.sleep(0.002)


async def _up(folder: Path, store: Store) -> int:
    """The server's process id, once it answers."""
    while True:
        with suppress(StoreAway, OSError, ValueError):
            async with away():
                await store.client.ping()
            return int(prepare(folder).pid.read_text())
        await asyncio.sleep(0.005)


async def _is_whole(timelines: Timelines, who: int, confirmed: int) -> None:
    name, incident = f"c{who}", f"i{who}"
    lines: list[Line] = []
    count = -1
    while count < len(lines):
        count = len(lines)
        lines += await timelines.events(incident, after=count)
    assert list(check(lines)) == []
    assert len(lines) == confirmed + 1
    view = await timelines.view([incident], [name])
    assert (view.incidents[incident].version, view.incidents[incident].head) == (len(lines), lines[-1]["hash"])
    assert view.conversations[name].owners == confirmed
    assert name in (await timelines.find(Query(index="open", since=confirmed, until=confirmed))).ids


async def _fed(timelines: Timelines) -> list[Fed]:
    told: list[Fed] = []
    while more := await timelines.feed(told[-1].id if told else "0-0", 0):
        told += more
    return told
