"""Which thread stands where, and what was said."""

from bot.nouns.team import Place
from bot.ports import LineRef, ThreadRef
from tests.contracts.stores.house import House

DESK = Place(room="web", id="desk", name="Desk")
CALM = Place(room="chat", id="C 1\n", name="#calm")


def thread(id: str, place: Place = DESK) -> ThreadRef:
    """A thread in a place."""
    return ThreadRef(room=place.room, place=place.id, id=id)


async def test_one_thread_in_each_place(house: House) -> None:
    """Each incident has its own threads, each place one of them, with what it shows."""
    assert await house.threads.get("i1") == {}
    await house.threads.put("i1", DESK, thread("t1"), 3)
    await house.threads.put("i1", CALM, thread("t2", CALM), 4)
    await house.threads.put("i2", DESK, thread("t3"), 1)
    assert await house.threads.get("i1") == {DESK: (thread("t1"), 3), CALM: (thread("t2", CALM), 4)}
    assert await house.threads.get("i2") == {DESK: (thread("t3"), 1)}


async def test_the_newest_painting_counts(house: House) -> None:
    """A late word of an older version changes nothing; a thread that replaces another one counts as it is."""
    for painted in (3, 5, 4, 5):
        await house.threads.put("i1", DESK, thread("t1"), painted)
    assert await house.threads.get("i1") == {DESK: (thread("t1"), 5)}
    await house.threads.put("i1", DESK, thread("healed"), 2)
    assert await house.threads.get("i1") == {DESK: (thread("healed"), 2)}


async def test_a_renamed_place_is_the_same(house: House) -> None:
    """A place is known by its room and id; its name may change."""
    await house.threads.put("i1", DESK, thread("t1"), 1)
    renamed = Place(room="web", id="desk", name="Front desk")
    await house.threads.put("i1", renamed, thread("t1"), 2)
    assert await house.threads.get("i1") == {renamed: (thread("t1"), 2)}


async def test_what_was_said_is_known(house: House) -> None:
    """A line that was said once is known by its key, and by no other."""
    assert await house.threads.said("k1") is False
    line = LineRef(room="web", place="desk", id="l1")
    await house.threads.mark_said("k1", line)
    await house.threads.mark_said("k1", line)
    assert await house.threads.said("k1") is True
    assert await house.threads.where_said("k1") == line
    assert await house.threads.where_said("k2") is None
    assert await house.threads.said("k2") is False
