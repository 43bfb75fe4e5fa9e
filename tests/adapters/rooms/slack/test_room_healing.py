"""What people do to us in Slack: every error of the list, mended once, in at most three calls."""

import asyncio
from contextlib import suppress

import pytest

from adapters.connections import slack_answers as errors
from adapters.rooms.slack.cures import because
from adapters.rooms.slack.message import Message
from bot.nouns.team import Handle
from bot.ports import Broken, Gone, ThreadRef
from bot.screens.shapes import Line
from tests.adapters.rooms.slack.checks import sound
from tests.adapters.rooms.slack.peers import labels, shown
from tests.adapters.rooms.slack.virtual import CARE, QUIET, Virtual, card
from tests.fakes.desk_pages import NOON

LINE = Line("Ana has this", NOON)


@pytest.fixture
def slack() -> Virtual:
    """A room in a Slack of documented limits."""
    return Virtual()


async def _opened(slack: Virtual) -> ThreadRef:
    ref = await slack.done(slack.room.open_thread(CARE, card(), "k1"))
    assert isinstance(ref, ThreadRef)
    return ref


def _writes(slack: Virtual) -> int:
    return sum(slack.world.calls[one] for one in ("chat.postMessage", "chat.update", "chat.delete"))


@pytest.mark.parametrize("error", sorted(errors.MESSAGE_GONE | errors.MESSAGE_SET))
async def test_a_card_that_cannot_be_changed_gets_a_successor(slack: Virtual, error: str) -> None:
    """Deleted, or its edit window closed: a new card in the same channel, which is changed from then on."""
    ref = await _opened(slack)
    before = _writes(slack)
    slack.world.standing["chat.update", CARE.id] = error
    new = await slack.done(slack.room.repaint(ref, card(version=2, headline="Newer")))
    assert isinstance(new, ThreadRef)
    assert (new.place, new.id != ref.id) == (CARE.id, True)
    assert _writes(slack) - before == 2
    slack.world.standing.clear()
    assert await slack.done(slack.room.repaint(ref, card(version=3, headline="Newest"))) == new
    assert "Newest" in slack.world.cards(CARE.id)[-1]["text"]


@pytest.mark.parametrize("error", sorted(errors.CHANNEL))
async def test_a_channel_that_is_not_to_be_had(slack: Virtual, error: str) -> None:
    """Archived, deleted, read-only, the app removed: the incident goes on in the team's next place, in three calls."""
    ref = await _opened(slack)
    before = _writes(slack)
    for method in ("chat.update", "chat.postMessage"):
        slack.world.standing[method, CARE.id] = error
    moved = await slack.done(slack.room.repaint(ref, card(version=2, headline="Newer")))
    assert isinstance(moved, ThreadRef)
    assert (moved.place, moved.id.partition("/")[0]) == (CARE.id, QUIET.id)
    assert _writes(slack) - before <= 3
    assert "slack C0CARE" in slack.health.reasons
    line = await slack.done(slack.room.say(moved, LINE, "l1"))
    assert not isinstance(line, Broken)
    assert slack.world.thread(QUIET.id, moved.id.partition("/")[2])


async def test_nowhere_to_go(slack: Virtual) -> None:
    """Without a place that may be had the core is told so, in a sentence that says what to do, and nothing is tried over
    and over."""
    ref = await _opened(slack)
    for channel in (CARE.id, QUIET.id):
        for method in ("chat.update", "chat.postMessage"):
            slack.world.standing[method, channel] = "is_archived"
    before = _writes(slack)
    for version in range(2, 12):
        told = await slack.done(slack.room.repaint(ref, card(version=version, headline=f"No {version}")))
        assert isinstance(told, Broken)
        assert told.until is None
        assert "The channel #care is archived" in told.because
    assert "The channel #care is archived" in slack.health.reasons["slack C0CARE"]
    assert _writes(slack) - before <= 3
    opened = await slack.done(slack.room.open_thread(CARE, card("i2"), "k2"))
    assert isinstance(opened, Broken)


@pytest.mark.parametrize("error", sorted(errors.CHANNEL | errors.TOKEN | errors.THREAD))
def test_what_happened_is_said_in_whole_sentences(error: str) -> None:
    """They begin with a capital and name the channel once, as people call it, or as that channel."""
    for channel in ("#care", ""):
        told = because(error, channel)
        assert told[0].isupper()
        assert told.endswith(".")
        assert told.lower().count("channel") <= 1
        assert "{" not in told


async def test_a_channel_that_came_back(slack: Virtual) -> None:
    """After a while it is tried again, and health says that it is well."""
    slack.world.standing["chat.postMessage", CARE.id] = "not_in_channel"
    ref = await _opened(slack)
    assert ref.id.startswith(QUIET.id)
    slack.world.standing.clear()
    await slack.clock.run(400)
    second = await slack.done(slack.room.open_thread(CARE, card("i2"), "k2"))
    assert isinstance(second, ThreadRef)
    assert second.id.startswith(CARE.id)
    assert slack.health.reasons == {}


@pytest.mark.parametrize("error", sorted(errors.THREAD))
async def test_a_thread_that_takes_no_lines(slack: Virtual, error: str) -> None:
    """Locked or gone: the core is told, and at the next painting a new card stands below which the line is said."""
    ref = await _opened(slack)
    slack.world.standing["chat.postMessage", CARE.id] = error
    assert isinstance(await slack.done(slack.room.say(ref, LINE, "l1")), Broken)
    slack.world.standing.clear()
    new = await slack.done(slack.room.repaint(ref, card()))
    assert isinstance(new, ThreadRef)
    assert new.id != ref.id
    assert not isinstance(await slack.done(slack.room.say(new, LINE, "l1")), Broken)


