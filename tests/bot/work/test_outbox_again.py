"""A store that changes hands in the very moment in which an intent is written."""

import asyncio

import pytest

from bot.errors import StoreAway
from bot.nouns.conversation import AttemptState
from tests.bot.work.house import House
from tests.bot.work.test_outbox_ends import ended, ready, stepping


@pytest.mark.parametrize("moment", ["intended?", "intended!"])
async def test_an_intent_that_is_not_confirmed_at_once(house: House, moment: str) -> None:
    """Whether it was written or not, it is asked for again: the words go out once, and nobody has to look."""
    talk = await ready(house)
    left = [StoreAway("Another server has taken over.")] * 2

    async def step(name: str) -> None:
        if name == moment and left:
            raise left.pop()

    running = stepping(house, step)
    await house.pass_time(seconds=3)
    await ended(house, running)
    assert (await house.attempt(talk)).state is AttemptState.POSTED
    assert len(house.platform.ledger) == 1


async def test_an_intent_that_is_not_confirmed_for_too_long(house: House) -> None:
    """After three seconds no attempt is made of it any more; it is looked for, and a person is asked."""
    talk = await ready(house)
    gone = asyncio.Event()

    async def step(name: str) -> None:
        if name == "intended!":
            gone.set()
        if gone.is_set() and name in ("intended!", "view?"):
            raise StoreAway("Another server has taken over.")

    running = stepping(house, step)
    await house.pass_time(seconds=5)
    await ended(house, running)
    assert (await house.attempt(talk)).state is AttemptState.INTENDED
    assert not house.platform.ledger
    again = asyncio.create_task(house.an_outbox().run(2))
    await house.pass_time(seconds=60)
    await ended(house, again)
    assert (await house.attempt(talk)).state is AttemptState.UNKNOWN
    assert not house.platform.ledger
