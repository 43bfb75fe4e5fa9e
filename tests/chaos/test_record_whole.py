"""The record of a thousand events, harmed in every way there is: each harm is found (failures D11).

Of thought alone. A timeline is re-verified from the changed line on, as far as the first break: what stands before it
is as it was.
"""

import io
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from adapters.notary import genuine
from bot.errors import WrongUse
from bot.nouns.record import Line, check
from bot.review.export import read_lines, verify
from tests.bot.review.test_export import recorded, signed
from tests.chaos.summary import say

EVENTS = 1_000
#: Bits of a byte that are turned over: another for each neighbour.
MASKS = (0x01, 0x04, 0x40, 0x80)
WHOLE = pytest.param(1, marks=pytest.mark.chaos, id="whole")
CUT = pytest.param(50, id="cut")


def lines_of() -> list[Line]:
    """A timeline of a thousand events, texts and salts included."""
    return recorded(count=EVENTS)


def broken(lines: Sequence[Line], before: Line | None) -> bool:
    """Whether these lines, which follow `before`, show a break."""
    prev, version = (before["hash"], before["version"]) if before is not None else ("", 0)
    return next(check(lines, prev, version), None) is not None


@pytest.mark.parametrize("step", [CUT, WHOLE])
def test_every_dropped_line_and_every_swapped_pair_is_found(step: int) -> None:
    """Each line dropped, each swapped with each of the next three, each doubled; the last needs a signed head."""
    lines, tried, missed = lines_of(), 0, []
    for at in range(0, EVENTS, step):
        before = lines[at - 1] if at else None
        harms = [("doubled", [lines[at], lines[at]])]
        harms += [("dropped", lines[at + 1 : at + 3])] if at + 1 < EVENTS else []
        for far in range(1, min(4, EVENTS - at)):
            harms.append((f"swapped over {far}", [lines[at + far], *lines[at + 1 : at + far], lines[at]]))
        for harm, changed in harms:
            tried += 1
            missed += [] if broken(changed, before) else [f"line {at}: {harm}"]
    found = verify(lines[:-1], [signed(lines[-1])], genuine)["breaks"]
    tried += 1
    missed += [] if found else ["the last line: dropped"]
    say(
        "a record anybody can check",
        "lines dropped, swapped, doubled",
        "exhaustive",
        tried,
        f"{len(missed)} missed",
        "-",
    )
    assert missed == []
    assert tried > EVENTS / step


@pytest.mark.parametrize("step", [CUT, WHOLE])
@pytest.mark.timeout(900)
def test_every_flipped_byte_is_found(step: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever byte of the file is changed, ends of lines too: it cannot be read, or it is a break."""
    lines, tried, missed = lines_of(), 0, []
    piped = Piped(io.BytesIO())
    monkeypatch.setattr(sys, "stdin", piped)
    for at in range(0, EVENTS, step):
        before = lines[at - 1] if at else None
        source = json.dumps(lines[at]).encode() + b"\n"
        follows = json.dumps(lines[at + 1]).encode() + b"\n" if at + 1 < EVENTS else b""
        assert not broken(piped.read(source + follows), before)
        for place, byte in enumerate(source):
            mask = MASKS[place % len(MASKS)]
            rest = follows if place == len(source) - 1 else b""  # a line's end that is gone joins it with the next
            tried += 1
            try:
                found = broken(piped.read(source[:place] + bytes([byte ^ mask]) + source[place + 1 :] + rest), before)
            except WrongUse:
                found = True
            missed += [] if found else [f"line {at}, byte {place}, {mask:#x}"]
    say("a record anybody can check", "bytes flipped", "exhaustive", tried, f"{len(missed)} missed", "-")
    assert missed == []
    assert tried > 300 * EVENTS / step


@dataclass
class Piped:
    """What stands on standard input."""

    buffer: io.BytesIO

    def read(self, source: bytes) -> list[Line]:
        """As `coolhead verify -` reads it."""
        self.buffer = io.BytesIO(source)
        return read_lines("-")


@pytest.mark.parametrize("step", [CUT, WHOLE])
def test_every_cut_tail_is_found_from_the_last_signed_head_on(step: int) -> None:
    """With heads signed at 400 and 900: whatever is cut before the last of them is found, and what is cut behind it is not."""
    lines = lines_of()
    heads = [signed(lines[399]), signed(lines[899])]
    tried, missed, seen = 0, [], []
    for left in range(0, EVENTS, step):
        tried += 1
        found = verify(lines[:left], heads, genuine, every=True)["breaks"]
        if left < 900:
            missed += [] if found else [left]
        else:
            seen += [left] if found else []
    say(
        "a record anybody can check",
        "tails cut",
        "exhaustive",
        tried,
        f"{len(missed)} missed before the signed head",
        "-",
    )
    assert missed == []
    assert seen == []  # what was never signed cannot be missed: the docs say so
