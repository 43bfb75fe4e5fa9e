"""Forgetting a person: from the press to the last line that a room shows."""

from datetime import timedelta

import pytest

from bot.errors import StoreAway
from bot.nouns import commands as c
from bot.nouns.mention import Unreadable
from bot.nouns.team import Part, Place, Role, Teammate
from bot.ports import Broken, Gone, LineRef, ThreadRef
from bot.work.forgetting import Forgetting
from bot.work.traces import notes_of, traces
from tests.bot.work.conftest import Start
from tests.bot.work.house import ANA, KIM, House
from tests.fakes.room import FakeRoom

MAX = Teammate(id="max", name="Max", roles=frozenset({Role.MANAGER}))
CRITICAL = "There was glass in the bread, my child is bleeding and choking!"


class Notes:
    """The notes that were dropped, and whose were cleared."""

    def __init__(self) -> None:
        self.dropped: list[tuple[str, str]] = []
        self.cleared: set[str] = set()

    async def drop(self, person: str, key: str) -> None:
        """Gone."""
        self.dropped.append((person, key))

    async def clear(self, person: str) -> None:
        """All of theirs are gone."""
        self.cleared.add(person)


class Chat(FakeRoom):
    """A chat from which lines and notes can be taken away. `stuck`: not just now."""

    def __init__(self) -> None:
        super().__init__("chat")
        self.stuck: Broken | None = None

    async def withdraw(self, ref: ThreadRef | LineRef) -> Gone | Broken:
        """It is gone, unless nothing goes."""
        self.calls.append("withdraw")
        if self.stuck is not None:
            return self.stuck
        self.lines.pop(ref.id, None)
        self.notes.pop(ref.id, None)
        return Gone()


def forgetting(house: House, notes: Notes | None = None) -> Forgetting:
    """Of this house."""
    return Forgetting(
        act=house.act,
        timelines=house.timelines,
        threads=house.threads,
        asides=house.asides,
        vault=house.vault,
        notes=notes or Notes(),
    )


async def asked(house: House, person: str = "mara") -> str:
    """A manager asks that somebody be forgotten; their vault key."""
    mention = house.mention("", "x", person)
    key = house.vault.person("mastodon", mention.author, mention.key)
    await house.press(MAX, c.Forget, persons=(key,))
    return key


@pytest.fixture
async def house() -> House:
    """A house with a chat, and Max as its manager."""
    made = await House(places=(Place(room="chat", id="c1", name="shop"),)).staffed(ANA, KIM, MAX)
    made.rooms["chat"] = Chat()
    return made


def chat(house: House) -> Chat:
    """Its chat."""
    room = house.rooms["chat"]
    assert isinstance(room, Chat)
    return room


async def test_nothing_readable_is_left_and_others_stay(house: House) -> None:
    """Their mentions, what was written to them, what lay aside; the timeline tells of it in two events."""
    talk = await house.arrives()
    other = await house.arrives("My lamp is broken.", "m2", "tom")
    await house.hears(Unreadable(source="mastodon", raw="{", because="no JSON"))
    key = await asked(house)
    assert list(await forgetting(house).settle()) == [key]
    assert (await house.kinds())[-2:] == ["erasure_asked", "erased"]
    found = await house.talk(talk)
    assert found.first is not None
    assert found.first.words.read("gone") == "gone"
    kept = (await house.talk(other)).first
    assert kept is not None
    assert kept.words.read() == "My lamp is broken."
    assert len((await house.asides.page("quarantine"))[0]) == 1
    assert list(await forgetting(house).settle()) == []


async def test_what_lay_aside_is_gone_before_it_is_said(house: House) -> None:
    """Lists that anyone can open hold nothing of theirs any more."""
    assert await house.arrives("The sea is lovely today.", "m3", direct=False) == ""
    assert len((await house.asides.page("unforwarded"))[0]) == 1
    key = await asked(house)
    await forgetting(house).settle()
    assert not [each for each in (await house.asides.page("unforwarded"))[0] if each.ref.startswith(key)]


async def test_a_stop_in_between_is_made_up_for(house: House) -> None:
    """The ask stands first: what was not done before the store went away is done afterwards."""
    talk = await house.arrives()
    await asked(house)
    house.timelines.away = True
    with pytest.raises(StoreAway):
        await forgetting(house).settle()
    house.timelines.away = False
    assert len(await forgetting(house).settle()) == 1
    found = (await house.talk(talk)).first
    assert found is not None
    assert found.words.read("gone") == "gone"


