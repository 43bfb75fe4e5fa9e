"""What an append asks of the server, counted in commands: it does not grow with the pile."""

from pathlib import Path

import pytest

from adapters.stores.connect import Store, connect
from adapters.stores.keys import Keys
from bot.nouns.events import LeadNamed, Opened
from bot.ports import Appended, Query
from tests.contracts.stores.changes import change, claimed, due, kept, minute, open_one, opened, said
from tests.contracts.stores.house import House, real_house
from tests.servers import running, valkey

_PILE = 1_000


async def test_a_pile_of_a_thousand_costs_an_arrival_the_same(tmp_path: Path, team: str) -> None:
    """Arrival, press, repaint and a page of the pile take as many commands in a pile of 1,001 as in one of one."""
    with running(valkey()) as server:
        async with connect(server.url, tmp_path) as store:
            house = real_house(store, team)
            await cost(store, house, "first")  # the scripts are handed over once
            small = await cost(store, house, "second")
            for begin in range(0, _PILE, 100):
                await fill(house, range(begin, begin + 100))
            assert (await house.timelines.find(Query(index="pile:i1", limit=5))).count == _PILE + 2
            assert await cost(store, house, "last") == small


async def test_commands_are_not_remembered_for_ever(
    valkey_url: str, tmp_path: Path, team: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are known for a week, and while not too many came after them."""
    async with connect(valkey_url, tmp_path) as store:
        house, known = real_house(store, team), Keys(team).commands()

        async def arm(number: int, day: float) -> None:
            event = LeadNamed(incident="i1", at=minute(day * 24 * 60), by="kim", lead="kim")
            view = await house.timelines.view(["i1"])
            assert await house.timelines.append(change(view, event, command=f"n{number}")) == Appended()

        for number, day in enumerate((0, 1, 6.9, 8.1)):
            await arm(number, day)
        assert await store.client.zrange(known, 0, -1) == [b"n2", b"n3"]
        monkeypatch.setattr("adapters.stores.append.MOST_REMEMBERED", 3)
        for number in range(4, 12):
            await arm(number, 8.1 + number / 100)
        assert (await store.client.zrange(known, 0, -1))[-2:] == [b"n10", b"n11"]
        assert await store.client.zcard(known) <= 3


async def arrive(house: House, name: str) -> None:
    """One more conversation in the pile, with all that an arrival writes."""
    places = {f"c{name}": {"open": 1.0, "pile:i1": 2.0}, "i:i1": {"i:all": 1.0, "i:open": 1.0}}
    dues = {f"c{name}": [due("unclaimed", minute(30))]}
    done = await open_one(house, said(name, "The parcel is late"), f"c{name}", positions=places, dues=dues)
    assert done == Appended()


async def cost(store: Store, house: House, name: str) -> dict[str, int]:
    """What an arrival, a press, a look at the pile and a view of what stands first in it ask of the server."""
    before = await _calls(store)
    await arrive(house, name)
    view = await house.timelines.view(["i1"], [f"c{name}"])
    press = change(view, claimed(f"c{name}"), positions={f"c{name}": {"open": 3.0, "pile:i1": 3.0}})
    assert await house.timelines.append(press) == Appended()
    found = await house.timelines.find(Query(index="pile:i1", limit=1))
    await house.timelines.view(["i1"], found.ids)
    after = await _calls(store)
    return {command: after[command] - before.get(command, 0) for command in after if command != "info"}


async def _calls(store: Store) -> dict[str, int]:
    stats = await store.client.execute_command("INFO", "commandstats")
    return {name.removeprefix("cmdstat_"): int(told["calls"]) for name, told in stats.items()}


async def fill(house: House, numbers: range) -> None:
    """So many more conversations in one append."""
    view = await house.timelines.view(["i1"])
    events: list[Opened] = []
    sealed, places = [], {}
    for number in numbers:
        mention, seal = await kept(house, said(f"m{number}", "The parcel is late"))
        events.append(opened(mention, f"cm{number}"))
        sealed.append(seal)
        places[f"cm{number}"] = {"open": 1.0, "pile:i1": float(number)}
    assert await house.timelines.append(change(view, *events, sealed=sealed, positions=places)) == Appended()
