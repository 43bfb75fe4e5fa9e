"""Several teams on one server, which name everything alike, see nothing of one another (failure D13).

Real: a Redis. All at once, each does what it likes; whatever it writes bears its mark, and whatever it reads is searched for
the marks of others.
"""

import asyncio
import random
import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from adapters.stores.anchors import RedisAnchors
from adapters.stores.asides import RedisAsides
from adapters.stores.connect import Store, connect
from adapters.stores.inbox import RedisInbox
from adapters.stores.keys import Keys
from adapters.stores.leases import RedisLeases
from adapters.stores.notes import RedisNotes
from adapters.stores.rhythms import RedisRhythms
from adapters.stores.roster import RedisRoster
from adapters.stores.vault import RedisVault
from bot.nouns.mention import Cursor, Said
from bot.nouns.rhythm import Rhythm
from bot.nouns.team import Handle, Place
from bot.ports import LineRef, Query, ThreadRef
from bot.review.anchors import Anchor
from tests.chaos.summary import say
from tests.contracts.stores.changes import START, change, claimed, due, open_one, said
from tests.contracts.stores.house import MASTER, House, real_house
from tests.fakes.clock import FakeClock

TEAMS = 20
#: So many things that are done, all teams together; and in every run.
MANY, FEW = 100_000, 1_000
#: So many names there are of each kind of thing, so that teams use the same ones all the time.
NAMES = 12
SEED = 13
_MARK = re.compile(r"mark-(\d+)-")