async def test_rooms_withdraw_lines_and_notes_and_paint_anew(house: House, start: Start) -> None:
    """What quoted them is taken away from threads and from people, wherever the talk lay; the card shows nothing more."""
    start(house.a_painter().run(0))
    talk = await house.arrives(CRITICAL)
    other = await house.arrives("My lamp is broken.", "m2", "tom")
    await house.press(KIM, c.NameLead, incident=(await house.talk(other)).incident, lead="kim")
    start(house.a_clockwork().run(1))
    await house.pass_time(seconds=2)
    moved = (await house.talk(talk)).incident
    await house.press(KIM, c.Move, incident=moved, conversation=talk, to=(await house.talk(other)).incident)
    await house.asked(talk)
    await house.press(ANA, c.HandBack, conversation=talk)
    await house.press(Part.SORTER, c.NoteDeletion, conversation=other, mention=house.mention("", "m2").key)
    await house.pass_time(minutes=1)
    shown = [note for _, note in chat(house).notes.values()]
    assert shown
    assert any("glass" in line.quote for _, line in chat(house).lines.values())
    notes = Notes()
    await asked(house)
    await forgetting(house, notes).settle()
    await house.pass_time(minutes=1)
    assert {key for _, key in notes.dropped} == {key for key in notes_told(house) if "note:" in key or "alarm:" in key}
    assert not any("glass" in line.quote or "sorry" in line.quote for _, line in chat(house).lines.values())
    assert chat(house).notes == {}
    assert not any("glass" in str(card) for card in chat(house).cards.values())


async def test_what_was_typed_about_them_goes_too(house: House) -> None:
    """Words that a teammate began and did not finish lie under their conversation, or its incident; nobody else's go."""
    talk = await house.arrives()
    other = await house.arrives("My lamp is broken.", "m2", "tom")
    notes = Notes()
    await asked(house)
    await forgetting(house, notes).settle()
    assert notes.cleared == {talk, (await house.talk(talk)).incident}
    assert other not in notes.cleared


async def test_every_incident_it_ever_lay_in_is_found(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two talks of one person, one moved there and back and on; an alarm that nobody was told yet stands in no way."""
    monkeypatch.setattr("bot.work.traces.PAGE", 1)
    first, second = await house.arrives(CRITICAL), await house.arrives("My lamp is broken.", "m2", "tom")
    kept = (await house.talk(first)).first
    assert kept is not None
    green = kept.model_copy(update={"key": house.mention("", "m3").key})
    await house.press(Part.SORTER, c.Open, incident="i3", conversation="c3", mention=green)
    await house.press(Part.CLOCKWORK, c.RingAlarm, conversations=(first,))
    home, away = [(await house.talk(talk)).incident for talk in (first, second)]
    for to in (away, "i-own", away):
        lies = (await house.talk(first)).incident
        await house.press(KIM, c.Move, incident=lies, conversation=first, to=to, fresh=to == "i-own")
    mention = house.mention("", "x")
    key = house.vault.person("mastodon", mention.author, mention.key)
    found = await traces(house.act, house.timelines, [key])
    assert set(found.incidents) == {home, away, "i-own", "i3"}
    assert found.conversations == {first, "c3"}
    assert [ref async for ref in notes_of(house.act, house.timelines, house.threads, found)] == []


def notes_told(house: House) -> list[str]:
    """The keys of every private note that was told."""
    return [key for key in house.threads.lines if key.startswith(("note:", "alarm:"))]


async def test_what_cannot_be_withdrawn_now_is_withdrawn_later(house: House, start: Start) -> None:
    """A room that rests is asked again; one that never can is not, and a room of another process is left to it."""
    start(house.a_painter().run(0))
    await house.arrives()
    await house.pass_time(seconds=1)
    incident = (await house.talk(house.lies("m1"))).incident
    elsewhere = LineRef(room="closed", place="x", id="1")
    await house.threads.mark_said(f"note:{incident}:1:ana", elsewhere)
    chat(house).stuck = Broken(because="It rests.", until=house.clock.wall + timedelta(minutes=1))
    await asked(house)
    await forgetting(house).settle()
    await house.pass_time(seconds=10)
    before = chat(house).calls.count("withdraw")
    assert before >= 1
    await house.pass_time(seconds=40)
    assert chat(house).calls.count("withdraw") > before
    chat(house).stuck = Broken(because="It was deleted by hand.")
    await house.pass_time(minutes=1)
    calls = chat(house).calls.count("withdraw")
    await house.pass_time(minutes=5)
    assert chat(house).calls.count("withdraw") == calls
