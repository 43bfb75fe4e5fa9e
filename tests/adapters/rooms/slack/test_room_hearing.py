"""What people do, heard in virtual time through the signed doors: late answers, lost views, words that survive."""

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from adapters.connections.slack_answers import Lost, Refused
from bot.nouns.team import Refusal
from bot.ports import Broken, ThreadRef
from bot.screens.forms import FORMS
from bot.screens.shapes import Answer, Card, Choice, Done, Gesture, GestureKind
from tests.adapters.rooms.slack.checks import sound_view
from tests.adapters.rooms.slack.peers import labels, shown
from tests.adapters.rooms.slack.signed import ANA, Sender, body
from tests.adapters.rooms.slack.virtual import CARE, Virtual
from tests.fakes import desk_pages as script

WORDS = "Your reply"


@pytest.fixture
def slack() -> Virtual:
    """A room in a Slack of documented limits."""
    return Virtual()


async def _card(slack: Virtual, card: Card = script.COOLING) -> dict[str, Any]:
    ref = await slack.done(slack.room.open_thread(CARE, card, f"open:{card.incident}"))
    assert isinstance(ref, ThreadRef)
    return slack.world.messages[CARE.id, ref.id.partition("/")[2]]


def _whispers(slack: Virtual) -> list[str]:
    return [str(args["text"]) for _, method, args in slack.world.log if method == "chat.postEphemeral"]


async def _settle(slack: Virtual) -> None:
    await slack.clock.run(1)


async def _form(slack: Virtual, sender: Sender) -> dict[str, Any]:
    await slack.done(sender.press(await _card(slack), "Read and edit"))
    await _settle(slack)
    return slack.world.views[-1]


def _slow(slack: Virtual, seconds: float, answer: Answer) -> Sender:
    async def hear(gesture: Gesture) -> Answer:
        slack.desk.heard.append(gesture)
        await slack.clock.sleep(seconds)
        return answer

    return Sender(slack, hear)


async def test_a_press_is_confirmed_at_once_and_saving_is_said_after_two_seconds(slack: Virtual) -> None:
    """The receipt waits for nobody; who waits is told, and then told what came of it."""
    sender = _slow(slack, 5, Done("It is discarded."))
    card = Card("i1", "i1-1", "Parcel never came", "", script.COOLING.mood, (), (Choice("discard", "Discard"),))
    began = slack.clock.elapsed
    await slack.done(sender.press(await _card(slack, card), "Discard"))
    assert slack.clock.elapsed - began < 1
    await slack.clock.run(1)
    assert _whispers(slack) == []
    await slack.clock.run(2)
    assert len(_whispers(slack)) == 1
    assert "Saving" in _whispers(slack)[0]
    await slack.clock.run(4)
    assert _whispers(slack)[1:] == ["It is discarded."]


async def test_a_form_that_came_back_is_answered_within_three_seconds(slack: Virtual) -> None:
    """Slack hears "saving" in time, and the view becomes the answer when it is known."""
    view = await _form(slack, Sender(slack))
    sender = _slow(slack, 6, Done("It cools until 14:32."))
    began = slack.clock.elapsed
    receipt = body(await slack.done(sender.submit(view, {WORDS: "Mara, I am sorry."})))
    assert slack.clock.elapsed - began < 3
    assert receipt["response_action"] == "update"
    assert "Saving" in shown(receipt["view"])
    await slack.clock.run(6)
    assert "It cools until 14:32." in shown(slack.world.views[-1])


async def test_a_slow_form_gets_a_view_to_wait_in(slack: Virtual) -> None:
    """A trigger is good for three seconds: a view opens in time, and the form goes into it."""
    sender = _slow(slack, 10, script.WRITE)
    began = slack.clock.elapsed
    await slack.done(sender.press(await _card(slack), "Read and edit"))
    await slack.clock.run(3)
    opened = [at - began for at, method, _ in slack.world.log if method == "views.open"]
    assert len(opened) == 1
    assert opened[0] < 3
    await slack.clock.run(10)
    assert slack.world.calls["views.update"] == 1
    assert slack.world.views[-1]["callback_id"] == "form"


async def test_a_trigger_that_is_over(slack: Virtual) -> None:
    """Where Slack no longer opens it, the press is offered again, to that person alone."""
    slack.world.faults["views.open"].append(Refused("expired_trigger_id"))
    await slack.done(Sender(slack).press(await _card(slack), "Read and edit"))
    await _settle(slack)
    (late,) = [args for _, method, args in slack.world.log if method == "chat.postEphemeral"]
    assert late["user"] == ANA
    assert labels(late) == ["Open it"]


