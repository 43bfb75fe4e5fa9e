"""The room over a Web API that is strict about state: metadata, errors, history, over a line that breaks."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest

from adapters.rooms.slack import reconcile
from bot.nouns.team import Place
from bot.ports import Broken, Finding, LineRef, ThreadRef
from tests.adapters.rooms.slack.faults import Faults, faults
from tests.adapters.rooms.slack.house import House, house
from tests.adapters.rooms.slack.strict import Strict, strict
from tests.adapters.rooms.slack.virtual import card
from tests.contracts.rooms.contract import LINE


@dataclass
class _Desk:
    slack: Strict
    proxy: Faults
    house: House
    care: Place
    quiet: Place


@pytest.fixture
async def desk(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[_Desk]:
    """A room with two channels, through a fault proxy. What settles, settles at once here."""
    monkeypatch.setattr(reconcile, "SETTLE", 0.1)
    async with strict() as slack, faults(slack.api_url) as proxy:
        care, quiet = [Place(room="slack", id=await slack.channel(name), name=name) for name in ("care", "quiet")]
        async with house(proxy.url, places=(care, quiet)) as made:
            yield _Desk(slack, proxy, made, care, quiet)


async def test_a_lost_answer_makes_no_second_card(desk: _Desk) -> None:
    """The line broke after Slack had it: found by its metadata, and said once in its thread too."""
    desk.proxy.next("chat.postMessage", ("drop_after", None))
    ref = await desk.house.room.open_thread(desk.care, card(), "k1")
    assert isinstance(ref, ThreadRef)
    (only,) = await desk.slack.cards(desk.care.id)
    assert ref.id == f"{desk.care.id}/{only['ts']}"
    desk.proxy.next("chat.postMessage", ("drop_after", None))
    assert isinstance(await desk.house.room.say(ref, LINE, "l1"), LineRef)
    replies = await desk.slack.ask("conversations.replies", channel=desk.care.id, ts=only["ts"])
    assert len(replies["messages"]) == 2


async def test_what_never_arrived_is_sent_again(desk: _Desk) -> None:
    """The line broke before: one card all the same."""
    desk.proxy.next("chat.postMessage", ("drop", None))
    assert isinstance(await desk.house.room.open_thread(desk.care, card(), "k1"), ThreadRef)
    assert len(await desk.slack.cards(desk.care.id)) == 1


async def test_another_life_finds_its_card(desk: _Desk) -> None:
    """After a restart the same key is the same card."""
    ref = await desk.house.room.open_thread(desk.care, card(), "k1")
    async with house(desk.proxy.url, places=(desk.care, desk.quiet)) as later:
        assert await later.room.open_thread(desk.care, card(), "k1") == ref


async def test_an_archived_channel(desk: _Desk) -> None:
    """The incident goes on in the next place."""
    ref = await desk.house.room.open_thread(desk.care, card(), "k1")
    assert isinstance(ref, ThreadRef)
    await desk.slack.ask("conversations.archive", channel=desk.care.id)
    second = await desk.house.room.open_thread(desk.care, card("i2"), "k2")
    assert isinstance(second, ThreadRef)
    assert second.id.startswith(desk.quiet.id)
    assert "archived" in desk.house.health.reasons[f"slack {desk.care.id}"]
    found = await desk.house.room.check()
    assert any(not one.ok and "archived" in one.what for one in found)


async def test_a_deleted_card(desk: _Desk) -> None:
    """Repainted, it stands again."""
    ref = await desk.house.room.open_thread(desk.care, card(), "k1")
    assert isinstance(ref, ThreadRef)
    await desk.slack.ask("chat.delete", channel=desk.care.id, ts=ref.id.partition("/")[2])
    new = await desk.house.room.repaint(ref, card(version=2, headline="Newer"))
    assert isinstance(new, ThreadRef)
    (only,) = await desk.slack.cards(desk.care.id)
    assert new.id == f"{desk.care.id}/{only['ts']}"
    assert "Newer" in only["text"]


async def test_a_token_it_does_not_know(desk: _Desk) -> None:
    """Said in the check with what to press, and as a matter for a person."""
    desk.proxy.next("chat.postMessage", ("error", "token_expired"))
    told = await desk.house.room.open_thread(desk.care, card(), "k1")
    assert isinstance(told, Broken)
    assert told.until is None
    desk.proxy.next("auth.test", ("error", "token_expired"))
    found = await desk.house.room.check()
    assert [one.ok for one in found] == [False]
    assert isinstance(found[0], Finding)
    assert "COOLHEAD_SLACK_BOT_TOKEN" in found[0].fix
