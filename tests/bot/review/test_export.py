"""Reading and checking an exported record: whatever was done to it is found."""

import io
import json
import sys
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, timezone
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from adapters.notary import genuine, signer
from bot.errors import WrongUse
from bot.nouns.events import Claimed, Event, Opened, WroteAgain, words_of
from bot.nouns.record import Line, line
from bot.review.anchors import Anchor
from bot.review.export import moment, read_anchors, read_lines, verify
from tests.bot.build import SALT, START, a_mention, words

SIGN = signer(b"s" * 32)
EVENTS = 200


def test_an_untouched_record_verifies() -> None:
    """Two hundred events with their texts, and a signed head: whole."""
    lines = recorded()
    assert verify(lines, [signed(lines[-1])], genuine) == {"ok": True, "incidents": 1, "events": EVENTS, "breaks": []}


def test_lines_of_several_timelines_may_be_mixed() -> None:
    """An export in any order of incidents verifies; the team's own is not counted as an incident."""
    other, team = recorded("i2", 3), recorded(None, 2)
    mixed = [team[0], other[0], *recorded(count=2), team[1], *other[1:]]
    assert verify(mixed, (), genuine) == {"ok": True, "incidents": 2, "events": 7, "breaks": []}


def test_every_dropped_line_is_found() -> None:
    """Wherever it stood; the last one needs a signed head."""
    lines = recorded()
    for gone in range(EVENTS):
        verdict = verify([*lines[:gone], *lines[gone + 1 :]], [signed(lines[-1])], genuine)
        assert verdict["breaks"][0]["version"] == gone + 1


def test_every_pair_of_swapped_neighbours_is_found() -> None:
    """Order is part of the record."""
    lines = recorded()
    for at in range(EVENTS - 1):
        swapped = [*lines[:at], lines[at + 1], lines[at], *lines[at + 2 :]]
        assert verify(swapped, (), genuine)["breaks"][0]["version"] == at + 1


def test_every_flipped_byte_is_found(tmp_path: Path) -> None:
    """Each byte of three lines, and every 397th of the whole file: a line that cannot be read, or a break."""
    lines = recorded()
    source = written(lines)
    second, third, last = (source.index(written([each])) for each in (lines[1], lines[2], lines[-1]))
    places = {*range(second, third), *range(last, len(source)), *range(0, len(source), 397)}
    assert len(places) > 1500
    missed = [
        at for at in sorted(places) if not found(source[:at] + bytes([source[at] ^ 1]) + source[at + 1 :], tmp_path)
    ]
    assert missed == []


@pytest.mark.parametrize("cut", [1, 2, 50, EVENTS - 1])
def test_every_cut_tail_is_found_from_the_last_signed_head(cut: int) -> None:
    """Without a signed head a cut tail is a shorter record; with one it is a break that says so."""
    lines = recorded()
    assert verify(lines[:-cut], (), genuine)["ok"]
    breaks = verify(lines[:-cut], [signed(lines[0]), signed(lines[-1])], genuine)["breaks"]
    assert breaks == [
        {"incident": "i1", "version": EVENTS, "because": "its tail was cut: a signed head lies beyond its end"}
    ]


def test_a_record_written_anew_differs_from_its_signed_head() -> None:
    """Whoever rewrites everything, hashes included, cannot rewrite what was signed."""
    forged = recorded(text="We answered at once.")
    assert verify(forged, (), genuine)["ok"]
    assert verify(forged, [signed(recorded()[99])], genuine)["breaks"] == [
        {"incident": "i1", "version": 100, "because": "it differs from its signed head"}
    ]


def test_a_head_that_is_not_signed_by_its_key_is_a_break() -> None:
    """A signed head with a byte changed proves nothing and is named."""
    lines = recorded(count=3)
    for change in ({"version": 2}, {"key": "00"}, {"signature": "no hex"}, {"at": START + timedelta(1)}):
        verdict = verify(lines, [signed(lines[-1]).model_copy(update=change)], genuine)
        assert [each["because"] for each in verdict["breaks"]] == ["the signature under its head is not ours"]


def test_a_timeline_that_is_missing_as_a_whole_is_found_in_the_store() -> None:
    """An export may hold one incident only; what claims to be everything may not."""
    head = signed(recorded("i2", 3)[-1])
    assert verify(recorded(count=2), [head], genuine)["ok"]
    assert [each["incident"] for each in verify(recorded(count=2), [head], genuine, every=True)["breaks"]] == ["i2"]


def test_a_forgotten_text_leaves_the_record_whole() -> None:
    """Text and salt are gone; the seal stays."""
    lines = [{**made, "text": None, "salt": None} for made in recorded(count=5)]
    assert verify(lines, (), genuine)["ok"]


@pytest.mark.parametrize(
    "change",
    [
        {"text": "something else"},
        {"text": 5},
        {"salt": 5},
        {"salt": "other"},
        {"incident": 5},
        {"incident": ["i1"]},
        {"incident": None},
        {"version": "2"},
        {"version": None},
        {"hash": None},
        {"prev": 7},
        {"data": "none"},
        {"data": {"score": float("nan")}},
        {"more": 1},
    ],
    ids=str,
)
def test_a_line_of_the_wrong_shape_is_a_break_and_no_fall(change: dict[str, Any]) -> None:
    """What a stranger hands us is judged, whatever stands in it."""
    lines = recorded(count=3)
    verdict = verify([lines[0], {**lines[1], **change}, lines[2]], (), genuine)
    assert not verdict["ok"]
    json.dumps(verdict)