async def test_what_is_typed_survives_closing_as_a_draft(slack: Virtual) -> None:
    """Where a draft can be kept, closing keeps it, and says so."""
    sender = Sender(slack)
    view = await _form(slack, sender)
    id = "V" + str(slack.world._count)
    for text in ("Mara, I", "Mara, I am sorry."):
        await slack.done(sender.typing(view, {WORDS: text}, id))
    slack.desk.heard.clear()
    await slack.done(sender.close(view, id))
    await _settle(slack)
    (kept,) = slack.desk.heard
    assert (kept.kind, kept.kept, kept.values["words"]) == (GestureKind.FILLED, True, "Mara, I am sorry.")
    assert _whispers(slack) == ["It is kept."]


async def test_what_is_typed_survives_where_no_draft_is(slack: Virtual) -> None:
    """A form that keeps no drafts opens again with what was typed in it, for that person, until it is finished."""
    sender = Sender(slack)
    await slack.done(sender.command("hold"))
    await _settle(slack)
    view = slack.world.views[-1]
    await slack.done(sender.typing(view, {"More": "Two agencies post for us."}))
    await slack.done(sender.close(view))
    await _settle(slack)
    assert slack.desk.heard == []
    await slack.done(sender.command("hold"))
    await _settle(slack)
    again = slack.world.views[-1]
    assert "Two agencies post for us." in str(again)
    await slack.done(sender.submit(again, {"Why": "The news is wrong."}))
    await slack.done(sender.command("hold"))
    await _settle(slack)
    assert "Two agencies post for us." not in str(slack.world.views[-1])


async def test_a_delivery_that_comes_again_is_done_once(slack: Virtual) -> None:
    """Slack's retries carry the same event: answered 200 each time, acted on once."""
    card = await _card(slack)
    sender = Sender(slack)
    told = {"type": "app_mention", "user": ANA, "text": "<@UBOT> note Called the depot", "channel": CARE.id}
    event = {**told, "ts": "1772442000.000900", "thread_ts": card["ts"]}
    answers = [await slack.done(sender.event(event, id="Ev7")) for _ in range(4)]
    assert [status for status, _, _ in answers] == [200] * 4
    assert [g.values["text"] for g in slack.desk.heard] == ["Called the depot"]


async def test_what_fell_over_is_tried_anew(slack: Virtual) -> None:
    """A delivery that fell over is no delivery that was dealt with: the next one of the same event is."""
    card = await _card(slack)
    faults = [ValueError("once"), ValueError("twice")]

    async def hear(gesture: Gesture) -> Answer:
        if faults:
            raise faults.pop()
        return await slack.desk.hear(gesture)

    told = {"type": "app_mention", "user": ANA, "text": "<@UBOT> note Called the depot", "channel": CARE.id}
    event = {**told, "ts": "1772442000.000900", "thread_ts": card["ts"]}
    sender = Sender(slack, hear)
    for _ in range(2):
        with pytest.raises(ValueError, match="ce"):
            await slack.done(sender.event(event, id="Ev7"))
    for _ in range(2):
        assert (await slack.done(sender.event(event, id="Ev7")))[0] == 200
    assert [g.values["text"] for g in slack.desk.heard] == ["Called the depot"]


async def test_a_changed_press_does_nothing(slack: Virtual) -> None:
    """A value that is not as we handed it out reaches nobody; who pressed gets a calm sentence and the card as it is now."""
    card = await _card(slack)
    sender = Sender(slack)
    slack.desk.thread = replace(script.THREAD, card=script.COOLING)
    for block in card["blocks"]:
        for element in block.get("elements", ()):
            if "value" in element:
                element["value"] = element["value"][:-1] + "x"
    await slack.done(sender.press(card, "Read and edit"))
    await slack.done(sender.press(card, "More"))
    await _settle(slack)
    assert slack.desk.heard == []
    assert slack.world.views == []
    told = [args for _, method, args in slack.world.log if method == "chat.postEphemeral"]
    assert [args["text"].partition(",")[0] for args in told] == ["That press no longer fits what stands here"] * 2
    assert all(labels(args) == ["Read and edit", "Take it offline", "More"] for args in told)
    await slack.done(sender.press({"ts": card["ts"], "blocks": told[0]["blocks"]}, "Read and edit"))
    await _settle(slack)
    assert slack.world.views[-1]["callback_id"] == "form"


