"""Two rooms hear of one incident, and their people press against each other (issue 5, "One incident, several places").

Simulated: virtual time, and chats that are fakes. A trial's seed is its number: `pytest -k 'two_rooms[17]'` plays it
again.
"""

import asyncio
import random

import pytest

from bot.screens.shapes import Card, Form
from tests.chaos.chat_two import PEOPLE, PLACES, Two, offered
from tests.fakes.room import FakeRoom

ROUNDS = 200
FEW = 4
SEEDS = [pytest.param(n, marks=() if n < FEW else pytest.mark.chaos) for n in range(ROUNDS)]
WORDS = "Eleven days is far too long. I look for it now and am back here before four."
#: After so many seconds the words have cooled; after so many more they are anybody's to send.
ONES_OWN, ANYBODY_S = 400, 1_200
STEPS = ("claim", "write", "read_once_more", "close")


class Trial:
    """Everybody presses what their own card offers, as it stands there just then."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        self.left, self.right = FakeRoom("left"), FakeRoom("right")
        self.two = Two({"left": self.left, "right": self.right}, self.dice)

    def card(self, room: str) -> Card | None:
        """What that room shows."""
        place = next(each for each in PLACES if each.room == room)
        return (self.left if room == "left" else self.right).cards.get(f"{place.id}/i1")

    async def everybody(self, act: str) -> None:
        """All four at once, in any order, some a moment later than others."""
        people = list(PEOPLE)
        self.dice.shuffle(people)
        await asyncio.gather(*(self._one(room, who, act) for room, who in people))

    async def _one(self, room: str, who: str, act: str) -> None:
        for _ in range(self.dice.randrange(30)):
            await asyncio.sleep(0)
        card = self.card(room)
        choice = offered(card, act) if card is not None else None
        if choice is None:
            return
        answer = await self.two.press(room, who, choice)
        if isinstance(answer, Form):
            for _ in range(self.dice.randrange(30)):
                await asyncio.sleep(0)
            await self.two.fill(room, who, answer, **_typed(answer, who))

    def cards(self) -> tuple[str, str]:
        """What both show in the end."""
        return repr(self.card("left")), repr(self.card("right"))


def _typed(form: Form, who: str) -> dict[str, str]:
    match form.act:
        case "write":
            return {"words": f"{WORDS} {who.title()}"}
        case "close":
            return {"disposition": "acknowledged", "words": ""}
        case _:
            return {}


@pytest.mark.parametrize("seed", SEEDS)
async def test_two_rooms(seed: int) -> None:
    """The same end in both rooms, one owner, one post; whoever came second is told who was first."""
    trial = Trial(seed)
    two = trial.two
    cools = trial.dice.choice((ONES_OWN, ANYBODY_S))
    async with two.working():
        await two.house.clock.run(1)
        for act in STEPS:
            await trial.everybody(act)
            # Sometimes the rooms press again before the cards have changed.
            if trial.dice.random() < 0.5:
                await trial.everybody(act)
            await two.house.clock.run(cools if act == "write" else 2)
        left, right = trial.cards()
        assert left == right
        assert len(two.square.ledger) == 1
        (owner,), (sender,) = two.happened("claimed"), two.happened("send_asked")
        assert len(two.happened("disposed")) == 1
        _told_who_was_first(two, "claim", owner)
        _told_who_was_first(two, "send", sender)


def _told_who_was_first(two: Two, act: str, first: str) -> None:
    """Everybody else who pressed it was told the name of who was first, in whichever room that was."""
    winner = first.rpartition(":")[2]
    lost = [(who, because) for who, what, because in two.refused if what == act]
    assert all(winner.title() in because for who, because in lost if who != winner), lost
    if act == "claim":
        assert {who for who, _ in lost} >= {who for _, who in PEOPLE} - {winner}
