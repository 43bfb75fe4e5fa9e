"""A team and its outbox before public squares of every shape, in virtual time. What happened, the squares' ledgers tell."""

import asyncio
import itertools
import random
from collections import Counter
from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Self

from bot.nouns import commands as c
from bot.nouns.conversation import Attempt, AttemptState
from bot.nouns.delivery import Absent, Account, Posted, ToMention
from bot.nouns.mention import Author, Mention, MentionKey, Said
from bot.nouns.team import Part, Policy, Teammate
from bot.work.act import Acted
from bot.work.alone import alone
from bot.work.attempts import cleared
from bot.work.outbox import Outbox
from bot.work.outside import LOOK_DEADLINE
from bot.work.waiting import within
from tests.bot.work.house import ANA, House
from tests.bot.work.through import ThroughTimelines
from tests.chaos.square_adapter import ADAPTERS, Findable
from tests.chaos.square_inside import Fault, Inside, sometimes
from tests.chaos.square_process import FarSquare
from tests.chaos.square_world import Ledger, Line, PublicSquare, Shape
from tests.chaos.virtual import Process, VirtualClock
from tests.fakes.clock import FakeClock
from tests.fakes.leases import FakeLeases

COOLS = timedelta(seconds=1)
POLICY = Policy(
    response_cools=COOLS,
    response_cools_chat=COOLS,
    response_cools_review=COOLS,
    response_cools_at_most=COOLS,
    storm_count=64,
    storm_each=64,
)
#: A doubtful send asks a person within so many seconds.
ASKS_WITHIN = 60.0
OPEN = (AttemptState.ASKED, AttemptState.INTENDED)


@dataclass(frozen=True, slots=True)
class Sent:
    """A press on Send: what was before the presser's eyes then."""

    shape: Shape
    mention: str
    talk: str
    attempt: str
    words: str
    at: float


