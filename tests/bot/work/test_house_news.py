"""What concerns the whole house is said in each room's first place: once, on a card of its source that stays true."""

from datetime import timedelta

import pytest

from bot.nouns import commands as c
from bot.nouns.conversation import Mood
from bot.nouns.mention import Gap, Unreadable
from bot.nouns.team import Part, Place
from bot.ports import Broken
from bot.screens.shapes import Card
from tests.bot.work.conftest import Start
from tests.bot.work.house import House
from tests.fakes.clock import START
from tests.fakes.room import FakeRoom

DESK = Place(room="web", id="desk", name="Desk")
CHANNEL = Place(room="chat", id="c1", name="shop")
SECOND = Place(room="chat", id="c2", name="calm")


@pytest.fixture
async def house() -> House:
    """A house with a desk and two channels."""
    made = await House(places=(DESK, CHANNEL, SECOND, Place(room="closed", id="x"))).staffed()
    made.rooms["chat"] = FakeRoom("chat")
    return made


def chat(house: House) -> FakeRoom:
    """Its chat."""
    room = house.rooms["chat"]
    assert isinstance(room, FakeRoom)
    return room


async def quiet(house: House, source: str = "mastodon", because: str = "") -> None:
    """A source went quiet."""
    await house.press(Part.CLOCKWORK, c.NoteQuiet, source=source, since=house.clock.wall, because=because)


async def back(house: House, *, fetched: bool = True) -> None:
    """It is heard again."""
    await house.press(Part.CLOCKWORK, c.NoteBack, source="mastodon", fetched=fetched)


async def gap(house: House, source: str = "mastodon") -> None:
    """Something may have been missed."""
    until = house.clock.wall
    await house.hears(Gap(source=source, since=until - timedelta(hours=1), until=until))


def cards(house: House) -> dict[str, Card]:
    """The cards of the chat, by place and source."""
    return {f"{key}": card for key, card in chat(house).cards.items() if not card.incident}


async def test_a_quiet_source_is_said_in_every_rooms_first_place(house: House, start: Start) -> None:
    """Once, on a card of its own with a line beneath it, and in no other place."""
    start(house.a_painter().run(0))
    await quiet(house, because="It answered 500.")
    await house.pass_time(seconds=1)
    assert list(chat(house).cards) == ["c1/"]
    card = chat(house).cards["c1/"]
    assert (card.headline, card.mood, card.link) == ("Mastodon has gone quiet", Mood.WAITING, "")
    assert chat(house).said() == ["Mastodon has gone quiet (It answered 500), since"]
    assert house.room.said() == chat(house).said()
    await house.pass_time(minutes=5)
    assert chat(house).calls == ["open_thread", "say"]


async def test_the_same_card_says_that_it_is_back(house: House, start: Start) -> None:
    """Two days later too: no card goes on saying what is no longer true."""
    start(house.a_painter(public_url="https://desk.test").run(0))
    await quiet(house)
    await house.pass_time(hours=50)
    await back(house)
    await house.pass_time(seconds=1)
    (card,) = chat(house).cards.values()
    assert (card.headline, card.mood) == ("Mastodon is heard again", Mood.SETTLED)
    assert card.link == "https://desk.test/health"
    assert chat(house).calls == ["open_thread", "say", "repaint", "say"]
    assert chat(house).said()[-1] == "Mastodon is heard again. What was said meanwhile is being fetched."


async def test_a_return_that_nobody_was_told_the_silence_of_has_a_card(house: House, start: Start) -> None:
    """Whoever paints from today on says what is news today."""
    await quiet(house)
    house.clock.advance(30 * 3600)
    await back(house, fetched=False)
    start(house.a_painter().run(0))
    await house.pass_time(seconds=1)
    assert chat(house).said() == [
        "Mastodon is heard again. It had been quiet since",
        "We may have missed something from Mastodon since",
    ]
    assert chat(house).calls == ["open_thread", "say", "repaint", "say"]


async def test_gaps_and_what_cannot_be_read_are_one_line_a_day_and_source(house: House, start: Start) -> None:
    """However many there are; another source and another day have their own."""
    start(house.a_painter().run(0))
    for number in range(5):
        await gap(house)
        await house.hears(Unreadable(source="mastodon", raw=f"{{{number}", because="It is no JSON."))
        await house.pass_time(minutes=1)
    await gap(house, "alerts")
    await house.pass_time(minutes=1)
    assert chat(house).said() == [
        "We may have missed something from Mastodon since",
        "Something could not be read. It lies in quarantine.",
        "We may have missed something from Google Alerts since",
    ]
    assert len(chat(house).calls) == 6
    await house.pass_time(hours=24)
    await gap(house)
    await house.pass_time(minutes=1)
    assert len(chat(house).said()) == 4


async def test_a_room_that_is_away_is_told_later_and_one_that_is_closed_is_not(house: House, start: Start) -> None:
    """Nothing is said twice in the rooms that could; what a person has to mend is not tried for ever."""
    chat(house).broken = Broken(because="It rests.", until=START + timedelta(minutes=1))
    start(house.a_painter().run(0))
    await quiet(house)
    await house.pass_time(minutes=2)
    assert house.room.said() == ["Mastodon has gone quiet. Last heard"]
    chat(house).broken = None
    chat(house).broken_for["c1 lines"] = Broken(because="It is archived.")
    await house.pass_time(minutes=1)
    assert list(chat(house).cards) == ["c1/"]
    assert chat(house).said() == []
    calls = len(chat(house).calls)
    await house.pass_time(minutes=5)
    assert len(chat(house).calls) == calls
    assert house.room.said() == ["Mastodon has gone quiet. Last heard"]


async def test_old_news_is_no_news(house: House, start: Start) -> None:
    """What happened more than a day before anybody could tell stands on the pages only."""
    await quiet(house)
    house.clock.advance(25 * 3600)
    start(house.a_painter().run(0))
    await house.pass_time(seconds=1)
    assert chat(house).calls == []


async def test_two_painters_say_each_what_is_theirs(house: House, start: Start) -> None:
    """One for the desk and one for the chats: neither takes the other's word for its own."""
    start(house.a_painter(rooms={"web": house.room}).run(0))
    await quiet(house)
    await house.pass_time(seconds=1)
    assert chat(house).said() == []
    start(house.a_painter(rooms={"chat": chat(house)}).run(0))
    await house.pass_time(seconds=1)
    assert chat(house).said() == house.room.said() == ["Mastodon has gone quiet. Last heard"]
