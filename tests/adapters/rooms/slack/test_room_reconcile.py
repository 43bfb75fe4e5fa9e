"""Answers that get lost: a message stands once, whatever happened on the way."""

import asyncio

import pytest

from adapters.connections.slack_answers import Answered, Lost, Refused
from adapters.rooms.slack.reconcile import SETTLE
from bot.nouns.team import Handle
from bot.ports import Broken, LineRef, ThreadRef
from bot.screens.shapes import Line
from tests.adapters.rooms.slack.virtual import CARE, Virtual, card
from tests.fakes.desk_pages import NOON

LOST = Lost("The line broke.")
LINE = Line("Ana has this", NOON)


@pytest.fixture
def slack() -> Virtual:
    """A room in a Slack of documented limits."""
    return Virtual()


async def test_done_and_lost(slack: Virtual) -> None:
    """It stood there all along: the history is looked at once, and it is not sent again."""
    slack.world.faults["chat.postMessage"].append(("after", LOST))
    ref = await slack.done(slack.room.open_thread(CARE, card(), "k1"))
    assert isinstance(ref, ThreadRef)
    (message,) = slack.world.cards(CARE.id)
    assert ref.id == f"{CARE.id}/{message['ts']}"
    assert slack.world.calls["chat.postMessage"] == 1
    posted, looked = [
        [at for at, method, _ in slack.world.log if method == name][-1]
        for name in ("chat.postMessage", "conversations.history")
    ]
    assert looked - posted >= SETTLE  # a history may lag behind


async def test_not_done_and_lost(slack: Virtual) -> None:
    """It never arrived: sent again, once."""
    slack.world.faults["chat.postMessage"].append(LOST)
    assert isinstance(await slack.done(slack.room.open_thread(CARE, card(), "k1")), ThreadRef)
    assert len(slack.world.cards(CARE.id)) == 1
    assert slack.world.calls["chat.postMessage"] == 2


async def test_seen_late(slack: Virtual) -> None:
    """The history shows it only after it was sent again: the one that the core is told of stands, the other is taken away."""
    slack.world.faults["chat.postMessage"].append(("after", LOST))
    answer = slack.world.answer
    looks = 0

    async def late(method: str, args: object) -> object:
        nonlocal looks
        looks += method == "conversations.history"
        if method == "conversations.history" and looks == 2:
            slack.world.calls[method] += 1
            return Answered({"messages": []})
        return await answer(method, args)  # type: ignore[arg-type]  # handed on as it is

    slack.world.answer = late  # type: ignore[method-assign,assignment]  # this history is slow
    ref = await slack.done(slack.room.open_thread(CARE, card(), "k1"))
    assert isinstance(ref, ThreadRef)
    assert slack.world.calls["chat.postMessage"] == 2
    (only,) = slack.world.cards(CARE.id)
    assert ref.id == f"{CARE.id}/{only['ts']}"


async def test_lost_twice(slack: Virtual) -> None:
    """Two lost answers: the core is told to come again, and then it is found or sent, and stands once."""
    slack.world.faults["chat.postMessage"].extend([LOST, ("after", LOST)])
    told = await slack.done(slack.room.open_thread(CARE, card(), "k1"))
    assert isinstance(told, Broken)
    assert told.until is not None
    assert isinstance(await slack.done(slack.room.open_thread(CARE, card(), "k1")), ThreadRef)
    assert len(slack.world.cards(CARE.id)) == 1


async def test_nobody_knows_and_nobody_tells(slack: Virtual) -> None:
    """While Slack does not show the history either, a doubtful message is not sent again."""
    slack.world.faults["chat.postMessage"].append(("after", LOST))
    slack.world.faults["conversations.history"].extend([Refused("channel_not_found"), LOST, LOST])
    assert isinstance(await slack.done(slack.room.open_thread(CARE, card(), "k1")), Broken)
    assert isinstance(await slack.done(slack.room.open_thread(CARE, card(), "k1")), Broken)
    assert slack.world.calls["chat.postMessage"] == 1
    assert isinstance(await slack.done(slack.room.open_thread(CARE, card(), "k1")), ThreadRef)
    assert len(slack.world.cards(CARE.id)) == 1