class Town:
    """`slow`: the longest that each leg to a square takes, in seconds; `store`: the same for the store.

    `clock`: another than that of the running VirtualLoop. `within`: the squares of the simulation.
    """

    def __init__(self, seed: int, *, slow: float = 0.05, store: float = 0.004, clock: FakeClock | None = None) -> None:
        self.dice = random.Random(seed)
        self.house = House(policy=POLICY, clock=clock or VirtualClock())
        within = {shape: PublicSquare(shape, Ledger(), self.now) for shape in Shape}
        self.ways = {shape: Inside(within[shape], self.dice, slow=slow) for shape in Shape}
        self.within = within
        self.squares: Mapping[Shape, PublicSquare | FarSquare] = within
        self.platforms: Mapping[str, Findable] = {
            shape.value: ADAPTERS[shape](shape.value, self.ways[shape], self.house.clock) for shape in Shape
        }
        self.accounts: Mapping[str, Account] = {}
        self.sent: list[Sent] = []
        self.processes: list[Process] = []
        self.leases = FakeLeases(self.house.clock)
        self._store = store
        #: What is on the wire when something happens cannot be called back; nothing that begins later goes out.
        self.wire = 2 * slow + 8 * store + 0.05
        self._names = itertools.count(1)

    def now(self) -> float:
        """The true time, in seconds."""
        return self.house.clock.wall.timestamp()

    async def __aenter__(self) -> Self:
        """With Ana, Ben and Kim in it."""
        await self.house.staffed()
        return self

    async def __aexit__(self, *error: object) -> None:
        """Once all is judged."""
        for process in self.processes:
            await process.bury()

    def counts_from(self, number: int) -> None:
        """What it names from here on bears higher numbers: several towns speak on one square."""
        self._names = itertools.count(number)

    def outbox(self) -> Outbox:
        """An outbox whose way to the store takes time."""

        async def step(name: str) -> None:
            del name
            await asyncio.sleep(self.dice.uniform(0.0, self._store))

        over = ThroughTimelines(self.house.timelines, step)
        return self.house.an_outbox(over, platform=self.platforms.__getitem__, accounts=self.accounts)

    def starts(self) -> Process:
        """A process that holds the lease, and sends."""
        return self._runs(self.outbox().run(len(self.processes) + 1))

    def stands_by(self) -> Process:
        """A process that sends while it holds the lease, as every replica does."""
        holder = f"replica-{len(self.processes) + 1}"
        return self._runs(alone("outbox", holder, self.leases, self.house.clock, self.outbox().run))

    def _runs(self, work: Coroutine[None, None, None]) -> Process:
        process = Process()
        self.processes.append(process)
        process.start(work)
        return process

    def breaks(self, share: float, *kinds: Fault) -> None:
        """From now on a share of the answers is lost, or none."""
        for way in self.ways.values():
            way.choose = sometimes(self.dice, share, *kinds)

    # -- what people do

    async def rests(self, seconds: float) -> None:
        """So much time passes."""
        await self.house.clock.sleep(seconds)

    async def complaint(self, shape: Shape) -> tuple[str, str]:
        """Somebody complains: the mention's id, and the conversation it became."""
        number = next(self._names)
        id, author, words = f"m{number}", f"author{number}", f"My parcel number {number} never came, nobody answers."
        self.squares[shape].says(id, author, words)
        key = MentionKey(platform=shape.value, id=id)
        written_by = Author(id=author, name=author.title(), handle=f"@{author}")
        mention = Mention(key=key, text=words, author=written_by, at=self.house.clock.wall, source=shape.value)
        await self.house.hears(Said(mention=mention))
        return id, await self.lies(shape, id)

    async def lies(self, shape: Shape, id: str) -> str:
        """The conversation a mention lies in."""
        return self.house.lies(id, shape.value)

    async def cooled(self, shape: Shape, meanwhile: Callable[[], None] = lambda: None) -> tuple[str, str, str]:
        """A mention, its conversation, and the words of an answer that is ready to be sent; `meanwhile` while it cools."""
        id, talk = await self.complaint(shape)
        words = f"We are sorry about this, {id}. We look into it and write to you by Friday. Ana"
        await self.house.drafted(talk, text=words, target=ToMention(key=MentionKey(platform=shape.value, id=id)))
        meanwhile()
        await self.rests(COOLS.total_seconds() + 0.01)
        await self.house.press(Part.CLOCKWORK, c.Wake, conversation=talk, what="cooled:d1:1")
        return id, talk, words

    async def sends(self, shape: Shape, before: Callable[[], None] = lambda: None) -> Sent:
        """Ana presses Send on an answer; `before` is called just then."""
        id, talk, words = await self.cooled(shape)
        before()
        return await self.presses_send(shape, id, talk, words)

    async def presses_send(self, shape: Shape, id: str, talk: str, words: str) -> Sent:
        """On an answer that lies there cooled."""
        key = f"s{next(self._names)}"
        await self.rests(0.001)  # no two at one instant, so that a seed plays the same again
        at = self.now()
        await self.house.sends(talk, key)
        self.sent.append(Sent(shape, id, talk, key, words, at))
        return self.sent[-1]

    async def attempt(self, sent: Sent) -> Attempt:
        """How it stands."""
        return await self.house.attempt(sent.talk, sent.attempt)

    async def looks(self, sent: Sent, *, again: bool = True) -> None:
        """Somebody finds it doubtful: tried again where the square says that it is not there (or asked by eye only)."""
        attempt = await self.attempt(sent)
        if attempt.state is not AttemptState.UNKNOWN:
            return
        if again and isinstance(await self.find(sent), Absent):
            await self.tries_again(sent, attempt.round)
            return
        there = self.squares[sent.shape].stands(sent.mention, sent.words)
        await self.say(c.SettleAttempt, sent, attempt=sent.attempt, there=there)

    async def tries_again(self, sent: Sent, round: int) -> bool:
        """Ana presses *Try again*, after the desk has looked for it; whether it is tried."""
        found = await self.find(sent)
        if isinstance(found, Posted):
            return await self.say(c.SettleAttempt, sent, attempt=sent.attempt, there=True)
        return await self.say(c.TryAgain, sent, attempt=sent.attempt, round=round, absent=isinstance(found, Absent))

    async def find(self, sent: Sent) -> object:
        """What the desk does before it tries anything again."""
        talk = await self.house.talk(sent.talk)
        attempt = talk.attempt(sent.attempt)
        assert attempt is not None
        try:
            found: object = await within(
                self.house.clock, LOOK_DEADLINE, self.platforms[sent.shape.value].find(cleared(talk, attempt))
            )
        except TimeoutError:
            return None
        return found

    async def say(self, kind: type[c.Command], sent: Sent, who: Teammate = ANA, **fields: Any) -> bool:
        """A press about a send that may be refused; whether it was done."""
        return await self.tries(kind, sent.talk, who, **fields)

    async def tries(self, kind: type[c.Command], talk: str, who: Teammate = ANA, text: str = "", **fields: Any) -> bool:
        """A press that may be refused, with the words `text` where it takes some; whether it was done."""
        sealed = [await self.house.vault.seal(self.house.vault.team, text)] if text else []
        words = {"words": sealed[0].words} if sealed else {}
        command = self.house.command(kind, conversation=talk, **words, **fields)
        return isinstance(await self.house.act(command, who, sealed), Acted)

    # -- what stands

    def busy(self) -> bool:
        """Whether a send has neither ended nor asks a person."""
        return any("asked" in at for at in self.house.timelines.places.values())

    async def settled(self, within: float = 10 * ASKS_WITHIN) -> float:
        """Let time pass until every send has ended or asks a person; the longest that one of them stayed in doubt.

        That counts from when it was first seen begun, in seconds. Infinite where they do not come to rest.
        """
        began, since, slowest = self.now(), dict[tuple[str, int], float](), 0.0
        while self.busy():
            for sign in await self._in_doubt():
                slowest = max(slowest, self.now() - since.setdefault(sign, self.now()))
            if self.now() - began > within:
                return float("inf")
            await self.house.clock.sleep(0.5)
        return slowest

    async def _in_doubt(self) -> list[tuple[str, int]]:
        talks = [name for name, at in self.house.timelines.places.items() if "asked" in at]
        view = await self.house.timelines.view((), talks)
        attempts = [attempt for talk in view.conversations.values() for attempt in talk.attempts]
        return [(each.key, each.round) for each in attempts if each.state is AttemptState.INTENDED]

    def lines(self) -> list[Line]:
        """Everything of ours that ever stood on any square, as the squares have it."""
        return [line for square in self.squares.values() for line in square.ledger.lines]

    def double(self) -> list[str]:
        """Words of ours that were posted more than once."""
        posted = Counter(line.words for line in self.lines() if line.hand == "api")
        return [f"double: {words!r} stands {count} times" for words, count in posted.items() if count > 1]

    def strange(self) -> list[str]:
        """Posts that nobody pressed Send on: other words, another place."""
        return strange(self.lines(), self.sent)

    async def lost(self) -> list[str]:
        """Sends of which the record says other things than the ledger, or nothing."""
        made = {line.key for line in self.lines() if line.hand == "api"}
        found = []
        for each in self.sent:
            state = (await self.attempt(each)).state
            if state in OPEN:
                found.append(f"open: {each.attempt}")
            elif state is AttemptState.POSTED and each.attempt not in made:
                found.append(f"lost: {each.attempt} is said to stand there")
            elif state not in (AttemptState.POSTED, AttemptState.UNKNOWN) and each.attempt in made:
                found.append(f"without record: {each.attempt} ended as {state.value}")
        return found

    async def asking(self) -> set[str]:
        """The sends that ask a person now, each of them on the list where people see it."""
        doubtful = [each for each in self.sent if (await self.attempt(each)).state is AttemptState.UNKNOWN]
        for each in doubtful:
            assert "unknown" in self.house.timelines.places[each.talk], each
            due = self.house.timelines.dues.get((each.talk, f"unknown:{each.attempt}"))
            assert due is not None
            assert due.at <= self.house.clock.wall + timedelta(seconds=ASKS_WITHIN), each
        return {each.attempt for each in doubtful}


def strange(lines: Sequence[Line], sent: Sequence[Sent]) -> list[str]:
    """Posts that none of these presses asked for: other words, another place."""
    pressed = {(each.attempt, each.mention, each.words) for each in sent}
    made = [line for line in lines if line.hand == "api"]
    return [f"strange: {line}" for line in made if (line.key, line.to, line.words) not in pressed]
