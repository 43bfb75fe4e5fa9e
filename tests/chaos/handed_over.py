"""A store whose primary is lost or relieved, in virtual time: what was confirmed survives, and of the rest whatever chance leaves.

Every write stands in one order, as on a stream of replication. A successor has some beginning of it, and never less than what
was confirmed. A process may stay with the primary that was relieved for a while: it reads the past there, and nothing that it
writes is confirmed.
"""

import asyncio
import copy
import random
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from adapters.stores.touched import fences
from bot.errors import StoreAway
from bot.nouns.record import Line
from bot.nouns.view import View
from bot.ports import Appended, Change, Conflict, Fed, Fenced, Found, Query
from tests.fakes.leases import FakeLeases
from tests.fakes.timelines import FakeTimelines

T = TypeVar("T")
State = tuple[dict[str, Any], dict[str, Any]]
#: Not a part of what a server holds: texts survive wherever they are, and changes are for other tests.
_OUTSIDE = frozenset({"vault", "changes", "_news", "_clock"})
#: Seconds: the longest that the way there, or the way back, takes; and until every replica has a write.
_WAY, _COPIES = 0.02, 0.06


@dataclass
class Server:
    """What one server holds."""

    timelines: FakeTimelines
    leases: FakeLeases

    def state(self) -> State:
        """All of it, as it is now."""
        return _copied(_held(self.timelines)), _copied(_held(self.leases))

    def becomes(self, state: State) -> None:
        """Hold this. The feed's ids go on from where they were, as those of a stream do, by the clock."""
        fed = len(self.timelines.fed)
        for part, held in zip((self.timelines, self.leases), _copied(state), strict=True):
            vars(part).update(held)
        missing = range(len(self.timelines.fed) + 1, fed + 1)
        self.timelines.fed += [Fed(id=f"{n}-0", incident="", conversations=(), kinds=()) for n in missing]


class Replicated:
    """`now`: the server in charge. `down`: nobody is. With `waits` off, nothing waits for the replicas."""

    def __init__(self, now: Server, dice: random.Random, *, waits: bool = True) -> None:
        self.now = now
        self.dice = dice
        self.waits = waits
        self.down = False
        self.handovers = 0
        self.written = 0
        self._since: list[State] = [now.state()]  # as of what was confirmed last, then after each write

    def wrote(self) -> None:
        """Somebody wrote something just now."""
        self._since.append(self.now.state())
        self.written += 1

    def confirmed(self, number: int) -> None:
        """Every replica has all up to this write."""
        del self._since[: max(0, len(self._since) - 1 - (self.written - number))]

    def all_confirmed(self) -> None:
        """Every replica has all there is, whoever wrote it."""
        self._since = [self.now.state()]

    def handed_over(self) -> Server:
        """Another is in charge; the one before, as it goes on."""
        before = Server(FakeTimelines(self.now.timelines.vault), copy.copy(self.now.leases))
        before.becomes(self.now.state())
        self.now.becomes(self.dice.choice(self._since))
        self._since = [self.now.state()]
        self.handovers += 1
        return before


class Reached:
    """The ports Timelines and Leases, as one process has them."""

    def __init__(self, store: Replicated) -> None:
        self._store = store
        self._before: Server | None = None

    def stays(self, before: Server, seconds: float) -> None:
        """It goes on with the server before for so long."""
        self._before = before
        asyncio.get_running_loop().call_later(seconds, self._finds)

    def _finds(self) -> None:
        self._before = None

    async def _there(self) -> Server:
        await asyncio.sleep(self._store.dice.uniform(0.0, _WAY))
        if self._before is not None:
            return self._before
        if self._store.down:
            await asyncio.sleep(self._store.dice.choice((0.0, 0.0, 5.0)))
            raise StoreAway("The store does not answer.")
        return self._store.now

    async def _back(self, server: Server, answer: T) -> T:
        """What is read of a server that is not there any more is never heard."""
        began = self._store.handovers
        await asyncio.sleep(self._store.dice.uniform(0.0, _WAY))
        if server is self._store.now and (self._store.down or began != self._store.handovers):
            raise StoreAway("The store does not answer.")
        return answer

    async def view(self, incidents: Sequence[str] = (), conversations: Sequence[str] = (), command: str = "") -> View:
        """As the port has it."""
        server = await self._there()
        view = await server.timelines.view(incidents, conversations, command)
        if view.applied:
            await self._confirmed(server)
        return await self._back(server, view)

    async def events(
        self, incident: str, after: int = 0, limit: int = 500, without: Collection[str] = ()
    ) -> Sequence[Line]:
        """As the port has it."""
        server = await self._there()
        return await self._back(server, await server.timelines.events(incident, after, limit, without))

    async def find(self, query: Query) -> Found:
        """As the port has it."""
        server = await self._there()
        return await self._back(server, await server.timelines.find(query))

    async def find_all(self, queries: Sequence[Query]) -> Sequence[Found]:
        """As the port has it."""
        server = await self._there()
        return await self._back(server, await server.timelines.find_all(queries))

    async def feed(self, after: str, wait: float) -> Sequence[Fed]:
        """As the port has it."""
        server = await self._there()
        return await self._back(server, await server.timelines.feed(after, wait))

    async def append(self, change: Change) -> Appended | Conflict | Fenced:
        """As the port has it. An intent is not written where nothing can be confirmed."""
        server = await self._there()
        if "sender" in fences(change):
            await self._confirmed(server)
        answer = await server.timelines.append(change)
        if not isinstance(answer, Appended):
            return await self._back(server, answer)
        if server is self._store.now:
            self._store.wrote()
        await self._confirmed(server)
        return answer

    async def _confirmed(self, server: Server) -> None:
        """Once every replica has all there is, and no other is in charge by then."""
        store = self._store
        if not store.waits:
            return
        number, began = store.written, store.handovers
        await asyncio.sleep(store.dice.uniform(0.0, _COPIES))
        if server is not store.now or store.down or began != store.handovers:
            raise StoreAway("Another server has taken over, and what was just written may have gone to the one before.")
        store.confirmed(number)

    # -- leases, which nobody waits for

    async def take(self, name: str, holder: str, ttl_ms: int) -> int | None:
        """As the port has it."""
        server = await self._there()
        epoch = await server.leases.take(name, holder, ttl_ms)
        return await self._back(server, self._written(server, epoch))

    async def keep(self, name: str, holder: str, epoch: int, ttl_ms: int) -> bool:
        """As the port has it."""
        server = await self._there()
        held = await server.leases.keep(name, holder, epoch, ttl_ms)
        return await self._back(server, self._written(server, held))

    async def drop(self, name: str, holder: str, epoch: int) -> None:
        """As the port has it."""
        server = await self._there()
        await server.leases.drop(name, holder, epoch)
        self._written(server, None)

    def _written(self, server: Server, answer: T) -> T:
        if server is self._store.now:
            self._store.wrote()
        return answer


def _held(part: object) -> dict[str, Any]:
    return {name: value for name, value in vars(part).items() if name not in _OUTSIDE}


def _copied(value: Any) -> Any:
    """What may change of it, copied; what never does is the same."""
    match value:
        case dict():
            made = value.copy()
            made.update({key: _copied(each) for key, each in value.items()})
            return made
        case tuple():
            return tuple(_copied(each) for each in value)
        case list() | set():
            return value.copy()
        case str() | bytes() | int() | float() | bool() | None:
            return value
        case _:
            return copy.copy(value)
