"""Payloads of Slack's, read: each comes to the gesture it means, or to nothing; twice delivered is once meant."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.connections.slack_markup import written
from adapters.rooms.slack.card import card
from adapters.rooms.slack.form import form
from adapters.rooms.slack.greeting import greeting
from adapters.rooms.slack.heard import Brought, Called, Closed, Do, Help, Home, Marked, Nothing, Show, Spot, Stale
from adapters.rooms.slack.reading import asking, command, event, interaction, noted
from bot.nouns.team import Handle
from bot.screens.forms import FORMS
from bot.screens.shapes import GestureKind
from tests.adapters.rooms.slack.checks import presses
from tests.adapters.rooms.slack.forms import submitted
from tests.adapters.rooms.slack.golden_files import SIGNER
from tests.bot.screens.states import STATES
from tests.bot.screens.test_portrait import painted

ANA = Handle(room="slack", id="U1")


def press(value: str, action_id: str = "press.0", **more: Any) -> dict[str, Any]:
    """A press under a message in a channel, as Slack tells it."""
    action = {"type": "button", "action_id": action_id, "block_id": "b1", "value": value, "action_ts": "1700000000.5"}
    return {
        "type": "block_actions",
        "user": {"id": "U1", "team_id": "T1"},
        "trigger_id": "12.34.ab",
        "response_url": "https://hooks.slack.com/actions/x",
        "channel": {"id": "C1", "name": "care"},
        "message": {"ts": "1699.1", "thread_ts": "1698.1"},
        "container": {"type": "message", "message_ts": "1699.1", "channel_id": "C1"},
        "actions": [action],
        **more,
    }


def test_a_press_is_the_choice_and_where_it_was_made() -> None:
    """Act, ids and version from the value; all it takes to answer from the payload."""
    message = card(painted(STATES["new"]()), SIGNER)
    found = interaction(press(presses(message.blocks)[0]["value"]), SIGNER)
    assert isinstance(found, Do)
    gesture = found.gesture
    assert (gesture.kind, gesture.act, gesture.who) == (GestureKind.PRESS, "claim", ANA)
    assert (gesture.incident, gesture.conversation, gesture.values) == ("i1", "c1", {"epoch": "0"})
    spot = Spot(ANA, "12.34.ab", "C1", "1699.1", "1698.1", respond="https://hooks.slack.com/actions/x")
    assert found.spot == spot


def test_a_press_delivered_twice_is_one_gesture() -> None:
    """Redelivered it has the same id; pressed again, or by somebody else, another."""
    value = presses(greeting(SIGNER).blocks)[1]["value"]
    ids = []
    for payload in (
        press(value),
        press(value),
        press(value, user={"id": "U2"}),
        {**press(value), "message": {"ts": "9"}},
    ):
        found = interaction(payload, SIGNER)
        assert isinstance(found, Do)
        ids.append(found.gesture.id)
    again = press(value)
    again["actions"][0]["action_ts"] = "1700000001.5"
    later = interaction(again, SIGNER)
    assert isinstance(later, Do)
    assert ids[0] == ids[1]
    assert len({*ids, later.gesture.id}) == 4


def test_bringing_incidents_here_says_where() -> None:
    """The greeting's press carries the channel it was made in."""
    found = interaction(press(presses(greeting(SIGNER).blocks)[0]["value"]), SIGNER)
    assert isinstance(found, Do)
    assert found.gesture.values == {"place": "C1", "name": "care"}


def test_a_forged_press_does_nothing() -> None:
    """A value, a menu, a form or words that are not ours: said calmly, handed to nobody."""
    view = form(FORMS["note"], SIGNER)
    for payload in (
        press("1.x.[]"),
        press("", "more.1"),
        press("check", "check.0", view={"private_metadata": "no"}),
        press("no", "take.0", view={**view, "id": "V1"}),
        {**submitted(view), "view": {**view, "private_metadata": "1.a.b"}},
    ):
        assert isinstance(interaction(payload, SIGNER), Stale)


def test_what_asks_for_nothing_is_nothing() -> None:
    """A link that was opened, kinds we do not know, events of ours."""
    assert isinstance(interaction(press("x", "open.0"), SIGNER), Nothing)
    assert isinstance(interaction({**press(""), "actions": []}, SIGNER), Nothing)
    assert isinstance(interaction({"type": "block_suggestion"}, SIGNER), Nothing)
    assert isinstance(interaction({"type": "shortcut", "callback_id": "someone_elses"}, SIGNER), Nothing)
    assert isinstance(event({"event": {"type": "message", "text": "hello"}}), Nothing)
    assert isinstance(event({"event": {"type": "app_mention", "bot_id": "B1", "user": "U9"}}), Nothing)
    assert isinstance(event({"event": {"type": "app_home_opened", "tab": "messages", "user": "U1"}}), Nothing)
    assert isinstance(event({}), Nothing)


