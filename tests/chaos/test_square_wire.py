"""Answers are lost on a real wire, between the outbox and a public square that is a process of its own with its ledger on
disk (failures A3, D8). Real: sockets, processes and the network's faults; the store is a fake. Where answers are lost its
clock and the product's run six times as fast as the wall's, so that eight seconds of patience take 1.3, and what was sent
settles in one second.
"""

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from aiohttp import ClientSession

from bot.nouns.conversation import AttemptState
from bot.nouns.time import Now
from tests.chaos.square_adapter import ADAPTERS, DEADLINE, Ask, Lost, over_http
from tests.chaos.square_process import TWICE, FarSquare, running_squares
from tests.chaos.square_world import Asked, Said, Shape
from tests.chaos.summary import say
from tests.chaos.test_square_losses import Told, person
from tests.chaos.town import ASKS_WITHIN, POLICY, Sent, Town, strange
from tests.fakes.clock import START, FakeClock
from tests.proxy import Mood, Proxy, proxy

RATE = 6.0
#: So many answers lost of each kind: in every run, and in the trials.
FEW, MANY = 4, 1000
#: So many teams speak on the squares at the same time, and so many of each one's answers wait for each other on their way to
#: each square: a square that never answers is waited for eight seconds by each.
TOWNS, QUEUE = 16, 2
#: Who waits for an answer looks again after so many seconds by the clock of the house; hundreds look at once.
LOOKS = 2.0
#: How far apart the numbers are that towns on one square give what they name.
_APART = 100_000

Squares = tuple[str, Mapping[Shape, FarSquare]]


class QuickClock(FakeClock):
    """The port Clock, `rate` times as fast as the running loop's."""

    def __init__(self, rate: float) -> None:
        super().__init__()
        self._rate = rate
        self._loop = asyncio.get_running_loop()
        self._began = self._loop.time()

    async def now(self) -> Now:
        """All clocks agree."""
        self.elapsed = (self._loop.time() - self._began) * self._rate
        self.wall = self.store = START + timedelta(seconds=self.elapsed)
        return self.at

    async def sleep(self, seconds: float) -> None:
        """So much shorter by the wall."""
        await asyncio.sleep(max(0.0, seconds / self._rate))


def _parted(posts: Ask, rest: Ask) -> Ask:
    """Posts go one way, everything else another."""

    async def ask(asked: Asked) -> Said | Lost:
        return await (posts if asked.method == "POST" else rest)(asked)

    return ask


@pytest.fixture
def squares(tmp_path: Path) -> Iterator[Squares]:
    """A process for this test."""
    with running_squares(tmp_path) as found:
        yield found


@asynccontextmanager
async def wired(squares: Squares, rate: float = 1.0) -> AsyncIterator[tuple[Town, Proxy]]:
    """A team before it; posts pass a relay that can be told how to fail."""
    async with side_by_side(squares, 1, rate) as (towns, relay):
        yield towns[0], relay


@asynccontextmanager
async def side_by_side(squares: Squares, count: int, rate: float) -> AsyncIterator[tuple[Sequence[Town], Proxy]]:
    """So many teams; the posts of all of them pass one relay."""
    url, far = squares
    async with proxy(url) as relay, ClientSession() as session, AsyncExitStack() as stack:
        towns = [await stack.enter_async_context(Town(n + 1, clock=QuickClock(rate))) for n in range(count)]
        for number, town in enumerate(towns):
            town.counts_from(1 + number * _APART)
            town.house.policy = POLICY.model_copy(update={"settle": timedelta(seconds=1)})
            town.squares = far
            town.platforms = {
                shape.value: ADAPTERS[shape](
                    shape.value,
                    _parted(
                        over_http(session, f"{relay.url}/{shape.value}", DEADLINE / rate),
                        over_http(session, f"{url}/{shape.value}", DEADLINE / rate),
                    ),
                    town.house.clock,
                )
                for shape in Shape
            }
        yield towns, relay


KINDS = [
    (Mood.LOSE, "dropped after", ""),
    (Mood.STALL, "late", ""),
    (Mood.CUT, "dropped before", ""),
    (Mood.HALF, "half an answer", ""),
    (Mood.PASS, "5xx before", "5xx before"),
    (Mood.PASS, "5xx after", "5xx after"),
]
CASES = [
    *(pytest.param(*kind, FEW, id=f"{kind[1]} cut") for kind in KINDS[:2]),
    *(pytest.param(*kind, MANY, id=kind[1], marks=pytest.mark.chaos) for kind in KINDS),
]


