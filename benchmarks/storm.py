"""STORM-100k (DESIGN §10): one team, one channel, ten minutes, a hundred thousand mentions, ten people who press.

The time is made up, the work is not: the product's own door, intake, sorter and painter over the real embedded store,
against a channel with a chat's limits. Between two slices the clock goes on by a tenth of a second, or by as much CPU as
the slice took where that is more: a house that is too slow falls behind here as it would there.
"""

import asyncio
import gc
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import asdict, dataclass, field
from itertools import islice
from pathlib import Path

from pydantic import SecretStr

from adapters.platforms.inbox import Inbox
from adapters.stores.asides import RedisAsides
from adapters.stores.connect import Store, connect
from adapters.stores.inbox import RedisInbox
from adapters.stores.keys import Keys
from adapters.stores.roster import RedisRoster
from adapters.stores.threads import RedisThreads
from adapters.stores.timelines import RedisTimelines
from adapters.stores.vault import RedisVault
from adapters.stores.whereabouts import RedisWhereabouts
from benchmarks.row import Row, p50, p99
from benchmarks.storm_room import Channel
from benchmarks.storm_talk import Spoken, talk
from benchmarks.storm_watch import Eyes
from bot.nouns import commands as c
from bot.nouns.mention import MentionKey
from bot.nouns.team import Place, Role, Team, Teammate
from bot.nouns.watch import Watch
from bot.ports import Knock
from bot.work.act import Act
from bot.work.health import Health
from bot.work.intake import Intake
from bot.work.painter import Painter
from bot.work.sorter import Sorter
from tests.fakes.clock import FakeClock

_WHOLE, _SECONDS, _SLICE, _AFTER = 100_000, 600.0, 0.1, 20.0
_ALONE, _AT_ONCE = 3_400, 17  # so many come in a slice
_TOKEN = "a-token-for-the-benchmark"  # no secret
_PEOPLE = {f"p{n}": Teammate(id=f"p{n}", name=f"P{n}", roles=frozenset({Role.TEAMMATE})) for n in range(10)}
_PLACE = Place(room="chat", id="desk", name="desk")
_WATCH = Watch(name="shop", words=("mill lane shop",))


def measure(long: bool) -> Sequence[Row]:
    """A twentieth of it, as fast (`long`: all of it). CPU is told for a hundred thousand.

    In a process of its own with the loop and the garbage collector as `coolhead run` has them.
    """
    command = [sys.executable, "-m", "benchmarks.storm", str(_WHOLE if long else _WHOLE // 20)]
    told = json.loads(subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout)
    return [Row(**row) for row in told]


async def _measure(many: int) -> Sequence[Row]:
    async with AsyncExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="coolhead-bench-", ignore_cleanup_errors=True))
        store = await stack.enter_async_context(connect(None, Path(folder)))
        house = House(store)
        gc.freeze()  # as `coolhead run` does it
        gc.set_threshold(100_000, 50, 100)
        intake = await House(store, "alone").intake()
        await house.storm(many)
        return await house.rows(many, intake)


