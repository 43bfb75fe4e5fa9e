"""Plays parts, as many at a time as there are lanes (and one beside them that mostly waits): each is a pytest of its own, with a file for what it finds."""

import json
import os
import re
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any

from tests.chaos.report.bar import Bar
from tests.chaos.report.kinds import Kind
from tests.chaos.report.plan import Part, following, lasts

#: Seconds between two looks at what the lanes have written.
_LOOK = 0.2
#: What asks something in seconds, or mostly waits, goes before what only takes long; how much before, as `nice` counts.
GO_FIRST, FIRST = (Kind.TIMED, Kind.IDLE), -10
#: What pytest ends with: interrupted, and something else went wrong.
INTERRUPTED, BROKEN, NOTHING = 2, 3, 5

#: A line of what a pytest says that was told when the test ended.
_TOLD = re.compile(r"\S?\[\d+/\d+\]")

#: How a part is played: the command, given the file that each test's figures go into.
Command = Callable[[Part, Path], Sequence[str]]


@dataclass
class Lane:
    """A part that is being played. `read`: so much of what it wrote was told already."""

    part: Part
    process: "subprocess.Popen[bytes]"
    trials: Path
    out: Path
    began: float
    read: int = 0
    done: int = 0

    @property
    def left(self) -> float:
        """Seconds, as far as anybody knows."""
        return self.part.seconds * (1 - min(self.done / self.part.tests, 0.95))

    def entries(self) -> list[dict[str, Any]]:
        """What it wrote since the last time, whole lines only."""
        whole, end, _ = self.trials.read_bytes()[self.read :].rpartition(b"\n")
        self.read += len(whole) + len(end)
        found = [json.loads(line) for line in whole.splitlines()]
        self.done += len(found)
        return found


@dataclass
class Lanes:
    """`seconds` a test of each file took, and the `codes` they ended with, once it ran. `at_once`: how many lanes there are."""

    waiting: list[Part]
    at_once: int
    command: Command
    bar: Bar
    folder: Path
    root: Path
    seconds: dict[str, float] = field(default_factory=dict)
    codes: list[int] = field(default_factory=list)
    _lanes: list[Lane] = field(default_factory=list)
    _begun: int = 0
    _asked_to_end: bool = False

    def run(self) -> int:
        """Play all of it, and say what pytest would have ended with. Ctrl-C ends every lane in order; twice, at once."""
        with _heard(self._end):
            while self._lanes or (self.waiting and not self._asked_to_end):
                self._begin()
                time.sleep(_LOOK)
                for lane in list(self._lanes):
                    self._look(lane)
                self.bar.drawn(lasts(self.waiting, [(lane.part.kind, lane.left) for lane in self._lanes], self.at_once))
        self.bar.over()
        return INTERRUPTED if self._asked_to_end else together(self.codes)

    def found(self) -> str:
        """What all of them wrote, one JSON a line."""
        said = (file.read_text(encoding="utf-8") for file in sorted(self.folder.glob("*.jsonl")))
        return "".join(text[: text.rfind("\n") + 1] for text in said)

    def _begin(self) -> None:
        while not self._asked_to_end:
            part = following(self.waiting, [lane.part.kind for lane in self._lanes], self.at_once)
            if part is None:
                return
            self.waiting.remove(part)
            self._begun += 1
            trials, out = (self.folder / f"{self._begun:03}.{kind}" for kind in ("jsonl", "out"))
            trials.touch()
            with out.open("wb") as said:  # a group of its own: Ctrl-C reaches it through us alone, once
                process = subprocess.Popen(
                    self.command(part, trials),
                    cwd=self.root,
                    stdin=subprocess.DEVNULL,
                    stdout=said,
                    stderr=subprocess.STDOUT,
                    process_group=0,
                )
            if part.kind in GO_FIRST:
                with suppress(OSError):  # only root may; others need a machine with less to do
                    os.setpriority(os.PRIO_PROCESS, process.pid, FIRST)
            self._lanes.append(Lane(part, process, trials, out, time.monotonic()))

    def _look(self, lane: Lane) -> None:
        code = lane.process.poll()
        for entry in lane.entries():
            self.bar.ended(entry)
        if code is None:
            return
        self._lanes.remove(lane)
        self.codes.append(code)
        self.seconds[lane.part.file] = (time.monotonic() - lane.began) / lane.part.tests
        if code not in (0, NOTHING, INTERRUPTED if self._asked_to_end else 0):
            said = lane.out.read_text(encoding="utf-8", errors="replace").splitlines()
            self.bar.line("\n".join(line for line in said if not _TOLD.match(line)))
            self.bar.line(f"{lane.part.file} ended with {code} after {lane.done} of {lane.part.tests} tests.")

    def _end(self, number: int, frame: FrameType | None) -> None:
        del number, frame
        if not self._asked_to_end:
            self.bar.line(f"Ending {len(self._lanes)} trials in order; what was found is written.")
        self._asked_to_end = True
        for lane in self._lanes:
            lane.process.send_signal(signal.SIGINT)


@contextmanager
def _heard(end: Callable[[int, FrameType | None], None]) -> Iterator[None]:
    """Whoever asks us to end is heard by `end`."""
    asked = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = {each: signal.signal(each, end) for each in asked}
    try:
        yield
    finally:
        for each, was in before.items():
            signal.signal(each, was)


def together(codes: Sequence[int]) -> int:
    """What one pytest would have ended with that had run all of it; whatever was killed is broken."""
    bad = [code if 0 < code < NOTHING else BROKEN for code in codes if code not in (0, NOTHING)]
    return max(bad) if bad else 0 if 0 in codes else NOTHING
