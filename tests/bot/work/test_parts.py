"""The parts of a running house together: what is heard is shown, in which room by whom, and who is woken for what."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

import pytest

from bot.nouns.mention import Said
from bot.nouns.team import Handle, Place, Refusal
from bot.ports import Finding
from bot.screens.shapes import Answer, Gesture, GestureKind, Page
from bot.settings import read as settings_from
from bot.work.bells import Bells
from bot.work.desk.tools import Words
from bot.work.lifecycle import live
from bot.work.means import Outside, Stores
from bot.work.ringing import Ringing
from bot.work.running import Running
from tests.bot.work.conftest import Start
from tests.bot.work.desk_square import read, suggest
from tests.bot.work.house import House
from tests.bot.work.test_forgetting import forgetting
from tests.fakes.anchors import FakeAnchors
from tests.fakes.leases import FakeLeases
from tests.fakes.platform import FakePlatform
from tests.fakes.rhythms import FakeRhythms
from tests.fakes.room import FakeRoom

CRITICAL = "There was glass in the bread, my child is bleeding and choking!"
WORDS = Words(
    suggest=suggest,
    read=read,
    summarise=lambda words, situation, rating: "",
    invite_words=lambda contact, ref, *, name="", signature="", limit=None, direct=False: "",
    reference=lambda conversation: "K7",
    promises=lambda text, now, zone: [],
    care=lambda times, now: None,
)


class Siren:
    """The port Alarm: what was rung lies in `rung`."""

    def __init__(self) -> None:
        self.rung: list[tuple[str, tuple[str, ...], str]] = []

    async def ring(self, headline: str, lines: Sequence[str], key: str) -> bool:
        """Taken."""
        self.rung.append((headline, tuple(lines), key))
        return True

    async def check(self) -> Sequence[Finding]:
        """All is well."""
        return ()


class Chat(FakeRoom):
    """A chat: attending it takes as long as it is open. `hears` is who answers its presses; None while nobody attends."""

    hears: Callable[[Gesture], Awaitable[Answer]] | None = None

    async def attend(self, hear: Callable[[Gesture], Awaitable[Answer]]) -> None:
        """Until cancelled."""
        self.hears = hear
        try:
            await asyncio.Event().wait()
        finally:
            self.hears = None


def running(
    house: House, data: Path, chats: Sequence[FakeRoom], siren: Siren | None = None, leases: FakeLeases | None = None
) -> Running:
    """Every part of this house, with these chats beside its web desk."""
    stores = Stores(
        act=house.act,
        forgetting=forgetting(house),
        timelines=house.timelines,
        whereabouts=house.whereabouts,
        inbox=house.inbox,
        asides=house.asides,
        dues=house.dues,
        rhythms=FakeRhythms(),
        threads=house.threads,
        anchors=FakeAnchors(),
        pulse=house.pulse,
        roster=house.roster,
        sessions=house.roster,
        leases=leases or FakeLeases(house.clock),
        vault=house.vault,
    )
    outside = Outside(
        clock=house.clock,
        health=house.health,
        platforms=house.platforms,
        platform=house.platforms.__getitem__,
        chats={each.name: each for each in chats},
        desk=house.room,
        changed=lambda incident: None,
        alarm=siren or Siren(),
        sign=lambda head: (head.hex(), "key"),
    )
    settings = settings_from({"COOLHEAD_DATA_DIR": str(data), "COOLHEAD_PUBLIC_URL": "https://desk.test"})
    return Running(settings, stores, outside, WORDS)


@pytest.mark.parametrize("chats", [(), ("chat",)], ids=["the desk alone", "a chat beside it"])
async def test_what_is_heard_is_shown_where_the_team_sits(
    house: House, start: Start, tmp_path: Path, chats: Sequence[str]
) -> None:
    """One card: on the web desk where that is all there is, else in the chat, which has a platform of its own."""
    rooms = [Chat(each) for each in chats]
    house.platforms |= {each: FakePlatform(house.clock, name=each) for each in chats}
    house.places = (*(Place(room=each, id="C1", name="#care") for each in chats), *house.places)
    parts = running(house, tmp_path, rooms)
    start(live(parts.parts(), house.clock, house.health, asyncio.Event()))
    await house.pass_time(seconds=2)
    mention = house.mention(CRITICAL, "m1")
    house.platform.said(mention)
    await parts.hear_news([Said(mention=mention)], None)
    await house.pass_time(seconds=10)
    assert [len(each.cards) for each in (*rooms, house.room)] == [1, 0][: 1 + len(rooms)]
    assert house.health.all() == {}


async def test_a_note_for_one_is_told_where_they_are(house: House, start: Start, tmp_path: Path) -> None:
    """The web desk tells nobody twice: with a chat there, one part tells everybody in every room."""
    chat = Chat("chat")
    await house.roster.bind(Handle(room="chat", id="U1"), "ana")
    parts = running(house, tmp_path, [chat])
    start(live(parts.parts(), house.clock, house.health, asyncio.Event()))
    conversation = await house.arrives()
    await house.drafted(conversation)
    await house.pass_time(hours=1)
    assert chat.calls.count("tell") == len(chat.notes) == 2  # it is ready; it lies unread


async def test_a_press_is_answered_by_the_desk(house: House, tmp_path: Path) -> None:
    """Whatever room it came from."""
    parts = running(house, tmp_path, [])
    await house.roster.bind(Handle(room="web", id="s1"), "ana")
    asked = Gesture(id="g1", kind=GestureKind.ASK, who=Handle(room="web", id="s1"), act="now")
    assert isinstance(await parts.hear(asked), Page)


async def test_a_press_in_a_chat_is_answered_while_the_store_is_away(
    house: House, start: Start, tmp_path: Path
) -> None:
    """For as long as that takes: the chat hears that nothing is saved, and no press is left without an answer."""
    chat, leases = Chat("chat"), FakeLeases(house.clock)
    await house.roster.bind(Handle(room="chat", id="U1"), "ana")
    parts = running(house, tmp_path, [chat], leases=leases)
    start(live(parts.parts(), house.clock, house.health, asyncio.Event()))
    await house.pass_time(seconds=2)
    leases.away = house.timelines.away = True
    for _ in range(3):
        await house.pass_time(seconds=60)
        assert chat.hears is not None
        press = Gesture(id="g1", kind=GestureKind.PRESS, who=Handle(room="chat", id="U1"), act="claim")
        answer = await chat.hears(press)
        assert isinstance(answer, Refusal)
        assert "Not saved" in answer.because
    leases.away = house.timelines.away = False
    await house.pass_time(seconds=5)
    assert chat.hears is not None


async def test_the_settings_in_force_are_noted_once(house: House, tmp_path: Path) -> None:
    """A start with the same settings writes nothing anew."""
    parts = running(house, tmp_path, [])
    await parts.begin()
    await parts.begin()
    assert (await house.kinds()).count("settings_read") == 1


# ---------------------------------------------------------------- bells


async def test_a_change_anywhere_wakes_who_waits_for_it(house: House, start: Start) -> None:
    """The clockwork for any, the outbox for a send that was asked; whoever shows an incident is told which."""
    due, asked = asyncio.Event(), asyncio.Event()
    changed: list[str] = []
    bells = Bells(timelines=house.timelines, due=due, asked=asked, changed=changed.append)
    start(bells.run())
    await house.clock.settle()
    conversation = await house.arrives()
    await house.clock.settle()
    assert (due.is_set(), asked.is_set()) == (True, False)
    assert (await house.talk(conversation)).incident in changed
    await house.asked(conversation)
    await house.clock.settle()
    assert asked.is_set()


# ---------------------------------------------------------------- ringing


@pytest.mark.parametrize(
    ("texts", "headline"),
    [
        ((CRITICAL,), "Somebody could be hurt, and nobody has it."),
        ((CRITICAL, "My daughter cannot breathe after your cake!"), "2 critical ones that nobody has."),
    ],
)
async def test_the_alarm_outside_says_how_many_and_where(house: House, texts: tuple[str, ...], headline: str) -> None:
    """It carries links to the desk and none of anybody's words."""
    talks = [await house.arrives(text, id=f"m{n}", person=f"p{n}") for n, text in enumerate(texts)]
    siren = Siren()
    assert await Ringing(act=house.act, alarm=siren, base_url="https://desk.test").ring(talks, "k1")
    where = {f"https://desk.test/i/{(await house.talk(each)).incident}" for each in talks}
    assert [(said, set(lines), key) for said, lines, key in siren.rung] == [(headline, where, "k1")]
