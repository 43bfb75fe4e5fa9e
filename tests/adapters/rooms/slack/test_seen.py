"""A form that gave way to another view stands there again as it was sent."""

from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.rooms.slack.form import form
from adapters.rooms.slack.message import section
from adapters.rooms.slack.seen import as_it_stood, fingerprint, seen
from tests.adapters.rooms.slack.checks import sound_view, words
from tests.adapters.rooms.slack.forms import EVERY_KIND, filled_in, untouched, writing
from tests.adapters.rooms.slack.golden_files import SIGNER

_ABOVE = section("● *Posting is on hold.*")


@settings(deadline=None)
@given(st.text(max_size=200))
def test_every_letter_stands_again(typed: str) -> None:
    """Read once more it is the same form with the same words, so that sending it again is the same gesture."""
    sent = filled_in(form(writing(), SIGNER), words=typed)
    again = as_it_stood(sent, _ABOVE)
    sound_view(again)
    assert words(again).startswith("● *Posting is on hold.*")
    assert fingerprint(seen(untouched(again))) == fingerprint(seen(sent))
    assert again["private_metadata"] == sent["private_metadata"]


def test_every_kind_of_field_stands_as_it_was_chosen() -> None:
    """What was chosen, unchosen and left alone."""
    option = {"text": {"type": "plain_text", "text": "Two", "emoji": False}, "value": "b"}
    sent = filled_in(
        form(EVERY_KIND, SIGNER),
        line="Ben",
        one={"selected_option": option},
        some={"selected_options": []},
        when={"selected_date_time": 1772449200},
        tick={"selected_options": []},
        list={"selected_option": None},
    )
    again = as_it_stood(sent, _ABOVE)
    sound_view({**again, "blocks": [b for b in again["blocks"] if "one" not in str(b.get("block_id"))]})
    assert seen(untouched(again)).values == seen(sent).values


def test_a_form_without_its_blocks_is_only_the_no() -> None:
    """Some relays leave the blocks out; the sentence is told all the same."""
    assert as_it_stood({"type": "modal", "state": {"values": {}}}, _ABOVE)["blocks"] == [_ABOVE]
