"""Cards under Slack's limits, in virtual time: nothing is lost, everything is calm."""

import asyncio
import random
from collections.abc import Mapping
from typing import Any

import pytest

from adapters.connections.slack_answers import Answer, Answered, Lost, Refused
from adapters.rooms.slack.card import card as paint
from adapters.rooms.slack.pressing import Signer
from bot.nouns.conversation import Mood
from bot.ports import Broken, ThreadRef
from bot.screens.shapes import Line
from tests.adapters.rooms.slack.house import SECRET
from tests.adapters.rooms.slack.signed import Sender
from tests.adapters.rooms.slack.virtual import CARE, Virtual, card
from tests.fakes.desk_pages import NOON


@pytest.fixture
def slack() -> Virtual:
    """A room in a Slack of documented limits."""
    return Virtual()


async def _opened(slack: Virtual, incident: str = "i1") -> ThreadRef:
    ref = await slack.done(slack.room.open_thread(CARE, card(incident), f"open:{incident}"))
    assert isinstance(ref, ThreadRef)
    return ref


def _stands(slack: Virtual, ref: ThreadRef) -> object:
    channel, _, ts = ref.id.partition("/")
    return slack.world.messages[channel, ts]["text"]


async def test_many_changes_are_few_edits(slack: Virtual) -> None:
    """A hundred changes of a card at once are at most a few calls, and it shows the last."""
    ref = await _opened(slack)
    before = slack.world.calls["chat.update"]
    await slack.all(*(slack.room.repaint(ref, card(headline=f"No {n}", version=n)) for n in range(2, 102)))
    assert slack.world.calls["chat.update"] - before <= 2
    assert "No 101" in str(_stands(slack, ref))


async def test_what_it_shows_already_costs_nothing(slack: Virtual) -> None:
    """The same card again is no call at all."""
    ref = await _opened(slack)
    assert await slack.done(slack.room.repaint(ref, card())) == ref
    assert slack.world.calls["chat.update"] == 0


async def test_shuffled_changes_end_at_the_newest(slack: Virtual) -> None:
    """In whatever order they come, the card ends as the highest version."""
    ref = await _opened(slack)
    versions = list(range(2, 200))
    random.Random(7).shuffle(versions)
    for start in range(0, len(versions), 20):
        await slack.all(
            *(slack.room.repaint(ref, card(headline=f"No {n}", version=n)) for n in versions[start : start + 20])
        )
    assert "No 199" in str(_stands(slack, ref))


async def test_never_limited_and_nothing_lost(slack: Virtual) -> None:
    """Sixty cards that change all the time: Slack never has to say no, and each ends as it should."""
    refs = [await _opened(slack, f"i{n}") for n in range(60)]
    work = [
        asyncio.ensure_future(slack.room.repaint(ref, card(f"i{n}", f"State {turn}", turn)))
        for turn in range(2, 12)
        for n, ref in enumerate(refs)
    ]
    await slack.all(*work)
    await slack.clock.run(180)
    assert slack.world.limited.total() == 0
    assert all("State 11" in str(_stands(slack, ref)) for ref in refs)


async def test_a_press_is_seen_before_a_counter(slack: Virtual) -> None:
    """While many cards wait only to count up, a card that somebody pressed is painted first."""
    refs = [await _opened(slack, f"i{n}") for n in range(30)]
    await slack.clock.run(60)
    counting = [
        asyncio.ensure_future(slack.room.repaint(ref, card(f"i{n}", f"Counted {n}", 2))) for n, ref in enumerate(refs)
    ]
    await slack.clock.settle()
    began = slack.clock.elapsed
    await slack.room._stage.urgency.pressed("i29")
    await slack.done(slack.room.repaint(refs[29], card("i29", "Ana has this", 3)))
    assert slack.clock.elapsed - began < 3
    await slack.all(*counting)


async def test_not_now_parks_the_method_alone(slack: Virtual) -> None:
    """Retry-After of an edit holds up edits for so long, and no message."""
    ref = await _opened(slack)
    slack.world.faults["chat.update"].append(Refused("ratelimited", 15.0))
    began = slack.clock.elapsed
    painting = asyncio.ensure_future(slack.room.repaint(ref, card(version=2, headline="Newer")))
    await slack.clock.run(1)
    await slack.done(slack.room.say(ref, Line("Ana has this", NOON), "l1"))
    assert slack.clock.elapsed - began < 5
    assert await slack.done(painting) == ref
    assert slack.clock.elapsed - began >= 15
    assert "Newer" in str(_stands(slack, ref))


async def test_too_long_a_wait_is_told_and_painted_all_the_same(slack: Virtual) -> None:
    """The core hears how long; the newest state is painted once it may be, without being asked again."""
    ref = await _opened(slack)
    slack.world.faults["chat.update"].append(Refused("ratelimited", 120.0))
    told = await slack.done(slack.room.repaint(ref, card(version=2, headline="Newer")))
    assert isinstance(told, Broken)
    assert told.until is not None
    await slack.clock.run(130)
    assert "Newer" in str(_stands(slack, ref))


async def test_not_now_again_and_again_drops_nothing(slack: Virtual) -> None:
    """However often Slack asks us to wait, the newest state is painted in the end."""
    ref = await _opened(slack)
    slack.world.faults["chat.update"].extend([Refused("ratelimited", 2.0)] * 7)
    await slack.done(slack.room.repaint(ref, card(version=2, headline="Newer")))
    await slack.clock.run(60)
    assert "Newer" in str(_stands(slack, ref))


