"""Every press is answered, wherever it was made and however long it takes, and covers nothing that was typed."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from adapters.connections.slack_answers import Refused
from bot.errors import StoreAway
from bot.nouns.team import Hold, Refusal, Team
from bot.ports import ThreadRef
from bot.screens.forms import FORMS
from bot.screens.shapes import Answer, Choice, Done, Form, Gesture, Page, Section
from tests.adapters.rooms.slack.checks import sound_view
from tests.adapters.rooms.slack.peers import labels, shown
from tests.adapters.rooms.slack.signed import ANA, Sender, body
from tests.adapters.rooms.slack.virtual import CARE, Virtual
from tests.bot.build import words
from tests.fakes import desk_pages as script

WORDS = "Your reply"
DIRECT = f"D{ANA}"


@pytest.fixture
def slack() -> Virtual:
    """A room in a Slack of documented limits, in which Ana is a member."""
    made = Virtual()
    made.world.users[ANA] = {"id": ANA, "name": "ana"}
    return made


def _slow(slack: Virtual, seconds: float, answer: Answer) -> Sender:
    async def hear(gesture: Gesture) -> Answer:
        slack.desk.heard.append(gesture)
        await slack.clock.sleep(seconds)
        return answer

    return Sender(slack, hear)


def _methods(slack: Virtual, *named: str) -> list[str]:
    return [method for _, method, _ in slack.world.log if method in named]


def _whispers(slack: Virtual) -> list[str]:
    return [str(args["text"]) for _, method, args in slack.world.log if method == "chat.postEphemeral"]


def _direct(slack: Virtual) -> Sequence[dict[str, Any]]:
    return slack.world.cards(DIRECT)


async def _card(slack: Virtual) -> dict[str, Any]:
    ref = await slack.done(slack.room.open_thread(CARE, script.COOLING, "k1"))
    assert isinstance(ref, ThreadRef)
    return slack.world.messages[CARE.id, ref.id.partition("/")[2]]


async def _form(slack: Virtual) -> tuple[dict[str, Any], str]:
    """The writing form, opened from the card, and its view's id."""
    await slack.done(Sender(slack).press(await _card(slack), "Read and edit"))
    await slack.clock.run(1)
    return slack.world.views[-1], f"V{slack.world._count}"


async def _home(slack: Virtual) -> dict[str, Any]:
    await slack.done(Sender(slack).event({"type": "app_home_opened", "user": ANA, "tab": "home"}))
    await slack.clock.run(1)
    home: dict[str, Any] = [args["view"] for _, method, args in slack.world.log if method == "views.publish"][-1]
    return home


def _page(*choices: Choice) -> Page:
    return Page("mine", "What is yours", "You have this one.", (Section("", choices=choices),))


@pytest.mark.parametrize("label", ["Hold all posting", "Claim"])
async def test_a_slow_press_on_home_is_told_so_and_answered(slack: Virtual, label: str) -> None:
    """A view opens while its trigger is good, whether the press opens something or does something; the answer stands there."""
    slack.desk.answers["mine"] = _page(Choice("claim", "Claim"))
    home = await _home(slack)
    answer = script.EVERY_FIELD if label == "Hold all posting" else Done("Ana has this.")
    began = slack.clock.elapsed
    await slack.done(_slow(slack, 5, answer).press_in(home, label, "VHOME"))
    await slack.clock.run(3)
    opened = [at - began for at, method, _ in slack.world.log if method == "views.open"]
    assert len(opened) == 1
    assert opened[0] < 3
    await slack.clock.run(5)
    assert _methods(slack, "views.open", "views.update") == ["views.open", "views.update"]
    assert ("callback_id", "form" if isinstance(answer, Form) else "said") in slack.world.views[-1].items()
    assert isinstance(answer, Form) or "Ana has this." in shown(slack.world.views[-1])


async def test_what_was_done_from_home_is_seen_on_home(slack: Virtual) -> None:
    """A form that was opened there and finished: Home is painted anew behind it, without being opened again."""
    home = await _home(slack)
    sender = Sender(slack)
    await slack.done(sender.press_in(home, "Hold all posting", "VHOME"))
    await slack.clock.run(1)
    view, id = slack.world.views[-1], f"V{slack.world._count}"
    receipt = body(await slack.done(sender.submit(view, {"Why": "A recall."}, id)))
    assert "It is kept." in shown(receipt["view"])
    await slack.clock.run(1)
    assert slack.world.calls["views.publish"] == 2
    await slack.done(sender.press_in(home, "Hold all posting", "VHOME"))
    await slack.clock.run(1)
    view, id = slack.world.views[-1], f"V{slack.world._count}"
    slow = _slow(slack, 4, Done("Held."))
    await slack.done(slow.submit(view, {"Why": "A recall."}, id))
    await slack.clock.run(30)
    assert "Held." in shown(slack.world.views[-1])
    assert slack.world.calls["views.publish"] == 3