async def _knows_its_workspace(slack: Virtual) -> None:
    task = asyncio.ensure_future(slack.room.attend(slack.desk.hear))
    await slack.clock.run(5)
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


@pytest.mark.parametrize("error", sorted(errors.THREAD))
async def test_threads_that_go_on_elsewhere_lead_to_each_other(slack: Virtual, error: str) -> None:
    """The new card has a link to the earlier thread, also after its next change; the old one says where it goes on, and has
    nothing to press. Three calls in all."""
    await _knows_its_workspace(slack)
    ref = await _opened(slack)
    before = _writes(slack)
    slack.world.standing["chat.postMessage", CARE.id] = error
    await slack.done(slack.room.say(ref, LINE, "l1"))
    slack.world.standing.clear()
    new = await slack.done(slack.room.repaint(ref, card()))
    assert isinstance(new, ThreadRef)
    assert _writes(slack) - before == 3
    old, successor = slack.world.cards(CARE.id)[-2:]
    assert _address(ref) in shown(successor["blocks"])
    assert _address(new) in shown(old["blocks"])
    assert labels(old) == []
    await slack.done(slack.room.repaint(ref, card(version=2, headline="Newer")))
    assert "Newer" in shown(slack.world.cards(CARE.id)[-1]["blocks"])
    assert f"<{_address(ref)}|Its earlier thread>" in shown(slack.world.cards(CARE.id)[-1]["blocks"])


@pytest.mark.parametrize("error", ["message_not_found", "edit_window_closed", "is_archived"])
async def test_a_card_s_successor_leads_to_the_earlier_thread(slack: Virtual, error: str) -> None:
    """Deleted, set, or in a channel that is not to be had: what was said below it is one link away."""
    await _knows_its_workspace(slack)
    ref = await _opened(slack)
    slack.world.standing["chat.update", CARE.id] = error
    new = await slack.done(slack.room.repaint(ref, card(version=2, headline="Newer")))
    assert isinstance(new, ThreadRef)
    stands = slack.world.messages[new.id.partition("/")[0], new.id.partition("/")[2]]
    sound(Message(stands["text"], tuple(stands["blocks"])))
    assert _address(ref) in shown(stands["blocks"])


def _address(ref: ThreadRef) -> str:
    channel, _, ts = ref.id.partition("/")
    return f"https://shop.slack.com/archives/{channel}/p{ts.replace('.', '')}"


async def test_too_many_messages_is_a_matter_of_time(slack: Virtual) -> None:
    """A free workspace's flood limit is waited out; it is no success and no reason for a person."""
    slack.world.standing["chat.postMessage", CARE.id] = "message_limit_exceeded"
    told = await slack.done(slack.room.open_thread(CARE, card(), "k1"))
    assert isinstance(told, Broken)
    assert told.until is not None
    assert slack.world.calls["chat.postMessage"] <= 3


@pytest.mark.parametrize("error", sorted(errors.TOKEN))
async def test_a_token_that_is_no_good(slack: Virtual, error: str) -> None:
    """One call finds out; then nothing more is sent until there is another token, and health names what to do."""
    ref = await _opened(slack)
    slack.world.standing["chat.update", ""] = error
    told = await slack.done(slack.room.repaint(ref, card(version=2, headline="Newer")))
    assert isinstance(told, Broken)
    assert told.until is None
    calls = slack.world.calls.total()
    assert isinstance(await slack.done(slack.room.say(ref, LINE, "l1")), Broken)
    assert isinstance(await slack.done(slack.room.tell(Handle(room="slack", id="U1"), card(), "n1")), Broken)
    assert isinstance(await slack.done(slack.room.open_thread(CARE, card("i2"), "k2")), Broken)
    assert slack.world.calls.total() == calls
    slack.token, slack.world.standing = "xoxb-2", {}
    assert await slack.done(slack.room.repaint(ref, card(version=3, headline="Newest"))) == ref


async def test_a_person_who_cannot_be_written_to(slack: Virtual) -> None:
    """It is said; nothing is tried twice."""
    slack.world.standing["conversations.open", ""] = "user_disabled"
    told = await slack.done(slack.room.tell(Handle(room="slack", id="U1"), card(), "n1"))
    assert isinstance(told, Broken)
    assert (told.until, slack.world.calls["chat.postMessage"]) == (None, 0)


async def test_what_may_not_be_deleted_is_emptied(slack: Virtual) -> None:
    """Withdrawn means that nobody reads it any more."""
    ref = await _opened(slack)
    slack.world.standing["chat.delete", CARE.id] = "cant_delete_message"
    assert isinstance(await slack.done(slack.room.withdraw(ref)), Gone)
    assert "Parcel" not in str(slack.world.messages)


async def test_a_healed_card_is_not_healed_twice_after_a_restart(slack: Virtual) -> None:
    """The core may still hold the old reference: another life finds the successor by its key."""
    ref = await _opened(slack)
    del slack.world.messages[CARE.id, ref.id.partition("/")[2]]
    new = await slack.done(slack.room.repaint(ref, card(version=2, headline="Newer")))
    later = Virtual(world=slack.world)
    assert await later.done(later.room.repaint(ref, card(version=3, headline="Newest"))) == new
    (only,) = slack.world.cards(CARE.id)
    assert "Newest" in only["text"]
