"""The last look before the call, and many doubts at once: what is known by then counts, and nobody waits in a queue."""

from collections.abc import Awaitable, Callable

import pytest

from bot.nouns import commands as c
from bot.nouns.conversation import AttemptState, OfflineWay
from bot.nouns.delivery import ToMention
from bot.nouns.mention import Deleted, Edited
from bot.nouns.team import Part
from tests.bot.work.conftest import Start
from tests.bot.work.house import BEN, House, key
from tests.bot.work.test_outbox_ends import ended, stepping
from tests.fakes.platform import Temper


async def taken_offline(house: House, talk: str) -> None:
    """Ben has the talk now."""
    await house.press(BEN, c.TakeOffline, conversation=talk, way=OfflineWay.PHONE)


async def deleted(house: House, talk: str) -> None:
    """They took it away, and we are told."""
    del talk
    await house.hears(Deleted(key=key(), at=house.clock.wall))


async def edited(house: House, talk: str) -> None:
    """They changed their words, and we are told."""
    del talk
    await house.hears(Edited(mention=house.mention("It came today after all, sorry!", "m1")))


@pytest.mark.parametrize(
    ("happens", "because"), [(taken_offline, "is talking with them"), (deleted, "deleted"), (edited, "changed")]
)
async def test_what_the_record_knows_by_then_counts(
    house: House, happens: Callable[[House, str], Awaitable[None]], because: str
) -> None:
    """Confirmed between the intent and the call: nothing goes out, and the presser is told why."""
    talk = await house.arrives()
    await house.asked(talk)

    async def step(name: str) -> None:
        if name == "intended!":
            await happens(house, talk)

    running = stepping(house, step)
    await house.pass_time(seconds=1)
    await ended(house, running)
    sent = await house.attempt(talk)
    assert (house.platform.ledger, sent.state) == ([], AttemptState.NOT_SENT)
    assert because in sent.because


@pytest.mark.parametrize(("slow", "goes"), [(0.5, True), (2.0, False)])
async def test_a_look_that_came_late_is_not_the_last(house: House, slow: float, goes: bool) -> None:
    """A store whose answer took more than a second may hide a hold that was pressed meanwhile: nothing goes out then."""
    talk = await house.arrives()
    await house.asked(talk)
    seen: list[str] = []

    async def step(name: str) -> None:
        seen.append(name)
        if name == "view!" and "intended!" in seen:
            await house.clock.sleep(slow)

    running = stepping(house, step)
    await house.pass_time(seconds=3)
    await ended(house, running)
    sent = await house.attempt(talk)
    assert (len(house.platform.ledger), sent.state is AttemptState.POSTED) == (goes, goes)
    assert goes or (sent.state is AttemptState.NOT_SENT and "held up" in sent.because)


async def test_many_doubts_do_not_wait_for_each_other(house: House, start: Start) -> None:
    """A platform that loses twelve answers and then hangs: each doubt asks a person within a minute all the same."""
    talks = []
    for number in range(12):
        name = f"m{number}"
        talk = await house.arrives(f"Complaint number {number} about something else.", name, person=f"p{number}")
        await house.drafted(talk, target=ToMention(key=key(name)))
        talks.append(talk)
    house.clock.advance(3600)
    for number, talk in enumerate(talks):
        await house.press(Part.CLOCKWORK, c.Wake, conversation=talk, what="cooled:d1:1")
        await house.sends(talk, f"s{number}")
    house.platform.temper = Temper.DROPS_AFTER
    start(house.an_outbox().run(1))
    await house.pass_time(seconds=2)
    house.platform.late = 1e9
    await house.pass_time(seconds=40)
    states = [(await house.attempt(talk, f"s{number}")).state for number, talk in enumerate(talks)]
    assert states == [AttemptState.UNKNOWN] * 12