async def test_home_follows_a_hold_that_stands(slack: Virtual) -> None:
    """A teammate is told of it and how it ends; a guest is not told why."""
    until = slack.clock.wall + timedelta(hours=2)
    slack.hold = Hold(by="kim", reason=words("Product recall"), since=slack.clock.wall, until=until)
    assert "Product recall" in shown(await _home(slack))
    slack.world.users[ANA]["is_restricted"] = True
    await slack.clock.run(120)
    assert "Product recall" not in shown(await _home(slack))


async def test_home_opens_while_the_store_is_away(slack: Virtual, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a hold says cannot be read then; the rest stands there all the same."""

    async def away() -> Team:
        raise StoreAway

    monkeypatch.setattr(slack.room, "_team", away)
    assert "What needs someone now" in shown(await _home(slack))


async def test_a_slow_press_in_a_page_says_that_it_is_saved(slack: Virtual) -> None:
    """In the page's own place, and then what came of it; what opens something says that it follows."""
    slack.desk.answers["mine"] = _page(Choice("claim", "Claim"), Choice("write", "Write", form=True))
    await slack.done(Sender(slack).command("mine"))
    await slack.clock.run(1)
    page, id = slack.world.views[-1], f"V{slack.world._count}"
    await slack.done(_slow(slack, 5, Done("Ana has this.")).press_in(page, "Claim", id))
    await slack.clock.run(2.5)
    assert "Saving" in shown(slack.world.views[-1])
    await slack.clock.run(5)
    assert "Ana has this." in shown(slack.world.views[-1])
    await slack.done(_slow(slack, 5, script.WRITE).press_in(page, "Write", id))
    await slack.clock.run(2.5)
    assert "This takes a moment" in shown(slack.world.views[-1])
    await slack.clock.run(5)
    assert slack.world.views[-1]["callback_id"] == "form"
    assert slack.world.calls["views.open"] == 1


async def test_looking_at_words_covers_them_never(slack: Virtual) -> None:
    """However slow a second reader is, the form stays as it is until it comes back with what was said of it."""
    view, id = await _form(slack)
    before = len(slack.world.views)
    await slack.done(
        _slow(slack, 5, replace(script.WRITE, error="Look once more.")).press_in(view, "Check my words", id)
    )
    await slack.clock.run(4)
    assert len(slack.world.views) == before
    await slack.clock.run(4)
    assert "Look once more." in shown(slack.world.views[-1])


async def test_reading_on_beside_a_form_covers_it_never(slack: Virtual) -> None:
    """Their whole words open over the form, also when they come late; below it the form waits as it was."""
    with_words = replace(script.WRITE, choices=(Choice("words", "All their words", form=True),))
    slack.desk.answers |= {"edit": with_words, "write": with_words}
    view, id = await _form(slack)
    await slack.done(_slow(slack, 5, _page()).press_in(view, "All their words", id))
    await slack.clock.run(3)
    assert _methods(slack, "views.push", "views.update") == ["views.push"]
    await slack.clock.run(5)
    (updated,) = [args["view_id"] for _, method, args in slack.world.log if method == "views.update"]
    assert updated != id
    assert "You have this one." in shown(slack.world.views[-1])


async def test_a_no_in_a_form_lies_over_it(slack: Virtual) -> None:
    """*Keep* refused: the sentence lies over the form, in which everything typed still stands."""
    view, id = await _form(slack)
    slack.desk.refuses["write"] = Refusal(because="Ben is writing.")
    await slack.done(Sender(slack).press_in(view, script.WRITE.keep, id))
    await slack.clock.run(1)
    assert _methods(slack, "views.push", "views.update") == ["views.push"]
    assert "Ben is writing." in shown(slack.world.views[-1])


@pytest.mark.parametrize("label", ["More", "All their words"])
async def test_three_views_over_each_other_are_all_that_slack_takes(slack: Virtual, label: str) -> None:
    """What would be the fourth takes the place of the third: no press goes unanswered."""
    choice = Choice("words", "All their words", form=True)
    form = replace(script.WRITE, choices=(choice,))
    page = replace(_page(), card=replace(script.COOLING, choices=(choice,)))
    slack.desk.answers |= {"mine": page if label == "More" else form, "words": _page()}
    await slack.done(Sender(slack).command("mine"))
    await slack.clock.run(1)
    slack.world.standing["views.push", ""] = "push_limit_reached"
    await slack.done(Sender(slack).press_in(slack.world.views[-1], label))
    await slack.clock.run(1)
    assert _methods(slack, "views.push", "views.update") == ["views.push", "views.update"]


async def test_a_no_over_the_third_view_stands_beside_its_words(slack: Virtual) -> None:
    """Slack lets no fourth lie over it, so the no is written into the form, with its time in words."""
    view, _ = await _form(slack)
    slack.desk.refuses["write"] = Refusal(because="It cools.", until=script.at(30))
    deep = {**view, "root_view_id": "V1", "previous_view_id": "V2"}
    receipt = body(await slack.done(Sender(slack).submit(deep, {WORDS: "Mara"})))
    assert receipt["response_action"] == "errors"
    assert "UTC" in str(receipt["errors"])


async def test_a_late_no_brings_the_form_back_with_every_letter(slack: Virtual) -> None:
    """ "Saving" had taken its place: it stands there again as it was sent, the no above it, and may be sent again."""
    view, id = await _form(slack)
    await slack.done(
        _slow(slack, 6, Refusal(because="Posting is on hold.")).submit(view, {WORDS: "Mara, I am sorry."}, id)
    )
    await slack.clock.run(8)
    back = slack.world.views[-1]
    sound_view(back)
    assert "Posting is on hold." in shown(back)
    assert "Mara, I am sorry." in str(back["blocks"])
    slack.desk.heard.clear()
    receipt = body(await slack.done(Sender(slack).submit(back, {}, id)))
    assert receipt["response_action"] == "clear"
    assert [gesture.values["words"] for gesture in slack.desk.heard] == ["Mara, I am sorry."]


async def test_a_form_that_fell_over_late_comes_back_too(slack: Virtual) -> None:
    """With a calm sentence, and every letter."""
    view, id = await _form(slack)

    async def hear(gesture: Gesture) -> Answer:
        await slack.clock.sleep(5)
        raise RuntimeError(gesture.act)

    await slack.done(Sender(slack, hear).submit(view, {WORDS: "Mara, I am sorry."}, id))
    await slack.clock.run(8)
    assert "may not be saved" in shown(slack.world.views[-1])
    assert "Mara, I am sorry." in str(slack.world.views[-1])


async def test_an_answer_whose_view_was_closed_stands_where_it_began(slack: Virtual) -> None:
    """Whoever closes "Saving it" before it is saved still learns what came of it: beside the card."""
    view, id = await _form(slack)
    await slack.done(_slow(slack, 6, Refusal(because="Not saved.")).submit(view, {WORDS: "Mara"}, id))
    slack.world.faults["views.update"].append(Refused("not_found"))
    await slack.clock.run(8)
    assert _whispers(slack) == ["Not saved."]


async def test_a_page_that_was_closed_is_wanted_no_longer(slack: Virtual) -> None:
    """Nothing is said of it: who closed it knows."""
    slack.desk.answers["mine"] = _page(Choice("words", "All their words", form=True))
    await slack.done(Sender(slack).command("mine"))
    await slack.clock.run(1)
    slack.desk.answers["words"] = _page()
    slack.world.faults["views.update"].append(Refused("not_found"))
    await slack.done(Sender(slack).press_in(slack.world.views[-1], "All their words"))
    await slack.clock.run(2)
    assert _whispers(slack) == []
    assert _direct(slack) == []


async def test_a_trigger_that_is_over_where_there_is_no_message(slack: Virtual) -> None:
    """A global shortcut, or a press on Home: the press is offered again as a direct message, and works."""
    home = await _home(slack)
    slack.world.faults["views.open"].extend([Refused("expired_trigger_id")] * 2)
    await slack.done(Sender(slack).interaction({"type": "shortcut", "callback_id": "coolhead_hold"}))
    await slack.done(Sender(slack).press_in(home, "Hold all posting", "VHOME"))
    await slack.clock.run(3)
    first, second = _direct(slack)
    assert labels(first) == labels(second) == ["Open it"]
    await slack.done(Sender(slack).press(first, "Open it"))
    await slack.clock.run(1)
    assert slack.world.views[-1]["callback_id"] == "form"


async def test_a_no_to_a_shortcut_that_is_over(slack: Virtual) -> None:
    """The sentence comes as a direct message."""
    slack.world.faults["views.open"].append(Refused("expired_trigger_id"))
    slack.desk.answers["hold"] = Refusal(because="You can read here.")
    await slack.done(Sender(slack).interaction({"type": "shortcut", "callback_id": "coolhead_hold"}))
    await slack.clock.run(3)
    assert [one["text"] for one in _direct(slack)] == ["You can read here."]


async def test_a_message_brought_too_late_is_not_lost(slack: Virtual) -> None:
    """The trigger is over: the press is offered again, and what was brought stands in the form then."""
    slack.world.faults["views.open"].append(Refused("expired_trigger_id"))
    slack.desk.answers["bring"] = FORMS["bring"]
    await slack.done(Sender(slack).shortcut({"ts": "1.5", "text": "Their app is down again", "user": ANA}))
    await slack.clock.run(3)
    (offered,) = [args for _, method, args in slack.world.log if method == "chat.postEphemeral"]
    await slack.done(Sender(slack).press({"ts": "1.6", "blocks": offered["blocks"]}, "Open it"))
    await slack.clock.run(1)
    assert "Their app is down again" in str(slack.world.views[-1])
