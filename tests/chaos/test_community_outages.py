"""Outages of one to ten minutes around a post of ours to a community (failures A3): simcord, and a person who goes on.

Simulated: one loop, virtual time. Whoever was told that nothing went out presses Send again; who is asked looks, and tries it
again as soon as that is offered.
"""

import asyncio
from collections import Counter
from dataclasses import dataclass, field

import pytest

from bot.nouns import commands as c
from bot.nouns.conversation import Attempt, AttemptState
from bot.nouns.delivery import Absent, Posted, ToMention
from bot.nouns.mention import Said
from bot.nouns.team import Part
from bot.work.act import Acted
from bot.work.attempts import cleared
from bot.work.outside import LOOK_DEADLINE
from bot.work.waiting import within
from tests.adapters.platforms.discord_community import Town
from tests.bot.work.house import ANA, House
from tests.chaos.outage import Outage, community
from tests.chaos.summary import say
from tests.chaos.town import COOLS, OPEN, POLICY
from tests.chaos.virtual import VirtualClock, simulated

#: Outages: in every run, and in each of the trials of `make chaos`; 500 together.
FEW, MANY, TRIALS = 10, 49, 10
ROUNDS = [
    pytest.param(0, FEW),
    *(pytest.param(seed, MANY, marks=pytest.mark.chaos) for seed in range(1, TRIALS + 1)),
]
#: Somebody who goes on has an end within so many seconds after the longest outage.
_PATIENCE = 3_600.0
_ENDS = (AttemptState.POSTED, AttemptState.SET_ASIDE)


@dataclass
class Told:
    """What a trial came to: posts of ours, presses on Send, how often a person was asked."""

    posts: int = 0
    sends: int = 0
    asked: int = 0
    faults: list[str] = field(default_factory=list)


class Presser:
    """Ana, who wants this answer to stand there."""

    def __init__(self, house: House, town: Town, told: Told, talk: str) -> None:
        self.house, self.town, self.told, self.talk = house, town, told, talk
        self._sends = 0

    async def sends(self) -> None:
        """Send, and again where nothing went out, until it stands there."""
        began = self.house.clock.wall
        attempt = await self._send()
        while attempt.state not in _ENDS:
            if (self.house.clock.wall - began).total_seconds() > _PATIENCE:
                self.told.faults.append(f"open: {self.talk} {attempt.state}")
                return
            match attempt.state:
                case AttemptState.UNKNOWN:
                    self.told.asked += 1
                    await self._looks(attempt)
                case AttemptState.NOT_SENT | AttemptState.SENT_BACK:
                    await self.house.clock.sleep(20)
                    attempt = await self._send()
                    continue
                case _:
                    assert attempt.state in OPEN
            await self.house.clock.sleep(2)
            attempt = await self.house.attempt(self.talk, attempt.key)

    async def _send(self) -> Attempt:
        self._sends += 1
        self.told.sends += 1
        return await self.house.sends(self.talk, f"{self.talk}.s{self._sends}")

    async def _looks(self, attempt: Attempt) -> None:
        """The desk looks before anything is tried again."""
        found = await self._find(attempt)
        if isinstance(found, Posted):
            await self._say(c.SettleAttempt, attempt=attempt.key, there=True)
        else:
            absent = isinstance(found, Absent)
            await self._say(c.TryAgain, attempt=attempt.key, round=attempt.round, absent=absent)

    async def _find(self, attempt: Attempt) -> object:
        talk = await self.house.talk(self.talk)
        try:
            looks = self.town.platform.find(cleared(talk, attempt))
            found: object = await within(self.house.clock, LOOK_DEADLINE, looks)
        except TimeoutError:
            return None
        return found

    async def _say(self, kind: type[c.Command], **fields: object) -> bool:
        command = self.house.command(kind, conversation=self.talk, **fields)
        return isinstance(await self.house.act(command, ANA, []), Acted)


async def _cooled(house: House, town: Town, number: int) -> str:
    """A member asks; an answer lies there, cooled. The conversation."""
    who = town.guild.add_member(town.env.create_user(f"member{number}"))
    before = len(town.ears.of(Said))
    await who.send(town.lobby, f"Why was I muted, number {number}? This is unfair and nobody answers.")
    while len(town.ears.of(Said)) == before:
        await asyncio.sleep(1)
    (said,) = town.ears.of(Said)[before:]
    await house.hears(said)
    talk = house.lies(said.mention.key.id, "discord")
    await house.drafted(talk, text=_words(number), target=ToMention(key=said.mention.key))
    await house.clock.sleep(COOLS.total_seconds() + 0.01)
    await house.press(Part.CLOCKWORK, c.Wake, conversation=talk, what="cooled:d1:1")
    return talk


def _words(number: int) -> str:
    return f"We look at it, number {number}, and tell you here by six. The mod team"


async def _one(house: House, town: Town, outage: Outage, told: Told, number: int) -> None:
    """An outage that begins before Send is pressed, with the post itself, or some moment after the press."""
    talk = await _cooled(house, town, number)
    sending = asyncio.create_task(Presser(house, town, told, talk).sends())
    lasts = outage.dice.uniform(60, 600)
    match outage.dice.randrange(4):
        case 0:
            outage.begins(lasts)
        case 1:
            await asyncio.sleep(outage.dice.uniform(0.0, 1.5))
            outage.begins(lasts)
        case _:
            outage.begins_with_the_next_post(lasts)
    await sending
    await outage.calm()


async def outages(seed: int, count: int) -> Told:
    """So many, one after another."""
    told = Told()
    async with community(seed) as (town, outage):
        house = House(policy=POLICY, clock=VirtualClock())
        await house.staffed()
        outbox = asyncio.create_task(house.an_outbox(platform=lambda name: town.platform, accounts={}).run(1))
        for number in range(count):
            await _one(house, town, outage, told, number)
        outbox.cancel()
        await asyncio.gather(outbox, return_exceptions=True)
        ours = [each.content for each in town.lobby.history() if each.author.bot]
        stands = Counter(ours)
        told.posts = len(ours)
        told.faults += [f"double: {words!r} stands {n} times" for words, n in stands.items() if n > 1]
        told.faults += [f"lost: number {n}" for n in range(count) if not stands[_words(n)]]
    return told


@pytest.mark.timeout(1800)
@pytest.mark.usefixtures("calm")
@pytest.mark.parametrize(("seed", "count"), ROUNDS)
def test_an_outage_around_a_post_to_a_community(seed: int, count: int) -> None:
    """Nothing is posted twice, nothing is lost without word, and everything has an end."""
    told = simulated(lambda: outages(seed, count))
    result = f"{len(told.faults)} faults, {told.posts} posts, {told.sends} presses on Send, {told.asked} asked a person"
    say("at most once", "outages around a post to a community", "simulated", count, result, seed)
    assert told.faults == []
