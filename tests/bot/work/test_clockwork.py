"""The clockwork: late by milliseconds, early never, and nothing that is due is ever forgotten."""

import asyncio
from datetime import datetime, time, timedelta

import pytest

from bot.errors import StoreAway
from bot.nouns import commands as c
from bot.nouns.conversation import Conversation
from bot.nouns.mention import AnsweredByUs
from bot.nouns.team import Part, Policy
from bot.nouns.time import QuietHours
from bot.work.alive import Alive
from tests.bot.work.conftest import Start
from tests.bot.work.house import ANA, KIM, House, key
from tests.bot.work.through import ContestedTimelines, Crash, ThroughTimelines


@pytest.fixture(autouse=True)
def _naps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Longer naps, for hours of virtual time; what is due ends a nap all the same."""
    monkeypatch.setattr("bot.work.clockwork.CAP", 2.0)


def until(talk: Conversation) -> datetime:
    """When its first draft has cooled."""
    cooling = talk.drafts[0].cooling
    assert cooling is not None
    return cooling.until


async def is_ready(house: House, talk: str) -> bool:
    """Whether its first draft is ready."""
    return (await house.talk(talk)).drafts[0].ready is not None


async def test_a_draft_is_ready_when_it_has_cooled(house: House, start: Start) -> None:
    """Not a second before, and within a moment after; it is written once."""
    talk = await house.arrives()
    found = await house.drafted(talk)
    start(house.a_clockwork().run(1))
    await house.pass_time(seconds=(until(found) - house.clock.wall).total_seconds() - 0.5)
    assert not await is_ready(house, talk)
    await house.pass_time(seconds=0.75)
    ready = (await house.talk(talk)).drafts[0].ready
    assert ready is not None
    assert until(found) <= ready < until(found) + timedelta(milliseconds=300)
    await house.pass_time(minutes=2)
    assert (await house.kinds(found.incident)).count("cooled") == 1


@pytest.mark.parametrize("clock", ["wall", "store", "elapsed"])
async def test_no_clock_alone_makes_it_ready(house: House, start: Start, clock: str) -> None:
    """One that jumps two hours ahead changes nothing; once all agree it is ready within a second or so."""
    talk = await house.arrives()
    found = await house.drafted(talk)
    start(house.a_clockwork().run(1))
    await house.pass_time(minutes=1)
    if clock == "elapsed":
        house.clock.elapsed += 7200
    else:
        setattr(house.clock, clock, getattr(house.clock, clock) + timedelta(hours=2))
    await house.pass_time(minutes=5)
    assert not await is_ready(house, talk)
    if clock != "elapsed":
        setattr(house.clock, clock, getattr(house.clock, clock) - timedelta(hours=2))
    await house.pass_time(seconds=(until(found) - min(house.clock.wall, house.clock.store)).total_seconds() - 1)
    assert not await is_ready(house, talk)
    await house.pass_time(seconds=2.5)
    assert await is_ready(house, talk)


async def test_a_clock_that_fell_behind_makes_it_wait(house: House, start: Start) -> None:
    """Set back by an hour, the wall clock has to reach the time again."""
    talk = await house.arrives()
    await house.drafted(talk)
    start(house.a_clockwork().run(1))
    house.clock.wall -= timedelta(hours=1)
    await house.pass_time(minutes=70)
    assert not await is_ready(house, talk)
    await house.pass_time(minutes=20)
    assert await is_ready(house, talk)


@pytest.mark.parametrize("restarted", [False, True])
async def test_a_wrong_clock_set_right_makes_nobody_wait_for_it(house: House, start: Start, restarted: bool) -> None:
    """Words finished while all clocks stood two hours ahead are ready as soon as they have really cooled."""
    ahead = timedelta(hours=2)
    begun = start(house.a_clockwork().run(1))
    house.clock.wall += ahead
    house.clock.store += ahead
    await house.pass_time(seconds=6)
    talk = await house.arrives()
    cooling = (await house.drafted(talk)).drafts[0].cooling
    assert cooling is not None
    await house.pass_time(minutes=3)
    if restarted:
        begun.cancel()
        await house.clock.settle()
    house.clock.wall -= ahead
    house.clock.store -= ahead
    if restarted:
        start(house.a_clockwork().run(2))
    await house.pass_time(seconds=cooling.length.total_seconds() - 182)
    assert not await is_ready(house, talk)
    await house.pass_time(seconds=4)
    assert await is_ready(house, talk)


async def test_clocks_set_right_one_after_the_other(house: House, start: Start) -> None:
    """The store's comes back later than ours: the wait is counted again then, and nobody waits for the wrong time."""
    ahead = timedelta(hours=2)
    start(house.a_clockwork().run(1))
    house.clock.wall += ahead
    house.clock.store += ahead
    await house.pass_time(seconds=3)
    talk = await house.arrives()
    cooling = (await house.drafted(talk)).drafts[0].cooling
    assert cooling is not None
    await house.pass_time(minutes=1)
    house.clock.wall -= ahead
    await house.pass_time(minutes=1)
    house.clock.store -= ahead
    await house.pass_time(seconds=cooling.length.total_seconds() - 122)
    assert not await is_ready(house, talk)
    await house.pass_time(seconds=4)
    assert await is_ready(house, talk)


