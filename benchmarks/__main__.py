"""The figures we hold ourselves to (DESIGN §10), each with its floor in the same run.

    python -m benchmarks [name…] [--json] [--long]

Ends with 1 where a figure is not as it must be.
"""

import argparse
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict

from benchmarks import chats, cold_start, flag_speed, growth, ingest_rows, pile, review, soak, storm, timers
from benchmarks.row import Row

#: name -> (what it measures, how). `long` asks for the full size.
BENCHMARKS: Mapping[str, tuple[str, Callable[[bool], Sequence[Row]]]] = {
    "ingest": ("Durable webhook ingest relative to bare aiohttp", ingest_rows.measure),
    "flagging": ("Flag one mention, CPU", flag_speed.measure),
    "timers": ("From due to run, with 10,000 waiting", timers.measure),
    "growth": ("An append, as events and one pile grow", growth.measure),
    "pile": ("Arrival, press and repaint, in a pile of one and in a large one", pile.measure),
    "review": ("The review list and a search, with many incidents", review.measure),
    "storm": ("STORM-100k: what a storm costs, and a press in it", storm.measure),
    "slack": ("500 cards and 100,000 changes in ten minutes, at Slack's limits", chats.slack),
    "discord": ("500 cards and 100,000 changes in ten minutes, at Discord's limits", chats.discord),
    "soak": ("A house that lives for hours: memory, files, answers", soak.measure),
    "cold": ("From the start of the process to the first card", cold_start.measure),
}


def main() -> int:
    """Measure what was asked for, print, judge."""
    asking = argparse.ArgumentParser(prog="python -m benchmarks", description="Figures with their floors.")
    asking.add_argument("names", nargs="*", metavar="name", help=f"any of {', '.join(BENCHMARKS)}; default: all")
    asking.add_argument("--json", action="store_true", help="one JSON document at the end")
    asking.add_argument("--long", action="store_true", help="grow to a million events and a pile of 100,000")
    asked = asking.parse_args()
    unknown = [name for name in asked.names if name not in BENCHMARKS]
    if unknown:
        asking.error(f"there is no benchmark {unknown[0]}; there are {', '.join(BENCHMARKS)}")
    found: dict[str, list[Row]] = {}
    for name in asked.names or BENCHMARKS:
        says, measure = BENCHMARKS[name]
        print(f"{name}: {says} ...", file=sys.stderr, flush=True)
        found[name] = list(measure(asked.long))
        if not asked.json:
            print(f"{says}\n" + "\n".join(row.painted() for row in found[name]) + "\n", flush=True)
    good = all(row.ok for rows in found.values() for row in rows)
    if asked.json:
        told = {name: [{**asdict(row), "ok": row.ok} for row in rows] for name, rows in found.items()}
        print(json.dumps({"ok": good, "benchmarks": told}))
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
