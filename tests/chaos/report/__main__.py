"""`make chaos`: runs the trials with a line for each, and writes the table of docs/reliability.md.

    python -m tests.chaos.report [--from FILE] [PATH …]

NIGHT=1 in the environment runs every seed of every trial. Ends with what pytest ends with.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from tests.chaos.report.table import Ran, rows, write
from tests.chaos.summary import Told

ROOT = Path(__file__).parent.parent.parent.parent
DOCUMENT = ROOT / "docs" / "reliability.md"


def ran(file: Path) -> list[Ran]:
    """What a run left behind."""
    found = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    return [Ran(e["file"], e["seed"], [Told(**told) for told in e["told"]], e["failed"]) for e in found]


def run(paths: list[str], file: Path) -> int:
    """Every long trial under these paths; what they found goes into `file`."""
    options = ["-q", "--strict-config", "-p", "tests.chaos.report.plugin", "--trials", str(file)]
    command = [sys.executable, "-m", "pytest", "-o", f"addopts={' '.join(options)}", *paths]
    with subprocess.Popen(command, cwd=ROOT) as trials:
        try:
            return trials.wait()
        except KeyboardInterrupt:  # pytest hears it, too, and ends in order; what was found by then is written
            return trials.wait()


def main() -> int:
    """Run, write, and say where."""
    asking = argparse.ArgumentParser(prog="python -m tests.chaos.report", description="Long trials, and their table.")
    asking.add_argument("paths", nargs="*", default=["tests"], help="test files, folders or single tests")
    asking.add_argument("--from", dest="file", type=Path, help="write the table from what an earlier run left here")
    asked = asking.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        file = asked.file or Path(folder) / "trials.jsonl"
        file.touch()
        code = 0 if asked.file else run(asked.paths, file)
        found = rows(ran(file), datetime.now(UTC).date().isoformat())
    everything = asked.file is None and code in (0, 1) and not any("::" in path for path in asked.paths)
    write(DOCUMENT, found, whole=everything)
    print(f"{len(found)} rows of docs/reliability.md are written.")
    return code


if __name__ == "__main__":
    sys.exit(main())
