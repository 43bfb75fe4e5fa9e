"""`make chaos`: runs the trials with a line for each, and writes the table of docs/reliability.md.

    python -m tests.chaos.report [--lanes N] [--from FILE] [PATH …]

As many pytests run side by side as there are cores, four at most, each with one file of trials; on a terminal a bar says how
many minutes are left. NIGHT=1 in the environment runs every seed of every trial. Ends with what one pytest would end with.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from tests.chaos.report.bar import Bar
from tests.chaos.report.lanes import INTERRUPTED, Lanes
from tests.chaos.report.plan import Part, learn, learned, parted
from tests.chaos.report.table import Ran, rows, write
from tests.chaos.summary import Told

ROOT = Path(__file__).parent.parent.parent.parent
DOCUMENT = ROOT / "docs" / "reliability.md"
_MOST = 4
_EVERYTHING = ["tests"]


def ran(text: str) -> list[Ran]:
    """What a run left behind, one JSON a line. A trial that was skipped found nothing; half a line was broken off."""
    found = [json.loads(line) for line in text[: text.rfind("\n") + 1].splitlines()]
    return [
        Ran(e["file"], e["seed"], [Told(**told) for told in e["told"]], e["failed"])
        for e in found
        if not e.get("skipped")
    ]


def pytest_with(option: str, file: Path, *more: str) -> list[str]:
    """A pytest that knows of trials."""
    options = ["-q", "--strict-config", "-p", "no:cacheprovider", "-p", "tests.chaos.report.plugin", option, str(file)]
    return [sys.executable, "-m", "pytest", "-o", f"addopts={' '.join(options)}", *more]


def played(part: Part, trials: Path) -> Sequence[str]:
    """How a part is played."""
    return pytest_with("--trials", trials, *part.paths)


def collected(paths: Sequence[str], names: Path) -> tuple[int, list[str]]:
    """What pytest ended with, and the names of the long trials under these paths."""
    asked = subprocess.run(
        pytest_with("--chosen", names, "--collect-only", *paths), cwd=ROOT, capture_output=True, text=True, check=False
    )
    if asked.returncode != 0:
        print(asked.stdout, asked.stderr, sep="\n")
        return asked.returncode, []
    return 0, names.read_text(encoding="utf-8").splitlines()


def run(paths: Sequence[str], folder: Path, lanes: int) -> tuple[int, str]:
    """Play every long trial under these paths: what pytest would have ended with, and what was found."""
    began = time.monotonic()
    code, ids = collected(paths, folder / "names")
    if not ids:
        return code, ""
    bar = Bar(sys.stdout, len(ids))
    playing = Lanes(parted(ids, paths, learned()), lanes, played, bar, folder, ROOT)
    code = playing.run()
    if code == 0 and list(paths) == _EVERYTHING and not os.environ.get("NIGHT"):
        learn(playing.seconds)
    took = (time.monotonic() - began) / 60
    print(f"{bar.done} of {len(ids)} trials in {took:.1f} min, {lanes} side by side.")
    return code, playing.found()


def main() -> int:
    """Run, write, and say where."""
    asking = argparse.ArgumentParser(prog="python -m tests.chaos.report", description="Long trials, and their table.")
    asking.add_argument("paths", nargs="*", default=_EVERYTHING, help="test files, folders or single tests")
    asking.add_argument("--lanes", type=int, default=min(os.cpu_count() or 1, _MOST), help="so many side by side")
    asking.add_argument("--from", dest="file", type=Path, help="write the table from what an earlier run left here")
    asked = asking.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        try:
            code, text = (
                (0, asked.file.read_text("utf-8")) if asked.file else run(asked.paths, Path(folder), asked.lanes)
            )
        except KeyboardInterrupt:  # before the first of them began
            return INTERRUPTED
    found = rows(ran(text), datetime.now(UTC).date().isoformat())
    night = bool(os.environ.get("NIGHT"))
    everything = night and asked.file is None and code in (0, 1) and not any("::" in path for path in asked.paths)
    write(DOCUMENT, found, whole=everything)
    print(f"{len(found)} rows of docs/reliability.md are written.")
    return code


if __name__ == "__main__":
    sys.exit(main())
