"""Our name called in a thread: words to the card's own presses, and a calm help where nothing fits."""

import pytest

from adapters.rooms.slack.commands import Wish, granted, helped, offered, pressed, wished
from adapters.rooms.slack.heard import Spot
from bot.nouns.team import Handle
from bot.screens.shapes import GestureKind
from tests.adapters.rooms.slack.checks import labels, presses, sound
from tests.adapters.rooms.slack.golden_files import SIGNER, same_as_golden
from tests.bot.screens.states import STATES
from tests.bot.screens.test_portrait import painted

SPOT = Spot(Handle(room="slack", id="U1"), channel="C1", thread="1.1")


@pytest.mark.parametrize(
    ("words", "state", "act"),
    [
        ("@UBOT claim", "new", "claim"),
        ("@coolhead I have this.", "new", "claim"),
        ("@UBOT @UBOT Claim", "new", "claim"),
        ("hand back", "owned", "hand_back"),
        ("@UBOT next", "storm", "take_next"),
        ("@UBOT close", "answered", "close"),
        ("@UBOT close", "offline", "end_handoff"),
        ("@UBOT offline", "offline", "log_contact"),
        ("@UBOT send", "ready", "read_once_more"),
        ("@UBOT hold", "settled", "hold"),
    ],
)
def test_a_wish_is_a_press_of_the_card(words: str, state: str, act: str) -> None:
    """With the values the card offers it with now, so it is as good as the button."""
    one = painted(STATES[state]())
    wish = wished(words)
    assert wish is not None
    choice = granted(wish, one)
    assert choice is not None
    assert choice.act == act
    gesture = pressed(choice, one, SPOT, "k1").gesture
    assert (gesture.kind, gesture.act, gesture.id, gesture.values) == (GestureKind.PRESS, act, "k1", choice.values)


def test_the_first_of_alike_choices_is_meant() -> None:
    """ "write" goes to the likely one of the writing choices."""
    choice = granted(Wish(("write",)), painted(STATES["owned"]()))
    assert choice is not None
    assert choice.label == "Say we heard"


def test_what_the_card_does_not_offer_is_not_granted() -> None:
    """Nobody claims what is settled."""
    assert granted(Wish(("claim",)), painted(STATES["settled"]())) is None


def test_a_note_keeps_its_words() -> None:
    """Everything after "note" is for the team."""
    assert wished("@UBOT note: Call her, *now*") == Wish(note="Call her, *now*")
    assert wished("@UBOT note") is None


def test_what_we_do_not_know_is_no_wish() -> None:
    """Talk that only names us does nothing."""
    for words in ("", "@UBOT", "@UBOT thanks a lot", "claiming is fun", "@UBOT please hold on a moment"):
        assert wished(words) is None


def test_a_form_is_offered_as_a_press() -> None:
    """Slack opens a form only for a press."""
    one = painted(STATES["owned"]())
    choice = granted(Wish(("write",)), one)
    assert choice is not None
    message = offered(choice, one, SIGNER)
    sound(message)
    assert [SIGNER.unpack(b["value"]).act for b in presses(message.blocks)] == ["write"]  # type: ignore[union-attr]  # it was just signed


def test_help_says_what_can_be_asked() -> None:
    """Alone, and under an incident with its presses."""
    sound(helped(SIGNER))
    same_as_golden("help", helped(SIGNER))
    message = helped(SIGNER, painted(STATES["new"]()))
    sound(message)
    assert labels(message.blocks) == ["I have this", "Say we heard", "Not for us", "More"]
