"""How `make chaos` plays its trials side by side: what runs beside what, what is said meanwhile, and how it ends."""

import io
import json
import os
import signal
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.chaos.report.__main__ import ran
from tests.chaos.report.bar import Bar
from tests.chaos.report.kinds import Kind
from tests.chaos.report.lanes import BROKEN, FIRST, INTERRUPTED, NOTHING, Lanes, together
from tests.chaos.report.plan import Part, beside, following, lasts, learn, learned, parted

HOLDS, KILLS, WORDS = "tests/chaos/test_wire_races.py", "tests/chaos/test_kills.py", "tests/chaos/test_square_words.py"
HOUSE, CLOCKS = "tests/simulation/test_simulation.py", "tests/chaos/test_clocks.py"


def part(file: str, seconds: float = 10.0, tests: int = 2) -> Part:
    """One of that many tests."""
    return Part(file, (file,), tests, seconds)


def test_one_part_a_file() -> None:
    """With so many tests as were chosen, and nothing but the single tests that were asked for where there are any."""
    ids = [f"{KILLS}::test_k[1]", f"{KILLS}::test_k[2]", f"{WORDS}::test_w[3]"]
    assert parted(ids, ["tests"], {KILLS: 7.0}) == [Part(KILLS, (KILLS,), 2, 14.0), Part(WORDS, (WORDS,), 1, 10.0)]
    single = f"{KILLS}::test_k[1]"
    assert parted([single], [single], {})[0].paths == (single,)


@pytest.mark.parametrize(
    ("one", "running", "may"),
    [
        (Kind.ALL, [], True),
        (Kind.ALL, [Kind.ONE], False),
        (Kind.ONE, [Kind.ALL], False),
        (Kind.TIMED, [Kind.ONE], True),
        (Kind.TIMED, [Kind.TIMED], True),
        (Kind.TIMED, [Kind.MANY], False),
        (Kind.MANY, [Kind.TIMED], False),
        (Kind.MANY, [Kind.MANY, Kind.ONE], True),
        (Kind.ONE, [Kind.TIMED], True),
        (Kind.IDLE, [Kind.MANY, Kind.TIMED], True),
        (Kind.IDLE, [Kind.IDLE], False),
        (Kind.IDLE, [Kind.ALL], False),
    ],
)
def test_what_may_run_beside_what(one: Kind, running: Sequence[Kind], may: bool) -> None:
    """Whatever asks something of the wall's clock shares the machine with trials of one core alone."""
    assert beside(one, running) is may


def test_what_needs_calm_goes_first_and_the_longest_of_each() -> None:
    """What fills the gaps beside it waits until nothing else may run; nothing at all begins beside what takes every core."""
    waiting = [part(WORDS, 5), part(KILLS, 50), part(HOLDS, 20), part(HOUSE, 90)]
    assert following(waiting, [], 2) == waiting[2]
    assert following(waiting, [Kind.TIMED], 2) == waiting[2]
    assert following(waiting[:2], [Kind.TIMED], 2) == waiting[0]
    assert following(waiting[:2], [Kind.MANY], 2) == waiting[1]
    assert following(waiting, [Kind.ALL], 2) is None
    assert following([], [], 2) is None


def test_what_mostly_waits_needs_no_lane() -> None:
    """It goes beside as many others as there are lanes, one such at a time."""
    waiting = [part(CLOCKS, 5), part(WORDS, 50)]
    assert following(waiting, [Kind.MANY, Kind.MANY], 2) == waiting[0]
    assert following(waiting, [Kind.MANY, Kind.IDLE], 2) == waiting[1]
    assert following(waiting, [Kind.MANY, Kind.MANY, Kind.IDLE], 2) is None


def test_how_long_all_of_it_lasts() -> None:
    """Side by side where it may be, one after the other where it may not."""
    assert lasts([part(KILLS, 50), part(WORDS, 5)], [], 2) == 50
    assert lasts([part(KILLS, 50), part(HOLDS, 20), part(HOUSE, 9)], [(Kind.ONE, 3.0)], 2) == 20 + 50 + 9
    assert lasts([], [], 2) == 0


def test_what_a_run_took_is_kept(tmp_path: Path) -> None:
    """For the files that were run; the others keep what they had."""
    file = tmp_path / "seconds.json"
    file.write_text('{"b.py": 4.0, "a.py": 1.0}', encoding="utf-8")
    learn({"a.py": 2.04}, file)
    assert learned(file) == {"a.py": 2.0, "b.py": 4.0}


class Terminal(io.StringIO):
    """One that somebody sits before."""

    def isatty(self) -> bool:
        """Yes."""
        return True


