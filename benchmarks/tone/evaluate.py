"""Measures the second reader on labelled and unlabelled replies: `python -m benchmarks.tone.evaluate DATA_FOLDER`.

The folder holds tone_dev.jsonl (text, customer, labels, soft, clean, origin) and brand_replies.jsonl.gz (text,
customer).
A reply counts as caught, or as falsely alarmed about, when it draws a warn or a stop.
"""

import argparse
import gzip
import json
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from bot.nouns.caution import Caution, Level, Reading
from responders.tone import read

Row = dict[str, Any]


def rows(path: Path) -> Iterator[Row]:
    """The objects of a JSON Lines file, packed or not."""
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def cautions(row: Row) -> tuple[Caution, ...]:
    """What the reader says of one row."""
    return read(Reading(text=row["text"], mention=row.get("customer") or "", platform=row.get("platform") or ""))


def alarms(found: Sequence[Caution]) -> list[str]:
    """The codes of its warns and stops."""
    return sorted({one.code for one in found if one.level is not Level.NOTE})


def share(part: int, whole: int) -> str:
    """`12/60 (20.0 %)`."""
    return f"{part}/{whole} ({100 * part / whole if whole else 0:.1f} %)"


def labelled(path: Path, *, show: bool) -> None:
    """False alarms on clean replies, bad ones caught, and each label's recall (any level, and as warn or stop)."""
    read_rows = [(row, cautions(row)) for row in rows(path)]
    clean = [(row, found) for row, found in read_rows if row["clean"]]
    bad = [(row, found) for row, found in read_rows if not row["clean"]]
    real = [(row, found) for row, found in bad if row["origin"] == "real"]
    print("clean replies with a warn or stop", share(sum(bool(alarms(found)) for _, found in clean), len(clean)))
    print("bad replies caught", share(sum(bool(alarms(found)) for _, found in bad), len(bad)))
    print("  of them real", share(sum(bool(alarms(found)) for _, found in real), len(real)))
    for label in sorted({label for row, _ in bad for label in row["labels"]}):
        having = [found for row, found in bad if label in row["labels"]]
        sure = sum(label in alarms(found) for found in having)
        said = sum(any(one.code == label for one in found) for found in having)
        print(f"  {label}: said {share(said, len(having))}, as warn or stop {share(sure, len(having))}")
    if show:
        for row, found in read_rows:
            if bool(alarms(found)) == row["clean"] or set(row["labels"]) - set(alarms(found)):
                print(
                    "   ",
                    "clean" if row["clean"] else row["labels"],
                    "->",
                    alarms(found),
                    "|",
                    (row["customer"] or "")[:80],
                    "|",
                    row["text"][:200],
                )


def unlabelled(path: Path, *, show: bool) -> None:
    """The share of ordinary replies that draw a warn or a stop, by code, and the time one reading takes."""
    every = list(rows(path))
    start = time.perf_counter()
    found = [alarms(cautions(row)) for row in every]
    took = time.perf_counter() - start
    print("ordinary replies with a warn or stop", share(sum(map(bool, found)), len(every)))
    print("  by code", dict(Counter(code for codes in found for code in codes).most_common()))
    print(f"  {1000 * took / len(every):.2f} ms each")
    if show:
        for row, codes in zip(every, found, strict=True):
            if codes:
                print(
                    "   ",
                    codes,
                    "|",
                    (row["customer"] or "")[:90].replace("\n", " "),
                    "|",
                    row["text"][:260].replace("\n", " "),
                )


def main(arguments: Sequence[str]) -> int:
    """Print the figures; with --show also every reply the reader and the label disagree on."""
    wanted = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    wanted.add_argument("folder", type=Path, metavar="DATA_FOLDER")
    wanted.add_argument("--show", action="store_true", help="every reply the reader and the label disagree on")
    options = wanted.parse_args(arguments)
    labelled(options.folder / "tone_dev.jsonl", show=options.show)
    unlabelled(options.folder / "brand_replies.jsonl.gz", show=options.show)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
