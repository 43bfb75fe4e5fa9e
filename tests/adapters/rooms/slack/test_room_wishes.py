"""What is asked in words, by marks and by deliveries that come late or again."""

from collections.abc import Mapping
from typing import Any

import pytest

from bot.errors import StoreAway
from bot.nouns.team import Refusal
from bot.ports import ThreadRef
from bot.screens.shapes import Answer, Done, Gesture, GestureKind, Page, Section
from tests.adapters.rooms.slack.peers import labels, shown
from tests.adapters.rooms.slack.signed import ANA, Sender, body
from tests.adapters.rooms.slack.virtual import CARE, Virtual
from tests.fakes import desk_pages as script


@pytest.fixture
def slack() -> Virtual:
    """A room in a Slack of documented limits."""
    return Virtual()


async def _card(slack: Virtual) -> dict[str, Any]:
    ref = await slack.done(slack.room.open_thread(CARE, script.COOLING, "k1"))
    assert isinstance(ref, ThreadRef)
    return slack.world.messages[CARE.id, ref.id.partition("/")[2]]


async def _called(slack: Virtual, words: str, thread: str = "", ts: str = "1772442000.000900") -> None:
    told = {"type": "app_mention", "user": ANA, "text": f"<@UBOT> {words}", "channel": CARE.id, "ts": ts}
    await slack.done(Sender(slack).event(told | ({"thread_ts": thread} if thread else {})))
    await slack.clock.run(1)


def _whispers(slack: Virtual) -> list[Mapping[str, Any]]:
    return [args for _, method, args in slack.world.log if method == "chat.postEphemeral"]


async def test_a_wish_for_a_form_is_offered_as_a_press(slack: Virtual) -> None:
    """Words open no form in Slack, so the press is put before whoever asked, in the thread."""
    card = await _card(slack)
    slack.desk.thread = Page("incident", "Parcel", "", (Section(""),), card=script.COOLING)
    await _called(slack, "hold", card["ts"])
    (offered,) = _whispers(slack)
    assert (offered["user"], offered["thread_ts"]) == (ANA, card["ts"])
    assert labels(offered) == ["Hold all posting"]
    assert slack.desk.heard == []


async def test_a_wish_that_the_card_does_not_offer_is_met_with_what_it_does(slack: Virtual) -> None:
    """Help, with the presses that stand there now."""
    card = await _card(slack)
    await _called(slack, "reopen", card["ts"])
    assert "Read and edit" in labels(_whispers(slack)[0])


async def test_called_where_no_incident_is(slack: Virtual) -> None:
    """In the channel, or in a thread of somebody else: what can be asked, and nothing is noted."""
    slack.world.messages[CARE.id, "5.5"] = {"ts": "5.5", "thread_ts": "", "text": "Lunch?", "blocks": []}
    await _called(slack, "note Hello")
    await _called(slack, "note Hello", "5.5", "6.6")
    assert slack.desk.heard == []
    assert ["/coolhead mine" in shown(list(one["blocks"])) for one in _whispers(slack)] == [True, True]


async def test_a_note_may_begin_on_the_next_line(slack: Virtual) -> None:
    """Whoever presses return after our name means the same."""
    card = await _card(slack)
    await _called(slack, "note\nCalled the depot.\nThey look.", card["ts"])
    assert [gesture.values["text"] for gesture in slack.desk.heard] == ["Called the depot.\nThey look."]


async def test_who_may_not_is_told_so(slack: Virtual) -> None:
    """The desk's no, for whoever asked alone."""
    card = await _card(slack)

    async def hear(gesture: Gesture) -> Answer:
        return Refusal(because="You can read here.")

    told = {"type": "app_mention", "user": ANA, "text": "<@UBOT> claim", "channel": CARE.id, "ts": "7.7"}
    await slack.done(Sender(slack, hear).event({**told, "thread_ts": card["ts"]}))
    mark = {
        "type": "reaction_added",
        "user": ANA,
        "reaction": "pushpin",
        "item": {"channel": CARE.id, "ts": card["ts"]},
    }
    await slack.done(Sender(slack, hear).event(mark))
    assert [one["text"] for one in _whispers(slack)] == ["You can read here."] * 2


async def test_whose_words_are_handed_over_is_told_with_them(slack: Virtual) -> None:
    """A mark or a message handed over says who said it; one's own words need no name, and people stand by theirs."""
    card = await _card(slack)
    for id, name in ((ANA, "Ana"), ("U0BEN", "Ben")):
        slack.world.users[id] = {"id": id, "name": name.lower(), "real_name": name}
    lines = {"7.1": ("U0BEN", "I ring <@U0ANA> and <@U0NOBODY>."), "7.2": (ANA, "I ring the depot.")}
    for ts, (user, text) in lines.items():
        line = {"ts": ts, "thread_ts": card["ts"], "user": user, "text": text, "blocks": []}
        slack.world.messages[CARE.id, ts] = line
        item = {"type": "message", "channel": CARE.id, "ts": ts}
        await slack.done(
            Sender(slack).event({"type": "reaction_added", "user": ANA, "reaction": "pushpin", "item": item})
        )
        await slack.done(Sender(slack).shortcut(line))
        await slack.clock.run(1)
    await _called(slack, "note <@U0BEN> called back", card["ts"])
    theirs, own = "Ben: I ring @Ana and @U0NOBODY.", "I ring the depot."
    assert [g.values["text"] for g in slack.desk.heard] == [theirs, theirs, own, own, "@Ben called back"]


