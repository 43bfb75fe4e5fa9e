"""The painter: every place shows what is true, every line is said, every note is told once."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

import pytest

from bot.errors import StoreAway
from bot.nouns import commands as c
from bot.nouns.conversation import Mood
from bot.nouns.delivery import ToAccount
from bot.nouns.mention import Edited, Said
from bot.nouns.team import Handle, Part, Place
from bot.ports import Broken, Fed, LineRef, ThreadRef
from bot.screens.shapes import Fact, Quote
from bot.screens.shapes import Said as Sentence
from tests.bot.work.conftest import Start
from tests.bot.work.house import ANA, BEN, KIM, OURS, House
from tests.fakes.room import FakeRoom
from tests.fakes.timelines import FakeThreads

AWAY = Broken(because="The chat does not answer.")
CRITICAL = "There was glass in the bread, my child is bleeding and choking!"


def told(room: FakeRoom, person: str = "") -> list[str]:
    """The first sentence of each note somebody was told."""
    return [
        next((each.text for each in note.passages if isinstance(each, Sentence)), "")
        for who, note in room.notes.values()
        if person in ("", who)
    ]


async def test_a_card_is_opened_and_repainted(house: House, start: Start) -> None:
    """One card an incident, its newest state, with a line for what happened."""
    start(house.a_painter().run(0))
    talk = await house.arrives()
    await house.pass_time(seconds=1)
    incident = (await house.talk(talk)).incident
    card = house.room.cards[f"desk/{incident}"]
    assert (card.mood, card.version, card.link) == (Mood.WAITING, 1, "")
    await house.press(ANA, c.Claim, conversation=talk, epoch=0)
    await house.pass_time(seconds=1)
    assert house.room.cards[f"desk/{incident}"].version == 2
    assert "Ana has this." in house.room.said()
    assert house.room.calls.count("open_thread") == 1


async def test_many_changes_are_one_painting(house: House, start: Start) -> None:
    """What happens within a moment is painted once, and the newest state wins."""
    talk = await house.arrives()
    start(house.a_painter(public_url="https://desk.test").run(0))
    await house.pass_time(seconds=1)
    house.room.calls.clear()
    for epoch in range(5):
        await house.press(ANA, c.Claim, conversation=talk, epoch=epoch)
        await house.press(ANA, c.HandBack, conversation=talk)
    await house.pass_time(seconds=1)
    assert house.room.calls.count("repaint") == 1
    card = house.room.cards[f"desk/{(await house.talk(talk)).incident}"]
    assert card.version == 11
    assert card.link == f"https://desk.test/i/{card.incident}"
    assert house.room.said().count("Ana has this.") == 5


async def test_a_storm_costs_a_few_messages(house: House, start: Start) -> None:
    """However many come with one cause, and however much is pressed, only what is about the whole is said."""
    start(house.a_painter().run(0))
    text = "The shop on the corner sold me broken shoes and will not take them back #brokenshoes"
    for number in range(40):
        await house.arrives(f"{text}{'!' * (number % 3)}", f"m{number}", f"p{number}")
        if number % 8 == 7:
            await house.press(ANA, c.Claim, conversation=house.lies(f"m{number}"), epoch=0)
            await house.pass_time(seconds=3)
    messages = [call for call in house.room.calls if call in ("open_thread", "say")]
    assert len(messages) <= 4
    assert house.room.calls.count("repaint") <= 6
    incident = (await house.talk(house.lies("m0"))).incident
    card = house.room.cards[f"desk/{incident}"]
    assert card.mood is Mood.STORM
    assert card.version == (await house.timelines.view((incident,))).incidents[incident].version


async def test_what_changed_meanwhile_is_painted_at_the_start(house: House, start: Start) -> None:
    """Opened, claimed and settled while nobody painted: all of it is shown, each line once."""
    one = await house.arrives()
    two = await house.arrives("Nobody reads what I write to you.", "m2", "joe")
    await house.press(ANA, c.Claim, conversation=two, epoch=0)
    await house.press(ANA, c.Close, conversation=two, disposition="not_for_us")
    for _ in range(2):
        painter = start(house.a_painter().run(0))
        await house.pass_time(seconds=1)
        painter.cancel()
        await house.clock.settle()
    incidents = [(await house.talk(name)).incident for name in (one, two)]
    assert {card.incident for card in house.room.cards.values()} == set(incidents)
    assert house.room.cards[f"desk/{incidents[1]}"].mood is Mood.SETTLED
    assert house.room.said(f"desk/{incidents[1]}").count("Ana has this.") == 1
    assert house.room.calls.count("open_thread") == 2


async def test_a_feed_that_ran_away_is_caught_up_with(house: House, start: Start) -> None:
    """Where entries may have been lost, everything is looked at anew."""
    talk = await house.arrives()
    start(house.a_painter().run(0))
    await house.pass_time(seconds=1)
    await house.press(ANA, c.Claim, conversation=talk, epoch=0)
    lost = house.timelines.fed.pop()
    gone = [Fed(id=f"{number}-0", incident="gone", conversations=(), kinds=("noted",)) for number in range(10_000)]
    house.timelines.fed += [
        each.model_copy(update={"id": f"{len(house.timelines.fed) + place}-0"}) for place, each in enumerate(gone, 1)
    ]
    await house.pass_time(seconds=5)
    assert lost.incident == (await house.talk(talk)).incident
    assert house.room.cards[f"desk/{lost.incident}"].version == 2


async def test_a_broken_room_is_said_and_tried_again(house: House, start: Start) -> None:
    """Health names the place until it works again; then the card and every line are there, in order."""
    house.room.broken = AWAY
    start(house.a_painter().run(0))
    talk = await house.arrives()
    await house.press(ANA, c.Claim, conversation=talk, epoch=0)
    await house.pass_time(minutes=2)
    assert house.health.all() == {"room web desk": AWAY.because}
    assert house.room.cards == {}
    house.room.broken = None
    await house.pass_time(seconds=31)
    assert house.health.all() == {}
    assert len(house.room.cards) == 1
    house.room.broken = AWAY
    await house.press(ANA, c.HandBack, conversation=talk)
    await house.pass_time(seconds=10)
    house.room.broken = None
    await house.pass_time(seconds=31)
    assert house.room.said()[-2:] == ["Ana has this.", "Ana handed it back. It is free."]


async def test_a_line_that_cannot_be_said_holds_up_the_next(house: House, start: Start) -> None:
    """The thread stays in order, and nothing is left out."""
    house.room.broken_for["desk lines"] = AWAY
    start(house.a_painter().run(0))
    talk = await house.arrives()
    await house.press(ANA, c.Claim, conversation=talk, epoch=0)
    await house.pass_time(seconds=5)
    assert house.room.said() == []
    assert "room web desk" in house.health.all()
    del house.room.broken_for["desk lines"]
    await house.pass_time(seconds=31)
    assert [line.split(".")[0] for line in house.room.said()][-1] == "Ana has this"
    assert len(house.room.said()) == 2


async def test_a_card_that_was_deleted_is_healed(house: House, start: Start) -> None:
    """It comes back as another thread, and what follows is said there."""
    start(house.a_painter().run(0))
    talk = await house.arrives()
    await house.pass_time(seconds=1)
    house.room.cards.clear()
    await house.press(ANA, c.Claim, conversation=talk, epoch=0)
    await house.pass_time(seconds=1)
    await house.press(ANA, c.HandBack, conversation=talk)
    await house.pass_time(seconds=1)
    incident = (await house.talk(talk)).incident
    assert list(house.room.cards) == [f"desk/{incident}+"]
    assert "Ana handed it back. It is free." in house.room.said(f"desk/{incident}+")


async def test_the_places_a_watch_names(start: Start) -> None:
    """By name or id; a broken place holds up no other, a note is told once, a room that does not run is left out."""
    house = await House(
        places=(Place(room="web", id="desk"), Place(room="chat", id="C1", name="help"), Place(room="chat", id="leads"))
    ).staffed()
    chat = FakeRoom("chat")
    house.rooms["chat"] = chat
    chat.broken_for["leads"] = AWAY
    begun = start(house.a_painter().run(0))
    kept = (await house.talk(await house.arrives())).mentions[0]
    heard = kept.model_copy(update={"key": kept.key.model_copy(update={"id": "m2"})})
    await house.press(
        Part.SORTER, c.Open, incident="i2", conversation="c2", mention=heard, places=("help", "leads", "nowhere")
    )
    await house.drafted("c2")
    house.clock.advance(3600)
    await house.press(Part.CLOCKWORK, c.Wake, conversation="c2", what="cooled:d1:1")
    await house.pass_time(seconds=1)
    assert list(chat.cards) == ["C1/i2"]
    assert house.health.all() == {"room chat leads": AWAY.because}
    chat.broken_for.clear()
    await house.pass_time(seconds=31)
    assert list(chat.cards) == ["C1/i2", "leads/i2"]
    assert chat.said("C1/i2") == chat.said("leads/i2")
    assert len(told(chat)) + len(told(house.room)) == 1
    begun.cancel()
    del house.rooms["chat"]
    start(house.a_painter().run(0))
    await house.press(BEN, c.NameLead, incident="i2", lead="ben")
    await house.pass_time(seconds=1)
    assert "desk/i2" not in house.room.cards


async def cooled(house: House) -> str:
    """A conversation whose draft has just cooled."""
    talk = await house.arrives()
    await house.drafted(talk)
    house.clock.advance(3600)
    await house.press(Part.CLOCKWORK, c.Wake, conversation=talk, what="cooled:d1:1")
    return talk


async def test_its_author_is_told_that_it_has_cooled(house: House, start: Start) -> None:
    """Once, alone, and not any more where the draft was changed meanwhile."""
    await cooled(house)
    for _ in range(2):
        painter = start(house.a_painter().run(0))
        await house.pass_time(seconds=1)
        painter.cancel()
        await house.clock.settle()
    assert len(told(house.room, "ana")) == 1
    assert told(house.room, "ana")[0].startswith("It has cooled.")
    assert house.room.calls.count("tell") == 1


async def test_what_is_over_is_not_told(house: House, start: Start) -> None:
    """A draft that was edited again cools anew; a send that was asked again is on its way."""
    talk = await cooled(house)
    changes = {"draft": "d1", "based_on": 1, "stage": "response", "audience": "public"}
    target = (await house.talk(talk)).drafts[0].target
    await house.press(ANA, c.Write, conversation=talk, target=target, text="Quite other words of ours. Ana", **changes)
    start(house.a_painter().run(0))
    await house.pass_time(seconds=1)
    assert told(house.room) == []


class Forgetful(FakeThreads):
    """A process that ends right before it writes down what it said."""

    dies = 1

    async def mark_said(self, key: str, ref: LineRef) -> None:
        """It dies there, so often."""
        if self.dies and key.startswith("note:"):
            self.dies -= 1
            raise StoreAway
        await super().mark_said(key, ref)


async def test_a_crash_between_telling_and_noting_it(house: House, start: Start) -> None:
    """It is told again under the same key, which a room takes for the same note; no line is lost for it."""
    house.threads = Forgetful()
    await cooled(house)
    dying = start(house.a_painter().run(0))
    await house.pass_time(seconds=1)
    assert isinstance(dying.exception(), StoreAway)
    start(house.a_painter().run(0))
    await house.pass_time(seconds=1)
    assert house.room.calls.count("tell") == 2
    assert len(house.room.notes) == 1
    assert len(house.room.said()) == 4


async def test_somebody_who_cannot_be_told(house: House, start: Start) -> None:
    """Where time will mend it, it is tried again; where a person must, the thread goes on without it."""
    house.room.broken_for["ana"] = AWAY.model_copy(update={"until": house.clock.wall + timedelta(hours=2)})
    talk = await cooled(house)
    start(house.a_painter().run(0))
    await house.pass_time(seconds=5)
    assert house.room.calls.count("tell") == 1
    assert len(house.room.said()) == 4
    house.room.broken_for.clear()
    await house.pass_time(seconds=31)
    assert len(told(house.room, "ana")) == 1
    house.room.broken_for["ana"] = AWAY
    house.room.calls.clear()
    house.clock.advance(900)
    await house.press(Part.CLOCKWORK, c.Wake, conversation=talk, what="unread:d1")
    await house.pass_time(minutes=3)
    assert house.room.calls.count("tell") == 3
    assert len(told(house.room)) == 3


async def test_a_send_that_came_back(house: House, start: Start) -> None:
    """Its presser is told why, with their words before and now where those changed."""
    talk = await house.arrives("Where is it?")
    await house.asked(talk)
    await house.hears(Edited(mention=house.mention("Where is my bicycle?", "m1")))
    start(house.an_outbox().run(1))
    start(house.a_painter().run(0))
    await house.pass_time(seconds=2)
    (note,) = [note for who, note in house.room.notes.values() if told_back(note.passages)]
    quotes = [each.text for each in note.passages if isinstance(each, Quote)]
    assert quotes[:2] == ["Where is it?", "Where is my bicycle?"]
    await house.hears(Edited(mention=house.mention("Where is my red bicycle?", "m1")))
    await house.sends(talk, "s2")
    await house.hears(Edited(mention=house.mention("Where is my blue bicycle?", "m1")))
    await house.pass_time(seconds=2)
    notes = [note for _, note in house.room.notes.values() if told_back(note.passages)]
    assert [each.text for each in notes[-1].passages if isinstance(each, Quote)][0] == "Where is my red bicycle?"


def told_back(passages: Sequence[object]) -> bool:
    """Whether a note says that something was not sent."""
    return any(isinstance(each, Sentence) and each.text.startswith("Not sent") for each in passages)


async def test_a_send_that_came_back_without_an_edit(house: House, start: Start) -> None:
    """New words of theirs are shown as they are; nothing is told of a send that was asked again meanwhile."""
    talk = await house.arrives("Where is it?")
    await house.asked(talk)
    await house.hears(Said(mention=house.mention("Forget it.", "m2")))
    house.platform.said(house.mention("Where is it?", "m1"))
    start(house.an_outbox().run(1))
    await house.pass_time(seconds=1)
    start(house.a_painter().run(0))
    await house.pass_time(seconds=1)
    assert sum(told_back(note.passages) for _, note in house.room.notes.values()) == 1


async def test_reminders_reach_those_they_are_for(house: House, start: Start) -> None:
    """Each person named is told once; one about words nobody read offers them."""
    talk = await house.arrives()
    start(house.a_painter().run(0))
    house.clock.advance(1860)
    await house.press(Part.CLOCKWORK, c.Wake, conversation=talk, what="unclaimed")
    await house.pass_time(seconds=1)
    assert sorted(who for who, _ in house.room.notes.values()) == ["ana", "ben", "kim"]
    assert set(told(house.room)) == {"Nobody has this yet."}


async def test_a_delivery_is_said_with_its_words(house: House, start: Start) -> None:
    """The line in the thread shows what went out, and who sent it."""
    talk = await house.arrives()
    await house.asked(talk)
    start(house.an_outbox().run(1))
    await house.pass_time(seconds=1)
    start(house.a_painter().run(0))
    await house.pass_time(seconds=1)
    (line,) = [line for _, line in house.room.lines.values() if line.kind == "delivered"]
    assert (line.text, line.by) == ("We answered", "Ana")
    assert line.quote.startswith("We are sorry.")


async def test_an_alarm_is_told_once(house: House, start: Start) -> None:
    """To each whom it names, after a restart too; not where somebody has it by then, and not when it is old."""
    talk = await house.arrives(CRITICAL)
    await house.press(Part.CLOCKWORK, c.RingAlarm, conversations=(talk,))
    house.room.broken_for["ben"] = AWAY.model_copy(update={"until": house.clock.wall})
    painter = start(house.a_painter(public_url="https://desk.test").run(0))
    await house.pass_time(seconds=2)
    assert {who for who, _ in house.room.notes.values()} == {"ana", "kim"}
    house.room.broken_for.clear()
    await house.pass_time(seconds=31)
    assert {who for who, _ in house.room.notes.values()} == {"ana", "ben", "kim"}
    assert {note.link for _, note in house.room.notes.values()} == {"https://desk.test/"}
    painter.cancel()
    await house.clock.settle()
    count = house.room.calls.count("tell")
    start(house.a_painter().run(0))
    await house.pass_time(seconds=2)
    assert house.room.calls.count("tell") == count
    house.clock.advance(600)
    await house.press(ANA, c.Claim, conversation=talk, epoch=0)
    await house.press(ANA, c.HandBack, conversation=talk)
    await house.press(Part.CLOCKWORK, c.RingAlarm, conversations=(talk,))
    await house.press(KIM, c.Claim, conversation=talk, epoch=1)
    await house.pass_time(seconds=2)
    assert house.room.calls.count("tell") == count


async def test_an_old_alarm_is_not_told(house: House, start: Start) -> None:
    """After a long absence only what still presses is told."""
    talk = await house.arrives(CRITICAL)
    await house.press(Part.CLOCKWORK, c.RingAlarm, conversations=(talk,))
    house.clock.advance(3600)
    start(house.a_painter().run(0))
    await house.pass_time(seconds=2)
    assert told(house.room) == []


async def test_a_hold_is_painted_on_every_card(house: House, start: Start) -> None:
    """Though nothing of the incidents themselves changed."""
    await house.arrives()
    await house.arrives("Nobody reads what I write to you.", "m2", "joe")
    start(house.a_painter().run(0))
    await house.pass_time(seconds=1)
    house.room.calls.clear()
    until = house.clock.wall + timedelta(hours=1)
    await house.press(BEN, c.BeginHold, until=until, text="There was an accident.")
    await house.pass_time(seconds=1)
    assert house.room.calls == ["repaint", "repaint"]
    house.room.broken = AWAY
    await house.press(KIM, c.EndHold)
    await house.pass_time(seconds=1)
    house.room.broken = None
    house.room.calls.clear()
    await house.pass_time(seconds=35)
    assert house.room.calls == ["repaint", "repaint"]


async def test_a_hold_that_came_or_went_while_nobody_painted_is_painted(house: House, start: Start) -> None:
    """By the next life, or the replica that takes over: no card says what is no longer so."""
    await house.arrives()
    painter = start(house.a_painter().run(0))
    await house.pass_time(seconds=1)
    painter.cancel()
    await house.press(BEN, c.BeginHold, until=house.clock.wall + timedelta(hours=5), text="There was an accident.")
    painter = start(house.a_painter().run(0))
    await house.pass_time(seconds=1)
    assert _holds(house.room) == [True]
    painter.cancel()
    house.clock.advance(2 * 3600)
    await house.press(KIM, c.EndHold)
    house.clock.advance(7200)
    painter = start(house.a_painter().run(0))
    await house.pass_time(seconds=1)
    assert _holds(house.room) == [False]


async def test_a_life_that_stopped_in_between_is_made_up_for(house: House, start: Start) -> None:
    """It had told the news and not painted all cards yet; an hour later nothing is painted without need."""
    await house.arrives()
    painter = start(house.a_painter().run(0))
    await house.press(BEN, c.BeginHold, until=house.clock.wall + timedelta(hours=5), text="There was an accident.")
    await house.pass_time(seconds=1)
    painter.cancel()
    house.room.calls.clear()
    painter = start(house.a_painter().run(0))
    await house.pass_time(seconds=1)
    assert house.room.calls == ["repaint"]
    painter.cancel()
    house.clock.advance(3601)
    start(house.a_painter().run(0))
    await house.pass_time(seconds=1)
    assert house.room.calls == ["repaint"]


async def test_a_source_that_went_quiet_stands_on_the_cards_of_what_it_told(house: House, start: Start) -> None:
    """What waits there may hold more than we know, and a reply may have to wait; until it is heard again."""
    await house.arrives()
    start(house.a_painter().run(0))
    await house.pass_time(seconds=1)
    since = house.clock.wall
    await house.press(Part.CLOCKWORK, c.NoteQuiet, source="mastodon", since=since)
    await house.pass_time(seconds=1)
    assert _quiet(house.room) == [since]
    await house.press(Part.CLOCKWORK, c.NoteBack, source="mastodon", fetched=True)
    await house.pass_time(seconds=1)
    assert _quiet(house.room) == []


def _holds(room: FakeRoom) -> list[bool]:
    """Of each card, whether it says that posting is on hold."""
    return [
        any(isinstance(each, Fact) and each.name == "Posting is on hold" for each in card.passages)
        for card in room.cards.values()
    ]


def _quiet(room: FakeRoom) -> list[datetime | None]:
    """Since when the cards of incidents say that a source is quiet."""
    cards = [card for card in room.cards.values() if card.incident]
    return [it.at for card in cards for it in card.passages if isinstance(it, Fact) and it.name == "Mastodon is quiet"]


async def test_many_open_incidents_are_all_painted(house: House, start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    """More than one page of them; and a long timeline is told to its end."""
    monkeypatch.setattr("bot.work.painter.PAGE", 2)
    monkeypatch.setattr("bot.work.painting.PAGE", 2)
    monkeypatch.setattr("bot.work.telling.PAGE", 2)
    for number in range(5):
        await house.arrives(f"Bad, {number}.", f"m{number}", f"p{number}")
    for epoch in range(3):
        await house.press(ANA, c.Claim, conversation=house.lies("m0"), epoch=epoch)
        await house.press(ANA, c.HandBack, conversation=house.lies("m0"))
    start(house.a_painter().run(0))
    await house.pass_time(seconds=2)
    assert len(house.room.cards) == 5
    assert house.room.said().count("Ana has this.") == 3


async def test_one_that_cannot_be_painted_hides_no_other(house: House, start: Start) -> None:
    """A fault in one card is counted, and it is tried again; the store being away ends the painter."""
    one = await house.arrives()
    two = await house.arrives("Nobody reads what I write to you.", "m2", "joe")
    names = [(await house.talk(name)).incident for name in (one, two)]
    faulty = True

    class Faults(FakeThreads):
        """Threads that fall over at one incident."""

        async def get(self, incident: str) -> Mapping[Place, tuple[ThreadRef, int]]:
            """As the port has it, once it works."""
            if faulty and incident == names[0]:
                raise RuntimeError
            return await super().get(incident)

    house.threads = Faults()
    running = start(house.a_painter().run(0))
    await house.pass_time(seconds=2)
    assert list(house.room.cards) == [f"desk/{names[1]}"]
    assert house.health.counts["paintings_failed_RuntimeError"] == 1
    faulty = False
    await house.pass_time(seconds=31)
    assert set(house.room.cards) == {f"desk/{name}" for name in names}
    house.timelines.away = True
    house.timelines._news.set()
    await house.pass_time(seconds=1)
    assert isinstance(running.exception(), StoreAway)


async def test_an_incident_that_nobody_knows(house: House, start: Start) -> None:
    """News of one that was never kept paints nothing."""
    start(house.a_painter().run(0))
    await house.clock.settle()
    house.timelines.fed.append(Fed(id="99-0", incident="i9", conversations=(), kinds=("opened",)))
    house.timelines._news.set()
    await house.pass_time(seconds=1)
    assert house.room.cards == {}


async def test_a_quiet_feed(house: House, start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing for a while is no news, and what comes then is painted."""
    monkeypatch.setattr("bot.work.painter.WAIT", 0.001)
    start(house.a_painter().run(0))
    await asyncio.sleep(0.02)
    await house.arrives()
    await house.pass_time(seconds=1)
    assert len(house.room.cards) == 1


