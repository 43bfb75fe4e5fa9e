"""A post's tags and a thread's name stay true, also where Discord does not take them at once."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest

from adapters.rooms.discord.room import DiscordRoom
from bot.nouns.conversation import Mood
from bot.nouns.flag import Severity
from bot.ports import ThreadRef
from bot.screens.shapes import Card, Choice, Quote
from tests.adapters.rooms.discord.server import Server, place
from tests.adapters.rooms.discord.test_room_healing import archived, thread_of
from tests.fakes.clock import FakeClock


def card(mood: Mood = Mood.WAITING, headline: str = "Parcel never came") -> Card:
    """A card of one incident."""
    said, choices = (Quote("Where is it?"),), (Choice("claim", "I have this", {"epoch": "0"}),)
    return Card("i1", "c1", headline, "Mara", mood, said, choices, severity=Severity.HIGH)


@dataclass
class Timed:
    """A room of its own, whose time the test has in its hands."""

    server: Server
    room: DiscordRoom
    clock: FakeClock

    async def passing(self, seconds: int) -> None:
        """Time goes by in steps, and what waits gets its turn in each."""
        for _ in range(seconds // 10):
            await self.clock.run(10)
            for _ in range(20):
                await asyncio.sleep(0)

    async def posted(self) -> ThreadRef:
        """A post in the forum."""
        self.server.places.append(place(self.server.forum))
        ref = await self.room.open_thread(place(self.server.forum), card(), "open:1")
        assert isinstance(ref, ThreadRef)
        return ref


@pytest.fixture
async def timed(server: Server) -> AsyncIterator[Timed]:
    """It attends until the end of the test."""
    clock = FakeClock()
    room = server.new_room(server.env.bot, clock)
    async with server.attended(room):
        yield Timed(server, room, clock)


async def test_a_rate_limit_does_not_leave_a_tag_untrue(timed: Timed) -> None:
    """What Discord does not take now is tried again by itself, with what holds by then, and not before it is time."""
    ref = await timed.posted()
    thread = thread_of(timed.server, ref)
    refused = timed.server.strict.refusing["PATCH", f"/channels/{thread.id}"] = [(429, 0), (429, 0)]
    for mood in (Mood.COOLING, Mood.READY):
        assert await timed.room.repaint(ref, card(mood)) == ref
    assert len(refused) == 1
    assert timed.server.tags_of(thread) == ["Waiting"]
    await timed.passing(180)
    assert timed.server.tags_of(thread) == ["Ready"]
    await timed.passing(600)
    assert len(timed.server.strict.changed) == 1


async def test_what_is_out_of_reach_is_tried_at_a_calm_pace(timed: Timed) -> None:
    """As long as Discord is away; then it is true."""
    ref = await timed.posted()
    thread = thread_of(timed.server, ref)
    refused = timed.server.strict.refusing["PATCH", f"/channels/{thread.id}"] = [(503, 0)] * 8
    assert await timed.room.repaint(ref, card(Mood.SETTLED)) == ref
    await timed.passing(100)
    assert 3 <= len(refused) <= 6
    await timed.passing(600)
    assert timed.server.tags_of(thread) == ["Settled"]


async def test_what_is_refused_for_good_is_asked_once(timed: Timed) -> None:
    """A name or tag that Discord will not have costs one request, whatever else is painted."""
    ref = await timed.posted()
    thread = thread_of(timed.server, ref)
    refused = timed.server.strict.refusing["PATCH", f"/channels/{thread.id}"] = [(400, 50035)]
    for _ in range(3):
        assert await timed.room.repaint(ref, card(Mood.READY, "One")) == ref
        await timed.passing(60)
    assert (refused, timed.server.strict.changed) == ([], [])


async def test_what_is_late_is_not_shown_after_it_is_taken_away(timed: Timed) -> None:
    """A post that is gone by then is left in peace."""
    ref = await timed.posted()
    thread = thread_of(timed.server, ref)
    timed.server.strict.refusing["PATCH", f"/channels/{thread.id}"] = [(429, 0)]
    assert await timed.room.repaint(ref, card(Mood.READY)) == ref
    timed.server.env.backend.delete_channel(thread.id)
    await timed.passing(600)
    assert timed.server.strict.changed == []


async def test_only_what_changed_is_sent(timed: Timed) -> None:
    """Discord takes two new names in ten minutes: a tag does not use one up."""
    ref = await timed.posted()
    assert await timed.room.repaint(ref, card(Mood.READY)) == ref
    assert await timed.room.repaint(ref, card(Mood.READY, "Another name")) == ref
    assert [sorted(each) for each in timed.server.strict.changed] == [["applied_tags"], ["name"]]


async def test_the_tags_of_a_post_that_was_woken(timed: Timed) -> None:
    """They are as true as the card it was woken for."""
    ref = await timed.posted()
    await timed.server.archives(thread_of(timed.server, ref))
    assert await timed.room.repaint(ref, card(Mood.SETTLED)) == ref
    assert timed.server.tags_of(thread_of(timed.server, ref)) == ["Settled"]
    assert not archived(thread_of(timed.server, ref))
