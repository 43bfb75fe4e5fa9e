"""What presses carry: whole where it fits, signed always, and nothing that was changed is read."""

import base64
import random
import zlib

from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.rooms.slack.pressing import METADATA, VALUE, Menu, Opened, Pressed, Signer
from bot.screens.shapes import Choice
from tests.adapters.rooms.slack.golden_files import SIGNER

_IDS = st.text(st.characters(exclude_categories=()), max_size=40)
_VALUES = st.dictionaries(_IDS, _IDS, max_size=5)
_SEAL = "f73bb2efad5d7f54631ce3d4fed51cdc9ab907afbdafcc5cfe3744a23842805f"
_SEND = Choice("read_once_more", "Read once more", {"draft": "9f" * 8, "version": "12", "seal": _SEAL}, form=True)


@settings(deadline=None)
@given(_IDS, _IDS, _IDS, _VALUES, st.booleans(), st.integers(0, 999))
def test_a_press_comes_back_as_it_was(
    act: str, incident: str, talk: str, values: dict[str, str], form: bool, n: int
) -> None:
    """Act, ids, values, whether it opens something, and the sheet."""
    packed = SIGNER.pack(Choice(act, "x", values, form=form), incident, talk, sheet=n)
    assert len(packed) <= VALUE
    assert packed.isascii()
    assert SIGNER.unpack(packed) == Pressed(act, incident, talk, values, form, n)


def test_what_our_ids_need_is_far_from_the_limit() -> None:
    """The longest press of ours with ids as they are made takes a fifth of what Slack allows."""
    assert len(SIGNER.pack(_SEND, "i" + "0f" * 8, "c" + "0f" * 8)) < VALUE / 5


def test_a_press_too_long_leads_to_what_it_was_about() -> None:
    """Nothing is cut: the press shows the conversation instead, where it can be made."""
    huge = Choice("write", "Write", {str(n): random.Random(n).randbytes(40).hex() for n in range(60)})
    found = SIGNER.unpack(SIGNER.pack(huge, "i1", "c1"))
    assert found == Pressed("incident", "i1", "c1", {}, True, 0)
    hopeless = SIGNER.pack(Choice("claim", "x"), random.Random(1).randbytes(2000).hex(), "c1")
    assert SIGNER.unpack(hopeless) is None
    assert len(hopeless) <= VALUE


def test_what_repeats_is_made_small() -> None:
    """Values that say the same often fit though they are long."""
    long = Choice("write", "Write", {f"n{n}": "0f" * 40 for n in range(40)})
    assert SIGNER.unpack(SIGNER.pack(long, "i1", "c1")) == Pressed("write", "i1", "c1", long.values)


def test_more_holds_all_there_is() -> None:
    """Every choice comes back, from one press or from as many as it takes."""
    few = (Choice("note", "Note"), Choice("assign", "Give it", {"epoch": "1"}, form=True))
    (packed,) = SIGNER.pack_menus(few, "i1", "c1")
    assert SIGNER.unpack_menu(packed) == Menu("i1", "c1", few)
    assert SIGNER.pack_menus((), "i1", "c1") == ()
    many = tuple(Choice(f"act{n}", f"Label {n}", {"id": random.Random(n).randbytes(30).hex()}) for n in range(60))
    menus = SIGNER.pack_menus(many, "i1", "c1")
    assert all(len(one) <= VALUE for one in menus)
    opened = [SIGNER.unpack_menu(one) for one in menus]
    assert tuple(choice for menu in opened if menu is not None for choice in menu.choices) == many


def test_one_choice_too_long_for_more_leads_to_what_it_is_about() -> None:
    """It keeps its label and opens the conversation."""
    huge = Choice("write", "Write", {str(n): random.Random(n).randbytes(40).hex() for n in range(60)})
    (packed,) = SIGNER.pack_menus((huge,), "i1", "c1")
    assert SIGNER.unpack_menu(packed) == Menu("i1", "c1", (Choice("incident", "Write", form=True),))
    assert SIGNER.pack_menus((huge,), random.Random(1).randbytes(2000).hex(), "c1") == ()