async def test_notes_find_any_room(start: Start) -> None:
    """Where the place's own room can't tell somebody, another room does."""
    house = await House(places=(Place(room="chat", id="help"),)).staffed()
    house.rooms["chat"] = chat = FakeRoom("chat")
    chat.broken_for["ana"] = AWAY
    await cooled(house)
    start(house.a_painter().run(0))
    await house.pass_time(seconds=1)
    assert (told(chat), len(told(house.room, "ana"))) == ([], 1)


async def test_nothing_is_told_of_a_mention_without_edits(house: House, start: Start) -> None:
    """A statement of ours that came back has no words of theirs to show."""
    begun = {"account": OURS, "incident": "i1", "conversation": "c1"}
    await house.press(ANA, c.BeginStatement, **begun)
    to = {"stage": "statement", "audience": "public", "target": ToAccount(account=OURS)}
    await house.press(ANA, c.Write, conversation="c1", draft="d1", based_on=0, text="We recall the bread.", **to)
    house.clock.advance(3600)
    await house.press(Part.CLOCKWORK, c.Wake, conversation="c1", what="cooled:d1:1")
    await house.sends("c1")
    house.clock.advance(301)
    start(house.an_outbox().run(1))
    start(house.a_painter().run(0))
    await house.pass_time(seconds=2)
    (note,) = [note for _, note in house.room.notes.values() if told_back(note.passages)]
    assert [each.text for each in note.passages if isinstance(each, Quote)] == ["We recall the bread."]


