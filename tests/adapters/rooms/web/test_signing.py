"""Signatures, and where a press may lead back to."""

import json
from dataclasses import replace

import pytest

from adapters.rooms.web.reply import local
from adapters.rooms.web.signing import Acted, Signer, unpack

ACTED = Acted("send", "i1", "c1", {"draft": "d", "version": "3"})


def test_a_signature_holds_for_its_person_alone() -> None:
    """The same press in other hands, or under another secret, is not ours."""
    signer = Signer(b"one")
    signature = signer.press("ana", ACTED)
    assert signer.holds(signature, "ana", ACTED)
    assert not signer.holds(signature, "ben", ACTED)
    assert not Signer(b"two").holds(signature, "ana", ACTED)
    assert not signer.holds("", "ana", ACTED)
    assert not signer.holds("é\ud800", "ana", ACTED)


@pytest.mark.parametrize(
    "other",
    [
        replace(ACTED, act="discard"),
        replace(ACTED, incident="i2"),
        replace(ACTED, conversation=""),
        replace(ACTED, values={"draft": "d", "version": "4"}),
        replace(ACTED, values={"draft": "d"}),
        replace(ACTED, values={**ACTED.values, "more": ""}),
        Acted("sendi1", "", "c1", ACTED.values),
    ],
)
def test_anything_changed_breaks_it(other: Acted) -> None:
    """Act, incident, conversation and every value are under the signature, and cannot be shifted into each other."""
    signer = Signer(b"one")
    assert not signer.holds(signer.press("ana", ACTED), "ana", other)


def test_the_order_of_values_does_not_matter() -> None:
    """What a browser sends back is the same press, however it was built."""
    other = replace(ACTED, values={"version": "3", "draft": "d"})
    assert Signer(b"one").press("ana", ACTED) == Signer(b"one").press("ana", other)
    assert unpack(ACTED.packed) == ACTED.values


@pytest.mark.parametrize(
    "packed", ["", "[]", "1", "null", '{"a":1}', '{"a":{"b":"c"}}', "{", "[" * 100_000, '{"a":null}']
)
def test_strange_values_are_none(packed: str) -> None:
    """Anything but a flat object of texts is no press."""
    assert unpack(packed) is None


def test_lines_to_be_shown_are_bound_to_their_session() -> None:
    """Nobody can put words into our mouth on another's page."""
    signer = Signer(b"one")
    assert signer.was_said(signer.said("s1", "text"), "s1", "text")
    assert not signer.was_said(signer.said("s1", "text"), "s2", "text")
    assert not signer.was_said(signer.press("s1", Acted("text", "", "", {})), "s1", json.dumps("text"))


@pytest.mark.parametrize("path", ["/", "/i/a1/c2", "/search?q=parcel", "/mine"])
def test_ways_back_are_ours(path: str) -> None:
    """A path of this house is kept."""
    assert local(path) == path


@pytest.mark.parametrize(
    "path",
    [
        "",
        "//evil.example",
        "https://evil.example",
        "/\\evil.example",
        "\\\\evil",
        "javascript:alert(1)",
        "/a\r\nset-cookie: x",
        "/a b",
        "/é",
        "evil",
        "/<script>",
        '/"',
        "/\t/evil.example",
    ],
)
def test_other_ways_lead_home(path: str) -> None:
    """Whatever else was sent as the way back leads to the first page."""
    assert local(path) == "/"