def test_a_closed_form_tells_which() -> None:
    """So that what was typed last can be kept."""
    view = {**form(FORMS["note"], SIGNER), "id": "V7"}
    found = interaction({"type": "view_closed", "user": {"id": "U1"}, "view": view}, SIGNER)
    assert isinstance(found, Closed)
    assert (found.spot.view, found.spot.kind, found.spot.who) == ("V7", "form", ANA)


def test_a_press_on_home_knows_that_it_is_home() -> None:
    """It has no channel to answer in."""
    view = {"type": "home", "id": "V1", "hash": "h", "blocks": [], "private_metadata": ""}
    value = presses(greeting(SIGNER).blocks)[1]["value"]
    payload = {k: v for k, v in press(value, view=view).items() if k not in ("channel", "message")}
    found = interaction({**payload, "container": {"type": "view", "view_id": "V1"}}, SIGNER)
    assert isinstance(found, Do)
    assert (found.spot.kind, found.spot.view, found.spot.hash, found.spot.channel) == ("home", "V1", "h", "")


@pytest.mark.parametrize(
    ("text", "act", "values"),
    [
        ("status", "now", {}),
        ("  Status ", "now", {}),
        ("mine", "mine", {}),
        ("hold", "hold", {}),
        ("find lost parcel", "search", {"q": "lost parcel"}),
        ("find", "search", {"q": ""}),
        ("me", "settings", {}),
        ("review", "review", {}),
        ("bring", "bring", {}),
    ],
)
def test_a_command_asks_for_its_page(text: str, act: str, values: dict[str, str]) -> None:
    """`/coolhead WORD` opens what it names, and changes nothing by itself."""
    payload = {"user_id": "U1", "channel_id": "C1", "text": text, "trigger_id": "t1", "response_url": "https://x"}
    found = command(payload)
    assert isinstance(found, Do)
    assert (found.gesture.kind, found.gesture.act, found.gesture.values) == (GestureKind.ASK, act, values)
    assert found.spot == Spot(ANA, "t1", "C1", respond="https://x")
    assert command(payload) == found


@pytest.mark.parametrize("text", ["", "help", "dance", "sudo hold"])
def test_a_command_we_do_not_know_is_answered_by_what_we_do(text: str) -> None:
    """Calmly, and asking nobody."""
    assert isinstance(command({"user_id": "U1", "text": text}), Help)


def test_a_global_shortcut_asks_for_its_page() -> None:
    """As the manifest names them."""
    payload = {"type": "shortcut", "callback_id": "coolhead_bring", "user": {"id": "U1"}, "trigger_id": "t1"}
    found = interaction(payload, SIGNER)
    assert isinstance(found, Do)
    assert (found.gesture.kind, found.gesture.act, found.spot.trigger) == (GestureKind.ASK, "bring", "t1")


def test_a_message_is_brought_with_all_that_is_known_of_it() -> None:
    """Its words as they read, its address, who wrote it, and its thread."""
    payload = {
        "type": "message_action",
        "callback_id": "coolhead_bring_this",
        "user": {"id": "U1"},
        "team": {"id": "T1", "domain": "shop"},
        "trigger_id": "t1",
        "channel": {"id": "C1", "name": "care"},
        "message_ts": "1699.123456",
        "message": {
            "ts": "1699.123456",
            "thread_ts": "1698.1",
            "user": "U7",
            "text": "see <https://x.test|this> &amp; <@U2|ana>",
        },
    }
    found = interaction(payload, SIGNER)
    assert isinstance(found, Brought)
    assert (found.text, found.author) == ("see this (https://x.test) & @ana", "U7")
    assert found.url == "https://shop.slack.com/archives/C1/p1699123456"
    assert (found.spot.thread, found.spot.trigger) == ("1698.1", "t1")
    assert interaction(payload, SIGNER) == found
    bare = interaction({"type": "message_action", "user": {"id": "U1"}}, SIGNER)
    assert isinstance(bare, Brought)
    assert (bare.url, bare.text) == ("", "")