async def test_another_life_finds_what_the_last_one_posted(slack: Virtual) -> None:
    """A crash between posting and remembering makes no second card, line or note."""
    ref = await slack.done(slack.room.open_thread(CARE, card(), "k1"))
    assert isinstance(ref, ThreadRef)
    said = await slack.done(slack.room.say(ref, LINE, "l1"))
    told = await slack.done(slack.room.tell(Handle(room="slack", id="U1"), card(), "n1"))
    before = slack.world.calls["chat.postMessage"]
    later = Virtual(world=slack.world)
    assert await later.done(later.room.open_thread(CARE, card(), "k1")) == ref
    assert await later.done(later.room.say(ref, LINE, "l1")) == said
    assert await later.done(later.room.tell(Handle(room="slack", id="U1"), card(), "n1")) == told
    assert slack.world.calls["chat.postMessage"] == before


async def test_another_life_that_cannot_look_waits(slack: Virtual) -> None:
    """What an earlier life posted may stand there: while the history is not shown, nothing is posted beside it."""
    ref = await slack.done(slack.room.open_thread(CARE, card(), "k1"))
    later = Virtual(world=slack.world)
    slack.world.faults["conversations.history"].append(LOST)
    told = await later.done(later.room.open_thread(CARE, card(), "k1"))
    assert isinstance(told, Broken)
    assert told.until is not None
    assert await later.done(later.room.open_thread(CARE, card(), "k1")) == ref
    assert len(slack.world.cards(CARE.id)) == 1


def _arrives_late(slack: Virtual) -> None:
    """What an earlier life had on its way when it was killed: the newest card's twin."""
    args = [args for _, method, args in slack.world.log if method == "chat.postMessage"][-1]
    slack.world._do("chat.postMessage", args)


async def test_what_a_killed_life_had_on_the_way(slack: Virtual) -> None:
    """It arrives after we looked and posted: it is taken away with the next card, and ours stands."""
    ref = await slack.done(slack.room.open_thread(CARE, card(), "k1"))
    assert isinstance(ref, ThreadRef)
    _arrives_late(slack)
    await slack.clock.run(SETTLE)
    assert isinstance(await slack.done(slack.room.open_thread(CARE, card("i2"), "k2")), ThreadRef)
    first, _ = slack.world.cards(CARE.id)
    assert ref.id == f"{CARE.id}/{first['ts']}"
    for number in range(3):
        await slack.done(slack.room.open_thread(CARE, card(f"i{number + 3}"), f"k{number + 3}"))
    assert slack.world.calls["conversations.history"] == 2  # from then on nothing can be on its way


async def test_what_a_killed_life_had_on_the_way_and_nothing_new_comes(slack: Virtual) -> None:
    """It is taken away within a minute all the same."""
    ref = await slack.done(slack.room.open_thread(CARE, card(), "k1"))
    assert isinstance(ref, ThreadRef)
    _arrives_late(slack)
    attending = asyncio.ensure_future(slack.room.attend(slack.desk.hear))
    await slack.clock.run(60)
    attending.cancel()
    await asyncio.gather(attending, return_exceptions=True)
    (only,) = slack.world.cards(CARE.id)
    assert ref.id == f"{CARE.id}/{only['ts']}"


async def test_another_life_shows_what_is_true_now(slack: Virtual) -> None:
    """A card found again may show an older state: it is brought up to date at once."""
    ref = await slack.done(slack.room.open_thread(CARE, card(), "k1"))
    later = Virtual(world=slack.world)
    newer = card(version=5, headline="Newer")
    assert await later.done(later.room.open_thread(CARE, newer, "k1")) == ref
    assert "Newer" in slack.world.cards(CARE.id)[0]["text"]


async def test_a_fresh_thread_is_not_looked_through(slack: Virtual) -> None:
    """Nobody but us can have written below a card that did not exist: no history is asked for its lines."""
    ref = await slack.done(slack.room.open_thread(CARE, card(), "k1"))
    assert isinstance(ref, ThreadRef)
    for number in range(5):
        assert isinstance(await slack.done(slack.room.say(ref, LINE, f"l{number}")), LineRef)
    assert slack.world.calls["conversations.replies"] == 0
    assert slack.world.calls["conversations.history"] == 1


async def test_keys_say_nothing(slack: Virtual) -> None:
    """What other apps may read of a message's metadata is a hash, never a key, a name or a word."""
    await slack.done(slack.room.open_thread(CARE, card("secret-incident"), "open:secret-incident:mara"))
    (message,) = slack.world.cards(CARE.id)
    assert set(message["metadata"]["event_payload"]) == {"key"}
    assert "secret" not in str(message["metadata"])