async def _pressed(town: Town, answers: Sequence[tuple[Shape, str, str, str]]) -> list[Sent]:
    return [await town.presses_send(*answer) for answer in answers]


async def _cooled(town: Town, queue: int) -> list[tuple[Shape, str, str, str]]:
    return [(shape, *await town.cooled(shape)) for shape in tuple(Shape) * queue]


@pytest.mark.timeout(1200)
@pytest.mark.parametrize(("mood", "name", "fault", "count"), CASES)
async def test_an_answer_is_lost_on_the_wire(squares: Squares, mood: Mood, name: str, fault: str, count: int) -> None:
    """The square's own ledger holds every answer at most once, the record says the same, and each doubt asks a person."""
    told, towns_at_once, queue = Told(), 1 if count == FEW else TOWNS, 1 if count == FEW else QUEUE
    async with side_by_side(squares, towns_at_once, RATE) as (towns, relay):
        for town in towns:
            town.starts()
        met = 0
        while met < count:  # on a busy machine some are held up, and never reach the wire
            answers = await asyncio.gather(*(_cooled(town, queue) for town in towns))
            relay.mood = mood
            for square in squares[1].values():
                square.command("fault", fault=fault)
            before = relay.asked
            sent = await asyncio.gather(*(map(_pressed, towns, answers)))
            pairs = [(town, one) for town, each in zip(towns, sent, strict=True) for one in each]
            people = [asyncio.create_task(person(town, one, told, LOOKS)) for town, one in pairs]
            await _met(towns)
            met += relay.asked - before
            relay.mood = Mood.PASS
            for square in squares[1].values():
                square.command("fault", fault="")
            await asyncio.gather(*people)
        told.faults += [*towns[0].double(), *strange(towns[0].lines(), [one for town in towns for one in town.sent])]
        for town in towns:
            told.faults += await town.lost()
        posts = len(towns[0].lines())
    result = f"{len(told.faults)} faults, {posts} posts, {told.asked} asked a person, within {told.slowest:.0f} s"
    say("at most once", f"answers lost on the wire: {name}", "real", met, result, "none")
    assert told.faults == []
    assert count == FEW or told.slowest <= ASKS_WITHIN  # in every run the machine may have anything else to do


async def _met(towns: Sequence[Town]) -> None:
    """The first attempts of all have met what the wire does, or have not come that far in a long while."""
    for _ in range(100):
        await asyncio.sleep(0.2)
        if not any([await _waits(town) for town in towns]):
            break
    await asyncio.sleep(1.0)  # the last of them are on the wire


async def _waits(town: Town) -> bool:
    """Whether an answer of it is asked for, and not begun."""
    asking = [name for name, at in town.house.timelines.places.items() if "asked" in at]
    talks = (await town.house.timelines.view((), asking)).conversations.values()
    return any(attempt.state is AttemptState.ASKED for talk in talks for attempt in talk.attempts)


async def test_an_answer_comes_twice(squares: Squares) -> None:
    """The second one is nobody's: the next send is not taken for done because of it."""
    async with wired(squares) as (town, _):
        squares[1][Shape.FINDABLE].command("fault", fault=TWICE)
        town.starts()
        sent = [await town.sends(Shape.FINDABLE) for _ in range(3)]
        await town.settled()
        assert [(await town.attempt(each)).state for each in sent] == [AttemptState.POSTED] * 3
        assert [line.key for line in town.lines()] == [each.attempt for each in sent]


@pytest.mark.parametrize(("what", "body"), [("token", {"revoked": True}), ("limit", {"seconds": 60.0})])
async def test_a_square_that_refuses(squares: Squares, what: str, body: Mapping[str, object]) -> None:
    """A revoked token and a limit are definite: nothing went out, and nobody has to look."""
    async with wired(squares) as (town, _):
        answer = await town.cooled(Shape.IDEMPOTENT)
        town.starts()
        squares[1][Shape.IDEMPOTENT].command(what, **body)
        sent = await town.presses_send(Shape.IDEMPOTENT, *answer)
        await town.settled()
        state = (await town.attempt(sent)).state
        assert state in (AttemptState.NOT_SENT, AttemptState.SENT_BACK)
        assert town.lines() == []
