"""A team over a real store, before public squares that are a process of their own. Time is moved by hand."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from aiohttp import ClientSession

from adapters.connections.wire import connector, fenced
from adapters.stores.connect import connect
from adapters.stores.keys import Keys
from adapters.stores.leases import RedisLeases
from adapters.stores.timelines import RedisTimelines
from adapters.stores.vault import RedisVault
from bot.nouns.mention import MentionKey
from bot.nouns.team import Policy
from tests.bot.work.house import House
from tests.chaos.square_adapter import ADAPTERS, DEADLINE, Findable, over_http
from tests.chaos.square_process import FarSquare
from tests.chaos.square_world import Shape
from tests.chaos.test_store_restored import OverAStore
from tests.chaos.town import POLICY, Town
from tests.contracts.stores.house import MASTER
from tests.fakes.clock import FakeClock

KEYS = Keys("home")


def platforms(url: str, session: ClientSession, clock: FakeClock, seconds: float = DEADLINE) -> dict[str, Findable]:
    """The way to each square of that process, which gives up after so many real `seconds`."""
    ways = {shape: over_http(session, f"{url}/{shape.value}", seconds) for shape in Shape}
    return {shape.value: ADAPTERS[shape](shape.value, way, clock) for shape, way in ways.items()}


class FarTown(Town):
    """A town whose house keeps everything in a store that others can open, too."""

    def __init__(self, url: str, session: ClientSession, far: Mapping[Shape, FarSquare], clock: FakeClock) -> None:
        super().__init__(1, clock=clock)
        self.squares = far
        self.platforms = platforms(url, session, clock)

    def now(self) -> float:
        """By the clock of the house."""
        return self.house.clock.at.wall.timestamp()

    async def rests(self, seconds: float) -> None:
        """By hand, where the clock is moved by hand."""
        if type(self.house.clock) is FakeClock:
            self.house.clock.advance(seconds)
        else:
            await super().rests(seconds)

    async def lies(self, shape: Shape, id: str) -> str:
        """The conversation a mention lies in."""
        whole: Any = self.house
        mention = MentionKey(platform=shape.value, id=id)
        found: dict[MentionKey, str] = await whole.whereabouts.mentions([mention])
        return found[mention]

    async def settles(self, epoch: int) -> None:
        """One whole life of an outbox that nothing stops, until everything has ended or asks a person."""
        outbox = self.house.an_outbox(platform=self.platforms.__getitem__, accounts={})
        for _ in range(3):
            if not await outbox.settle_all():
                break
            self.house.clock.advance(30)
        await outbox.send_all(epoch)
        self.house.clock.advance(60)
        await outbox.settle_all()


@asynccontextmanager
async def far_town(
    store_url: str,
    squares: tuple[str, Mapping[Shape, FarSquare]],
    clock: FakeClock | None = None,
    policy: Policy = POLICY,
) -> AsyncIterator[FarTown]:
    """With Ana, Ben and Kim in it. `clock`: by default one that is moved by hand."""
    url, far = squares
    async with opened() as session, connect(store_url, Path()) as store:
        clock = clock or FakeClock()
        town = FarTown(url, session, far, clock)
        town.house = OverAStore(policy=policy, clock=clock, store=store)
        await town.house.staffed()
        yield town


def opened() -> ClientSession:
    """A session as the product opens it."""
    return ClientSession(connector=connector(), trace_configs=[fenced()])


async def epoch_of(town: FarTown) -> int:
    """The next sender's."""
    whole: Any = town.house
    taken = await RedisLeases(whole.store.client, KEYS).take("outbox", f"test-{town.house.clock.elapsed}", 1)
    assert taken is not None
    return taken


async def forgets_scripts(town: FarTown) -> None:
    """The store knows no script of ours any more, as after a restart."""
    whole: Any = town.house
    await whole.store.client.script_flush()


async def outbox_alone(store_url: str, url: str, seconds: float, epoch: int) -> None:
    """What a process does that only sends: one life of an outbox, its clock so many seconds on."""
    async with opened() as session, connect(store_url, Path()) as store:
        house = House(policy=POLICY)
        vault = RedisVault(store, KEYS, MASTER)
        house.clock.advance(seconds)
        ways = platforms(url, session, house.clock)
        over = RedisTimelines(store, KEYS, vault)
        outbox = house.an_outbox(over, platform=ways.__getitem__, accounts={})
        await outbox.settle_all()
        await outbox.send_all(epoch)
