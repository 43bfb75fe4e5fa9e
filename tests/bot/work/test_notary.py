"""The notary signs heads when something is closed and at the turn of each day."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta

import pytest

from bot.nouns import commands as c
from bot.nouns.mention import Disposition
from bot.nouns.team import Part
from bot.work.act import Act, Acted
from bot.work.notary import Notary
from tests.bot.build import ANA, a_mention, a_team
from tests.fakes.anchors import FakeAnchors
from tests.fakes.clock import FakeClock
from tests.fakes.timelines import FakeTimelines


@dataclass
class Desk:
    """A notary at work on timelines in memory."""

    act: Act
    notary: Notary
    anchors: FakeAnchors
    clock: FakeClock
    timelines: FakeTimelines

    async def open(self, name: str = "1") -> None:
        """An incident begins with one mention."""
        command = c.Open(id=f"open{name}", incident=f"i{name}", conversation=f"c{name}", mention=a_mention(id=name))
        assert isinstance(await self.act(command, Part.SORTER), Acted)

    async def close(self, name: str = "1") -> None:
        """Ana signs it as not for us."""
        command = c.Close(
            id=f"close{name}", incident=f"i{name}", conversation=f"c{name}", disposition=Disposition.NOT_FOR_US
        )
        assert isinstance(await self.act(command, ANA), Acted)

    async def signed(self) -> list[tuple[str | None, int]]:
        """Which heads were signed."""
        return [(each.incident, each.version) for each in await self.anchors.all()]


@pytest.fixture
def desk() -> Desk:
    """Nothing happened yet."""
    timelines, anchors, clock = FakeTimelines(), FakeAnchors(), FakeClock()
    act = Act(timelines, clock, lambda team: a_team(version=team.version, head=team.head))
    notary = Notary(act=act, timelines=timelines, anchors=anchors, clock=clock, sign=sign)
    return Desk(act, notary, anchors, clock, timelines)


@pytest.fixture
async def running(desk: Desk) -> AsyncIterator[Desk]:
    """The same while it watches."""
    task = asyncio.create_task(desk.notary.run(1))
    await desk.clock.settle()
    yield desk
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


def sign(covered: bytes) -> tuple[str, str]:
    """A signature that shows what it stands under."""
    return "key", covered.decode()


async def test_a_closed_incident_is_signed_at_once(running: Desk) -> None:
    """Its head as it stands then, and nothing before."""
    await running.open()
    await running.clock.settle()
    assert await running.signed() == []
    await running.close()
    await running.clock.settle()
    view = await running.act.look(["i1"])
    (anchor,) = await running.anchors.all()
    assert (anchor.version, anchor.hash) == (view.incidents["i1"].version, view.incidents["i1"].head)
    assert (anchor.key, anchor.signature) == ("key", anchor.covered().decode())
    assert anchor.at == running.clock.wall


async def test_at_the_turn_of_a_day_all_that_moved_is_signed(desk: Desk) -> None:
    """What moved that day, and the team's own head; what did not move is not signed anew."""
    await desk.act(c.NoteSettings(id="s", digest="d"), Part.CLOCKWORK)
    await desk.open()
    await desk.notary.catch_up()
    await desk.notary.turn()
    assert await desk.signed() == []
    desk.clock.advance(timedelta(hours=16).total_seconds())
    await desk.notary.turn()
    assert await desk.signed() == [(None, 1), ("i1", 1)]
    desk.clock.advance(timedelta(days=1).total_seconds())
    await desk.act(c.NoteSettings(id="s2", digest="e"), Part.CLOCKWORK)
    await desk.notary.turn()
    assert await desk.signed() == [(None, 1), (None, 2), ("i1", 1)]


async def test_what_was_closed_while_nobody_watched_is_signed_at_the_start(desk: Desk) -> None:
    """However many; what was closed long ago was signed long ago."""
    for number in range(3):
        await desk.open(str(number))
    await desk.close("0")
    desk.clock.advance(timedelta(days=8).total_seconds())
    await desk.close("1")
    await desk.notary.catch_up()
    assert [name for name, _ in await desk.signed()] == ["i1"]


async def test_more_than_one_page_is_signed(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Page after page of what was closed."""
    monkeypatch.setattr("bot.work.notary.PAGE", 2)
    for number in range(5):
        await desk.open(str(number))
        await desk.close(str(number))
    await desk.notary.catch_up()
    assert [name for name, _ in await desk.signed()] == [f"i{number}" for number in range(5)]


async def test_what_is_not_there_is_not_signed(desk: Desk) -> None:
    """Neither an unknown incident nor a team that did nothing yet."""
    await desk.notary.anchor("i9")
    await desk.notary.anchor("")
    assert await desk.signed() == []