async def test_an_edit_whose_answer_was_lost_is_made_again(slack: Virtual) -> None:
    """Edits may be repeated, so one is, and then the core is told."""
    ref = await _opened(slack)
    slack.world.faults["chat.update"].append(Lost("The line broke."))
    assert await slack.done(slack.room.repaint(ref, card(version=2, headline="Newer"))) == ref
    slack.world.faults["chat.update"].extend([Lost("The line broke.")] * 2)
    told = await slack.done(slack.room.repaint(ref, card(version=3, headline="Newest")))
    assert isinstance(told, Broken)
    assert told.until is not None
    assert await slack.done(slack.room.repaint(ref, card(version=3, headline="Newest"))) == ref
    assert "Newest" in str(_stands(slack, ref))


async def test_too_long_for_slack_is_said_in_words(slack: Virtual) -> None:
    """Blocks that Slack will not have give way to plain words, once."""
    slack.world.faults["chat.postMessage"].append(Refused("msg_blocks_too_long"))
    ref = await _opened(slack)
    assert slack.world.calls["chat.postMessage"] == 2
    assert _stands(slack, ref) == paint(card(), Signer(SECRET)).text
    slack.world.faults["chat.update"].append(Refused("invalid_blocks"))
    assert await slack.done(slack.room.repaint(ref, card(version=2, mood=Mood.READY))) == ref


async def test_a_shared_channel_sees_the_least(slack: Virtual) -> None:
    """Where another company reads along, no name and no words of anybody stand in the card or its lines."""
    slack.world.shared.add(CARE.id)
    ref = await _opened(slack)
    await slack.done(slack.room.say(ref, Line("Mara wrote again", NOON, quote="Still nothing?"), "l1"))
    everything = str(slack.world.messages)
    assert "Where is it?" not in everything
    assert "Mara ·" not in everything
    assert "Still nothing?" not in everything
    assert "Mara" not in everything


async def test_a_channel_that_became_shared_is_noticed_at_the_first_event(slack: Virtual) -> None:
    """Any event says whether another company reads there; from then on the card shows the least."""
    ref = await _opened(slack)
    slack.world.shared.add(CARE.id)
    told = {"type": "reaction_added", "user": "U1", "reaction": "tada", "item": {"channel": CARE.id, "ts": "1.1"}}
    await slack.done(Sender(slack).event(told, is_ext_shared_channel=True))
    await slack.done(slack.room.repaint(ref, card(version=2)))
    assert "Where is it?" not in str(slack.world.messages)


async def test_a_channel_that_became_shared_is_noticed_within_a_minute(slack: Virtual) -> None:
    """Whoever paints may not be the replica that Slack tells of it."""
    ref = await _opened(slack)
    slack.world.shared.add(CARE.id)
    await slack.clock.run(61)
    await slack.done(slack.room.repaint(ref, card(version=2)))
    assert "Where is it?" not in str(slack.world.messages)


async def test_who_reads_a_channel_is_asked_once_for_all_its_cards(slack: Virtual) -> None:
    """However many cards are to be painted there when it must be asked anew."""
    refs = [await _opened(slack, f"i{number}") for number in range(10)]
    await slack.clock.run(120)
    slack.world.calls.clear()
    await slack.all(*(slack.room.repaint(ref, card(f"i{n}", f"State {n}", 2)) for n, ref in enumerate(refs)))
    assert slack.world.calls["conversations.info"] == 1


@pytest.mark.parametrize("meanwhile", [True, False])
async def test_an_answer_from_before_a_change_is_not_believed(slack: Virtual, meanwhile: bool) -> None:
    """Who asks after Slack told of it asks anew, and an answer that was on its way then is not remembered."""
    channels = slack.room._channels
    slack.world.faults["conversations.info"].append(Answered({"ok": True, "channel": {"name": "care"}}))
    asked = asyncio.ensure_future(channels.others_read(CARE.id))
    await slack.clock.settle()
    slack.world.shared.add(CARE.id)
    channels.changed(CARE.id)
    assert not meanwhile or await slack.done(channels.others_read(CARE.id))
    assert not await slack.done(asked)
    assert await slack.done(channels.others_read(CARE.id))


async def test_what_falls_over_once_is_painted_later(slack: Virtual, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault of the library, not of Slack, holds up one edit: the next painting of that card is made as ever."""
    ref = await slack.done(slack.room.open_thread(CARE, card("i1"), "k1"))
    assert isinstance(ref, ThreadRef)
    answer = slack.world.answer
    fell: list[str] = []

    async def falls(method: str, args: Mapping[str, Any]) -> Answer:
        if method == "chat.update" and not fell:
            fell.append(method)
            raise RuntimeError("the library fell over")
        return await answer(method, args)

    monkeypatch.setattr(slack.world, "answer", falls)
    assert isinstance(await slack.done(slack.room.repaint(ref, card("i1", "State 2.", 2))), Broken)
    assert isinstance(await slack.done(slack.room.repaint(ref, card("i1", "State 3.", 3))), ThreadRef)
    assert "State 3." in slack.world.messages[CARE.id, ref.id.partition("/")[2]]["text"]


async def test_a_card_is_painted_after_its_room_was_left(slack: Virtual) -> None:
    """The lease was lost in the middle of an edit, and is ours again: that card is painted as every other."""
    ref = await _opened(slack)
    slack.world.faults["chat.update"].append(Refused("ratelimited", 30.0))
    left = asyncio.ensure_future(slack.room.repaint(ref, card("i1", "State 2.", 2)))
    await slack.clock.run(1)
    await slack.room.close()
    assert isinstance(await slack.done(left), Broken)
    assert isinstance(await slack.done(slack.room.repaint(ref, card("i1", "State 3.", 3))), ThreadRef)
    assert "State 3." in str(_stands(slack, ref))
