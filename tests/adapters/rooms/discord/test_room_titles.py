"""A post's tags and a thread's name stay true, also where Discord does not take them at once."""

from bot.nouns.conversation import Mood
from bot.nouns.flag import Severity
from bot.ports import ThreadRef
from bot.screens.shapes import Card, Choice, Quote
from tests.adapters.rooms.discord.server import Server, place
from tests.adapters.rooms.discord.test_room_healing import archived, thread_of


def card(mood: Mood = Mood.WAITING, headline: str = "Parcel never came") -> Card:
    """A card of one incident."""
    said, choices = (Quote("Where is it?"),), (Choice("claim", "I have this", {"epoch": "0"}),)
    return Card("i1", "c1", headline, "Mara", mood, said, choices, severity=Severity.HIGH)


async def posted(server: Server) -> ThreadRef:
    """A post in the forum."""
    server.places.append(place(server.forum))
    ref = await server.room.open_thread(place(server.forum), card(), "open:1")
    assert isinstance(ref, ThreadRef)
    return ref


async def test_a_rate_limit_does_not_leave_a_tag_untrue(server: Server) -> None:
    """What Discord does not take now is tried again by itself, with what holds by then, and not before it is time."""
    ref = await posted(server)
    thread = thread_of(server, ref)
    path = f"/channels/{thread.id}"
    server.env.inject_error("PATCH", path, status=429, times=1)
    for mood in (Mood.COOLING, Mood.READY):
        assert await server.room.repaint(ref, card(mood)) == ref
    assert server.tags_of(thread) == ["Waiting"]
    await server.env.advance_time(120)
    assert server.tags_of(thread) == ["Ready"]
    asked = [each for each in server.env.http_requests if (each.method, each.path) == ("PATCH", path)]
    assert len(asked) == 1
    await server.env.advance_time(600)
    assert len([each for each in server.env.http_requests if (each.method, each.path) == ("PATCH", path)]) == 1


async def test_what_stays_out_of_reach_is_tried_again_and_again(server: Server) -> None:
    """As long as Discord is away, at a calm pace; then it is true."""
    ref = await posted(server)
    thread = thread_of(server, ref)
    server.env.inject_error("PATCH", f"/channels/{thread.id}", status=503, times=4)
    assert await server.room.repaint(ref, card(Mood.SETTLED)) == ref
    await server.env.advance_time(60)
    assert server.tags_of(thread) == ["Waiting"]
    await server.env.advance_time(600)
    assert server.tags_of(thread) == ["Settled"]


async def test_what_is_refused_for_good_is_asked_once(server: Server) -> None:
    """A name or tag that Discord will not have costs one request, whatever else is painted."""
    ref = await posted(server)
    thread = thread_of(server, ref)
    server.env.inject_error("PATCH", f"/channels/{thread.id}", status=400, code=50035, times=1)
    for headline in ("One", "One", "One"):
        assert await server.room.repaint(ref, card(Mood.READY, headline)) == ref
        await server.env.advance_time(60)
    assert server.tags_of(thread) == ["Waiting"]


async def test_only_what_changed_is_sent(server: Server) -> None:
    """Discord takes two new names in ten minutes: a tag does not use one up."""
    ref = await posted(server)
    path = f"/channels/{thread_of(server, ref).id}"
    assert await server.room.repaint(ref, card(Mood.READY)) == ref
    assert await server.room.repaint(ref, card(Mood.READY, "Another name")) == ref
    sent = [each.json for each in server.env.http_requests if (each.method, each.path) == ("PATCH", path)]
    assert [sorted(each or {}) for each in sent] == [["applied_tags"], ["name"]]


async def test_the_tags_of_a_post_that_was_woken(server: Server) -> None:
    """They are as true as the card it was woken for."""
    ref = await posted(server)
    await server.archives(thread_of(server, ref))
    assert await server.room.repaint(ref, card(Mood.SETTLED)) == ref
    assert server.tags_of(thread_of(server, ref)) == ["Settled"]
    assert not archived(thread_of(server, ref))
