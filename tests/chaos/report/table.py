"""The table of docs/reliability.md, between its two markers. A row stays until its trial is run again."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass
from pathlib import Path

from tests.chaos.report.figures import added, seeds
from tests.chaos.report.unsaid import REST
from tests.chaos.summary import Told

_FAILED = "**failed**"
HEAD = ("promise", "trial", "real or simulated", "count", "result", "command", "seed", "date")


@dataclass(frozen=True, slots=True)
class Row:
    """One row, as it is painted."""

    promise: str
    trial: str
    kind: str
    count: str
    result: str
    command: str
    seed: str
    date: str

    @property
    def sampled(self) -> bool:
        """Whether it is of a few of the seeds only."""
        return " of " in self.seed

    @property
    def fell(self) -> bool:
        """Whether a seed of it failed."""
        return self.result.startswith(_FAILED)

    @property
    def key(self) -> tuple[str, str, str]:
        """What makes it the same row in another run."""
        return self.promise, self.trial, self.kind


@dataclass(frozen=True, slots=True)
class Ran:
    """One test of a trial: the file it stands in, what it told, and why it failed ('' where it did not)."""

    file: str
    seed: str
    told: Sequence[Told]
    failed: str = ""


def rows(ran: Iterable[Ran], date: str) -> list[Row]:
    """One row for each trial, all its seeds added up."""
    grouped: dict[tuple[str, str, str, str], list[tuple[Told, str, str]]] = {}
    for each in ran:
        for told in each.told:
            key = told.promise, told.trial, told.kind, each.file
            grouped.setdefault(key, []).append((told, each.failed, each.seed))
    return [_row(key, each, date) for key, each in grouped.items()]


def _row(key: tuple[str, str, str, str], said: Sequence[tuple[Told, str, str]], date: str) -> Row:
    promise, trial, kind, file = key
    failed = [seed for _, because, seed in said if because]
    result = added([(told.result, told.count) for told, _, _ in said])
    if failed:
        result = f"{_FAILED} {len(failed)} of {len(said)} (seed {', '.join(failed[:5])}): {result}"
    count = f"{sum(told.count for told, _, _ in said):,}"
    return Row(promise, trial, kind, count, result, f"`{file}`", seeds([told.seed for told, _, _ in said]), date)


def merged(old: Sequence[Row], new: Sequence[Row], *, whole: bool = False) -> list[Row]:
    """What stood there, with what was run now in its place; rows of one promise and command stay together. A few of a trial's
    seeds do not take the place of all of them, unless one fell.

    `whole`: all trials of each file were run, so that what a file no longer tries goes.
    """
    stay = {row.key for row in old if not (row.sampled or row.fell)}
    fresh = {row.key: row for row in new if row.fell or not (row.sampled and row.key in stay)}
    again = {row.command for row in new}
    kept = [row for row in old if row.key in fresh or row.command not in again or not (whole or row.promise == REST)]
    found = [fresh.pop(row.key, row) for row in kept]
    for row in fresh.values():
        beside = [at for at, each in enumerate(found) if each.promise == row.promise]
        near = [at for at in beside if found[at].command == row.command] or beside
        found.insert(near[-1] + 1 if near else len(found), row)
    return found


def markers(name: str) -> tuple[str, str]:
    """Between which lines a table stands: notes that Markdown does not show."""
    return f"[//]: # ({name} begin; written by make chaos)", f"[//]: # ({name} end)"


def painted(head: Sequence[str], lines: Iterable[Sequence[str]]) -> str:
    """A table in Markdown."""
    cells = [tuple(head), ("---",) * len(head), *(tuple(line) for line in lines)]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in cells)


def read(text: str, name: str) -> list[tuple[str, ...]]:
    """The cells of the table that stands between a name's markers."""
    begins, ends = markers(name)
    lines = text.partition(begins)[2].partition(ends)[0].strip().splitlines()
    cells = [re.split(r"(?<!\\)\|", line)[1:-1] for line in lines[2:]]
    return [tuple(each.strip().replace("\\|", "|") for each in line) for line in cells]


def written(text: str, name: str, table: str) -> str:
    """The document with that table between a name's markers. Raises ValueError where they do not stand in it."""
    begins, ends = markers(name)
    if begins not in text or ends not in text:
        raise ValueError(f"The markers of {name} are gone from the document.")
    before, after = text.partition(begins)[0], text.partition(ends)[2]
    return f"{before}{begins}\n\n{table}\n\n{ends}{after}"


def write(file: Path, new: Sequence[Row], *, whole: bool = False) -> None:
    """Put what was found into the table of trials."""
    text = file.read_text(encoding="utf-8")
    found = merged([Row(*cells) for cells in read(text, "trials")], new, whole=whole)
    file.write_text(written(text, "trials", painted(HEAD, map(astuple, found))), encoding="utf-8")


def put(file: Path, name: str, head: Sequence[str], new: Mapping[str, Sequence[str]]) -> None:
    """The same for any table whose first column names its rows."""
    text = file.read_text(encoding="utf-8")
    found = {cells[0]: cells for cells in read(text, name)}
    found |= {key: tuple(cells) for key, cells in new.items()}
    file.write_text(written(text, name, painted(head, found.values())), encoding="utf-8")
