"""What becomes due is taken when it is, by one at a time, and replaced with every append."""

import asyncio
from datetime import datetime, timedelta

from bot.ports import Appended, Taken
from tests.contracts.stores.changes import change, claimed, due, minute, open_one, said
from tests.contracts.stores.house import House

TICK = timedelta(microseconds=1)


async def again(house: House, conversation: str = "c1", incident: str = "i1", **dues: datetime) -> None:
    """An append after which exactly these are due."""
    view = await house.timelines.view([incident], [conversation])
    event = claimed(conversation, incident, epoch=view.conversations[conversation].owners + 1)
    waits = {conversation: [due(what, at) for what, at in dues.items()]}
    assert await house.timelines.append(change(view, event, dues=waits)) == Appended()


def taken(what: str, at: datetime, conversation: str = "c1") -> Taken:
    """As `take` hands it over."""
    return Taken(conversation=conversation, what=what, at=at)


async def test_nothing_is_due_early(house: House) -> None:
    """Not a microsecond before its time, and then with that time."""
    at = minute(5) + TICK
    await open_one(house, dues={"c1": [due("cooled:d1", at)]})
    assert await house.dues.next() == at
    assert await house.dues.take(at - TICK) == []
    assert await house.dues.take(at) == [taken("cooled:d1", at)]


async def test_nothing_waits(house: House) -> None:
    """An empty house has no next due time, and nothing to take or to finish."""
    assert await house.dues.next() is None
    assert await house.dues.take(minute(99999)) == []
    await house.dues.done([])
    await house.dues.done([taken("x", minute(1))])


async def test_the_earliest_first(house: House) -> None:
    """Across conversations, at most as many as were asked for."""
    await open_one(house, dues={"c1": [due("late one", minute(3)), due("first", minute(1))]})
    await open_one(house, said("m2"), "c2", "i2", dues={"c2": [due("second", minute(2))]})
    both = await house.dues.take(minute(10), limit=2)
    assert both == [taken("first", minute(1)), taken("second", minute(2), "c2")]
    assert await house.dues.take(minute(10)) == [taken("late one", minute(3))]


async def test_a_lease_keeps_others_away(house: House) -> None:
    """What somebody took is not handed out again until the lease ends; of many who ask at once one gets it."""
    await open_one(house, dues={"c1": [due("x", minute(1))]})
    got = await asyncio.gather(*(house.dues.take(minute(2), lease=30) for _ in range(10)))
    assert [one for each in got for one in each] == [taken("x", minute(1))]
    assert await house.dues.next() == minute(2.5)
    assert await house.dues.take(minute(2.5) - TICK) == []
    assert await house.dues.take(minute(2.5)) == [taken("x", minute(1))]


async def test_what_was_in_hand_is_free_anew(house: House) -> None:
    """Asked anew, everything taken and not done is handed out at its true time; what is done stays gone."""
    await open_one(house, dues={"c1": [due("x", minute(1)), due("y", minute(2)), due("z", minute(3))]})
    await house.dues.anew()
    held = await house.dues.take(minute(2), lease=7200)
    await house.dues.done(held[:1])
    assert await house.dues.take(minute(3)) == [taken("z", minute(3))]
    await house.dues.anew()
    assert await house.dues.next() == minute(2)
    assert await house.dues.take(minute(2) - TICK) == []
    assert await house.dues.take(minute(3)) == [taken("y", minute(2)), taken("z", minute(3))]


async def test_done_is_gone(house: House) -> None:
    """After `done` it never comes again by itself."""
    await open_one(house, dues={"c1": [due("x", minute(1)), due("y", minute(2))]})
    await house.dues.done(await house.dues.take(minute(1)))
    assert await house.dues.take(minute(1000)) == [taken("y", minute(2))]


async def test_an_append_replaces_them_wholesale(house: House) -> None:
    """What the newest append doesn't name is gone, what it names anew waits, and other conversations keep theirs."""
    await open_one(house, dues={"c1": [due("x", minute(1)), due("y", minute(2))]})
    await open_one(house, said("m2"), "c2", "i2", dues={"c2": [due("x", minute(1))]})
    await again(house, y=minute(4), z=minute(3))
    due_now = await house.dues.take(minute(1000))
    assert due_now == [taken("x", minute(1), "c2"), taken("z", minute(3)), taken("y", minute(4))]
    await again(house)
    assert await house.dues.take(minute(2000)) == [taken("x", minute(1), "c2")]


async def test_done_spares_what_changed_meanwhile(house: House) -> None:
    """Whoever finishes what was due at an older time leaves the newer one in place."""
    await open_one(house, dues={"c1": [due("x", minute(1))]})
    old = await house.dues.take(minute(1))
    await again(house, x=minute(5))
    await house.dues.done(old)
    assert await house.dues.next() == minute(5)
    assert await house.dues.take(minute(5)) == [taken("x", minute(5))]


async def test_an_append_does_not_end_a_lease(house: House) -> None:
    """Something else happens to the conversation while somebody works on what was due: nobody else is given it."""
    await open_one(house, dues={"c1": [due("x", minute(1))]})
    held = await house.dues.take(minute(1), lease=30)
    await again(house, x=minute(1))
    assert await house.dues.take(minute(1)) == []
    await house.dues.done(held)
    assert await house.dues.next() is None


async def test_what_was_done_may_become_due_again(house: House) -> None:
    """A later append that names it once more lets it wait once more."""
    await open_one(house, dues={"c1": [due("x", minute(1))]})
    await house.dues.done(await house.dues.take(minute(1)))
    await again(house, x=minute(1))
    assert await house.dues.take(minute(1)) == [taken("x", minute(1))]


async def test_a_refused_append_changes_no_dues(house: House) -> None:
    """Dues are written with the event or not at all."""
    await open_one(house, dues={"c1": [due("x", minute(1))]})
    view = await house.timelines.view(["i1"], ["c1"])
    await again(house, x=minute(2))
    await house.timelines.append(change(view, claimed(owner="ben"), dues={"c1": []}))
    assert await house.dues.next() == minute(2)
