"""The ingest benchmark as rows."""

import json
import subprocess
import sys
from collections.abc import Sequence

from benchmarks.ingest import AIM, MUST
from benchmarks.row import Row


def measure(long: bool) -> Sequence[Row]:
    """Runs `python -m benchmarks.ingest`; `long` takes longer and more rounds."""
    size = ("--seconds", "10", "--rounds", "5") if long else ("--seconds", "3", "--rounds", "4")
    command = [sys.executable, "-m", "benchmarks.ingest", "--json", *size]
    told = json.loads(subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False).stdout)
    rows = [
        Row(
            "bare aiohttp answering 200 (floor)",
            told["rates"]["floor"],
            "/s",
            note=f"{told['cpu']['floor']:.0f} µs of CPU",
        )
    ]
    for what, must in MUST.items():
        p99 = min(one["load"]["p99"] for one in told["rounds"][what])
        share = told["cpu"]["floor"] / told["cpu"][what]
        note = f"{told['rates'][what]:.0f}/s, p99 {p99:.1f} ms, {told['cpu'][what]:.0f} µs of CPU ({share:.2f} of the floor's)"
        rows.append(
            Row(f"durable, fsync {what}: share of the floor", told["ratios"][what], "", must, AIM[what], note, True)
        )
    lost = told["bad"] + told["missing"]
    return [*rows, Row("answers that were not 200, or confirmed and not stored", lost, "", 0)]