async def test_many_waits_by_a_wrong_clock_are_all_counted_again(
    house: House, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many there are, page by page."""
    monkeypatch.setattr("bot.work.clockwork.PAGE", 1)
    ahead = timedelta(hours=2)
    house.clock.wall += ahead
    house.clock.store += ahead
    talks = [await house.arrives(), await house.arrives("Nobody reads what I write.", "m2", person="joe")]
    for talk in talks:
        await house.drafted(talk)
    house.clock.wall -= ahead
    house.clock.store -= ahead
    start(house.a_clockwork().run(1))
    await house.pass_time(minutes=20, seconds=2)
    assert [await is_ready(house, talk) for talk in talks] == [True, True]


@pytest.mark.parametrize("hours", [2, -2])
async def test_a_jump_forgets_no_wait(house: House, start: Start, hours: int) -> None:
    """A clock that jumps while it cools and is set right again: ready on time, with a restart in between."""
    talk = await house.arrives()
    found = await house.drafted(talk)
    over = house.clock.elapsed + (until(found) - house.clock.wall).total_seconds()
    begun = start(house.a_clockwork().run(1))
    await house.pass_time(minutes=1)
    house.clock.wall += timedelta(hours=hours)
    await house.pass_time(minutes=1)
    begun.cancel()
    await house.clock.settle()
    begun = start(house.a_clockwork().run(2))
    await house.pass_time(minutes=1)
    house.clock.wall -= timedelta(hours=hours)
    await house.pass_time(seconds=over - house.clock.elapsed - 1)
    assert not await is_ready(house, talk)
    await house.pass_time(seconds=2.5)
    assert await is_ready(house, talk)


async def test_a_restart_loses_nothing(house: House) -> None:
    """What became due while nobody was there is woken at the next start."""
    talk = await house.arrives()
    await house.drafted(talk)
    house.clock.advance(7200)
    assert await house.a_clockwork().wake_all() >= 1
    assert await is_ready(house, talk)


async def test_a_reboot_counts_the_wait_again_but_for_what_is_proven(house: House, start: Start) -> None:
    """The last sign of life before it proves how much had passed; the rest is waited for by the new boot."""
    talk = await house.arrives()
    found = await house.drafted(talk)
    begun = [start(part) for part in (house.a_clockwork().run(1), Alive(pulse=house.pulse, clock=house.clock).run())]
    await house.pass_time(minutes=10)
    for part in begun:
        part.cancel()
    await house.clock.settle()
    house.clock.reboot()
    house.clock.advance(3600)
    start(house.a_clockwork().run(2))
    await house.pass_time(seconds=1)
    assert not await is_ready(house, talk)
    cooling = (await house.talk(talk)).drafts[0].cooling
    before = found.drafts[0].cooling
    assert cooling is not None
    assert before is not None
    left = before.length - timedelta(minutes=10)
    assert left <= cooling.length <= left + timedelta(seconds=6)
    await house.pass_time(seconds=cooling.length.total_seconds() - 2)
    assert not await is_ready(house, talk)
    await house.pass_time(seconds=3)
    assert await is_ready(house, talk)
    assert (await house.kinds(found.incident)).count("recounted") == 1


async def test_a_recount_that_leaves_nothing(house: House) -> None:
    """It falls due at the very instant it was due before, and is woken again all the same."""
    talk = await house.arrives()
    found = await house.drafted(talk)
    cooling = found.drafts[0].cooling
    assert cooling is not None
    await house.pulse.beat(cooling.since.model_copy(update={"elapsed": cooling.since.elapsed + 7200}))
    house.clock.advance(cooling.length.total_seconds())
    house.clock.reboot()
    clockwork = house.a_clockwork()
    await clockwork.wake_all()
    assert (await house.kinds(found.incident))[-1] == "recounted"
    house.clock.advance(16)
    await clockwork.wake_all()
    assert await is_ready(house, talk)


async def test_what_a_dead_process_took_is_taken_again(house: House) -> None:
    """Between taking and deciding, and between deciding and the next: within the lease it is woken by another."""
    for step_name in ("cooled?", "cooled!"):
        house = await House().staffed()
        talk = await house.arrives()
        found = await house.drafted(talk)
        house.clock.advance((until(found) - house.clock.wall).total_seconds())

        async def step(name: str, step_name: str = step_name) -> None:
            if name == step_name:
                raise Crash

        dying = house.a_clockwork(act=house.acting(ThroughTimelines(house.timelines, step)))
        with pytest.raises(Crash):
            await dying.wake_all()
        house.clock.advance(16)
        await house.a_clockwork().wake_all()
        assert await is_ready(house, talk)
        assert (await house.kinds(found.incident)).count("cooled") == 1


async def test_two_at_once_wake_once(house: House) -> None:
    """A clockwork that lost its lease unawares does no harm."""
    talk = await house.arrives()
    found = await house.drafted(talk)
    house.clock.advance((until(found) - house.clock.wall).total_seconds())
    taken = await house.dues.take(house.clock.wall)
    await asyncio.gather(*(house.a_clockwork()._wake(due) for _ in range(2) for due in taken))
    assert (await house.kinds(found.incident)).count("cooled") == 1


async def test_the_same_thing_at_the_same_time_is_due_again(house: House, start: Start) -> None:
    """Somebody takes a conversation after the reminder and gives it back: it is asked about anew."""
    talk = await house.arrives()
    incident = (await house.talk(talk)).incident
    start(house.a_clockwork().run(1))
    await house.pass_time(minutes=31)
    assert (await house.kinds(incident)).count("reminded") == 1
    await house.press(ANA, c.Claim, conversation=talk, epoch=0)
    await house.press(ANA, c.HandBack, conversation=talk)
    await house.pass_time(seconds=1)
    assert (await house.kinds(incident)).count("reminded") == 2


async def test_quiet_hours_postpone_and_do_not_forget(start: Start) -> None:
    """A reminder that falls due at night comes in the morning; so it does after a restart at night."""
    night = QuietHours(zone="UTC", begin=time(9, 10), end=time(15, 0))
    house = await House(policy=Policy(remind_unclaimed_after=timedelta(minutes=5), quiet_hours=night)).staffed()
    talk = await house.arrives()
    incident = (await house.talk(talk)).incident
    house.policy = Policy(
        remind_unclaimed_after=timedelta(minutes=5), quiet_hours=night.model_copy(update={"begin": time(9, 1)})
    )
    begun = start(house.a_clockwork().run(1))
    await house.pass_time(minutes=30)
    begun.cancel()
    assert "reminded" not in await house.kinds(incident)
    start(house.a_clockwork().run(2))
    await house.pass_time(hours=5, minutes=20)
    assert "reminded" not in await house.kinds(incident)
    await house.pass_time(minutes=20)
    assert "reminded" in await house.kinds(incident)


async def test_a_promise_and_a_claim(house: House, start: Start) -> None:
    """A claim without a draft is asked about after 30 min and freed after 45."""
    talk = await house.arrives()
    await house.press(ANA, c.Claim, conversation=talk, epoch=0)
    start(house.a_clockwork().run(1))
    await house.pass_time(minutes=31)
    assert (await house.talk(talk)).reminder("no_draft") is not None
    await house.pass_time(minutes=15)
    assert (await house.talk(talk)).owner is None


async def test_what_is_over_is_not_woken(house: House) -> None:
    """A due thing whose reason is gone is done with, and so is one of a conversation nobody knows."""
    talk = await house.arrives()
    house.clock.advance(3600)
    taken = await house.dues.take(house.clock.wall)
    await house.press(ANA, c.Claim, conversation=talk, epoch=0)
    clockwork = house.a_clockwork()
    for due in taken:
        await clockwork._wake(due)
        await clockwork._wake(due.model_copy(update={"conversation": "c9"}))
    assert house.health.counts["woken"] == 0


async def test_one_that_falls_over_keeps_nobody_asleep(house: House) -> None:
    """The others are woken; this one is tried again after a while."""
    one = await house.arrives()
    two = await house.arrives("Nobody reads what I write to you.", "m2", person="joe")
    for talk in (one, two):
        await house.drafted(talk)
    house.clock.advance(7200)
    falls = 2

    async def step(name: str) -> None:
        nonlocal falls
        if name == "cooled?" and falls:
            falls -= 1
            raise RuntimeError if falls == 1 else StoreAway

    clockwork = house.a_clockwork(act=house.acting(ThroughTimelines(house.timelines, step)))
    with pytest.raises(StoreAway):
        await clockwork.wake_all()
    assert house.health.counts["wakes_failed_RuntimeError"] == 1
    house.clock.advance(16)
    await clockwork.wake_all()
    assert [await is_ready(house, talk) for talk in (one, two)] == [True, True]


async def test_a_crowd_does_not_lose_it(house: House, start: Start) -> None:
    """Where everybody presses at once it is woken a moment later."""
    talk = await house.arrives()
    found = await house.drafted(talk)
    crowd = ContestedTimelines(house.timelines, "cooled", 8)
    start(house.a_clockwork(act=house.acting(crowd)).run(1))
    await house.pass_time(seconds=(until(found) - house.clock.wall).total_seconds() + 2)
    assert await is_ready(house, talk)
    assert crowd.contested == 0


async def test_the_bell_wakes_it_at_once(house: House, start: Start) -> None:
    """Something due at once is woken without a nap in between."""
    clockwork = house.a_clockwork()
    start(clockwork.run(1))
    await house.clock.settle()
    talk = await house.arrives("There was glass in the bread, my child is bleeding and choking!")
    clockwork.bell.set()
    for _ in range(4):
        await house.clock.settle()
    assert (await house.talk(talk)).reminder("critical") is not None


CRITICAL = "There was glass in the bread, my child is bleeding and choking!"


async def alarms(house: House) -> list[tuple[int, tuple[str, ...], bool]]:
    """Each alarm: its minute, whom it told, whether it rang outside."""
    begin = (await house.events())[0].at
    return [
        (round((event.at - begin).total_seconds() / 60), event.told, event.outside)
        for event in await house.events()
        if event.kind == "alarmed"
    ]


async def test_an_alarm_for_what_nobody_has(house: House, start: Start) -> None:
    """On duty first, then the leads, then outside the chat; nobody more than once in ten minutes, until somebody has it."""
    talk = await house.arrives(CRITICAL)
    start(house.a_clockwork().run(1))
    await house.pass_time(minutes=46)
    rung = await alarms(house)
    assert rung[0][:2] == (0, ("ana", "ben", "kim"))
    for person in ("ana", "ben", "kim"):
        told = [minute for minute, people, _ in rung if person in people]
        assert told == [0, 10, 20, 30, 40]
    outside = [minute for minute, _, out in rung if out]
    assert len(outside) == len(house.rung) >= 2
    assert all(then - since >= 10 for since, then in zip(outside, outside[1:], strict=False))
    assert {names for names, _ in house.rung} == {(talk,)}
    assert len({key for _, key in house.rung}) == len(house.rung)
    await house.press(ANA, c.Claim, conversation=talk, epoch=0)
    before = len(await alarms(house))
    await house.pass_time(minutes=30)
    assert len(await alarms(house)) == before


async def test_one_alarm_lists_them_all(house: House, start: Start) -> None:
    """Several critical ones make one alarm; what comes between two alarms is listed in the next."""
    one = await house.arrives(CRITICAL)
    two = await house.arrives(
        "Your heater caught fire and my hand is burnt badly, I am in hospital", "m2", person="joe"
    )
    start(house.a_clockwork().run(1))
    await house.pass_time(minutes=3)
    three = await house.arrives("My daughter had an allergic reaction and stopped breathing", "m3", person="eve")
    await house.pass_time(minutes=8)
    listed = [set(event.conversations) for event in await house.events() if event.kind == "alarmed"]
    assert listed[0] == {one, two}
    assert listed[-1] == {one, two, three}
    assert len(listed) == 2


async def test_outside_is_rung_until_somebody_hears(house: House, start: Start) -> None:
    """A webhook that fails is tried again, and health says so; after a restart too, under the same key."""
    heard: list[str] = []
    deaf = True

    async def ring(names: object, key: str) -> bool:
        heard.append(key)
        if len(heard) == 1:
            raise OSError
        return not deaf

    talk = await house.arrives(CRITICAL)
    clockwork = house.a_clockwork(ring=ring)
    begun = start(clockwork.run(1))
    while not heard:
        await house.pass_time(seconds=5)
    await house.pass_time(seconds=31)
    assert "alarm" in house.health.all()
    begun.cancel()
    await house.clock.settle()
    before = len(heard)
    deaf = False
    start(house.a_clockwork(ring=ring).run(2))
    await house.pass_time(seconds=5)
    assert len(heard) == before + 1
    assert len(set(heard)) == 1
    await house.pass_time(seconds=60)
    assert len(heard) == before + 1
    assert "alarm" not in house.health.all()
    await house.press(KIM, c.Claim, conversation=talk, epoch=0)


async def test_a_ring_that_is_under_way(house: House, start: Start) -> None:
    """It holds up no timer, is broken off with the clockwork, and is over once somebody has each of them."""
    called = 0

    async def ring(names: object, key: str) -> bool:
        nonlocal called
        called += 1
        await house.clock.sleep(5)
        return False

    talk = await house.arrives(CRITICAL)
    begun = start(house.a_clockwork(ring=ring).run(1))
    while not called:
        await house.pass_time(seconds=2)
    await house.press(ANA, c.Claim, conversation=talk, epoch=0)
    await house.pass_time(minutes=2)
    assert called == 1
    assert "alarm" not in house.health.all()
    await house.press(ANA, c.HandBack, conversation=talk)
    while called < 2:
        await house.pass_time(seconds=2)
    begun.cancel()
    await house.clock.settle()
    assert begun.cancelled()


async def test_what_was_answered_rings_nobody(house: House, start: Start) -> None:
    """Somebody answered by hand on the platform: nobody waits, though nobody has it here."""
    talk = await house.arrives(CRITICAL)
    said = AnsweredByUs(key=key(), ours=key("o1"), words="We call you now.", at=house.clock.wall)
    await house.hears(said)
    start(house.a_clockwork().run(1))
    await house.pass_time(minutes=12)
    assert (await house.talk(talk)).owner is None
    assert await alarms(house) == []


async def test_an_alarm_in_a_crowd(house: House, start: Start) -> None:
    """Where the team's own timeline is crowded, the alarm is rung at the next turn."""
    await house.arrives(CRITICAL)
    crowd = ContestedTimelines(house.timelines, "alarmed", 8)
    start(house.a_clockwork(act=house.acting(crowd)).run(1))
    await house.pass_time(seconds=5)
    assert len(await alarms(house)) == 1


async def test_nobody_to_tell(start: Start) -> None:
    """In a team without people an alarm tells nobody in the chat, and rings outside as soon as it may."""
    house = House()
    await house.arrives(CRITICAL)
    start(house.a_clockwork().run(1))
    await house.pass_time(minutes=20)
    assert [people for _, people, _ in await alarms(house)] == [()] * len(await alarms(house))
    assert house.rung


async def test_a_wake_is_the_clockworks_alone(house: House) -> None:
    """Nobody presses a wake; the part that does is named on the timeline."""
    talk = await house.arrives()
    found = await house.drafted(talk)
    house.clock.advance((until(found) - house.clock.wall).total_seconds())
    await house.a_clockwork().wake_all()
    cooled = (await house.events(found.incident))[-1]
    assert (cooled.kind, cooled.by) == ("cooled", f"coolhead:{Part.CLOCKWORK}")
