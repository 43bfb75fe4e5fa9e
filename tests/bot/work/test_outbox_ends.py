"""The outbox at every instant: a crash, a hold, a stop, two at once. At most once in public, and never stuck."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from bot.errors import StoreAway
from bot.nouns import commands as c
from bot.nouns.conversation import AttemptState
from bot.nouns.delivery import Unknown
from bot.nouns.team import Part
from bot.work.act import TRIES
from tests.bot.work.conftest import Start
from tests.bot.work.house import ANA, BEN, House
from tests.bot.work.through import ContestedTimelines, Crash, Fuse, Step, ThroughPlatform, ThroughTimelines
from tests.fakes.platform import Temper

ENDS = {
    AttemptState.POSTED,
    AttemptState.NOT_SENT,
    AttemptState.SENT_BACK,
    AttemptState.SET_ASIDE,
    AttemptState.UNKNOWN,
}


async def ready(house: House) -> str:
    """A conversation whose send is asked."""
    talk = await house.arrives()
    await house.asked(talk)
    return talk


async def lost(house: House) -> str:
    """One whose send was lost on the wire half a minute ago, so that it can be looked for."""
    talk = await ready(house)
    house.platform.temper = Temper.DROPS_AFTER
    running = asyncio.create_task(house.an_outbox().run(1))
    await house.pass_time(seconds=1)
    await ended(house, running)
    house.clock.advance(30)
    return talk


def stepping(house: House, step: Step, epoch: int = 1) -> "asyncio.Task[None]":
    """An outbox at whose every step something may happen."""
    platform = ThroughPlatform(house.platform, step)
    outbox = house.an_outbox(ThroughTimelines(house.timelines, step), platform=lambda _: platform)
    return asyncio.create_task(outbox.run(epoch))


async def ended(house: House, *running: "asyncio.Task[None]") -> None:
    """None of these runs any more."""
    for each in running:
        each.cancel()
    while not all(each.done() for each in running):
        await house.clock.run(1)
    await asyncio.gather(*running, return_exceptions=True)


async def at_rest(house: House) -> None:
    """Everything is done that can be without time passing."""
    for _ in range(6):
        await house.clock.settle()


async def steps_of(begin: Callable[[House], Awaitable[str]]) -> list[str]:
    """The steps of one undisturbed pass."""
    house = await House().staffed()
    await begin(house)
    names: list[str] = []

    async def step(name: str) -> None:
        names.append(name)

    running = stepping(house, step, 2)
    await at_rest(house)
    await ended(house, running)
    assert "delivered!" in names
    return names


@pytest.mark.parametrize("findable", [True, False])
@pytest.mark.parametrize("begin", [ready, lost])
async def test_a_crash_at_any_step(begin: Callable[[House], Awaitable[str]], findable: bool) -> None:
    """Wherever the process ends, its successor leaves at most one post and an attempt that has ended or asks a person."""
    for number, name in enumerate(await steps_of(begin), 1):
        house = await House().staffed()
        talk = await begin(house)
        house.platform.findable = findable
        crashing = stepping(house, Fuse(number), 2)
        await at_rest(house)
        assert isinstance(crashing.exception(), Crash)
        successor = asyncio.create_task(house.an_outbox().run(3))
        await house.pass_time(seconds=40)
        await ended(house, successor)
        state = (await house.attempt(talk)).state
        assert state in ENDS, name
        assert len(house.platform.ledger) <= 1, name
        assert state is not AttemptState.POSTED or house.platform.ledger, name
        assert state is not AttemptState.NOT_SENT or not house.platform.ledger, name


async def test_a_hold_at_any_step() -> None:
    """Pressed before the last look at the team, nothing goes out; later it goes out once, within the same moment."""
    names = await steps_of(ready)
    last_look = names[: names.index("send?")].index("view!", names.index("intended!"))
    for number in range(len(names)):
        house = await House().staffed()
        talk = await ready(house)
        done: list[str] = []

        async def step(name: str, house: House = house, number: int = number, done: list[str] = done) -> None:
            done.append(name)
            if len(done) == number + 1:
                until = house.clock.wall + timedelta(hours=1)
                await house.press(BEN, c.BeginHold, until=until, text="There was an accident.")

        running = stepping(house, step)
        await at_rest(house)
        await ended(house, running)
        state = (await house.attempt(talk)).state
        assert len(house.platform.ledger) == (state is AttemptState.POSTED)
        if number < last_look:
            assert state in (AttemptState.SENT_BACK, AttemptState.NOT_SENT), done[number]


async def test_an_old_one_that_slept_sends_nothing_when_it_wakes() -> None:
    """Paused at any step before the call, its successor looks, a person has it tried again, and it goes out once."""
    names = await steps_of(ready)
    for number in range(names.index("send?")):
        house = await House().staffed()
        talk = await ready(house)
        done: list[str] = []

        async def step(name: str, house: House = house, number: int = number, done: list[str] = done) -> None:
            done.append(name)
            if len(done) == number + 1:
                await house.clock.sleep(60)

        old = stepping(house, step)
        await at_rest(house)
        new = asyncio.create_task(house.an_outbox().run(2))
        await house.pass_time(seconds=40)
        if (await house.attempt(talk)).state is AttemptState.UNKNOWN:
            await house.press(ANA, c.TryAgain, conversation=talk, attempt="s1", round=1, absent=True)
        await house.pass_time(seconds=60)
        await ended(house, old, new)
        assert len(house.platform.ledger) == 1, names[number]
        assert (await house.attempt(talk)).state is AttemptState.POSTED


async def test_two_at_once(house: House, start: Start) -> None:
    """Two that both think they are the only one send once."""
    talk = await house.arrives()
    await house.asked(talk)
    old, new = start(house.an_outbox().run(1)), start(house.an_outbox().run(2))
    await house.pass_time(seconds=5)
    assert len(house.platform.ledger) == 1
    assert (await house.attempt(talk)).state is AttemptState.POSTED
    assert not old.done()
    assert not new.done()


async def test_an_older_epoch_is_fenced(house: House, start: Start) -> None:
    """After a newer one has sent, an older one intends nothing any more; what is asked waits for the newer."""
    talk = await house.arrives()
    await house.asked(talk)
    new = start(house.an_outbox().run(7))
    await house.pass_time(seconds=1)
    new.cancel()
    other = await house.arrives("Nobody reads what I write to you.", "m2", person="joe")
    await house.asked(other, "s2")
    start(house.an_outbox().run(6))
    await house.pass_time(seconds=2)
    assert (await house.attempt(other, "s2")).state is AttemptState.ASKED
    start(house.an_outbox().run(8))
    await house.pass_time(seconds=2)
    assert [one.attempt_key for one in house.platform.ledger] == ["s1", "s2"]


async def test_a_stop_waits_for_a_send_on_the_wire(house: House) -> None:
    """Its result is written down before the outbox ends, however often it is told to."""
    house.platform.late = 3.0
    talk = await house.arrives()
    await house.asked(talk)
    running = asyncio.create_task(house.an_outbox().run(1))
    await house.pass_time(seconds=4)
    assert len(house.platform.ledger) == 1
    for _ in range(2):
        running.cancel()
        await house.clock.settle()
        assert not running.done()
    await house.pass_time(seconds=3)
    assert running.cancelled()
    assert (await house.attempt(talk)).state is AttemptState.POSTED


async def test_a_stop_waits_no_longer_than_the_socket(house: House, start: Start) -> None:
    """A platform that never answers holds it for eight seconds; the next start looks for the post."""
    house.platform.temper = Temper.HANGS
    talk = await house.arrives()
    await house.asked(talk)
    running = start(house.an_outbox().run(1))
    await house.pass_time(seconds=1)
    running.cancel()
    await house.pass_time(seconds=6)
    assert not running.done()
    await house.pass_time(seconds=2)
    assert running.cancelled()
    start(house.an_outbox().run(2))
    await house.pass_time(seconds=30)
    assert (await house.attempt(talk)).state is AttemptState.POSTED
    assert len(house.platform.ledger) == 1


async def test_a_result_outlives_the_store_being_away(house: House) -> None:
    """What the platform answered is remembered until it is on disk, so that nobody has to look where nobody can."""
    house.platform.findable = False
    away = True

    async def step(name: str) -> None:
        if away and name == "delivered?":
            raise StoreAway

    outbox = house.an_outbox(ThroughTimelines(house.timelines, step))
    talk = await house.arrives()
    await house.asked(talk)
    with pytest.raises(StoreAway):
        await outbox.run(1)
    with pytest.raises(StoreAway):
        await outbox.run(2)
    away = False
    running = asyncio.create_task(outbox.run(3))
    await house.clock.settle()
    await ended(house, running)
    assert (await house.attempt(talk)).state is AttemptState.POSTED
    assert house.platform.asked_to_find == 0


async def test_it_settles_though_everybody_presses(house: House, start: Start) -> None:
    """What was found is written as soon as the crowd lets it be, without another look, so that a person is asked in time."""
    house.platform.temper = Temper.DROPS_AFTER
    talk = await ready(house)
    crowd = ContestedTimelines(house.timelines, "delivered", 5 * TRIES)
    start(house.an_outbox(crowd).run(1))
    await house.pass_time(seconds=40)
    assert crowd.contested == 0
    assert (await house.attempt(talk)).state is AttemptState.POSTED
    assert house.platform.asked_to_find == 1


async def test_what_nobody_could_write_down_is_looked_for_again(house: House, start: Start) -> None:
    """After another settle time: by then it may have been deleted, say. And not all the time."""
    house.platform.temper = Temper.DROPS_AFTER
    talk = await ready(house)
    crowd = ContestedTimelines(house.timelines, "delivered", 10_000)
    start(house.an_outbox(crowd).run(1))
    await house.pass_time(seconds=50)
    assert house.platform.asked_to_find == 1
    await house.pass_time(seconds=20)
    assert house.platform.asked_to_find == 2
    assert (await house.attempt(talk)).state is AttemptState.INTENDED


async def test_one_that_falls_over_does_not_stop_the_others(house: House, start: Start) -> None:
    """A fault in one send is counted; the next goes out, and this one is tried again or sent back for its age."""
    falls = 1

    async def step(name: str) -> None:
        nonlocal falls
        if falls and name == "intended?":
            falls -= 1
            raise RuntimeError

    one = await house.arrives()
    two = await house.arrives("Nobody reads what I write to you.", "m2", person="joe")
    await house.drafted(two)
    await house.asked(one)
    await house.press(Part.CLOCKWORK, c.Wake, conversation=two, what="cooled:d1:1")
    await house.sends(two, "s2")
    running = stepping(house, step)
    await house.clock.settle()
    await house.clock.settle()
    assert house.health.counts["sends_failed_RuntimeError"] == 1
    assert len(house.platform.ledger) == 1
    await house.pass_time(seconds=1)
    await ended(house, running)
    assert {one.attempt_key for one in house.platform.ledger} == {"s1", "s2"}


async def test_what_somebody_settled_meanwhile_is_not_sent(house: House) -> None:
    """Between intent and call it was said what became of it: then nothing is sent."""
    talk = await house.arrives()
    await house.asked(talk)

    async def step(name: str) -> None:
        if name == "intended!":
            lost = Unknown(because="Nobody knows.")
            await house.press(Part.OUTBOX, c.Deliver, conversation=talk, attempt="s1", delivery=lost)

    running = stepping(house, step)
    await house.pass_time(seconds=1)
    await ended(house, running)
    assert house.platform.ledger == []
    assert (await house.attempt(talk)).state is AttemptState.UNKNOWN


async def test_words_that_are_erased_in_the_last_moment_are_not_sent(house: House) -> None:
    """What cannot be read any more is not what was cleared."""
    talk = await house.arrives()
    await house.asked(talk)

    async def step(name: str) -> None:
        if name == "intended!":
            await house.vault.forget([house.vault.team])

    running = stepping(house, step)
    await house.pass_time(seconds=1)
    await ended(house, running)
    assert house.platform.ledger == []
    assert (await house.attempt(talk)).state is AttemptState.NOT_SENT


@pytest.mark.parametrize(
    ("findable", "posts", "state"), [(True, 1, AttemptState.POSTED), (False, 1, AttemptState.UNKNOWN)]
)
async def test_trying_again_looks_first(
    house: House, start: Start, findable: bool, posts: int, state: AttemptState
) -> None:
    """A post that shows itself late is found before the second try; where nobody can tell, a person is asked again."""
    house.platform.findable, house.platform.temper = False, Temper.DROPS_AFTER
    talk = await house.arrives()
    await house.asked(talk)
    start(house.an_outbox().run(1))
    await house.pass_time(seconds=40)
    await house.press(ANA, c.TryAgain, conversation=talk, attempt="s1", round=1, absent=True)
    house.platform.findable, house.platform.temper = findable, Temper.WELL
    await house.pass_time(seconds=40)
    assert len(house.platform.ledger) == posts
    assert (await house.attempt(talk)).state is state


async def test_trying_again_under_the_same_key(house: House, start: Start) -> None:
    """What never arrived goes out at the second try, once."""
    house.platform.temper = Temper.DROPS_BEFORE
    talk = await house.arrives()
    await house.asked(talk)
    start(house.an_outbox().run(1))
    await house.pass_time(seconds=40)
    house.platform.temper = Temper.WELL
    await house.press(ANA, c.TryAgain, conversation=talk, attempt="s1", round=1, absent=True)
    await house.pass_time(seconds=2)
    assert [one.attempt_key for one in house.platform.ledger] == ["s1"]
    assert (await house.attempt(talk)).state is AttemptState.POSTED
