"""Between the press on Send and the post something happens: they delete or edit, a colleague answers by hand, somebody
takes the talk away from the public, or the team holds all posting (failures A12, A15).

Simulated: one loop, virtual time; half of the squares take an answer even to what is gone, and in a third of the rounds
the process is stopped somewhere on the way. The oracle is the ledger: when each post was made, and what stood there then.
"""

import asyncio
import random
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from bot.nouns import commands as c
from bot.nouns.conversation import OfflineWay
from bot.nouns.mention import AnsweredByUs, Deleted, Edited, Mention, MentionKey, News
from bot.work.outside import LOOK_DEADLINE, SOCKET_DEADLINE
from tests.bot.work.house import BEN, KIM
from tests.chaos.square_world import Line, Shape
from tests.chaos.summary import say
from tests.chaos.town import Sent, Town
from tests.chaos.virtual import simulated

#: So many races each; a thousand in all, twenty in every run. The same for holds.
RACES, SEEDS = 20, range(50)
#: The longest that each leg to the square takes, and so many answers wait for each other on their way to each.
SLOW, QUEUE = 0.2, 3
#: How much later a post may be made where the process was stopped in between: the age of a look, and the rest of the socket's deadline.
STOPPED = LOOK_DEADLINE + 3.0 + SOCKET_DEADLINE
KINDS = ("deleted", "edited", "answered by hand", "taken offline")


@dataclass
class Told:
    """What one trial came to. `crossed`: posts that were on the wire when it happened."""

    races: int = 0
    posts: int = 0
    crossed: int = 0
    faults: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Happened:
    """What happened to whose answer, and when it was there or confirmed."""

    kind: str
    sent: Sent
    at: float


async def happens(town: Town, sent: Sent, kind: str, heard: bool) -> Happened:
    """After a moment; `heard`: the platform tells us of it at once, too."""
    await asyncio.sleep(town.dice.uniform(0.0, 4.0))
    square, key = town.within[sent.shape], MentionKey(platform=sent.shape.value, id=sent.mention)
    at = town.now()
    news: News | None = None
    match kind:
        case "deleted":
            square.deletes(sent.mention)
            news = Deleted(key=key, at=town.house.clock.wall)
        case "edited":
            square.says(sent.mention, f"author{sent.mention[1:]}", "It came today after all, thank you.")
            mention = Mention(key=key, text="It came today after all, thank you.", at=town.house.clock.wall)
            news = Edited(mention=mention)
        case "answered by hand":
            line = square.by_hand(sent.mention, "Hello, we look into it. Joe")
            ours = MentionKey(platform=sent.shape.value, id=line.id)
            news = AnsweredByUs(key=key, ours=ours, words=line.words, at=town.house.clock.wall)
        case _:
            done = await town.say(c.TakeOffline, sent, BEN, way=OfflineWay.PHONE)
            kind = kind if done else "nothing"
            at = town.now()
    if news is not None and heard:
        await town.house.hears(news)
    return Happened(kind, sent, at)


def judged(town: Town, each: Happened, bound: float, told: Told) -> None:
    """What of ours stands there that should not."""
    for line in town.lines():
        if line.key != each.sent.attempt or not _over(line, each):
            continue
        told.crossed += 1
        if line.at > each.at + bound:
            told.faults.append(f"{each.kind} {line.at - each.at:.2f} s before {line}")


def _over(line: Line, each: Happened) -> bool:
    """Whether that post was made after it had happened. A blind square does not show what a colleague posted."""
    if each.kind == "nothing" or (each.kind == "answered by hand" and each.sent.shape is Shape.BLIND):
        return False
    return line.at > each.at


async def racing(seed: int, races: int) -> Told:
    """So many answers on their way, and something that happens to each."""
    told, dice = Told(), random.Random(f"{seed}:races")
    while told.races < races:
        async with Town(dice.randrange(2**32), slow=SLOW) as town:
            for square in town.within.values():
                square.lenient = dice.random() < 0.5
            process, stops = town.starts(), dice.random() < 1 / 3
            answers = [(shape, *await town.cooled(shape)) for shape in tuple(Shape) * QUEUE]
            sent = [await town.presses_send(*answer) for answer in answers]
            if stops:
                process.pause_at(dice.randint(1, 120), dice.uniform(1.0, 60.0))
            each = [happens(town, one, dice.choice(KINDS), heard=dice.random() < 0.5) for one in sent]
            happened = await asyncio.gather(*each)
            await asyncio.sleep(100.0 if stops else 10.0)
            for one in happened:
                judged(town, one, STOPPED if stops else town.wire, told)
            told.races += len(sent)
            told.posts += len([line for line in town.lines() if line.hand == "api"])
            told.faults += [*town.double(), *town.strange(), *await town.lost()]
    return told


SEEDED = [pytest.param(n, marks=() if n == 0 else (pytest.mark.chaos,)) for n in SEEDS]


@pytest.mark.parametrize("seed", SEEDED)
def test_what_happens_meanwhile(seed: int) -> None:
    """Nothing goes out to what is gone, changed, answered by hand or handed off, but what was on the wire just then."""
    told = simulated(lambda: racing(seed, RACES))
    result = f"{len(told.faults)} faults, {told.posts} posts, {told.crossed} were on the wire already"
    say("look again", "deletion, edit, colleague's reply, handoff", "simulated", told.races, result, seed)
    assert told.faults == []


async def holding(seed: int, moments: int) -> tuple[int, list[str]]:
    """A hold at a random moment of six sends, so many times; posts within the second after it, and those later."""
    crossed, faults, dice = 0, list[str](), random.Random(f"{seed}:holds")
    for _ in range(moments):
        async with Town(dice.randrange(2**32), slow=SLOW) as town:
            town.starts()
            answers = [(shape, *await town.cooled(shape)) for shape in tuple(Shape)[:2] * QUEUE]
            for answer in answers:
                await town.presses_send(*answer)
            await asyncio.sleep(dice.uniform(0.0, 2.0))
            until = town.house.clock.wall + timedelta(hours=1)
            await town.house.press(dice.choice((BEN, KIM)), c.BeginHold, until=until, text="There was an accident.")
            held = town.now()
            await asyncio.sleep(5.0)
            after = [line for line in town.lines() if line.at > held]
            crossed += len(after)
            faults += [f"{line.at - held:.2f} s after: {line}" for line in after if line.at > held + 1.0]
            faults += [*town.double(), *town.strange(), *await town.lost()]
    return crossed, faults


@pytest.mark.parametrize("seed", SEEDED)
def test_a_hold_at_any_moment(seed: int) -> None:
    """Nothing public goes out later than one second after it was pressed."""
    crossed, faults = simulated(lambda: holding(seed, RACES))
    result = f"{len(faults)} later than 1 s after, {crossed} on the wire already"
    say("hold", "all posting is held at any moment of a send", "simulated", RACES, result, seed)
    assert faults == []
