"""After a gap: what was said to us and marked meanwhile, once, in order."""

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import pytest

from adapters.rooms.slack.hearing import Hear
from adapters.rooms.slack.refs import At
from bot.nouns.team import Handle, Place, Refusal
from bot.ports import ThreadRef
from bot.screens.shapes import Answer, Gesture, Page, Row, Section
from tests.adapters.rooms.slack.peers import shown
from tests.adapters.rooms.slack.signed import Sender
from tests.adapters.rooms.slack.virtual import CARE, Virtual
from tests.fakes import desk_pages as script


@pytest.fixture
def slack() -> Virtual:
    """A room in a Slack of documented limits."""
    return Virtual()


def _says(slack: Virtual, text: str, thread: str = "", **more: Any) -> str:
    """Somebody says it while nobody of us listens."""
    slack.world._count += 1
    ts = f"{int(slack.clock.wall.timestamp())}.{slack.world._count:06}"
    message: dict[str, Any] = {"ts": ts, "thread_ts": thread, "text": text, "blocks": [], "user": "U0ANA", **more}
    slack.world.messages[CARE.id, ts] = message
    if thread:
        slack.world.messages[CARE.id, thread]["latest_reply"] = ts
    return ts


async def _attended(slack: Virtual, seconds: float = 30, hear: Hear | None = None) -> None:
    task = asyncio.ensure_future(slack.room.attend(hear or slack.desk.hear))
    await slack.clock.run(seconds)
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


def _heard(slack: Virtual) -> list[Mapping[str, str]]:
    return [gesture.values for gesture in slack.desk.heard]


async def _card(slack: Virtual) -> str:
    ref = await slack.done(slack.room.open_thread(CARE, script.COOLING, "k1"))
    assert isinstance(ref, ThreadRef)
    return ref.id.partition("/")[2]


async def test_what_was_said_while_nobody_listened(slack: Virtual) -> None:
    """Our name called and lines marked in a thread, oldest first; what teammates said to each other is nobody's business."""
    card = await _card(slack)
    await slack.clock.run(60)
    _says(slack, "<@UBOT> note One", card)
    _says(slack, "We should call her.", card)
    _says(
        slack,
        "She is a nurse.",
        card,
        reactions=[{"name": "pushpin", "users": ["U0BEN"]}, {"name": "tada", "users": ["U1"]}],
    )
    _says(slack, "<@UBOT> note Two", card)
    later = Virtual(world=slack.world)
    await _attended(later)
    assert _heard(later) == [{"text": "One"}, {"text": "She is a nurse.", "marked": "yes"}, {"text": "Two"}]
    assert later.desk.heard[1].who.id == "U0BEN"


async def test_one_message_that_breaks_us_holds_up_no_other(slack: Virtual, caplog: pytest.LogCaptureFixture) -> None:
    """What was said after it is read, the room goes on, and the log has no word of it."""
    card = await _card(slack)
    for text in ("One", "Two"):
        _says(slack, f"<@UBOT> note {text}", card)
    later = Virtual(world=slack.world)

    async def hear(gesture: Gesture) -> Answer:
        if gesture.values.get("text") == "One":
            raise ValueError(gesture.values["text"] + " word")
        return await later.desk.hear(gesture)

    await _attended(later, hear=hear)
    assert _heard(later) == [{"text": "Two"}]
    assert "ValueError" in caplog.text
    assert "One word" not in caplog.text


async def test_what_had_been_heard_is_the_same_gesture(slack: Virtual) -> None:
    """An event that came and is read again in the history has the same id, so the desk applies it once."""
    card = await _card(slack)
    ts = _says(slack, "<@UBOT> note One", card)
    mention = {"type": "app_mention", "user": "U0ANA", "text": "<@UBOT> note One", "channel": CARE.id}
    await slack.done(Sender(slack).event({**mention, "ts": ts, "thread_ts": card}))
    later = Virtual(world=slack.world)
    await _attended(later)
    assert [g.id for g in later.desk.heard] == [g.id for g in slack.desk.heard]


async def test_what_was_read_late_is_done_without_a_word(slack: Virtual) -> None:
    """At every start the same wishes are read again: what was done, or no longer fits, tells its person nothing. A no does."""
    card = await _card(slack)
    _says(slack, "<@UBOT> note One", card)
    _says(slack, "<@UBOT> hand it back", card)
    _says(slack, "<@UBOT> claim", card)
    later = Virtual(world=slack.world)
    await _attended(later)
    assert [gesture.act for gesture in later.desk.heard] == ["note", "hand_back"]
    assert slack.world.calls["chat.postEphemeral"] == 0

    async def refuses(gesture: Gesture) -> Answer:
        return Refusal(because="Guests only read here.")

    third = Virtual(world=slack.world)
    await _attended(third, hear=refuses)
    assert slack.world.calls["chat.postEphemeral"] == 3