async def test_the_desk_fell_over(slack: Virtual, caplog: pytest.LogCaptureFixture) -> None:
    """No traceback and no silence: a calm sentence, and a log line without anybody's words."""

    async def hear(gesture: Gesture) -> Answer:
        raise RuntimeError(f"with words: {gesture.values}")

    await slack.done(Sender(slack, hear).press(await _card(slack), "Read and edit"))
    await _settle(slack)
    assert _whispers(slack) == ["Something went wrong here, so it may not be saved. Please look, and press again."]
    assert "with words" not in caplog.text
    assert "RuntimeError" in caplog.text


async def test_a_refusal_with_a_time_stands_over_the_form(slack: Virtual) -> None:
    """When it may be tried is painted in the reader's own zone; the form stays below with everything typed."""
    view = await _form(slack, Sender(slack))
    slack.desk.refuses["write"] = Refusal(because="It cools.", until=script.at(30))
    receipt = body(await slack.done(Sender(slack).submit(view, {WORDS: "Mara"})))
    assert receipt["response_action"] == "push"
    assert "<!date^" in shown(receipt["view"])


async def test_bring_this(slack: Virtual) -> None:
    """A message is brought in by a form that holds it already; under an incident it is a note."""
    card = await _card(slack)
    sender = Sender(slack)
    slack.world.users["U0JO"] = {"id": "U0JO", "name": "jo", "real_name": "Jo"}
    slack.desk.answers["bring"] = script.WRITE
    await slack.done(sender.shortcut({"ts": "1.5", "text": "Their app is down again", "user": "U0JO"}, "C7"))
    await _settle(slack)
    assert "Their app is down again" in str(slack.world.views[-1])
    await slack.done(sender.shortcut({"ts": "1.6", "text": "We called her.", "user": "U0JO", "thread_ts": card["ts"]}))
    await _settle(slack)
    (noted,) = slack.desk.heard
    assert (noted.kind, noted.incident, noted.values["text"]) == (GestureKind.NOTED, "parcel", "Jo: We called her.")


async def test_a_long_message_is_brought_whole(slack: Virtual) -> None:
    """Twelve thousand characters, more than one box holds, come into the form and back out of it to the letter."""
    long = " ".join(f"word{number}" for number in range(1300))[:12_000].strip()
    sender = Sender(slack)
    slack.desk.answers["bring"] = FORMS["bring"]
    await slack.done(sender.shortcut({"ts": "1.5", "text": long, "user": "U0JO"}))
    await _settle(slack)
    view = slack.world.views[-1]
    sound_view(view)
    await slack.done(sender.submit(view, {}))
    (brought,) = slack.desk.heard
    assert brought.values["words"] == long


async def test_the_bot_greets_once(slack: Virtual) -> None:
    """Invited, it says what it is and who may press; told again, or in another life, it does not repeat itself."""
    joined = {"type": "member_joined_channel", "user": "UBOT", "channel": CARE.id}
    who = {"authorizations": [{"user_id": "UBOT"}]}
    for number in range(3):
        await slack.done(Sender(slack).event(joined, id=f"Ev{number}", **who))
    await slack.done(Sender(slack).event({**joined, "user": ANA}, id="Ev9", **who))
    later = Virtual(world=slack.world)
    await later.done(Sender(later).event(joined, id="Ev5", **who))
    (greeting,) = slack.world.cards(CARE.id)
    assert labels(greeting) == ["Bring incidents here", "Try it with a sample mention"]
    await slack.done(Sender(slack).press(greeting, "Bring incidents here"))
    await _settle(slack)
    assert slack.desk.heard[-1].values == {"place": CARE.id, "name": "care"}


@pytest.mark.parametrize(
    "event", [{"type": "tokens_revoked", "tokens": {"bot": ["UBOT"]}}, {"type": "app_uninstalled"}]
)
async def test_a_revoked_token_stops_everything_we_send(slack: Virtual, event: dict[str, Any]) -> None:
    """From that event on nothing is asked of Slack, and health says what to do."""
    await slack.done(Sender(slack).event(event))
    assert "token" in slack.health.reasons["slack token"]
    calls = slack.world.calls.total()
    assert not isinstance(await slack.done(slack.room.open_thread(CARE, script.COOLING, "k1")), ThreadRef)
    assert slack.world.calls.total() == calls


