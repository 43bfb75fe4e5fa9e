"""`make chaos WITHOUT=name`: a trial on a copy of the house, whole and then with one mechanism switched off.

    python -m tests.chaos.without NAME… | all [--keep]

Good is a trial that passes in the whole copy and fails in the other. The second table of docs/reliability.md holds what
was found. Ends with 1 where a trial did not notice.
"""

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path

from tests.chaos.report.table import put
from tests.chaos.without.copy import copied, played
from tests.chaos.without.mechanisms import Mechanism, mechanisms

ROOT = Path(__file__).parent.parent.parent.parent
HEAD = ("mechanism", "what it does", "trial", "with it", "without it", "date")


def shown(one: Mechanism) -> tuple[bool, tuple[str, ...]]:
    """Whether its trial notices, and its row of the table."""
    with copied(ROOT) as copy:
        whole = played(copy, one.trial)
        for edit in one.edits:
            edit.make(copy)
        without = played(copy, one.trial)
    row = (f"`{one.name}`", one.says, f"`{one.trial}`", whole.says, without.says)
    return whole.passed and without.failed, row


def main() -> int:
    """One after the other, with a line for each."""
    known = mechanisms()
    asking = argparse.ArgumentParser(prog="python -m tests.chaos.without", description="The house without one thing.")
    asking.add_argument("names", nargs="+", metavar="NAME", help=f"all, or any of: {', '.join(known)}")
    asked = asking.parse_args()
    names = list(known) if asked.names == ["all"] else asked.names
    unknown = [name for name in names if name not in known]
    if unknown:
        asking.error(f"there is no mechanism {unknown[0]}; there are {', '.join(known)}")
    today, silent = datetime.now(UTC).date().isoformat(), list[str]()
    for number, name in enumerate(names, 1):
        print(f"[{number}/{len(names)}] without {name}: {known[name].trial} ...", flush=True)
        noticed, row = shown(known[name])
        print(f"  with it: {row[3]}. Without it: {row[4]}.", flush=True)
        silent += [] if noticed else [name]
        put(ROOT / "docs" / "reliability.md", "without", HEAD, {row[0]: (*row, today)})
    print(f"{len(names) - len(silent)} of {len(names)} trials notice." + " Not: ".join(["", *silent]))
    return 1 if silent else 0


if __name__ == "__main__":
    sys.exit(main())
