"""Our token is revoked at every stage of an answer, and some time later there is another (failure D8).

Simulated: one loop, virtual time. Meanwhile mentions still come in; people try again before there is a new token, too. The
oracle is the ledger: in the end each answer stands there, once.
"""

import asyncio
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial

import pytest

from bot.nouns.conversation import AttemptState
from tests.chaos.square_inside import LOSSES, Fault, nothing
from tests.chaos.square_world import Asked, Shape
from tests.chaos.summary import say
from tests.chaos.town import ASKS_WITHIN, OPEN, Sent, Town
from tests.chaos.virtual import simulated

#: So many revocations at each stage, and in every run.
MANY, FEW = 100, 8
#: The longest that each leg to the square takes, in seconds; the longest until there is another token.
SLOW, RENEWED = 0.2, 120.0
#: Whoever has not got there after so many seconds never will.
_PATIENCE = 30 * ASKS_WITHIN


class Stage(StrEnum):
    """How far an answer is when the token is revoked."""

    NEW = "the mention comes in"
    COOLS = "it cools"
    READY = "it is ready"
    PRESSED = "Send was just pressed"
    AWAY = "it is on its way"
    DOUBT = "its answer was lost"
    ASKS = "it asks a person"
    POSTED = "it stands there"


@dataclass
class Told:
    """What one trial came to. `refused`: sends that ended because of the token."""

    revoked: int = 0
    refused: int = 0
    asked: int = 0
    faults: list[str] = field(default_factory=list)


class Tokens:
    """Those of one square: `revoke` takes ours away, and some time later somebody hands us another."""

    def __init__(self, town: Town, shape: Shape) -> None:
        self._town = town
        self._shape = shape
        self._renewing: asyncio.Task[None] | None = None

    @property
    def gone(self) -> bool:
        """Whether ours is not accepted now."""
        return self._town.within[self._shape].revoked

    def revoke(self) -> None:
        """Now."""
        self._town.within[self._shape].revoked = True
        self._renewing = asyncio.create_task(self._renewed())

    async def _renewed(self) -> None:
        await asyncio.sleep(self._town.dice.uniform(1.0, RENEWED))
        square = self._town.within[self._shape]
        square.revoked, square.token = False, f"{square.token} and another"
        self._town.platforms[self._shape.value].token = square.token


def first_lost(town: Town) -> Callable[[Asked], Fault]:
    """Of each key the first post's answer is lost, in any way."""
    seen: set[str] = set()

    def choose(asked: Asked) -> Fault:
        first = asked.method == "POST" and asked.key not in seen
        seen.add(asked.key)
        return town.dice.choice(LOSSES) if first else Fault.NONE

    return choose


async def until(town: Town, sent: Sent, *states: AttemptState) -> AttemptState:
    """How the attempt stands once it is one of these, or has stood in none for too long."""
    began = town.now()
    while (state := (await town.attempt(sent)).state) not in states and town.now() - began < _PATIENCE:
        await asyncio.sleep(0.5)
    return state


async def pressed(town: Town, shape: Shape, stage: Stage, tokens: Tokens) -> Sent:
    """An answer as far as that stage, with the token gone, and Send pressed on it."""
    if stage is Stage.NEW:
        tokens.revoke()
    id, talk, words = await town.cooled(shape, lambda: tokens.revoke() if stage is Stage.COOLS else None)
    if stage is Stage.READY:
        tokens.revoke()
    sent = await town.presses_send(shape, id, talk, words)
    match stage:
        case Stage.PRESSED:
            tokens.revoke()
        case Stage.AWAY:
            await asyncio.sleep(town.dice.uniform(0.0, 1.0))
            tokens.revoke()
        case Stage.DOUBT:
            await until(town, sent, AttemptState.INTENDED)
            await asyncio.sleep(town.dice.uniform(0.0, 20.0))
            tokens.revoke()
        case Stage.ASKS:
            await until(town, sent, AttemptState.UNKNOWN, AttemptState.POSTED)
            tokens.revoke()
        case Stage.POSTED:
            await until(town, sent, AttemptState.POSTED)
            tokens.revoke()
        case _:
            pass
    return sent


async def persists(town: Town, sent: Sent, tokens: Tokens, told: Told) -> None:
    """Somebody who does not rest until it stands there: looks, tries again, presses anew; mostly once there is a token."""
    began = town.now()
    while (state := (await town.attempt(sent)).state) is not AttemptState.POSTED:
        if town.now() - began > _PATIENCE:
            told.faults.append(f"never: {sent}")
            return
        if state is AttemptState.UNKNOWN:
            told.asked += 1
            await town.looks(sent)
        elif state not in OPEN and (not tokens.gone or town.dice.random() < 0.1):
            told.refused += 1
            sent = await town.presses_send(sent.shape, sent.mention, sent.talk, sent.words)
        await asyncio.sleep(1.0)


async def one(town: Town, shape: Shape, stage: Stage, told: Told) -> None:
    """An answer on a square of that shape; while the token is gone somebody else complains, and is heard."""
    tokens = Tokens(town, shape)
    sent = await pressed(town, shape, stage, tokens)
    if tokens.gone:
        _, talk = await town.complaint(shape)
        assert await town.house.talk(talk)
    await persists(town, sent, tokens, told)
    while tokens.gone:
        await asyncio.sleep(1.0)
    await asyncio.sleep(10.0)
    told.revoked += 1


async def revoking(stage: Stage, count: int) -> Told:
    """So many times, on squares of all shapes side by side."""
    told, dice = Told(), random.Random(stage.value)
    while told.revoked < count:
        async with Town(dice.randrange(2**32), slow=SLOW) as town:
            for way in town.ways.values():
                way.choose = first_lost(town) if stage in (Stage.DOUBT, Stage.ASKS) else nothing
            town.starts()
            await asyncio.gather(*map(partial(one, town, stage=stage, told=told), Shape))
            told.faults += [*town.double(), *town.strange(), *await town.lost()]
            posted = {line.words for line in town.lines()}
            told.faults += [f"missing: {each}" for each in town.sent if each.words not in posted]
    return told


AT = [
    *(pytest.param(stage, FEW, id=f"{stage.value} cut") for stage in Stage),
    *(pytest.param(stage, MANY, id=stage.value, marks=pytest.mark.chaos) for stage in Stage),
]


@pytest.mark.usefixtures("calm")
@pytest.mark.parametrize(("stage", "count"), AT)
def test_a_token_is_revoked(stage: Stage, count: int) -> None:
    """Whoever goes on with the next one has the answer stand there once; nothing is posted twice, and nobody goes unheard."""
    told = simulated(lambda: revoking(stage, count))
    result = f"{len(told.faults)} faults, {told.refused} refused and sent anew, {told.asked} looked at"
    say(
        "at most once, nothing lost",
        f"our token is revoked: {stage.value}",
        "simulated",
        told.revoked,
        result,
        stage.value,
    )
    assert told.faults == []