@settings(deadline=None)
@given(_VALUES, st.lists(_IDS, max_size=4), st.booleans(), st.booleans())
def test_a_form_comes_back_as_it_was(values: dict[str, str], options: list[str], checks: bool, keeps: bool) -> None:
    """What it acts on, its long options, and what may be done with it."""
    opened = Opened("write", "i1", "c1", values, tuple(options), checks, keeps)
    packed = SIGNER.pack_form(opened)
    assert packed is not None
    assert len(packed) <= METADATA
    assert SIGNER.unpack_form(packed) == opened


def test_a_form_too_long_is_not_cut() -> None:
    """It is said so, and nothing else is painted."""
    values = {str(n): random.Random(n).randbytes(60).hex() for n in range(60)}
    assert SIGNER.pack_form(Opened("write", values=values)) is None


def test_words_come_back_to_the_letter() -> None:
    """A suggestion's text, with every line and sign; what is too long has no press."""
    assert SIGNER.unpack_words(SIGNER.pack_words(("a\n\n“b” \U0001f600", 3)) or "") == ["a\n\n“b” \U0001f600", 3]
    assert SIGNER.pack_words((random.Random(1).randbytes(3000).hex(),)) is None


def test_nothing_changed_is_read() -> None:
    """5,000 values with a letter changed, cut, doubled or put together from two: none is ours."""
    dice = random.Random(7)
    ours = [
        SIGNER.pack(_SEND, "i1", "c1"),
        SIGNER.pack(Choice("claim", "x", {"epoch": "0"}), "i2", "c2"),
        *SIGNER.pack_menus((_SEND,), "i1", "c1"),
        SIGNER.pack_form(Opened("send", "i1", "c1", _SEND.values)) or "",
        SIGNER.pack(Choice("write", "x", {f"n{n}": "0f" * 40 for n in range(40)}), "i1", "c1"),
    ]
    for _ in range(5000):
        changed = _tampered(dice, ours)
        if changed not in ours:
            assert SIGNER.unpack(changed) is None
            assert SIGNER.unpack_menu(changed) is None
            assert SIGNER.unpack_form(changed) is None
            assert SIGNER.unpack_words(changed) is None


def _tampered(dice: random.Random, ours: list[str]) -> str:
    value = dice.choice(ours)
    at = dice.randrange(len(value))
    match dice.randrange(6):
        case 0:
            return value[:at] + chr(dice.randrange(33, 0x2FF)) + value[at + 1 :]
        case 1:
            return value[:at]
        case 2:
            return value[:at] + value[at:] * 2
        case 3:
            return value[:at] + dice.choice(ours)[at:]
        case 4:
            tag, mac, body = value.split(".", 2)
            return (
                ".".join((dice.choice("0123"), mac, body)) if dice.random() < 0.5 else ".".join((tag, mac[:-1], body))
            )
        case _:
            return value.replace('"i1"', '"i9"').replace('"0"', '"1"').replace("write", "claim")


def test_another_purpose_or_secret_opens_nothing() -> None:
    """A press is no form, a form no menu; nothing of another house is ours."""
    press, (menu,) = SIGNER.pack(_SEND, "i1", "c1"), SIGNER.pack_menus((_SEND,), "i1", "c1")
    assert SIGNER.unpack(menu) is None
    assert SIGNER.unpack_menu(press) is None
    assert SIGNER.unpack_form(press) is None
    assert Signer(b"another").unpack(press) is None


def test_odd_values_are_answered_calmly() -> None:
    """Empty, binary, half letters, a bomb: none is ours, and none of them raises."""
    bomb = base64.urlsafe_b64encode(zlib.compress(b"0" * 10_000_000)).decode()
    for value in ("", ".", "..", "1..", "2..", "\ud800", "1.\ud800.\ud800", "é.é.é", f"2.x.{bomb}", "9" * 5000):
        assert SIGNER.unpack(value) is None
        assert SIGNER.unpack_form(value) is None