@dataclass
class House:
    """The parts of `coolhead run` that a storm goes through, and what came of it."""

    store: Store
    team: str = "bench"
    cpu: float = 0.0
    store_cpu: float = 0.0
    refused: int = 0
    came: set[str] = field(default_factory=set)
    presses: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        keys, self.clock, health = Keys(self.team), FakeClock(), Health()
        self.eyes = Eyes(self.clock)
        vault = RedisVault(self.store, keys, b"a secret for the benchmark")
        timelines = self.eyes.over(RedisTimelines(self.store, keys, vault))
        self.room, self.whereabouts = Channel(self.clock), RedisWhereabouts(self.store, keys, vault)
        self.asides = RedisAsides(self.store, keys, vault)
        self.act = Act(timelines, self.clock, _lay)
        inbox = self.eyes.beside(RedisInbox(self.store, keys, vault, self.clock))
        intake = Intake(inbox, health, self.clock)
        platform = Inbox({"square": SecretStr(_TOKEN)}, self.clock, rate=1e9, burst=1e9)
        self.door = platform.doors(intake.hear)[0]
        self.sorter = Sorter(
            act=self.act, inbox=inbox, whereabouts=self.eyes.beside(self.whereabouts), timelines=timelines,
            asides=self.eyes.beside(self.asides),
            vault=vault, clock=self.clock, health=health, bell=intake.bell, watches=(_WATCH,),
        )  # fmt: skip
        self.painter = Painter(
            act=self.act, timelines=timelines, threads=self.eyes.over(RedisThreads(self.store, keys)),
            roster=RedisRoster(self.store, keys), rooms={"chat": self.room}, tells={}, clock=self.clock, health=health,
            public_url="",
        )  # fmt: skip

    async def intake(self) -> float:
        """Seconds of Python for a hundred thousand that are only taken in, a slice of the storm at a time."""
        coming = list(talk(_ALONE))
        spent = time.process_time()
        for start in range(0, _ALONE, _AT_ONCE):
            await asyncio.gather(*(self.door.open(_knock(each)) for each in coming[start : start + _AT_ONCE]))
        return (time.process_time() - spent) * _WHOLE / _ALONE

    async def storm(self, many: int) -> None:
        """All of it, and a while after."""
        working = [asyncio.create_task(self.painter.run(0)), asyncio.create_task(self.sorter.run(0))]
        await asyncio.sleep(0.1)  # it has asked where the feed stands
        self.begin = self.clock.elapsed
        coming, seconds, told = iter(list(talk(many))), many / _WHOLE * _SECONDS, 0
        store, spent = await self._store_cpu(), time.process_time()
        while (gone := self.clock.elapsed - self.begin) < seconds + _AFTER:
            slice_began = time.process_time()
            due = min(many, int(gone / seconds * many) + 1) - told
            told += due
            await self._slice(list(islice(coming, due)), int(gone / 60 * len(_PEOPLE)) if gone < seconds else 0)
            self.clock.advance(max(_SLICE, time.process_time() - slice_began))
            if told == many and not self.cpu:  # what is still painted afterwards is no part of the storm
                self.cpu, self.store_cpu = time.process_time() - spent, await self._store_cpu() - store
        for task in working:
            task.cancel()

    async def _slice(self, spoken: Sequence[Spoken], presses_due: int) -> None:
        answers = await asyncio.gather(*(self.door.open(_knock(each)) for each in spoken))
        self.refused += sum(status != 200 for status, _, _ in answers)
        self.came |= {each.id for each in spoken}
        await asyncio.gather(*(self._press() for _ in range(presses_due - len(self.presses))))
        await self.eyes.rest()

    async def _press(self) -> None:
        """One of the ten takes the newest one, while the sorter is at work."""
        await asyncio.sleep(0)
        who, began = _PEOPLE[f"p{len(self.presses) % 10}"], time.perf_counter()
        incident, talk_ = self.eyes.open.pop() if self.eyes.open else ("", "")
        await self.act(c.Claim(id=f"press{began}", incident=incident, conversation=talk_, epoch=0), who)
        self.presses.append((time.perf_counter() - began) * 1000)

    async def _store_cpu(self) -> float:
        told = await self.store.client.info("cpu")
        return float(told["used_cpu_user"]) + float(told["used_cpu_sys"])

    async def rows(self, many: int, intake: float) -> Sequence[Row]:
        """What came of it; `intake`: what taking it in costs alone."""
        own, whole = self.eyes.own, many / _WHOLE
        messages = len([i for i in self.room.opened if i not in own]) + len([i for i in self.room.said if i not in own])
        first = min(self.room.opened.values(), default=float("inf")) - self.begin
        fresh = self.eyes.fresh or [float("inf")]
        note = f"p50 {p50(fresh):.2g} s, {len(fresh)} shown, {len(self.room.edited)} edits"
        about = f"python {self.cpu:.3g} s and store {self.store_cpu:.3g} s for {many:,}"
        pressed = f"{len(self.presses)} presses, p50 {p50(self.presses):.3g} ms" if self.presses else "nobody pressed"
        return [
            Row(
                "lost: neither in an incident nor in a list", await self._lost(), "", 0, None, f"{self.refused} refused"
            ),
            Row("messages in the channel, cards of their own apart", messages, "", 10, 4, f"{len(own)} cards apart"),
            Row("from arrival to the card that shows it, p99", p99(fresh), "s", 6, 3.5, note),
            Row("from the first arrival to the first card", first, "s", 2, 0.5),
            Row("CPU for 100,000", (self.cpu + self.store_cpu) / whole, "s", 60, 30, about),
            Row("    of it intake", intake, "s", None, 2.5, "python only, measured alone"),
            Row("a press, decided and on disk, p99", p99(self.presses or [0.0]), "ms", 100, 20, pressed),
        ]

    async def _lost(self) -> int:
        keys = [MentionKey(platform="square", id=name) for name in self.came]
        lies = {key.id for key in await self.whereabouts.mentions(keys)}
        after = ""
        while True:
            page, after = await self.asides.page("unforwarded", after, 500)
            lies |= {each.mention.key.id for each in page if each.mention is not None}
            if not after:
                return len(self.came - lies)


def _lay(team: Team) -> Team:
    return team.model_copy(update={"people": _PEOPLE, "places": (_PLACE,), "watches": (_WATCH,)})


def _knock(spoken: Spoken) -> Knock:
    headers = {"authorization": f"Bearer {_TOKEN}", "content-type": "application/json"}
    return Knock("POST", "/hooks/inbox/square", {"source": "square"}, {}, headers, spoken.body, "127.0.0.1")


if __name__ == "__main__":
    told = _measure(int(sys.argv[1]))
    try:
        import uvloop
    except ImportError:
        rows = asyncio.run(told)
    else:
        rows = uvloop.run(told)
    print(json.dumps([asdict(row) for row in rows]))