def test_a_text_without_a_seal_is_a_break() -> None:
    """Nobody can put words beside an event that has none."""
    claim = Claimed(incident="i1", conversation="c1", at=START, by="ana", owner="ana", epoch=1)
    assert verify([{**line(claim, 1, ""), "text": "I did it.", "salt": ""}], (), genuine)["breaks"]


@pytest.mark.parametrize("text", [b"{", b"[1]", b"\xff", b"[" * 100_000, b'{"a": 1}\r{"b": 2}'])
def test_a_line_that_cannot_be_read_is_named(text: bytes, tmp_path: Path) -> None:
    """With its number in the file."""
    (tmp_path / "export").write_bytes(b'{"a": 1}\n\n' + text + b"\n")
    with pytest.raises(WrongUse, match=r"line 3 is no"):
        read_lines(str(tmp_path / "export"))


def test_signs_that_end_lines_elsewhere_may_stand_in_words(tmp_path: Path) -> None:
    """A tool that wrote the export anew, unescaped, did it no harm."""
    lines = recorded(count=3, text="one\u2028two\u0085three\x1cfour")
    (tmp_path / "export").write_text("\n".join(json.dumps(each, ensure_ascii=False) for each in lines), "utf-8")
    assert verify(read_lines(str(tmp_path / "export")), (), genuine)["events"] == 3


def test_standard_input_is_read_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """`coolhead export | coolhead verify -`."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(written(recorded(count=2)))))
    assert len(read_lines("-")) == 2


@pytest.mark.parametrize("name", ["/nowhere/at/all", "/", "a\0b"])
def test_a_file_that_cannot_be_read_is_named(name: str) -> None:
    """No traceback, a sentence."""
    with pytest.raises(WrongUse, match="cannot be read"):
        read_lines(name)


def test_signed_heads_are_read_from_a_file(tmp_path: Path) -> None:
    """One JSON object a line, and they check as before."""
    head = signed(recorded(count=2)[-1])
    (tmp_path / "anchors").write_text(head.model_dump_json() + "\n")
    assert read_anchors(tmp_path / "anchors") == (head,)
    assert genuine(read_anchors(tmp_path / "anchors")[0])
    (tmp_path / "anchors").write_text('{"incident": "i1"}\n')
    with pytest.raises(WrongUse, match="holds no signed heads"):
        read_anchors(tmp_path / "anchors")


def test_a_moment_without_an_offset_is_utc() -> None:
    """And one that is none is refused with the way to write it."""
    assert moment("2026-03-02T10:00:00") == datetime(2026, 3, 2, 10, tzinfo=UTC)
    assert moment("2026-03-02T10:00:00+02:00") == datetime(2026, 3, 2, 10, tzinfo=timezone(timedelta(hours=2)))
    with pytest.raises(WrongUse, match="write it like"):
        moment("yesterday")


@cache
def _recorded(incident: str | None, count: int, text: str) -> tuple[Line, ...]:
    lines: list[Line] = []
    for number in range(count):
        event = happened(incident, number, f"{text} {number}")
        made = line(event, number + 1, lines[-1]["hash"] if lines else "")
        said = words_of(event)
        shown = f"{text} {number}" if said is not None else None
        lines.append({**made, "text": shown, "salt": SALT + said.ref if said is not None else None})
    return tuple(lines)


def recorded(incident: str | None = "i1", count: int = EVENTS, text: str = "My parcel never came.") -> list[Line]:
    """A timeline as `export` writes it, texts and salts included."""
    return list(_recorded(incident, count, text))


def happened(incident: str | None, number: int, text: str) -> Event:
    """Every fourth event is a claim without any text, the others are mentions."""
    who: dict[str, Any] = {"incident": incident, "conversation": "c1", "at": START + timedelta(minutes=number)}
    if number % 4 == 3:
        return Claimed(**who, by="ana", owner="ana", epoch=number)
    mention = a_mention(text, id=f"m{number}").model_copy(update={"words": words(text, f"r{number}")})
    return (WroteAgain if number else Opened)(**who, by="coolhead:sorter", mention=mention)


def signed(made: Line) -> Anchor:
    """The signed head that this line was."""
    bare = Anchor(incident=made["incident"], version=made["version"], hash=made["hash"], at=START)
    key, signature = SIGN(bare.covered())
    return bare.model_copy(update={"key": key, "signature": signature})


def written(lines: Sequence[Line]) -> bytes:
    """An exported file."""
    return b"".join(json.dumps(each).encode() + b"\n" for each in lines)


def found(source: bytes, folder: Path) -> bool:
    """Whether `coolhead verify` says no to this file."""
    (folder / "export").write_bytes(source)
    try:
        return not verify(read_lines(str(folder / "export")), (), genuine)["ok"]
    except WrongUse:
        return True
