"""A press fits into a button, says what it said, and cannot be made or changed by anybody else."""

import random
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.rooms.discord.packing import How, Pressed, from_bytes, from_signs, to_bytes, to_signs
from adapters.rooms.discord.pressing import FORM, LONGEST, MORE, TEMPLATE, Signer
from adapters.rooms.discord.shapes import PREFIXES, SHAPES, WORDS
from tests.adapters.rooms.discord.painting import SIGNER

HEX = st.text("0123456789abcdef", min_size=16, max_size=16)
IDS = st.one_of(
    st.just(""), HEX, HEX.map("i{}".format), HEX.map("c{}".format), HEX.map("storm-{}".format), st.text(max_size=20)
)
VALUES = st.one_of(
    IDS,
    st.integers(0, 100_000).map(str),
    st.text("0123456789abcdef", min_size=64, max_size=64),
    st.sampled_from(["", "yes", "response", "01", "0", "127", "128", "383", "384", "storm-", "\ud800"]),
)
ONE = "0123456789abcdef"
TWO = "fedcba9876543210"


@st.composite
def presses(draw: st.DrawFn) -> Pressed:
    """Any press at all: known shapes and unknown ones."""
    names = draw(st.one_of(st.sampled_from(SHAPES), st.lists(st.text(max_size=8), min_size=1, max_size=4, unique=True)))
    act, *rest = names
    return Pressed(
        draw(st.sampled_from(How)),
        act,
        draw(IDS),
        draw(IDS),
        {name: draw(VALUES) for name in rest},
        draw(st.integers(0, 255)),
    )


@given(presses())
def test_a_press_says_what_it_said(one: Pressed) -> None:
    """Whatever it holds, nothing of it is lost on the way."""
    assert from_bytes(to_bytes(one)) == one


@given(presses())
def test_what_fits_comes_back_from_its_button(one: Pressed) -> None:
    """And what does not fit is refused before it is painted, never cut."""
    try:
        packed = SIGNER.pack(one)
    except ValueError:
        assert len(to_bytes(one)) > 73
        return
    assert TEMPLATE.fullmatch(packed)
    assert len(packed) <= LONGEST
    assert SIGNER.unpack(packed) == one
    assert SIGNER.unpack_form(packed) is None


@given(st.binary(max_size=90))
def test_signs_are_bytes(body: bytes) -> None:
    """Written with printable signs and read back."""
    assert from_signs(to_signs(body)) == body
    assert set(to_signs(body)) <= set(string.printable[:94])


def test_the_longest_press_there_is_fits() -> None:
    """Send: incident, conversation, draft, version, the whole seal of its words, the attempt, and that somebody looked.

    Ids as the product makes them; the incident and the conversation of a pile, which share no digits.
    """
    for version in ("1", "127", "128", "383"):
        values = {"draft": ONE, "version": version, "seal": ONE * 4, "attempt": TWO, "looked": "yes"}
        one = Pressed(How.FINISH, "send", f"i{ONE}", f"c{TWO}", values)
        assert SIGNER.unpack(SIGNER.pack(one)) == one


def test_a_window_carries_as_much_as_writing_needs() -> None:
    """Stage, draft, version and invitation of a draft, on a pile's conversation."""
    values = {"stage": "acknowledgement", "draft": ONE, "based_on": "12", "invites": "yes"}
    one = Pressed(How.ASK, "write", f"i{ONE}", f"c{TWO}", values)
    packed = SIGNER.pack_form(one)
    assert FORM.fullmatch(packed)
    assert SIGNER.unpack_form(packed) == one
    assert SIGNER.unpack(packed) is None


def test_five_thousand_changed_presses_do_nothing() -> None:
    """One sign changed, added, dropped or swapped, or another team's secret: none of them is a press of ours (C8)."""
    chance = random.Random(5)  # a seed, so that the same presses are tried each time
    values = {"draft": ONE, "version": "3", "seal": TWO * 4, "stage": "response"}
    packed = SIGNER.pack(Pressed(How.PRESS, "read_once_more", f"i{ONE}", f"c{ONE}", values))
    signs = [chr(code) for code in range(0x21, 0x7F)]
    for _ in range(5000):
        place = chance.randrange(1, len(packed))
        other = chance.choice([sign for sign in signs if sign != packed[place]])
        tampered = chance.choice(
            (
                packed[:place] + other + packed[place + 1 :],
                packed[:place] + other + packed[place:],
                packed[:place] + packed[place + 1 :],
                packed[:place],
            )
        )
        assert SIGNER.unpack(tampered) is None, tampered
    assert Signer(b"the secret of another team").unpack(packed) is None


@pytest.mark.parametrize("custom_id", ["", "1", "1m:1", "1!", "1" + "~" * 99, "1" + "!" * 99, "1é" * 10, "x" * 300])
def test_what_no_press_is_says_nothing(custom_id: str) -> None:
    """Anything else is no press, and no error."""
    assert SIGNER.unpack(custom_id) is None
    assert SIGNER.unpack_form(custom_id) is None


@pytest.mark.parametrize("body", [b"", b"\x00", b"\x00\x00\x80\x01", b"\x00\x00\xd0\x05ab"])
def test_half_a_press_is_refused(body: bytes) -> None:
    """Bytes that end early are no press."""
    with pytest.raises(ValueError, match="ends early"):
        from_bytes(body)


def test_a_value_that_no_button_holds_is_refused() -> None:
    """300 bytes of one value are too many, whatever else there is."""
    with pytest.raises(ValueError, match="too long"):
        to_bytes(Pressed(How.PRESS, "search", values={"q": "x" * 300}))


def test_lists_in_messages_only_ever_grow() -> None:
    """These numbers stand in messages that live for years; a change here would give old buttons another meaning."""
    assert len(set(map(tuple, SHAPES))) == len(SHAPES) < 0xFFF
    assert SHAPES[:4] == (("claim", "epoch"), ("take_next",), ("hand_back",), ("last_word",))
    assert (len(PREFIXES) <= 16, len(WORDS) <= 32) == (True, True)
    assert WORDS[0] == "yes"
    assert not any(MORE.fullmatch(packed) for packed in (SIGNER.pack(Pressed(How.PRESS, "sample")), "1f:12345678901"))


def test_what_was_typed_has_a_seal_of_its_own() -> None:
    """Other words, other names, or words moved from one name to another give another seal."""
    sealed = {
        SIGNER.seal(typed) for typed in ({}, {"words": "a"}, {"what": "a"}, {"words": "a", "what": ""}, {"words": "b"})
    }
    assert len(sealed) == 5
    assert SIGNER.seal({"words": "\ud800"})