async def test_nobody_is_reminded_of_what_is_settled(house: House, start: Start) -> None:
    """What was closed before it could be told waits for nobody any more."""
    talk = await house.arrives()
    house.clock.advance(1860)
    await house.press(Part.CLOCKWORK, c.Wake, conversation=talk, what="unclaimed")
    await house.press(ANA, c.Claim, conversation=talk, epoch=0)
    await house.press(ANA, c.Close, conversation=talk, disposition="not_for_us")
    start(house.a_painter().run(0))
    await house.pass_time(seconds=1)
    assert told(house.room) == []


async def test_one_paints_and_another_tells(house: House, start: Start) -> None:
    """A painter without rooms to tell in tells nobody; one without rooms to paint paints nothing, and tells them wherever
    the incident is shown, once over a restart."""
    await cooled(house)
    start(house.a_painter(tells={}).run(0))
    await house.pass_time(seconds=1)
    assert house.room.cards
    assert told(house.room) == []
    chat = FakeRoom("chat")
    await house.roster.bind(Handle(room="chat", id="u1"), "ana")
    for _ in range(2):
        teller = start(house.a_painter(rooms={}, tells={"chat": chat, "web": house.room}).run(1))
        await house.pass_time(seconds=1)
        teller.cancel()
        await house.clock.settle()
    assert [who for who, _ in chat.notes.values()] == ["u1"]
    assert (chat.cards, chat.calls) == ({}, ["tell"])
    assert told(house.room) == []