@dataclass
class Team:
    """One of them. `seen`: how often it read its own mark; `foreign`: what it read that bears another's."""

    number: int
    store: Store
    dice: random.Random
    seen: int = 0
    fed: str = ""
    wrong: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.keys = Keys(f"team{self.number}")
        self.house: House = real_house(self.store, self.keys.team)
        vault = RedisVault(self.store, self.keys, MASTER)
        clock = FakeClock()
        self.inbox = RedisInbox(self.store, self.keys, vault, clock)
        self.asides = RedisAsides(self.store, self.keys, vault)
        self.roster = RedisRoster(self.store, self.keys)
        self.notes = RedisNotes(self.store, self.keys, vault)
        self.anchors = RedisAnchors(self.store, self.keys)
        self.rhythms = RedisRhythms(self.store, self.keys)
        self.leases = RedisLeases(self.store.client, self.keys)

    @property
    def marked(self) -> str:
        """A word that only this team writes."""
        return f"mark-{self.number}-{self.dice.randrange(NAMES)}"

    def name(self, kind: str) -> str:
        """One that the others use too."""
        return f"{kind}{self.dice.randrange(NAMES)}"

    def read(self, what: str, found: object) -> None:
        """Look at what came back."""
        marks = set(_MARK.findall(repr(found)))
        self.seen += str(self.number) in marks
        if marks - {str(self.number)}:
            self.wrong.append(f"team {self.number} read {what} of {marks}")

    # -- what it may do

    async def hears(self) -> None:
        """A mention comes in, and is worked on."""
        news = Said(mention=said(self.name("m"), self.marked, self.name("person")))
        self.read("hearing", await self.inbox.put([news], Cursor(source="square", at=self.marked)))
        works = await self.inbox.work(8)
        self.read("work", works)
        for work in works[:4]:
            if self.dice.random() < 0.3:
                await self.asides.put("quarantine", work, None, self.marked)
            await self.inbox.done([work.id])
        self.read("cursor", await self.inbox.cursor("square"))

    async def keeps_aside(self) -> None:
        """What lies aside."""
        page, _ = await self.asides.page("quarantine")
        self.read("aside", page)
        for each in page[:1]:
            await self.asides.take("quarantine", each.ref)

    async def opens(self) -> None:
        """A conversation begins, falls due and is claimed."""
        name = self.name("c")
        dues = {name: (due("unclaimed", START),)}
        await open_one(self.house, said(self.name("m"), self.marked, self.name("person")), name, name, dues=dues)
        view = await self.house.timelines.view([name], [name])
        self.read("view", [each.words.text for talk in view.conversations.values() for each in talk.mentions])
        if (
            incident := view.incidents.get(name)
        ) is not None:  # where what they said lies in another already, it is not
            await self.house.timelines.append(change(view, claimed(name, name, self.marked)))
            self.read("events", await self.house.timelines.events(name, max(0, incident.version - 20)))
        fed = await self.house.timelines.feed(self.fed, 0.001)
        self.read("feed", fed)
        self.fed = fed[-1].id if fed else self.fed

    async def looks(self) -> None:
        """Where everything lies."""
        found = await self.house.timelines.find(Query(index=f"author:{self.name('person')}", limit=20))
        self.read("index", (await self.house.timelines.view((), found.ids)).conversations)
        self.read("due", await self.house.dues.take(START, 8))
        keys = [said(f"m{number}").key for number in range(NAMES)]
        self.read("whereabouts", await self.house.whereabouts.mentions(keys))

    async def threads(self) -> None:
        """What stands in rooms."""
        name, place = self.name("i"), Place(room="chat", id="C1")
        await self.house.threads.put(name, place, ThreadRef(room="chat", place="C1", id=self.marked), 1)
        self.read("threads", await self.house.threads.get(name))
        await self.house.threads.mark_said(name, LineRef(room="chat", place="C1", id=self.marked))
        self.read("lines", await self.house.threads.where_said(self.name("i")))

    async def people(self) -> None:
        """Who is who."""
        handle = Handle(room="chat", id=self.name("U"))
        await self.roster.bind(handle, self.marked)
        self.read("person", await self.roster.person(Handle(room="chat", id=self.name("U"))))
        self.read("handles", await self.roster.handles(self.marked))
        await self.notes.put(self.name("person"), self.name("n"), self.marked.encode())
        self.read("notes", await self.notes.list(self.name("person")))

    async def rest(self) -> None:
        """Heads, rhythms, leases, and texts that are sealed, opened and forgotten."""
        await self.anchors.put(Anchor(incident=self.name("i"), version=1, hash=self.marked, at=START))
        self.read("anchors", await self.anchors.all())
        await self.rhythms.note([Rhythm(source=f"{self.marked} source", beat=START)])
        self.read("rhythms", await self.rhythms.all())
        holder = f"team{self.number}"
        epoch = await self.leases.take("outbox", holder, 600_000)
        if epoch is None or not await self.leases.keep("outbox", holder, epoch, 600_000):
            self.wrong.append(f"another team holds the lease of team {self.number}")

    async def forgets(self) -> None:
        """Somebody is forgotten, by a name that every team knows."""
        sealed = await self.house.vault.seal(self.name("person"), self.marked)
        self.read("texts", await self.house.vault.open([sealed.words]))
        if self.dice.random() < 0.1:
            await self.house.vault.forget([self.name("person")])

    async def does(self, count: int) -> None:
        """So many of them, as its dice fall."""
        for _ in range(count):
            await self.dice.choice(self.acts())()

    def acts(self) -> Sequence[Callable[[], Awaitable[None]]]:
        """All of it."""
        return (
            self.hears, self.keeps_aside, self.opens, self.looks, self.threads, self.people, self.rest, self.forgets
        )  # fmt: skip


WHOLE = [pytest.param(FEW, id="cut"), pytest.param(MANY, id="whole", marks=pytest.mark.chaos)]


@pytest.mark.parametrize("count", WHOLE)
async def test_teams_see_nothing_of_one_another(redis_url: str, tmp_path: Path, count: int) -> None:
    """Whatever twenty of them do on one server, at once and under the same names."""
    async with connect(redis_url, tmp_path) as store:
        teams = [Team(number, store, random.Random(SEED + number)) for number in range(TEAMS)]
        await asyncio.gather(*(team.does(count // TEAMS) for team in teams))
    wrong = [each for team in teams for each in team.wrong]
    seen = sum(team.seen for team in teams)
    result = f"{len(wrong)} read of another's, {seen:,} of their own"
    say("nothing of another team's", "20 teams on one server, named alike", "real", count, result, SEED)
    assert wrong == []
    assert min(team.seen for team in teams) > count / TEAMS / 4