def test_each_test_has_its_line_and_a_terminal_its_bar() -> None:
    """Counted over all lanes; in a file there are the lines alone."""
    told, log = Terminal(), io.StringIO()
    for out in (told, log):
        bar = Bar(out, 4)
        bar.ended({"lines": [" never early · 0 early"]})
        bar.drawn(170.0)
        bar.over()
    assert log.getvalue() == "[1/4] never early · 0 early\n"
    assert "[======                  ] 1 of 4, about 3 min left" in told.getvalue()
    assert told.getvalue().endswith("\r\x1b[2K")


@pytest.mark.parametrize(
    ("codes", "code"),
    [
        ([0, 0], 0),
        ([0, NOTHING], 0),
        ([NOTHING], NOTHING),
        ([0, 1], 1),
        ([1, 4, 0], 4),
        ([-9, 1], BROKEN),
        ([], NOTHING),
    ],
)
def test_all_lanes_end_as_one_pytest(codes: Sequence[int], code: int) -> None:
    """The worst of them; what was killed is broken."""
    assert together(codes) == code


#: What stands in for a pytest: writes an entry, waits to be ended, and says so.
_PLAYS = """
import json, os, sys, time
file, code = sys.argv[1:3]
with open(file, "a") as out:
    out.write(json.dumps({"file": "x.py", "seed": "1", "failed": "", "told": [], "lines": [" one"]}) + "\\n")
    out.write('{"half": ')
print("why it failed")
try:
    if code == "nice":
        time.sleep(0.3)
        sys.exit(f"nice {os.nice(0)}")
    while code == "waits":
        time.sleep(0.01)
except KeyboardInterrupt:
    sys.exit(2)
sys.exit(int(code))
"""


def lanes(folder: Path, codes: dict[str, str], at_once: int = 2) -> tuple[Lanes, io.StringIO]:
    """One part for each code."""
    out = io.StringIO()

    def command(one: Part, trials: Path) -> Sequence[str]:
        return [sys.executable, "-c", _PLAYS, str(trials), codes[one.file]]

    waiting = [part(file, tests=1) for file in codes]
    return Lanes(waiting, at_once, command, Bar(out, len(codes)), folder, folder), out


def test_lanes_play_everything_and_tell_what_failed(tmp_path: Path) -> None:
    """What one wrote is shown where it failed, with how far it came; a line that is not whole yet is not read."""
    playing, out = lanes(tmp_path, {"a.py": "0", "b.py": "1", "c.py": "0"})
    assert playing.run() == 1
    assert sorted(playing.codes) == [0, 0, 1]
    assert playing.seconds.keys() == {"a.py", "b.py", "c.py"}
    lines = out.getvalue().splitlines()
    assert [f"[{n}/3] one" in lines for n in (1, 2, 3)] == [True] * 3
    assert lines.count("why it failed") == 1
    assert "b.py ended with 1 after 1 of 1 tests." in lines


def test_what_is_timed_goes_first(tmp_path: Path) -> None:
    """Before what only takes long, where we may say so (root may)."""
    playing, out = lanes(tmp_path, {HOLDS: "nice", WORDS: "nice"}, at_once=1)
    assert playing.run() == 1
    ours, root = os.nice(0), os.geteuid() == 0
    said = [line for line in out.getvalue().splitlines() if line.startswith("nice")]
    assert said == [f"nice {FIRST if root else ours}", f"nice {ours}"]


def test_ctrl_c_ends_every_lane_in_order(tmp_path: Path) -> None:
    """Each is told once, nothing new begins, and what was found until then is kept."""
    playing, out = lanes(tmp_path, {"a.py": "waits", "b.py": "waits", "c.py": "waits"})

    def ends() -> None:
        while out.getvalue().count(" one") < 2:
            time.sleep(0.01)
        os.kill(os.getpid(), signal.SIGINT)

    thread = threading.Thread(target=ends)
    thread.start()
    before = signal.getsignal(signal.SIGINT)
    assert playing.run() == INTERRUPTED
    thread.join()
    assert playing.codes == [2, 2]
    assert [each.file for each in playing.waiting] == ["c.py"]
    assert playing.found().count('"x.py"') == 2
    assert signal.getsignal(signal.SIGINT) is before


def test_what_was_found_can_be_read_again() -> None:
    """One JSON a test; a trial that was skipped found nothing, and half a line is none."""
    told = {"promise": "p", "trial": "t", "kind": "real", "count": 1, "result": "0 lost", "seed": "1"}
    entry = {"file": "a.py", "seed": "1", "failed": "", "told": [told]}
    text = "\n".join(json.dumps(each) for each in (entry, {**entry, "skipped": True}))
    assert [each.file for each in ran(text + '\n{"file": ')] == ["a.py"]