async def test_cards_are_known_again_after_a_start(slack: Virtual) -> None:
    """Home opens each thread though nothing was painted since: the cards themselves say whose they are."""
    card = await _card(slack)
    later = Virtual(world=slack.world)
    await _attended(later)
    assert later.room._stage.incidents.get(At(CARE.id, card)) == script.COOLING.incident


async def test_home_leads_to_the_card_s_thread_and_to_no_direct_message(slack: Virtual) -> None:
    """After a start, and after somebody was written to alone: what is theirs opens for nobody else."""
    card = await _card(slack)
    later = Virtual(world=slack.world)
    later.desk.answers["now"] = Page("now", "What needs someone now", "", (Section("", rows=(Row(script.COOLING),)),))
    task = asyncio.ensure_future(later.room.attend(later.desk.hear))
    await slack.clock.run(30)
    for number in range(2):
        await later.done(Sender(later).event({"type": "app_home_opened", "user": "U0BEN", "tab": "home"}))
        await slack.clock.run(5)
        home = [args["view"] for _, method, args in slack.world.log if method == "views.publish"][-1]
        assert f"https://shop.slack.com/archives/{CARE.id}/p{card.replace('.', '')}|Its thread" in shown(home)
        await later.done(later.room.tell(Handle(room="slack", id="U0ANA"), script.COOLING, f"note {number}"))
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


async def test_old_things_rest(slack: Virtual) -> None:
    """At a start six hours are read, no more."""
    card = await _card(slack)
    _says(slack, "<@UBOT> note Old", card)
    await slack.clock.run(7 * 3600)
    _says(slack, "<@UBOT> note New", card)
    later = Virtual(world=slack.world)
    await _attended(later)
    assert _heard(later) == [{"text": "New"}]


async def test_a_wish_is_not_acted_on_hours_later(slack: Virtual) -> None:
    """Who asked for something has gone on; a note is kept however late it is read."""
    card = await _card(slack)
    _says(slack, "<@UBOT> hand it back", card)
    _says(slack, "<@UBOT> note She called", card)
    await slack.clock.run(3600)
    _says(slack, "<@UBOT> hand it back", card)
    later = Virtual(world=slack.world)
    await _attended(later)
    assert [(g.act, g.values.get("text")) for g in later.desk.heard] == [("note", "She called"), ("hand_back", None)]


async def test_events_held_back_are_read_in_the_channel(slack: Virtual) -> None:
    """Told that events were held back: health says so meanwhile, and what was missed is read."""
    card = await _card(slack)
    sender = Sender(slack)
    task = asyncio.ensure_future(slack.room.attend(slack.desk.hear))
    await slack.clock.run(100)
    _says(slack, "<@UBOT> note Held back", card)
    await slack.clock.run(35)  # Slack tells a little later that it held something back
    assert _heard(slack) == []
    await slack.done(sender.event({}, type="app_rate_limited", team_id="T1", minute_rate_limited=1518467820))
    await slack.clock.run(20)
    assert _heard(slack) == [{"text": "Held back"}]
    assert "events" in dict(slack.health.said)["slack events"]
    assert "slack events" not in slack.health.reasons
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


async def test_an_invitation_that_nobody_heard(slack: Virtual) -> None:
    """Invited before it ever ran: it greets at its start, once, as long as it has no place; one with others in it says so."""
    slack.world.invited, slack.world.shared = {"C1", "C2"}, {"C2"}
    for _ in range(2):
        await _attended(Virtual(world=slack.world, places=()))
    (alone,), (among_others,) = slack.world.cards("C1"), slack.world.cards("C2")
    assert "Other companies" not in str(alone)
    assert "Other companies" in str(among_others)
    slack.world.invited.add("C3")
    await _attended(Virtual(world=slack.world))
    assert slack.world.cards("C3") == []


async def test_other_rooms_are_not_ours(slack: Virtual) -> None:
    """Only places in Slack are read."""
    slack.places = (Place(room="web", id="desk"),)
    await _attended(slack)
    assert slack.world.calls["conversations.history"] == 0


async def test_a_token_that_dies_is_tried_again(slack: Virtual) -> None:
    """While it is no good nothing else is asked, health names it, and it comes back by itself."""
    slack.world.standing["auth.test", ""] = "token_revoked"
    task = asyncio.ensure_future(slack.room.attend(slack.desk.hear))
    await slack.clock.run(100)
    assert "revoked" in slack.health.reasons["slack token"]
    asked = {method for _, method, _ in slack.world.log}
    assert asked == {"auth.test"}
    slack.world.standing.clear()
    await slack.clock.run(60)
    assert slack.health.reasons == {}
    assert isinstance(await slack.done(slack.room.open_thread(CARE, script.COOLING, "k1")), ThreadRef)
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
