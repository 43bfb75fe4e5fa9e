"""News, presence and notes: what reaches whoever looks."""

import asyncio
import json
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from dataclasses import replace

import pytest

from adapters.rooms.web.events import MOST_OF_ONE, MOST_WAITING, Hub
from adapters.rooms.web.notes import Note, from_json, notes_for, to_json
from adapters.rooms.web.presence import LASTS, Presence, said
from bot.nouns.caution import Length
from bot.nouns.conversation import Mood
from bot.nouns.team import Handle, Place
from bot.nouns.time import Addition
from bot.ports import ThreadRef
from bot.screens.shapes import Card, Choice, Fact, Line, Quote, Said, Wait
from tests.adapters.rooms.web.house import House
from tests.fakes import desk_pages as script
from tests.fakes.notes import FakeNotes

FOR_EVER = 3600.0


async def _yes() -> bool:
    return True


async def _no() -> bool:
    return False


def _listen(hub: Hub, person: str = "ana") -> AsyncIterator[bytes]:
    stream = hub.listen(person, _yes)
    assert stream is not None
    return stream


async def test_news_name_what_changed_and_nothing_more() -> None:
    """A reader is told which incident changed; never a word of it."""
    hub = Hub(ping=FOR_EVER)
    stream = _listen(hub)
    assert b"hello" in await anext(stream)
    hub.publish("repaint", "parcel")
    assert await anext(stream) == b'event: repaint\ndata: {"incident": "parcel"}\n\n'


async def test_news_for_one_reach_one() -> None:
    """A note for Ana is no news for Ben."""
    hub = Hub(ping=FOR_EVER)
    ana, ben = _listen(hub, "ana"), _listen(hub, "ben")
    await anext(ana), await anext(ben)
    hub.publish("note", person="ana")
    hub.publish("repaint", "x")
    assert b"event: note" in await anext(ana)
    assert b"event: repaint" in await anext(ben)


async def test_the_same_news_twice_is_one() -> None:
    """A storm of changes to one incident is one line for a browser that has not read yet."""
    hub = Hub(ping=FOR_EVER)
    stream = _listen(hub)
    await anext(stream)
    for _ in range(1000):
        hub.publish("repaint", "storm")
    hub.publish("here", "storm")
    assert b"repaint" in await anext(stream)
    assert b"here" in await anext(stream)


async def test_a_slow_browser_is_told_everything_changed() -> None:
    """Its list never grows beyond fifty; then it is told to ask for all."""
    hub = Hub(ping=FOR_EVER)
    stream = _listen(hub)
    await anext(stream)
    for number in range(MOST_WAITING + 1):
        hub.publish("repaint", f"i{number}")
    assert json.loads((await anext(stream)).split(b"data: ")[1]) == {"incident": ""}


async def test_a_stream_ends_with_its_session() -> None:
    """At a sign of life the session is looked at; when it is over the stream is."""
    stream = Hub(ping=0.001).listen("ana", _no)
    assert stream is not None
    assert [chunk async for chunk in stream] == [b"retry: 2000\nevent: hello\ndata: {}\n\n"]


async def test_signs_of_life_keep_a_stream_open() -> None:
    """While nothing happens a comment goes out, so that no proxy thinks it dead."""
    stream = Hub(ping=0.001).listen("ana", _yes)
    assert stream is not None
    await anext(stream)
    assert await anext(stream) == b": still here\n\n"


async def test_one_person_opens_so_many_and_no_more() -> None:
    """Too many streams of one person are refused; when one ends there is room again."""
    hub = Hub(ping=FOR_EVER)
    streams = [_listen(hub) for _ in range(MOST_OF_ONE)]
    for stream in streams:
        await anext(stream)
    assert hub.listen("ana", _yes) is None
    assert hub.listen("ben", _yes) is not None
    assert isinstance(streams[0], AsyncGenerator)
    await streams[0].aclose()
    assert hub.listen("ana", _yes) is not None


def test_presence_lasts_half_a_minute() -> None:
    """A sign of life counts thirty seconds and is renewed by the next."""
    presence = Presence()
    assert presence.note("i", "ben", "reading", 0)
    assert not presence.note("i", "ben", "reading", 20)
    assert presence.here("i", 20 + LASTS - 1) == {"ben": "reading"}
    assert presence.here("i", 20 + LASTS) == {}


def test_others_are_told_only_of_changes() -> None:
    """Coming, beginning to write, leaving and coming back are news; staying is not."""
    presence = Presence()
    assert presence.note("i", "ben", "reading", 0)
    assert presence.note("i", "ben", "writing", 1)
    assert not presence.note("i", "ben", "writing", 2)
    assert presence.leave("i", "ben")
    assert not presence.leave("i", "ben")
    assert not presence.leave("j", "ben")
    assert presence.note("i", "ben", "writing", 3)


def test_who_is_not_seen_is_forgotten() -> None:
    """A sweep names the incidents where somebody went, once, and keeps nothing of them."""
    presence = Presence()
    presence.note("i", "ben", "reading", 0)
    presence.note("i", "kim", "reading", 25)
    presence.note("j", "kim", "reading", 25)
    assert presence.sweep(LASTS) == ("i",)
    assert presence.sweep(LASTS) == ()
    assert set(presence.sweep(25 + LASTS)) == {"i", "j"}
    assert presence._here == {}


def test_writers_are_named_first() -> None:
    """ "Ben is writing, Ana is reading"; strangers are not named."""
    names = {"ana": "Ana", "ben": "Ben"}
    assert said({"ana": "reading", "ben": "writing", "x": "reading"}, names) == "Ben is writing, Ana is reading"
    assert said({}, names) == ""