async def test_a_mark_on_nothing_of_ours(slack: Virtual) -> None:
    """A pin on a line elsewhere, or on one that is gone, is nobody's business."""
    slack.world.messages[CARE.id, "5.5"] = {"ts": "5.5", "thread_ts": "", "text": "Lunch?", "blocks": []}
    for ts in ("5.5", "9.9"):
        item = {"type": "message", "channel": CARE.id, "ts": ts}
        await slack.done(
            Sender(slack).event({"type": "reaction_added", "user": ANA, "reaction": "pushpin", "item": item})
        )
    assert slack.desk.heard == []
    assert _whispers(slack) == []


async def test_an_event_that_could_not_be_kept_comes_again(slack: Virtual) -> None:
    """While the store is away Slack is asked to deliver it again, and then it counts."""
    card = await _card(slack)
    away = True

    async def hear(gesture: Gesture) -> Answer:
        if away:
            raise StoreAway("The store does not answer.")
        return await slack.desk.hear(gesture)

    sender = Sender(slack, hear)
    told = {"type": "app_mention", "user": ANA, "text": "<@UBOT> note One", "channel": CARE.id, "ts": "7.7"}
    event = {**told, "thread_ts": card["ts"]}
    assert (await slack.done(sender.event(event, id="Ev-away")))[0] == 503
    away = False
    assert (await slack.done(sender.event(event, id="Ev-away")))[0] == 200
    assert [g.values["text"] for g in slack.desk.heard] == ["One"]


async def test_a_slow_event_is_confirmed_in_time(slack: Virtual) -> None:
    """Slack waits three seconds; what takes longer goes on behind the receipt."""
    card = await _card(slack)

    async def hear(gesture: Gesture) -> Answer:
        await slack.clock.sleep(10)
        return await slack.desk.hear(gesture)

    told = {"type": "app_mention", "user": ANA, "text": "<@UBOT> note One", "channel": CARE.id, "ts": "7.7"}
    began = slack.clock.elapsed
    assert (await slack.done(Sender(slack, hear).event({**told, "thread_ts": card["ts"]})))[0] == 200
    assert slack.clock.elapsed - began < 3
    await slack.clock.run(15)
    assert len(slack.desk.heard) == 1


async def test_more_opens_without_asking_anybody(slack: Virtual) -> None:
    """The rest of a card's choices stand in a view at once; a press there is answered in its place."""
    card, sender = await _card(slack), Sender(slack)
    await slack.done(sender.press(card, "More"))
    await slack.clock.run(1)
    menu = slack.world.views[-1]
    assert labels(menu) == ["Ask a lead to release it early", "Discard", "Hand it back", "Note for the team"]
    assert slack.desk.asked == slack.desk.heard == []
    slack.desk.answers["hand_back"] = Done("Nobody has this now.")
    await slack.done(sender.press_in(menu, "Hand it back"))
    await slack.clock.run(1)
    assert "Nobody has this now." in shown(slack.world.views[-1])


async def test_checking_words_writes_nothing_down(slack: Virtual) -> None:
    """The same form comes back with what a second reader says, in the same view, with every letter typed."""
    sender = Sender(slack)
    await slack.done(sender.press(await _card(slack), "Read and edit"))
    await slack.clock.run(1)
    await slack.done(sender.press_in(slack.world.views[-1], "Check my words"))
    await slack.clock.run(1)
    assert slack.world.calls["views.update"] == 1
    assert "Others will read it and ask for the same." in shown(slack.world.views[-1])
    (looked,) = [g for g in slack.desk.heard if g.kind is GestureKind.FILLED]
    assert (looked.finished, looked.values["words"]) == (False, script.DRAFT)


async def test_a_form_nobody_handed_out(slack: Virtual) -> None:
    """Changed on its way, it reaches nobody; what was typed stays below a calm sentence."""
    sender = Sender(slack)
    await slack.done(sender.press(await _card(slack), "Read and edit"))
    await slack.clock.run(1)
    view = slack.world.views[-1]
    forged = {**view, "private_metadata": "x"}
    await slack.done(sender.typing(forged, {"Your reply": "Mara"}))
    await slack.clock.run(2)
    assert slack.world.views[-1] is view  # who types is not interrupted
    receipt = body(await slack.done(sender.submit({**view, "private_metadata": view["private_metadata"] + "x"}, {})))
    assert receipt["response_action"] == "push"
    assert [g for g in slack.desk.heard if g.kind is GestureKind.FILLED] == []


async def test_a_form_s_answer_fell_over(slack: Virtual) -> None:
    """The words stay, and a calm sentence stands beside them."""
    await slack.done(Sender(slack).press(await _card(slack), "Read and edit"))
    await slack.clock.run(1)

    async def hear(gesture: Gesture) -> Answer:
        raise RuntimeError("broken")

    receipt = body(await slack.done(Sender(slack, hear).submit(slack.world.views[-1], {"Your reply": "Mara"})))
    assert receipt["response_action"] == "errors"
    assert "may not be saved" in str(receipt["errors"])


async def test_a_press_on_home(slack: Virtual) -> None:
    """Done there is said in a view, and Home is painted anew."""
    slack.world.users[ANA] = {"id": ANA, "name": "ana"}
    sender = Sender(slack)
    slack.desk.answers["mine"] = script.EMPTY
    await slack.done(sender.event({"type": "app_home_opened", "user": ANA, "tab": "home"}))
    await slack.clock.run(1)
    (home,) = [args["view"] for _, method, args in slack.world.log if method == "views.publish"]
    slack.desk.answers["sample"] = Done("It comes in a moment.")
    await slack.done(sender.press_in(home, "Try it with a sample mention"))
    await slack.clock.run(2)
    assert "It comes in a moment." in shown(slack.world.views[-1])
    assert slack.world.calls["views.publish"] == 2
    await slack.done(sender.press_in(home, "Bring something in"))
    await slack.clock.run(1)
    assert slack.world.calls["views.open"] == 2
