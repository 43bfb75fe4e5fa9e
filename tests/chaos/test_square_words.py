"""People edit, approve, release, take over and press Send in any order, on what they saw a moment ago, while the outbox
sends (failures A10, A11). Simulated: one loop, virtual time; the oracle holds the ledger against what each presser saw.
"""

import asyncio
import random
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import pytest

from bot.nouns import commands as c
from bot.nouns.caution import Stage
from bot.nouns.conversation import Conversation
from bot.nouns.delivery import Audience, ToMention
from bot.nouns.mention import MentionKey
from bot.nouns.team import Part, Teammate
from tests.bot.work.house import ANA, BEN, KIM
from tests.chaos.square_world import Line, Shape
from tests.chaos.summary import say
from tests.chaos.town import COOLS, Town
from tests.chaos.virtual import simulated

#: So many interleavings each; five thousand in all, a hundred in every run.
ROUNDS, SEEDS, AT_ONCE = 100, range(50), 8
SLOW = 0.2
_TEAM = (ANA, BEN, KIM)
_DO = ("edit", "approve", "release", "assign", "hand over", "send", "send", "send", "send")


@dataclass
class Truth:
    """What was confirmed to whom: each version's words and when, what was released, what each send showed its presser."""

    written: dict[tuple[str, int], tuple[str, float]] = field(default_factory=dict)
    released: set[tuple[str, int]] = field(default_factory=set)
    pressed: dict[str, tuple[str, int, str]] = field(default_factory=dict)


@dataclass
class Told:
    """What one trial came to."""

    rounds: int = 0
    presses: int = 0
    posts: int = 0
    faults: list[str] = field(default_factory=list)


async def pressing(town: Town, shape: Shape, truth: Truth, told: Told) -> None:
    """One conversation, and three people who press whatever they like on it."""
    id, talk = await town.complaint(shape)
    await asyncio.gather(*(_person(town, who, MentionKey(platform=shape.value, id=id), talk, truth) for who in _TEAM))
    told.rounds += 1


async def _person(town: Town, who: Teammate, key: MentionKey, talk: str, truth: Truth) -> None:
    for _ in range(town.dice.randint(4, 8)):
        shown = await town.house.talk(talk)
        await asyncio.sleep(town.dice.choice((0.0, 0.1, 0.5, 1.5)) * town.dice.random())
        await _presses(town, who, key, shown, truth)


async def _presses(town: Town, who: Teammate, key: MentionKey, shown: Conversation, truth: Truth) -> None:
    """One press on what `shown` says."""
    draft, talk, dice = shown.staged(Stage.RESPONSE), shown.id, town.dice
    match dice.choice(_DO) if draft is not None else "edit":
        case "edit":
            name = draft.id if draft is not None else f"d{dice.randrange(10**9)}"
            version = draft.version if draft is not None else 0
            words = f"We are sorry, {key.id}. Number {dice.randrange(10**9)} of our answers. {who.name}"
            to: dict[str, Any] = {"stage": Stage.RESPONSE, "audience": Audience.PUBLIC, "target": ToMention(key=key)}
            if await town.tries(c.Write, talk, who, words, draft=name, based_on=version, **to):
                truth.written[name, version + 1] = words, town.now()
        case "assign":
            await town.tries(c.Assign, talk, KIM, to=dice.choice(_TEAM).id, epoch=shown.owners)
        case "hand over":
            await town.tries(c.HandBack, talk, who)
            await town.tries(c.Claim, talk, dice.choice(_TEAM), epoch=shown.owners)
        case do if draft is not None:
            await _on_draft(town, who, do, talk, (draft.id, draft.version, draft.words.seal), truth)


async def _on_draft(town: Town, who: Teammate, do: str, talk: str, shown: tuple[str, int, str], truth: Truth) -> None:
    draft, version, seal = shown
    on: dict[str, Any] = {"draft": draft, "version": version}
    match do:
        case "approve":
            await town.tries(c.ReadOnceMore, talk, who, **on)
        case "release":
            if await town.tries(c.ReleaseEarly, talk, who, "They wait in the rain.", **on):
                truth.released.add((draft, version))
        case _:
            key = f"s{town.dice.randrange(10**9)}"
            wake = town.house.command(c.Wake, conversation=talk, what=f"cooled:{draft}:{version}")
            await town.house.act(wake, Part.CLOCKWORK)
            await town.tries(c.ReadOnceMore, talk, who, **on)
            if await town.tries(c.Send, talk, who, **on, seal=seal, attempt=key):
                truth.pressed[key] = draft, version, truth.written[draft, version][0]


def mismatched(line: Line, truth: Truth, wire: float) -> str:
    """What is wrong with a post, or ''."""
    if line.key not in truth.pressed:
        return f"nobody pressed Send on {line}"
    draft, version, words = truth.pressed[line.key]
    if line.words != words or line.to not in words:
        return f"other words than approved: {line}"
    newer = truth.written.get((draft, version + 1))
    if newer is not None and line.at > newer[1] + wire:
        return f"edited {line.at - newer[1]:.2f} s before {line}"
    if line.at < truth.written[draft, version][1] + COOLS.total_seconds() and (draft, version) not in truth.released:
        return f"early: {line}"
    return ""


async def interleaving(seed: int, rounds: int) -> Told:
    """So many conversations, some at a time, before one outbox."""
    told, dice = Told(), random.Random(f"{seed}:words")
    while told.rounds < rounds:
        async with Town(dice.randrange(2**32), slow=SLOW) as town:
            truth = Truth()
            town.starts()
            await asyncio.gather(*(pressing(town, dice.choice(tuple(Shape)), truth, told) for _ in range(AT_ONCE)))
            await asyncio.sleep(6.0)
            lines = town.lines()
            told.presses += len(truth.pressed)
            told.posts += len(lines)
            told.faults += [fault for line in lines if (fault := mismatched(line, truth, town.wire))]
            versions = Counter(truth.pressed[line.key][:2] for line in lines if line.key in truth.pressed)
            told.faults += [f"double: {version}" for version, count in versions.items() if count > 1]
    return told


SEEDED = [pytest.param(n, marks=() if n == 0 else (pytest.mark.chaos,)) for n in SEEDS]


@pytest.mark.parametrize("seed", SEEDED)
def test_exactly_those_words(seed: int) -> None:
    """What stands in public are the words that somebody pressed Send on, under their mention, cooled, and once."""
    told = simulated(lambda: interleaving(seed, ROUNDS))
    result = f"{len(told.faults)} mismatches, {told.presses} presses on Send, {told.posts} posts"
    say("exactly those words", "edit, approve, release, takeover, send", "simulated", told.rounds, result, seed)
    assert told.posts > ROUNDS / 10
    assert told.faults == []