@pytest.mark.parametrize("kind", ["channel_archive", "group_left", "channel_deleted"])
async def test_a_channel_that_went_is_not_tried(slack: Virtual, kind: str) -> None:
    """Slack told of it, so the next card goes to the team's next place at once, and back when it is there again."""
    await slack.done(Sender(slack).event({"type": kind, "channel": CARE.id}))
    ref = await slack.done(slack.room.open_thread(CARE, script.COOLING, "k1"))
    assert isinstance(ref, ThreadRef)
    assert not slack.world.cards(CARE.id)
    await slack.done(Sender(slack).event({"type": "channel_unarchive", "channel": CARE.id}))
    await slack.done(slack.room.open_thread(CARE, script.FIRE, "k2"))
    assert len(slack.world.cards(CARE.id)) == 1
    assert slack.health.reasons == {}


async def test_a_deleted_card_comes_back_by_itself(slack: Virtual) -> None:
    """Slack leaves a tombstone where lines stood below it: a new card at once, and the old reference leads to it."""
    ref = await slack.done(slack.room.open_thread(CARE, script.COOLING, "k1"))
    assert isinstance(ref, ThreadRef)
    ts = ref.id.partition("/")[2]
    del slack.world.messages[CARE.id, ts]
    grave = {"type": "message", "subtype": "message_changed", "channel": CARE.id}
    for number in range(2):
        await slack.done(Sender(slack).event({**grave, "message": {"ts": ts, "subtype": "tombstone"}}, id=f"E{number}"))
    (new,) = slack.world.cards(CARE.id)
    again = await slack.done(slack.room.repaint(ref, script.COOLING))
    assert isinstance(again, ThreadRef)
    assert again.id == f"{CARE.id}/{new['ts']}"


async def test_what_we_took_away_ourselves_stays_away(slack: Virtual) -> None:
    """Slack tells of our own deletions too."""
    ref = await slack.done(slack.room.open_thread(CARE, script.COOLING, "k1"))
    assert isinstance(ref, ThreadRef)
    await slack.done(slack.room.withdraw(ref))
    gone = {"type": "message", "subtype": "message_deleted", "channel": CARE.id, "deleted_ts": ref.id.partition("/")[2]}
    await slack.done(Sender(slack).event(gone))
    assert slack.world.cards(CARE.id) == []


async def test_taken_away_and_told_before_the_answer(slack: Virtual) -> None:
    """Slack may tell of our deletion before it answers it, or never answer: it stays away all the same."""
    ref = await slack.done(slack.room.open_thread(CARE, script.COOLING, "k1"))
    assert isinstance(ref, ThreadRef)
    slack.world.faults["chat.delete"].append(("after", Lost("The line broke.")))
    assert isinstance(await slack.done(slack.room.withdraw(ref)), Broken)
    gone = {"type": "message", "subtype": "message_deleted", "channel": CARE.id, "deleted_ts": ref.id.partition("/")[2]}
    await slack.done(Sender(slack).event(gone))
    assert slack.world.cards(CARE.id) == []


async def test_a_guest_s_home_has_nothing_to_press(slack: Virtual) -> None:
    """They read headlines."""
    slack.world.users["U0GIL"] = {"id": "U0GIL", "name": "gil", "is_ultra_restricted": True}
    await slack.done(Sender(slack).event({"type": "app_home_opened", "user": "U0GIL", "tab": "home"}))
    (published,) = [args for _, method, args in slack.world.log if method == "views.publish"]
    assert [g.act for g in slack.desk.asked] == ["now"]
    assert "Hold all posting" not in labels(published["view"])


async def test_fifty_presses_at_once_are_fifty_answers(slack: Virtual) -> None:
    """Everybody who pressed is answered, and Slack never has to say no."""
    card = Card("i1", "i1-1", "Parcel never came", "", script.COOLING.mood, (), (Choice("claim", "I have this"),))
    message, sender = await _card(slack, card), Sender(slack)
    people = [f"U{number:03}" for number in range(50)]
    await slack.done(asyncio.gather(*(sender.press(message, "I have this", user={"id": one}) for one in people)))
    await slack.clock.run(60)
    told = [args["user"] for _, method, args in slack.world.log if method == "chat.postEphemeral"]
    assert sorted(told) == people
    assert len({g.id for g in slack.desk.heard}) == 50
    assert slack.world.limited.total() == 0