def test_our_name_called_is_heard_once() -> None:
    """With its thread, under the event's own id, however often it is delivered."""
    told = {
        "type": "app_mention",
        "user": "U1",
        "text": "<@UBOT> claim",
        "channel": "C1",
        "ts": "2.1",
        "thread_ts": "1.1",
    }
    found = event({"event_id": "Ev1", "event": told})
    assert isinstance(found, Called)
    assert (found.words, found.spot) == ("@UBOT claim", Spot(ANA, channel="C1", message="2.1", thread="1.1"))
    assert event({"event_id": "Ev1", "event": told, "retry": 1}) == found
    assert event({"event_id": "Ev2", "event": told}) != found


def test_a_reaction_marks_a_line() -> None:
    """The ones that were agreed on, in any skin; others are the team's own talk."""
    told = {
        "type": "reaction_added",
        "user": "U1",
        "reaction": "pushpin",
        "item": {"type": "message", "channel": "C1", "ts": "2.1"},
    }
    found = event({"event_id": "Ev1", "event": told})
    assert isinstance(found, Marked)
    assert (found.spot.channel, found.spot.message) == ("C1", "2.1")
    assert isinstance(event({"event": {**told, "reaction": "heart"}}), Nothing)
    assert isinstance(event({"event": {**told, "reaction": "heart::skin-tone-2"}}, marks={"heart"}), Marked)
    assert isinstance(event({"event": {**told, "item": {"type": "file"}}}), Nothing)


def test_home_opened_is_published() -> None:
    """For who opened it."""
    found = event({"event": {"type": "app_home_opened", "user": "U1", "tab": "home"}})
    assert isinstance(found, Home)
    assert found.spot.who == ANA


def test_a_note_is_the_teams_alone() -> None:
    """A line under the incident, marked where it was marked, never longer than a message of Slack's."""
    gesture = noted(Spot(ANA), "k1", "i1", "x" * 40_001, marked=True)
    assert (gesture.kind, gesture.act, gesture.incident) == (GestureKind.NOTED, "note", "i1")
    assert gesture.values == {"text": "x" * 40_000, "marked": "yes"}
    assert "marked" not in noted(Spot(ANA), "k1", "i1", "x").values


def test_asking_changes_nothing() -> None:
    """A page asked for by the room itself."""
    found = asking(Spot(ANA), "k1", "incident", "i1", "c1", all="yes")
    assert (found.gesture.kind, found.gesture.values) == (GestureKind.ASK, {"all": "yes"})
    assert found.asked is not None
    assert (found.asked.act, found.asked.incident) == ("incident", "i1")


def test_more_is_shown_without_asking() -> None:
    """The press of *More* under a card."""
    message = card(painted(STATES["new"]()), SIGNER)
    found = interaction(press(presses(message.blocks)[-1]["value"], "more.3"), SIGNER)
    assert isinstance(found, Show)
    assert (found.menu.incident, found.menu.conversation) == ("i1", "c1")


def test_slacks_markup_reads_as_words() -> None:
    """Links, people, channels, groups and entities, each as a person sees them."""
    assert (
        written("<https://a.test> <https://a.test|https://a.test> <mailto:a@b.test|a@b.test>")
        == "https://a.test https://a.test a@b.test"
    )
    assert (
        written("<@U1> <#C1|care> <!here> <!subteam^S1|@help> &lt;b&gt; &amp;lt;") == "@U1 #care @here @help <b> &lt;"
    )
    assert written("<!date^1^{date}|2 March> <!subteam^S1>") == "2 March @subteam"


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
_SHAPE = st.fixed_dictionaries(
    {"type": st.sampled_from(["block_actions", "view_submission", "view_closed", "message_action", "shortcut", "x"])},
    optional={
        "user": st.fixed_dictionaries({"id": _JSON}),
        "view": st.dictionaries(st.sampled_from(["id", "private_metadata", "blocks", "state"]), st.text(max_size=4)),
        "actions": st.lists(
            st.fixed_dictionaries(
                {"action_id": st.sampled_from(["press.0", "more", "keep", "type", ""]), "value": _JSON}
            ),
            max_size=2,
        ),
        "trigger_id": _JSON,
        "message": st.dictionaries(st.sampled_from(["text", "ts", "user"]), _JSON, max_size=3),
    },
)


@settings(deadline=None)
@given(_SHAPE)
def test_a_payload_without_its_parts_is_read_calmly(payload: dict[str, Any]) -> None:
    """What is missing or of another kind raises nothing, and no gesture comes of it unless it was signed."""
    assert not isinstance(interaction(payload, SIGNER), Do | Show)