async def test_colleagues_see_each_other() -> None:
    """Ben's sign of life stands on Ana's page, and not on his own."""
    house = House()
    await house.post("/here", {"csrf": "csrf-ben", "incident": "parcel", "doing": "writing"}, person="ben")
    assert "Ben is writing" in (await house.get("/i/parcel")).shown
    assert (await house.get("/here/parcel")).shown == "Ben is writing."
    assert (await house.get("/here/parcel", person="ben")).shown == ""
    await house.post("/here", {"csrf": "csrf-ben", "incident": "parcel", "doing": "left"}, person="ben")
    assert (await house.get("/here/parcel")).shown == ""


async def test_who_has_gone_is_taken_from_the_page() -> None:
    """The room looks now and then who has gone and tells those who look."""
    house = House()
    await house.post("/here", {"csrf": "csrf-ben", "incident": "parcel", "doing": "reading"}, person="ben")
    stream = _listen(house.room._hall.hub)
    await anext(stream)
    attending = asyncio.create_task(house.room.attend(house.desk.hear))
    await house.clock.run(LASTS + 15)
    assert await anext(stream) == b'event: here\ndata: {"incident": "parcel"}\n\n'
    attending.cancel()
    with pytest.raises(asyncio.CancelledError):
        await attending


NOTE = Note(
    "n1",
    script.NOON,
    Card(
        "i", "c", "It has cooled", "about", Mood.READY,
        (Quote("q", by="b", at=script.NOON, length=Length(1, 2), ours=True), Said("s"), Fact("n", "t", script.NOON, late=True),
         Wait("w", script.NOON, script.at(5), (Addition(minutes=5, because="x"),))),
        (Choice("send", "Send", {"draft": "d"}, likely=True, form=True),), (Choice("x", "X"),), link="l", version=3,
    ),
)  # fmt: skip


def test_a_note_is_the_same_after_the_store() -> None:
    """Every passage and choice comes back as what it was."""
    assert from_json(to_json(NOTE)) == NOTE


async def _all_stand(notes: Sequence[Card]) -> Sequence[bool]:
    return [True for _ in notes]


async def test_the_newest_note_is_first() -> None:
    """By when it was written, whatever the store's order."""
    kept = FakeNotes()
    for key, minutes in (("a", 1), ("c", 3), ("b", 2)):
        await kept.put("ana", key, to_json(Note(key, script.at(minutes), replace(NOTE.card, conversation=key))))
    assert [note.key for note in await notes_for(kept, "ana", _all_stand)] == ["c", "b", "a"]


async def test_what_asks_the_same_again_is_one_note() -> None:
    """A second reminder takes the place of the first; another question about the same conversation is a note of its own."""
    kept = FakeNotes()
    claim = replace(NOTE.card, choices=(Choice("claim", "I have this"),))
    for key, minutes, card in (("first", 1, NOTE.card), ("second", 2, NOTE.card), ("claim", 3, claim)):
        await kept.put("ana", key, to_json(Note(key, script.at(minutes), card)))
    assert [note.key for note in await notes_for(kept, "ana", _all_stand)] == ["claim", "second"]
    for key, headline in (("chat", "One room needs a person"), ("desk", "Another room needs a person")):
        house = replace(NOTE.card, conversation="", headline=headline, choices=())
        await kept.put("ana", key, to_json(Note(key, script.at(4), house)))
    assert [note.key for note in await notes_for(kept, "ana", _all_stand)] == ["desk", "chat", "claim", "second"]


async def test_a_note_is_gone_once_it_is_over() -> None:
    """What a note asks for was done, by whomever: it does not stand above *Now* any more, and nobody put it away."""
    house = House()
    await house.room.tell(Handle(room="web", id="ana"), script.NOTE, "n1")
    house.over.add(script.NOTE.conversation)
    assert "It has cooled" not in (await house.get("/")).shown
    assert len(await house.notes.list("ana")) == 1


async def test_a_few_notes_are_enough() -> None:
    """Five stand above *Now*, the newest; how many more there are is said."""
    house = House()
    for number in range(7):
        house.clock.advance(1)
        note = replace(script.NOTE, conversation=f"c{number}", headline=f"Parcel {number}")
        await house.room.tell(Handle(room="web", id="ana"), note, f"n{number}")
    shown = (await house.get("/")).shown
    assert [n for n in range(7) if f"Parcel {n}" in shown] == [2, 3, 4, 5, 6]
    assert "2 more once one of these is put away or over." in shown


async def test_a_note_stands_above_now_until_put_away() -> None:
    """It is there for its person alone, with its presses, and gone by one press."""
    house = House()
    await house.room.tell(Handle(room="web", id="ana"), script.NOTE, "n1")
    assert "It has cooled. Read it as Mara would." in (await house.get("/")).shown
    assert "It has cooled" not in (await house.get("/", person="ben")).shown
    assert "It has cooled" not in (await house.get("/mine")).shown
    fields = (await house.get("/")).fields(action="/put-away")
    assert (await house.post("/put-away", fields)).status == 303
    assert "It has cooled" not in (await house.get("/")).shown


async def test_painting_is_telling() -> None:
    """Opening, repainting, saying and the feed all tell whoever looks to ask anew."""
    house = House()
    stream = _listen(house.room._hall.hub)
    await anext(stream)
    place, thread = Place(room="web", id="desk"), ThreadRef(room="web", place="desk", id="parcel")
    news = b'event: repaint\ndata: {"incident": "parcel"}\n\n'
    await house.room.open_thread(place, script.COOLING, "k")
    assert await anext(stream) == news
    await house.room.repaint(thread, script.COOLING)
    assert await anext(stream) == news
    await house.room.say(thread, Line("x", script.NOON), "k")
    assert await anext(stream) == news
    house.room.changed("parcel")
    assert await anext(stream) == news
